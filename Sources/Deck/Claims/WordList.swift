/// Words and phrases that are looked for in the words of a line.
struct WordList {
  /// What follows the first word of each phrase.
  private var rests: [Substring: [ArraySlice<Substring>]] = [:]
  /// The phrases whose last word may go on, by the first byte of the first word.
  private var stems: [UInt8: [[Substring]]] = [:]

  /// - Parameter isStem: whether the last word of a phrase may go on: `epoch` is found in "epochs".
  init(_ phrases: [String], isStem: Bool = false) {
    for words in phrases.map({ $0.split(separator: " ") }) {
      guard let first = words.first, let letter = first.utf8.first else { continue }
      if isStem { stems[letter, default: []].append(words) } else { rests[first, default: []].append(words.dropFirst()) }
    }
  }

  /// Whether one of the phrases stands in words.
  func isMentioned(in words: [Substring]) -> Bool {
    words.indices.contains { index in
      if let rests = rests[words[index]], rests.contains(where: { words[(index + 1)...].starts(with: $0) }) { return true }
      return words[index].utf8.first.flatMap { stems[$0] }?.contains { stem in
        guard let last = stem.last, index + stem.count <= words.count else { return false }
        return words[index + stem.count - 1].hasPrefix(last) && words[index...].starts(with: stem.dropLast())
      } == true
    }
  }
}
