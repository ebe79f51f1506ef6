import Deck
import Foundation

/// A text as the words that an answer is compared by.
///
/// Case, accents, punctuation and the marks of Markdown are gone, articles and fillers ("it is", "c'est") too, plurals are singular; a
/// contracted "n't" is "not". `The Mini-batches!` gives `mini batch`.
struct AnswerWords: Sendable, Hashable {
  /// The words in order; never only fillers, unless the text holds nothing else.
  let words: [String]

  /// The words of a text.
  init(_ text: String) {
    let all = AnswerWords.folded(text)
    let meaning = all.filter { !AnswerWords.fillers.contains($0) }
    var words = meaning.isEmpty ? all : meaning
    // "the ReLU function" is ReLU.
    while words.count > 1, let last = words.last, AnswerWords.generic.contains(last) { words.removeLast() }
    while words.count > 1, let first = words.first, AnswerWords.generic.contains(first) { words.removeFirst() }
    self.words = words
  }

  /// The words without the blanks between them: `batch norm` and `batchnorm` have the same one.
  var joined: String { words.joined() }

  /// Whether the text denies something.
  var isNegated: Bool { words.contains { AnswerWords.negations.contains($0) } }

  /// The folded words of a text, plurals made singular.
  static func folded(_ text: String) -> [String] {
    // A contracted negation in English (don't) and the elided articles of French (l'époque) end at their apostrophes.
    CardLibrary.folded(text).replacing("n't", with: " not").split { !$0.isLetter && !$0.isNumber }.map { singular(String($0)) }
  }

  /// The words that say what a text is about: long enough, or with a digit, and none of the language's small words; each once, in order.
  static func keywords(of text: String) -> [String] {
    var seen: Set<String> = []
    return folded(text).filter { word in
      (word.count > 3 || word.contains(where: \.isNumber) || negations.contains(word)) && !small.contains(word)
        && seen.insert(word).inserted
    }
  }

  /// Words that deny.
  static let negations: Set<String> = [
    "not", "no", "non", "never", "without", "none", "neither", "nor", "cannot", "ne", "n", "pas", "jamais", "sans", "aucun", "aucune", "ni",
  ]

  private static let fillers: Set<String> = [
    "the", "a", "an", "le", "la", "les", "l", "un", "une", "de", "du", "d", "of", "it", "is", "to", "its", "this", "that", "be", "s", "are",
    "in",
    "c", "ce", "est", "cela", "il", "elle", "son", "sa", "ses", "au", "aux", "pour", "for", "by", "par", "en", "with", "avec",
  ]

  private static let generic: Set<String> = [
    "function", "layer", "method", "algorithm", "optimizer", "optimiser", "fonction", "couche", "methode", "algorithme", "optimiseur",
  ]

  private static let small: Set<String> = [
    "that", "this", "these", "those", "with", "from", "into", "which", "when", "where", "what", "have", "been", "will", "would", "more",
    "most",
    "than", "then", "them", "they", "their", "each", "every", "also", "only", "such", "some", "very", "many", "much", "does", "make",
    "made",
    "because", "while", "after", "before", "between", "both", "other", "using", "used", "dans", "pour", "avec", "cette", "cet", "elle",
    "elles",
    "leur", "plus", "moin", "dont", "mais", "comme", "tout", "toute", "tous", "quand", "entre", "sont", "etre", "chaque", "aussi", "ainsi",
    "alor", "donc", "peut", "fait", "faire", "afin", "parce", "lorsque", "parmi", "selon", "vers", "autre", "example", "exemple",
  ]

  /// A word without the ending of a plural, English or French.
  static func singular(_ word: String) -> String {
    guard word.count > 3 else { return word }
    for (ending, single) in [("eaux", "eau"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x")] where word.hasSuffix(ending) {
      return String(word.dropLast(ending.count)) + single
    }
    return word.hasSuffix("s") && !["ss", "us", "is", "as"].contains(String(word.suffix(2))) ? String(word.dropLast()) : word
  }
}
