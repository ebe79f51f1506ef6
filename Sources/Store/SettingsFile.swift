import Foundation
import Shell

/// A text file of settings: a name and a value a line, as `plot ascii`, `plot = ascii` or `set plot ascii`; what follows a `#` is a comment.
public struct SettingsFile {
  /// What was read: the lines that have the form, and the complaints about those that have not, or about the whole file.
  public struct Content {
    /// The lines in order.
    public internal(set) var lines: [SettingLine] = []
    /// What is wrong, each with the number of its line.
    public internal(set) var faults: [(line: Int, complaint: Complaint)] = []
  }

  /// A file with more bytes is none that a person wrote.
  static let largest = 100_000

  /// The file.
  public let file: URL

  /// Settings in a file.
  public init(_ file: URL) { self.file = file }

  /// Reads the file; one that is not there has no lines.
  ///
  /// - Throws: A `Complaint` when there is something that cannot be read as settings.
  public func read() throws -> Content {
    guard let read = try bytes() else { return Content() }
    var bytes = read[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else { throw refusal("it is UTF-16", "save it as UTF-8") }
    var content = Content()
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard let text = String(validating: line, as: UTF8.self) else {
        content.faults.append((index + 1, Complaint("this is no UTF-8", hint: "save the file as UTF-8")))
        continue
      }
      if let setting = SettingsFile.setting(text, number: index + 1) { content.lines.append(setting) }
    }
    return content
  }

  /// The setting of a line; nil where there is none.
  static func setting(_ line: String, number: Int) -> SettingLine? {
    var isBlank = true
    // A `#` inside of a word is none that begins a comment.
    let bare = line.prefix { character in
      defer { isBlank = character.isWhitespace }
      return !(character == "#" && isBlank)
    }
    var text = bare.trimmingCharacters(in: .whitespacesAndNewlines)[...]
    if text.hasPrefix("set ") { text = text.dropFirst(4).drop(while: \.isWhitespace) }
    guard !text.isEmpty else { return nil }
    let name = text.prefix { !$0.isWhitespace && $0 != "=" }
    var value = text.dropFirst(name.count).drop(while: \.isWhitespace)
    if value.first == "=" { value = value.dropFirst().drop(while: \.isWhitespace) }
    if value.count > 1, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
    return SettingLine(number: number, name: String(name), value: String(value))
  }

  /// The bytes of the file; nil where there is none.
  private func bytes() throws -> [UInt8]? {
    // A pipe must not make the program wait for somebody who writes.
    let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno != ENOENT, errno != ENOTDIR else { return nil }
      throw refusal(String(cString: strerror(errno)).lowercased())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw refusal(String(cString: strerror(errno)).lowercased()) }
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFCHR: break
    case S_IFDIR: throw refusal("it is a folder")
    default: throw refusal("it is no file")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw refusal(String(cString: strerror(errno)).lowercased()) }
      guard count > 0 else { return bytes }
      bytes += buffer.prefix(count)
      guard bytes.count <= SettingsFile.largest else { throw refusal("it has more than 100 kB", "settings are a few lines") }
    }
  }

  private func refusal(_ reason: String, _ hint: String = "mend it, or move it away") -> Complaint {
    Complaint("the settings in `\(file.path)` cannot be read: \(reason)", hint: hint)
  }
}
