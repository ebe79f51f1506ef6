import Foundation
import Shell

/// The preferences in a text file, a line a setting, as one would type it: `set lang fr`.
@MainActor public final class PreferenceFile: PreferenceStore {
  private let file: URL

  /// Preferences in a file; it is made when the first one is kept.
  public init(file: URL) { self.file = file }

  /// The settings of the file; lines that are none are passed over.
  public func load() -> [String: String] {
    guard let data = try? Data(contentsOf: file), let text = String(validating: data, as: UTF8.self) else { return [:] }
    var values: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ")
      if words.count == 3, words[0] == "set" { values[String(words[1])] = String(words[2]) }
    }
    return values
  }

  /// Keeps one setting; the file is replaced as a whole.
  public func save(_ name: String, _ value: String) throws {
    var values = load()
    values[name] = value
    let text = values.sorted { $0.key < $1.key }.map { "set \($0.key) \($0.value)\n" }.joined()
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw Complaint("the setting cannot be kept in `\(file.path)`", hint: "make the folder writable, or set XDG_CONFIG_HOME")
    }
  }
}
