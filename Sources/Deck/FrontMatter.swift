import Foundation

/// What a file says about itself between two lines of `---` at its very start. All of it is optional.
public struct FrontMatter: Sendable, Hashable {
  /// The title that a reader sees.
  public var title: String?
  /// The name that other files call it by.
  public var id: String?
  /// The language of its prose and of its cards.
  public var lang: ProseLanguage?
  /// The ids of what should be learned before it.
  public var needs: [String]
  /// Keys that mean nothing to this program, with their values as written.
  public var other: [String: String]

  /// Front matter of the given values.
  public init(
    title: String? = nil, id: String? = nil, lang: ProseLanguage? = nil, needs: [String] = [], other: [String: String] = [:]
  ) {
    self.title = title
    self.id = id
    self.lang = lang
    self.needs = needs
    self.other = other
  }
}

extension FrontMatter {
  /// The front matter of a file, of which only the first 4 KiB are read; nil for a file that has none.
  public init?(headOf path: String) {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    guard let head = try? handle.read(upToCount: 4_096), let matter = try? Document(file: path, bytes: [UInt8](head)).frontMatter,
      matter != FrontMatter()
    else { return nil }
    self = matter
  }
}

/// Reads the lines between the two `---`.
struct FrontMatterParser {
  private(set) var matter = FrontMatter()
  private(set) var mistakes: [(line: Int, says: String)] = []
  private var seen: Set<String> = []

  mutating func read(_ line: Bytes, number: Int) {
    let text = line.trimmed.text
    if text.isEmpty || text.hasPrefix("#") { return }
    guard let colon = text.firstIndex(of: ":"), let key = FrontMatterParser.key(text[..<colon]) else {
      mistakes.append((number, "`\(text.prefix(40))` is no `key: value`"))
      return
    }
    guard seen.insert(key).inserted else {
      mistakes.append((number, "`\(key)` stands twice; the first one counts"))
      return
    }
    let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    switch key {
    case "title", "id":
      guard !value.hasPrefix("["), let word = unquoted(value, number) else {
        mistakes.append((number, "`\(key)` wants one text"))
        return
      }
      if key == "title" { matter.title = word } else { matter.id = word }
    case "lang":
      let name = (unquoted(value, number) ?? "").lowercased().split { $0 == "-" || $0 == "_" }.first.map(String.init) ?? ""
      matter.lang = ProseLanguage(rawValue: name)
      if matter.lang == nil { mistakes.append((number, "`lang` is `\(value.prefix(40))`, not en or fr")) }
    case "needs": matter.needs = list(value, number)
    default: matter.other[key] = value
    }
  }

  /// A key is a word of letters, digits, `_` and `-`, in lower case.
  private static func key(_ text: Substring) -> String? {
    let word = text.trimmingCharacters(in: .whitespaces).lowercased()
    let isKey = !word.isEmpty && word.utf8.count <= 60 && word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    return isKey ? word : nil
  }

  private mutating func list(_ value: String, _ number: Int) -> [String] {
    if value.isEmpty { return [] }
    guard value.hasPrefix("[") else { return unquoted(value, number).map { [$0] } ?? [] }
    guard value.hasSuffix("]"), value.count >= 2, !value.dropFirst().dropLast().contains(where: { $0 == "[" || $0 == "]" }) else {
      mistakes.append((number, "the list `\(value.prefix(40))` is no `[a, b]`"))
      return []
    }
    let words = value.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    if words == [""] { return [] }
    if words.contains("") { mistakes.append((number, "the list `\(value.prefix(40))` has an empty place")) }
    return words.filter { !$0.isEmpty }.compactMap { unquoted($0, number) }
  }

  /// The value without the quotes around it; nil when it is empty.
  private mutating func unquoted(_ value: String, _ number: Int) -> String? {
    guard let first = value.first, first == "\"" || first == "'" else { return value.isEmpty ? nil : value }
    guard value.count >= 2, value.last == first else {
      mistakes.append((number, "the quote in `\(value.prefix(40))` never ends"))
      return value
    }
    return String(value.dropFirst().dropLast())
  }
}
