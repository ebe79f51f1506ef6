import Foundation

/// What is left of HTML in a Markdown text: its words, its pictures and its line breaks.
enum HTMLText {
  /// A piece of HTML.
  enum Piece: Equatable {
    case words(String)
    case picture(description: String, path: String)
    case lineBreak
  }

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
      let name = tag.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "/" }.lowercased()
      switch name {
      case "img": pieces.append(.picture(description: attribute("alt", tag), path: attribute("src", tag)))
      case "br", "br/", "/p", "/div", "/li", "/tr": pieces.append(.lineBreak)
      case "script", "style":
        rest = rest.range(of: "</\(name)").map { rest[$0.lowerBound...] } ?? ""
      default: break
      }
    }
    words(rest, into: &pieces)
    return pieces
  }

  private static func words(_ text: Substring, into pieces: inout [Piece]) {
    let joined = text.split(omittingEmptySubsequences: true, whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !joined.isEmpty else { return }
    let decoded = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
      .reduce(joined) { $0.replacing($1.0, with: $1.1) }
    pieces.append(.words(decoded))
  }

  /// The index of the `>` that ends the tag, outside of quotes.
  private static func tagEnd(_ tag: Substring) -> Substring.Index {
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
  private static func attribute(_ name: String, _ tag: Substring) -> String {
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
