import Foundation

/// Something that reads what anybody may have written: it makes inputs and reads them. A reader may refuse any input; it must not crash, take
/// long, or take memory that the input does not pay for.
@MainActor protocol FuzzTarget {
  /// How it is called in `scripts/fuzz`.
  static var name: String { get }
  /// Its part of the inputs, when several targets share them.
  static var share: Int { get }
  /// The megabytes that one input may add to what the process holds.
  static var megabytes: Int { get }

  /// Gathers its seeds.
  init(_ place: FuzzPlace) throws
  /// A new input.
  func input(_ random: inout Randomness) -> [UInt8]
  /// Reads an input; returns whether it was taken, wholly or in part.
  func read(_ input: [UInt8]) -> Bool
}

extension FuzzTarget {
  static var megabytes: Int { 192 }
}

/// The targets.
@MainActor enum FuzzTargets {
  static let all: [any FuzzTarget.Type] = [
    LanguageTarget.self, SessionTarget.self, DeckTarget.self, LessonTarget.self, MarkdownTarget.self, MathematicsTarget.self,
    CSVTarget.self,
    IDXTarget.self, NPZTarget.self, SafetensorsTarget.self, PictureTarget.self, SavedSessionTarget.self, SettingsTarget.self,
    ReviewTarget.self, PackageTarget.self, StoreTarget.self,
  ]
}

/// Where the project lies, and a folder of its own for what readers want as files.
struct FuzzPlace {
  /// The project's folder.
  let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// A folder for files, gone at the end.
  let folder: URL

  /// A folder in memory, where there is one.
  init() throws {
    let memory = URL(fileURLWithPath: "/dev/shm")
    let base = FileManager.default.isWritableFile(atPath: memory.path) ? memory : FileManager.default.temporaryDirectory
    // Some levels deep: what climbs out of it by mistake is still inside.
    let top = base.appendingPathComponent("gradus-fuzz-\(getpid())")
    folder = top.appendingPathComponent("a/b/c")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Removes the folder.
  func remove() {
    let top = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    try? FileManager.default.removeItem(at: top)
  }

  /// The bytes of a file of the project.
  func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: project.appendingPathComponent(path))) }

  /// The files of a folder of the project with an ending, in the order of their names.
  func files(_ path: String, _ ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: project.appendingPathComponent(path).path).filter { $0.hasSuffix(ending) }.sorted()
      .map { path + "/" + $0 }
  }

  /// Writes a file for a reader that wants one.
  func write(_ bytes: [UInt8], _ name: String) -> URL {
    let file = folder.appendingPathComponent(name)
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    precondition(descriptor >= 0, "\(file.path) cannot be written")
    defer { close(descriptor) }
    precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count, "\(file.path) cannot be written")
    return file
  }
}
