/// Words and phrases that are looked for in the words of a line.
struct WordList {
  /// The phrases, by the first byte of their first word.
  private var phrases: [UInt8: [[Substring]]] = [:]
  private let isStem: Bool

  /// - Parameter isStem: whether the last word of a phrase may go on: `epoch` is found in "epochs".
  init(_ phrases: [String], isStem: Bool = false) {
    self.isStem = isStem
    for words in phrases.map({ $0.split(separator: " ") }) {
      if let letter = words.first?.utf8.first { self.phrases[letter, default: []].append(words) }
    }
  }

  /// Whether one of the phrases stands in words.
  func isMentioned(in words: [Substring]) -> Bool {
    words.indices.contains { index in
      guard let letter = words[index].utf8.first, let phrases = phrases[letter] else { return false }
      return phrases.contains { phrase in
        guard index + phrase.count <= words.count, let end = phrase.last else { return false }
        let last = words[index + phrase.count - 1]
        return (isStem ? last.hasPrefix(end) : last == end) && words[index...].starts(with: phrase.dropLast())
      }
    }
  }
}
