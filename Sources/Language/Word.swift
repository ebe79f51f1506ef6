/// One word of a command: its text without quotes, and where it stands in the line.
public struct Word: Sendable, Equatable {
  /// The text with quotes and escapes resolved.
  public var text: String
  /// The text as typed.
  public var raw: String
  /// The characters of the line that it covers.
  public var place: Range<Int>
  /// Whether it opened with a quote, so that it is never read as `name=value` or as help.
  public var isQuoted: Bool
  /// For a word of the form `name=value`: the name, and the value as a word of its own.
  public var split: (name: String, value: String, valuePlace: Range<Int>)? {
    guard !isQuoted, let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
    let name = text[..<equals]
    guard PlainName.isOne(name) else { return nil }
    // The name holds no quotes or escapes, so offsets in the text and in the line agree up to the `=`.
    let start = min(place.lowerBound + text.distance(from: text.startIndex, to: equals) + 1, place.upperBound)
    return (String(name), String(text[text.index(after: equals)...]), start..<place.upperBound)
  }

  /// Whether it was meant as a number: it begins with a digit, a sign or a point.
  var looksLikeNumber: Bool {
    guard !isQuoted, let first = text.first else { return false }
    return first.isASCII && (first.isNumber || "+-.".contains(first))
  }

  /// A word of the given text at a place.
  public init(_ text: String, at place: Range<Int>, raw: String? = nil, isQuoted: Bool = false) {
    self.text = text
    self.raw = raw ?? text
    self.place = place
    self.isQuoted = isQuoted
  }
}

/// One command of a line: its words, and the text they were read from.
public struct CommandText: Sendable, Equatable {
  /// The words in order; at least one.
  public var words: [Word]
  /// The whole line, to show a complaint's place in.
  public var line: String
  /// The characters of the line that the command covers, from its first word to its last.
  public var place: Range<Int>
  /// The command as typed, without the rest of its line.
  public var typed: String
  /// A command of the given words; what was typed is cut out of the line where it is not given.
  public init(words: [Word], line: String, place: Range<Int>, typed: String? = nil) {
    self.words = words
    self.line = line
    self.place = place
    self.typed = typed ?? String(line.dropFirst(place.lowerBound).prefix(place.count))
  }
}
