import Foundation
import Shell

/// The settings that `set` keeps, in a text file, a line a setting, as one would type it: `set lang fr`.
@MainActor public final class PreferenceFile: PreferenceStore {
  private let file: URL

  /// Preferences in a file; it is made when the first one is kept.
  public init(file: URL) { self.file = file }

  /// The settings of the file; lines that are none are passed over.
  public func load() -> [String: String] { (try? values()) ?? [:] }

  private func values() throws -> [String: String] {
    Dictionary(try SettingsFile(file).read().lines.filter { !$0.value.isEmpty }.map { ($0.name, $0.value) }) { $1 }
  }

  /// Keeps one setting; the file is replaced as a whole.
  public func save(_ name: String, _ value: String) throws { try change { $0[name] = value } }

  /// Keeps one setting no longer.
  public func remove(_ name: String) throws { try change { $0[name] = nil } }

  /// Changes what is kept; a file that cannot be read is left as it is.
  private func change(_ body: (inout [String: String]) -> Void) throws {
    let former = try values()
    var values = former
    body(&values)
    guard values != former else { return }
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      // Two shells at once must not lose each other's settings.
      let lock = try FileLock(file.appendingPathExtension("lock"))
      defer { lock.release() }
      values = try self.values()
      body(&values)
      let text = values.sorted { $0.key < $1.key }.map { "set \($0.key) \($0.value)\n" }.joined()
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw Complaint("the setting cannot be kept in `\(file.path)`", hint: "make the folder writable, or set XDG_CONFIG_HOME")
    }
  }
}
