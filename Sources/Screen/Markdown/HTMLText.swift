import Foundation

/// What is left of HTML in a Markdown text: its words, its pictures and its line breaks.
enum HTMLText {
  /// A piece of HTML.
  enum Piece: Equatable {
    case words(String)
    case picture(description: String, path: String)
    case lineBreak
    /// The end of a block or the beginning of one: what follows stands on a line of its own.
    case blockEdge
    /// A tag that changes how the words after it look, by its usual name: `b`, `i`, `code`, `sub`, `sup`, `s`, `u`.
    case style(String, isClosing: Bool)
    /// The dot of a list's item.
    case bullet
    /// The room between two cells of a table.
    case gap
  }

  /// The names of tags that change the look of words.
  private static let styles: [String: String] = [
    "b": "b", "strong": "b", "th": "b", "h1": "b", "h2": "b", "h3": "b", "h4": "b", "h5": "b", "h6": "b", "summary": "b", "i": "i",
    "em": "i", "var": "i", "cite": "i", "code": "code", "kbd": "code", "tt": "code", "samp": "code", "pre": "code", "sub": "sub",
    "sup": "sup", "s": "s", "del": "s", "strike": "s", "u": "u", "ins": "u",
  ]

  /// The pieces of a fragment: comments, scripts, style sheets and all other tags are dropped.
  static func pieces(_ html: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
      words(rest[..<open], into: &pieces)
      rest = rest[open...]
      if rest.hasPrefix("<!--") {
        rest = rest.range(of: "-->").map { rest[$0.upperBound...] } ?? ""
        continue
      }
      // A lone `<` is a sign, not a tag.
      guard let after = rest.dropFirst().first, after.isLetter || after == "/" || after == "!" || after == "?" else {
        words("<", into: &pieces)
        rest = rest.dropFirst()
        continue
      }
      let tag = rest.prefix(upTo: tagEnd(rest))
      rest = rest[tag.endIndex...].dropFirst()
      let isClosing = tag.dropFirst().first == "/"
      let name = tag.dropFirst(isClosing ? 2 : 1).prefix { $0.isLetter || $0.isNumber }.lowercased()
      if let style = styles[name] { pieces.append(.style(style, isClosing: isClosing)) }
      switch (name, isClosing) {
      case ("img", _): pieces.append(.picture(description: decoded(attribute("alt", tag)), path: decoded(attribute("src", tag))))
      case ("br", _): pieces.append(.lineBreak)
      case ("hr", _), ("p", true), ("div", true), ("li", true), ("tr", true), ("ul", false), ("ol", false), ("table", false),
        ("summary", true), ("h1", true), ("h2", true), ("h3", true), ("h4", true), ("h5", true), ("h6", true):
        pieces.append(.blockEdge)
      case ("li", false): pieces.append(.bullet)
      case ("td", true), ("th", true): pieces.append(.gap)
      case ("script", false), ("style", false):
        rest = rest.range(of: "</\(name)").map { rest[$0.lowerBound...] } ?? ""
      default: break
      }
    }
    words(rest, into: &pieces)
    return pieces
  }

  /// Words with single blanks between them, also at their ends where the source has some.
  private static func words(_ text: Substring, into pieces: inout [Piece]) {
    var joined = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if text.first?.isWhitespace == true, !joined.isEmpty { joined = " " + joined }
    if text.last?.isWhitespace == true { joined += " " }
    guard !joined.isEmpty else { return }
    pieces.append(.words(HTMLEntities.decoded(joined)))
  }

  private static func decoded(_ text: String) -> String { HTMLEntities.decoded(text) }

  /// The index of the `>` that ends the tag, outside of quotes.
  static func tagEnd(_ tag: Substring) -> Substring.Index {
    var quote: Character?
    for index in tag.indices {
      let character = tag[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == ">" {
        return index
      }
    }
    return tag.firstIndex(of: ">") ?? tag.endIndex
  }

  /// The value of an attribute, empty when it is not there.
  static func attribute(_ name: String, _ tag: Substring) -> String {
    var rest = tag.drop { !$0.isWhitespace }
    while !rest.isEmpty {
      rest = rest.drop { $0.isWhitespace || $0 == "/" }
      let key = rest.prefix { !$0.isWhitespace && $0 != "=" }
      guard !key.isEmpty || rest.first == "=" else { break }
      rest = rest[key.endIndex...].drop(while: \.isWhitespace)
      guard rest.first == "=" else { continue }
      rest = rest.dropFirst().drop(while: \.isWhitespace)
      let value: Substring
      if let quote = rest.first, quote == "\"" || quote == "'" {
        value = rest.dropFirst().prefix { $0 != quote }
        rest = rest[value.endIndex...].dropFirst()
      } else {
        value = rest.prefix { !$0.isWhitespace }
        rest = rest[value.endIndex...]
      }
      if key.lowercased() == name { return String(value) }
    }
    return ""
  }
}
