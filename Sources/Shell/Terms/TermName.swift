import Deck

/// Folds a term's name, so that one may write it as one speaks it: without case, accents, hyphens, articles and plurals.
enum TermName {
  /// The name as a key: `Mini-batches`, `minibatch` and `the mini batch` have the same one.
  static func key(_ name: String) -> String { words(name).joined() }

  /// The folded words of a name, articles before it left off.
  static func words(_ name: String) -> [String] {
    var words = folded(name)
    while words.count > 1, let first = words.first, articles.contains(first) { words.removeFirst() }
    return words
  }

  /// The folded words of a text.
  static func folded(_ text: String) -> [String] {
    CardLibrary.folded(text).split { !$0.isLetter && !$0.isNumber }.map { singular(String($0)) }
  }

  /// Whether some words stand in a text, one after the other.
  static func holds(_ text: [String], _ words: [String]) -> Bool {
    guard !words.isEmpty, text.count >= words.count else { return false }
    return (0...(text.count - words.count)).contains { Array(text[$0..<($0 + words.count)]) == words }
  }

  private static let articles: Set<String> = ["the", "a", "an", "le", "la", "les", "l", "un", "une", "des", "de", "d"]

  /// A word without the ending of a plural, English or French.
  private static func singular(_ word: String) -> String {
    guard word.count > 3 else { return word }
    for (ending, single) in [("eaux", "eau"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x")] where word.hasSuffix(ending) {
      return String(word.dropLast(ending.count)) + single
    }
    return word.hasSuffix("s") && !["ss", "us", "is", "as"].contains(String(word.suffix(2))) ? String(word.dropLast()) : word
  }
}
