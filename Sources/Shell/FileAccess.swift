import Foundation
import Language

/// Which files the running text may read and write: the one place that says so.
///
/// The user's own words (typed, `-c`, a `.gradus` file) may touch what the user may. A lesson is data from elsewhere: it reads its own folder
/// and the project's embedded data, and writes a scratch folder.
public struct FileAccess: Sendable {
  /// Relative paths start here.
  public var folder: URL
  /// Where they started before `cd`.
  var formerFolder: URL?
  /// The project's `Lessons` folder, which anyone may read; nil where it was not found.
  public var lessons: URL?
  /// Where a lesson may write; nil when the user's own words run.
  public var scratch: URL?

  /// Where a file is looked for that is not in the folder: that of the lesson that is on.
  public var lessonFolder: URL?

  /// Access from a folder, without limits.
  public init(folder: URL, lessons: URL?) {
    self.folder = folder
    self.lessons = lessons
  }

  /// Whether a lesson runs.
  public var isConfined: Bool { scratch != nil }

  /// The access of a lesson in a folder, which writes to a scratch folder.
  public func confined(to lessonFolder: URL, scratch: URL) -> FileAccess {
    // A lesson is in its folder: nothing is looked for elsewhere.
    var access = FileAccess(folder: lessonFolder, lessons: lessons)
    access.scratch = scratch
    return access
  }

  /// The file to read for a path that was typed.
  ///
  /// - Throws: A `Complaint` when a lesson names a file outside of its folder.
  public func readable(_ path: String) throws -> URL {
    var url = resolved(path, from: folder)
    if let lessonFolder, !path.hasPrefix("~"), !FileManager.default.fileExists(atPath: url.path) {
      let beside = resolved(path, from: lessonFolder)
      if FileManager.default.fileExists(atPath: beside.path) { url = beside }
    }
    try check(url)
    return url
  }

  /// Whether a file may be read.
  ///
  /// - Throws: A `Complaint` when a lesson names a file outside of its folder.
  public func check(_ url: URL) throws {
    guard let scratch else { return }
    let allowed = [folder, scratch] + (lessons.map { [$0] } ?? [])
    guard allowed.contains(where: { FileAccess.isInside(url, $0) }) else { throw Complaint.outsideLesson(url.lastPathComponent) }
  }

  /// The file to write for a path that was typed.
  ///
  /// - Throws: A `Complaint` when a lesson names a file outside of its scratch folder.
  public func writable(_ path: String) throws -> URL {
    guard let scratch else { return resolved(path, from: folder) }
    let url = resolved(path, from: scratch)
    guard FileAccess.isInside(url, scratch) else { throw Complaint.outsideLesson(url.lastPathComponent) }
    return url
  }

  /// The same for a file that only takes the place of another one where that is said, or where the other one is nothing but an earlier one of its
  /// kind, or empty.
  ///
  /// - Throws: A `Complaint` when there is a file of that name that may not be replaced.
  func writable(_ path: String, overwrite: Bool, replacing isOfItsKind: (URL) -> Bool = { _ in false }) throws -> URL {
    let url = try writable(path)
    guard let kind = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path) else { return url }
    switch kind[.type] as? FileAttributeType {
    case .typeRegular: break
    // Whoever writes says that it is a folder; a link that leads nowhere holds nothing.
    case .typeDirectory, .typeSymbolicLink: return url
    default: throw Complaint("`\(path)` is no regular file", hint: "name a file; a pipe or a device is not replaced by one")
    }
    if overwrite || kind[.size] as? Int == 0 { return url }
    guard isOfItsKind(url) else {
      throw Complaint("`\(path)` is there already", hint: "`overwrite=yes` replaces it, or name another file")
    }
    return url
  }

  /// A path with the home folder in the place of the `~` that begins it: `$HOME`, as in other shells, else what the system knows.
  static func expandingHome(_ path: String, environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    guard path == "~" || path.hasPrefix("~/") else { return path }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return NSString(string: path).expandingTildeInPath }
    return home + path.dropFirst()
  }

  private func resolved(_ path: String, from base: URL) -> URL {
    let expanded = FileAccess.expandingHome(path)
    return (expanded.hasPrefix("/") ? URL(fileURLWithPath: expanded) : base.appendingPathComponent(expanded)).standardizedFileURL
  }

  /// The first bytes of a file; none where it cannot be read.
  public static func head(of file: URL, bytes: Int) -> Foundation.Data {
    guard let handle = try? FileHandle(forReadingFrom: file) else { return Foundation.Data() }
    defer { try? handle.close() }
    return (try? handle.read(upToCount: bytes)) ?? Foundation.Data()
  }

  /// Whether a folder is there, links followed.
  public static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Whether a file lies in a folder, links followed.
  public static func isInside(_ url: URL, _ folder: URL) -> Bool {
    let root = folder.standardizedFileURL.resolvingSymlinksInPath().pathComponents
    // A file that is not there yet resolves through its folder.
    let parent = url.deletingLastPathComponent().standardizedFileURL.resolvingSymlinksInPath()
    let target =
      FileManager.default.fileExists(atPath: url.path)
      ? url.resolvingSymlinksInPath() : parent.appendingPathComponent(url.lastPathComponent)
    return target.standardizedFileURL.pathComponents.starts(with: root)
  }
}

extension Argument where Value == Bool {
  /// `overwrite=yes`, of a command that writes what a person may have changed since.
  static var overwrite: Argument { .boolean("overwrite", "whether a file of that name may be replaced", default: false) }
}
