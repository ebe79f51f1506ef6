import Foundation

/// What is accepted as the answer of a card, read from the answer's Markdown.
///
/// - `ReLU`: this answer.        - `MSE or mean squared error`, `logits / scores`: any of them.
/// - `SGD (stochastic gradient descent)`: the short form, the long one, or both.
/// - `precision and recall`, a list: all of them, in any order; numbers in their order.
/// - `0.510575`, `32 KB`: a number. `N/16`: a formula, sign by sign.
///
/// Code, pictures and sections below the answer explain it and need not be typed. A text with more to say is a long answer.
public struct AnswerKey: Sendable, Hashable {
  /// One accepted wording.
  enum Accepted: Sendable, Hashable {
    case number(AnswerNumber)
    case formula(String)
    case words(AnswerWords, initials: String)
  }

  /// A thing to be named, in any of its wordings.
  struct Item: Sendable, Hashable {
    /// As the card writes it.
    var text: String
    var accepted: [Accepted]
  }

  /// What is to be named; empty for a long answer.
  let items: [Item]
  /// The whole answer in one wording, where it is one line.
  let line: String
  /// The words that a long answer should hold: of the answer, not of the question.
  let keywords: [String]

  /// Whether the answer is short enough to be typed and marked.
  public var isShort: Bool { !items.isEmpty }

  /// The key of an answer to a question, both in Markdown.
  public init(_ answer: String, question: String = "") {
    let (head, isWhole) = PlainAnswer.head(answer)
    line = head.count == 1 ? head[0] : ""
    items = isWhole ? AnswerKey.items(of: head) : []
    let asked = Set(AnswerWords.folded(question))
    let text = PlainAnswer.plain(answer.replacing(/```[\s\S]*?```|<[^>]*>/, with: " "))
    keywords = Array(AnswerWords.keywords(of: text).filter { !asked.contains($0) }.prefix(12))
  }

  /// The most words that a wording may have to be typed.
  static let wordLimit = 5

  private static func items(of head: [String]) -> [Item] {
    var texts = head.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " .;,:!")) }.filter { !$0.isEmpty }
    guard !texts.isEmpty, texts.count <= 6 else { return [] }
    if texts.count == 1 { texts = enumerated(texts[0]) }
    let items = texts.map { Item(text: $0, accepted: accepted($0)) }
    let isTypeable = items.allSatisfy { item in
      !item.accepted.isEmpty
        && item.accepted.allSatisfy {
          if case .words(let words, _) = $0 { words.words.count <= wordLimit && !words.words.isEmpty } else { true }
        }
    }
    return isTypeable ? items : []
  }

  /// The items of a line that names several: `kernel, stride and padding`.
  static func enumerated(_ line: String) -> [String] {
    let parts = line.split(separator: /\s*[,;]\s+(?:(?:and|et)\s+)?|\s+(?:and|et)\s+/).map(String.init)
    guard parts.count > 1, parts.count <= 6 else { return [line] }
    let areNumbers = parts.allSatisfy { AnswerNumber($0) != nil }
    if !areNumbers && isFormula(line) { return [line] }
    let areShort = parts.allSatisfy { (1...2).contains(AnswerWords($0).words.count) && !AnswerWords($0).isNegated }
    return areNumbers || areShort && !line.contains(/\s(?:or|ou)\s/) ? parts : [line]
  }

  /// The accepted wordings of one item.
  private static func accepted(_ text: String) -> [Accepted] {
    if let number = AnswerNumber(text) { return [.number(number)] }
    if isFormula(text) { return [.formula(formula(text))] }
    var wordings: [String] = []
    for alternative in text.split(separator: /\s+\/\s+|\s+(?i:or|ou|aka|alias)\s+/).map(String.init) {
      // Two single words on either side of a slash are two answers, and so is the whole.
      let halves = alternative.split(separator: "/").map(String.init)
      if halves.count == 2, halves.allSatisfy({ $0.wholeMatch(of: /[\p{L}][\p{L}\d-]+/) != nil }) { wordings += halves }
      wordings += withoutParentheses(alternative)
    }
    var seen: Set<Accepted> = []
    return wordings.compactMap { wording in
      if let number = AnswerNumber(wording) { return .number(number) }
      let split = wording.replacing(/\b(?:[A-Z][a-z]{2,}){2,}\b/) { match in
        String(match.output).replacing(/[A-Z]/) { " " + String($0.output) }
      }
      let words = AnswerWords(split)
      return words.words.isEmpty ? nil : .words(words, initials: words.words.count > 2 ? String(words.words.compactMap(\.first)) : "")
    }.filter { seen.insert($0).inserted }
  }

  /// The wordings of `SGD (stochastic gradient descent)`: without and with what stands in parentheses, and that alone when one of the two
  /// abbreviates the other.
  private static func withoutParentheses(_ text: String) -> [String] {
    guard let match = text.firstMatch(of: /\s*\(([^()]*)\)\s*/) else { return [text] }
    let outside = text.replacingCharacters(in: match.range, with: " ").trimmingCharacters(in: .whitespaces)
    let inside = String(match.output.1)
    guard !outside.isEmpty else { return [inside] }
    return [outside] + (abbreviates(outside, inside) || abbreviates(inside, outside) ? [inside, text] : [])
  }

  /// Whether one word is made of letters of another text in their order, beginning alike.
  static func abbreviates(_ short: String, _ long: String) -> Bool {
    let letters = AnswerWords.folded(short).joined()
    var rest = AnswerWords.folded(long).joined()[...]
    guard (2...6).contains(letters.count), AnswerWords.folded(long).count > 1, letters.first == rest.first else { return false }
    for letter in letters {
      guard let place = rest.firstIndex(of: letter) else { return false }
      rest = rest[rest.index(after: place)...]
    }
    return true
  }

  /// Whether a text is arithmetic: a sign between numbers and short names.
  static func isFormula(_ text: String) -> Bool {
    guard text.contains(/[\p{L}\d)'}\]]\s*[\/*+^=<>×·÷]\s*[\p{L}\d(\\{-]|\s-\s/), text.contains(/\d|\b\p{L}\b/) else { return false }
    if text.wholeMatch(of: /\p{L}[\p{L}\d]+\s*\/\s*\p{L}[\p{L}\d]+/) != nil { return false }
    return !text.contains(/\p{L}{4}/) || text.contains(/^\p{L}+\s*\(/)
  }

  /// A formula as it is compared: without blanks, one sign for each operation.
  static func formula(_ text: String) -> String {
    var formula = text.lowercased().filter { !$0.isWhitespace && $0 != "{" && $0 != "}" }
    for (sign, plain) in [("×", "*"), ("·", "*"), ("∗", "*"), ("÷", "/"), ("−", "-"), ("**", "^"), ("²", "^2"), ("³", "^3")] {
      formula = formula.replacing(sign, with: plain)
    }
    return formula
  }
}
