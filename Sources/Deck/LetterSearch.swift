/// Finds out whether one of several words, or parts of words, stands anywhere in a text: byte for byte, in one pass.
public struct LetterSearch: Sendable {
  /// What is looked for, by its first byte.
  private var words: [[[UInt8]]] = Array(repeating: [], count: 256)

  /// - Parameter words: none of them empty.
  public init(_ words: [String]) {
    for word in words.map({ Array($0.utf8) }) where !word.isEmpty { self.words[Int(word[0])].append(word) }
  }

  /// Whether one of the words stands in a text.
  public func isMentioned(in text: String) -> Bool {
    var text = text
    return text.withUTF8 { text in
      text.indices.contains { place in words[Int(text[place])].contains { text[place...].starts(with: $0) } }
    }
  }
}
