import Foundation

/// The Markdown of a fragment of HTML, as Anki keeps it: words, weights, lists, code, tables, pictures, mathematics.
struct HTMLMarkdown {
  /// The text, without blank lines at its ends.
  private(set) var text = ""

  /// The marks before the lines of the lists that are open, `- ` or a number.
  private var lists: [Int?] = []
  private var isCode = false
  private var columns = 0
  private var isFirstRow = false
  private var links: [String] = []
  private let formulas: [String]

  init(_ html: String, picture: (String) -> String) {
    var formulas: [String] = []
    var rest = HTMLMarkdown.takingMathematics(from: html, &formulas)[...]
    self.formulas = formulas
    while let open = rest.firstIndex(of: "<") {
      append(words: rest[..<open])
      rest = rest[open...]
      if rest.hasPrefix("<!--") {
        rest = rest.range(of: "-->").map { rest[$0.upperBound...] } ?? ""
        continue
      }
      guard let after = rest.dropFirst().first, after.isLetter || after == "/" || after == "!" else {
        append(words: "&lt;")
        rest = rest.dropFirst()
        continue
      }
      let tag = rest.prefix(upTo: HTMLText.tagEnd(rest))
      rest = rest[tag.endIndex...].dropFirst()
      let isClosing = tag.dropFirst().first == "/"
      let name = tag.dropFirst(isClosing ? 2 : 1).prefix { $0.isLetter || $0.isNumber }.lowercased()
      if ["script", "style"].contains(name), !isClosing {
        rest = rest.range(of: "</\(name)", options: .caseInsensitive).map { rest[$0.lowerBound...] } ?? ""
        continue
      }
      append(tag, name, isClosing, picture)
    }
    append(words: rest)
    finish()
  }

  private mutating func append(_ tag: Substring, _ name: String, _ isClosing: Bool, _ picture: (String) -> String) {
    if isCode && name != "pre" {
      if name == "br" { text += "\n" }
      return
    }
    switch name {
    case "b", "strong": text += "**"
    case "i", "em": text += "*"
    case "s", "del", "strike": text += "~~"
    case "sub", "sup": text += isClosing ? "</\(name)>" : "<\(name)>"
    case "code", "kbd", "tt": text += "`"
    case "br": text += lists.isEmpty && columns == 0 ? "\\\n" : " "
    case "hr":
      block()
      text += "---\n\n"
    case "pre":
      if isClosing {
        // The code ends where its last line does, however many line ends stand before the tag.
        while text.hasSuffix("\n") { text.removeLast() }
        text += "\n```\n\n"
      } else {
        block()
        text += "```\n"
      }
      isCode = !isClosing
    case "p", "div", "blockquote": if columns == 0 && lists.isEmpty { block() } else { text += " " }
    case "h1", "h2", "h3", "h4", "h5", "h6":
      block()
      if !isClosing { text += String(repeating: "#", count: Int(name.suffix(1)) ?? 1) + " " }
    case "ul", "ol":
      if isClosing { _ = lists.popLast() } else { lists.append(name == "ol" ? 1 : nil) }
      if lists.isEmpty || lists.count == 1 && !isClosing { block() }
    case "li": if !isClosing { item() }
    case "a":
      if isClosing {
        text += links.popLast().map { "](\($0))" } ?? ""
      } else {
        links.append(HTMLEntities.decoded(HTMLText.attribute("href", tag)).replacing(" ", with: "%20"))
        text += "["
      }
    case "img":
      let path = picture(HTMLEntities.decoded(HTMLText.attribute("src", tag)))
      text += "![\(HTMLEntities.decoded(HTMLText.attribute("alt", tag)))](\(path.replacing(" ", with: "%20")))"
    case "table":
      block()
      (columns, isFirstRow) = (0, !isClosing)
    case "tr": row(isClosing)
    case "td", "th":
      if isClosing { text += " | " }
      columns += isClosing ? 1 : 0
    default: break
    }
  }

  private mutating func item() {
    trimEnd()
    if !text.isEmpty { text += text.hasSuffix("\n\n") ? "" : "\n" }
    text += String(repeating: "   ", count: max(0, lists.count - 1))
    if let number = lists.last ?? nil {
      text += "\(number). "
      lists[lists.count - 1] = number + 1
    } else {
      text += "- "
    }
  }

  private mutating func row(_ isClosing: Bool) {
    guard isClosing else {
      trimEnd()
      text += (isFirstRow ? "\n\n" : "\n") + "| "
      columns = 0
      return
    }
    trimEnd()
    if isFirstRow { text += "\n|" + String(repeating: " --- |", count: max(1, columns)) }
    isFirstRow = false
  }

  /// Ends the paragraph.
  private mutating func block() {
    trimEnd()
    if text.hasSuffix("\\") { text.removeLast() }
    if !text.isEmpty { text += "\n\n" }
  }

  private mutating func trimEnd() { while let last = text.last, last.isWhitespace { text.removeLast() } }

  private mutating func append(words source: Substring) {
    let decoded = HTMLEntities.decoded(String(source)).replacing("\u{A0}", with: " ")
    if isCode {
      text += decoded
      return
    }
    var words = decoded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if decoded.first?.isWhitespace == true, let last = text.last, !last.isWhitespace { words = " " + words }
    if decoded.last?.isWhitespace == true, words.last.map({ $0 != " " }) ?? false { words += " " }
    // What would mean something in Markdown is meant as it stands; between back ticks all is.
    text += text.hasSuffix("`") && !text.hasSuffix("``") ? words : words.replacing(/[\\*_`\[\]<$|~]/) { "\\\($0.output)" }
  }

  private mutating func finish() {
    trimEnd()
    while text.hasSuffix("\\") && !text.hasSuffix("\\\\") {
      text.removeLast()
      trimEnd()
    }
    text = String(text.drop(while: \.isNewline))
    text = text.replacing(/\u{E000}(\d+)\u{E001}/) { match in
      Int(match.output.1).flatMap { formulas.indices.contains($0) ? formulas[$0] : nil } ?? ""
    }
  }

  /// The HTML with a number in the place of each formula: `\( \)`, `\[ \]`, and Anki's older `[$] [/$]`, `[$$] [/$$]`.
  private static func takingMathematics(from html: String, _ formulas: inout [String]) -> String {
    var html = html.replacing("\u{E000}", with: "").replacing("\u{E001}", with: "")
    for (open, close, mark) in [("\\(", "\\)", "$"), ("\\[", "\\]", "$$"), ("[$$]", "[/$$]", "$$"), ("[$]", "[/$]", "$")] {
      var result = ""
      var rest = html[...]
      while let start = rest.range(of: open), let end = rest[start.upperBound...].range(of: close) {
        let inside = rest[start.upperBound..<end.lowerBound].replacing(/<[^>]*>/, with: " ")
        result += rest[..<start.lowerBound] + "\u{E000}\(formulas.count)\u{E001}"
        formulas.append(mark + HTMLEntities.decoded(String(inside)).trimmingCharacters(in: .whitespaces) + mark)
        rest = rest[end.upperBound...]
      }
      html = result + rest
    }
    return html
  }
}
