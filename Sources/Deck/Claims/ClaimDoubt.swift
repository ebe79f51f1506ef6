import Foundation

/// What is written down without being claimed: examples of mistakes, options to choose from, ranges, dates, sizes.
public struct ClaimDoubt {
  private var doubtful: Set<Int> = []
  /// Of lines with several sentences the digits of those that show something wrong.
  private var sentences: [Int: String] = [:]
  private var wholes: Set<Int> = []

  /// Words of a sentence that shows something wrong.
  private static let wrong = WordList([
    "wrong", "incorrect", "mistake", "mistaken", "false", "faux", "fausse", "errone", "erronee", "tort", "piege", "trap", "pitfall",
    "naive", "naif",
    "myth", "mythe", "instead of", "au lieu de", "common error", "erreur classique", "erreur frequente", "ne vaut pas", "n'est pas",
    "is not",
    "isn't", "and not", "et non", "not equal", "❌", "✗", "✘", "should be", "devrait etre", "would be wrong", "surtout pas", "never write",
    "typo", "coquille", "bogus", "bug", "corrige", "erratum", "almost", "presque",
  ])
  /// Words that only seem to be such.
  private static let notWrong = WordList(["how wrong", "not wrong"])

  /// Words of a line where a quotient counts whole things.
  private static let whole = [
    "update", "batch", "lot", "iteration", "step", "mise a jour", "mises a jour", "pas", "ceil", "floor", "round", "arrondi", "epoch",
    "epoque", "entiere",
    "output", "sortie", "stride", "pixel", "position", "taille", "size", "pool", "conv",
  ]
  private static let beginningWhole = WordList(whole, isStem: true)
  private static let holdingWhole = LetterSearch(whole)

  /// Looks at the lines of a passage.
  public init(_ passage: Passage) {
    var isStill = false
    for line in passage.answer {
      let folded = CardLibrary.folded(line.text)
      let words = ClaimDoubt.words(folded)
      let isWrong = ClaimDoubt.isWrong(words)
      if isWrong {
        let parts = folded.replacing("! ", with: ". ").replacing("? ", with: ". ").components(separatedBy: ". ")
        let wrong = parts.filter { ClaimDoubt.isWrong(ClaimDoubt.words($0)) }
        if parts.count > 1, !wrong.isEmpty { sentences[line.number] = wrong.joined(separator: " ") }
      }
      // A sentence that ends in a colon speaks of what follows it.
      if isWrong || isStill || ClaimDoubt.isOption(line.text) { doubtful.insert(line.number) }
      if line.text.contains(where: { !$0.isWhitespace }) {
        isStill = isWrong && folded.last(where: { !$0.isWhitespace }) == ":"
      }
      if ClaimDoubt.beginningWhole.isMentioned(in: words) { wholes.insert(line.number) }
    }
    let asked = CardLibrary.folded(passage.questionText)
    if ClaimDoubt.holdingWhole.isMentioned(in: asked) { wholes.formUnion(passage.answer.map(\.number)) }
  }

  /// Whether a line shows something that it does not claim.
  public func covers(line: Int) -> Bool { doubtful.contains(line) }

  /// Whether a side stands where something is shown and not claimed.
  func covers(_ side: EquationSide) -> Bool {
    guard doubtful.contains(side.line) else { return false }
    guard let wrong = sentences[side.line], let number = side.expression.numbers.first, !number.text.contains("_") else { return true }
    return wrong.contains(number.text)
  }

  /// The words of a text; between two signs that part words stands an empty one, so that no phrase goes over the end of a sentence.
  private static func words(_ folded: String) -> [Substring] {
    folded.split(omittingEmptySubsequences: false) { !($0.isLetter || $0.isNumber || "'❌✗✘".contains($0)) }
  }

  private static func isWrong(_ words: [Substring]) -> Bool { wrong.isMentioned(in: words) && !notWrong.isMentioned(in: words) }

  /// Whether a line speaks of whole things.
  func isOfWholes(_ line: Int) -> Bool { wholes.contains(line) }

  /// `a) ...`, `(b) ...`, `C. ...`, `- [ ] ...`: one of several, of which some may be wrong.
  private static func isOption(_ text: String) -> Bool {
    let rest = text.drop { $0.isWhitespace || "-*+>".contains($0) }
    if rest.hasPrefix("[ ]") { return true }
    let inner = rest.first == "(" ? rest.dropFirst() : rest
    guard let letter = inner.first, letter.isASCII, letter.isLetter, let mark = inner.dropFirst().first else { return false }
    return (mark == ")" || (mark == "." && rest.first != "(")) && inner.dropFirst(2).first.map(\.isWhitespace) == true
  }

  /// Whether a computation and its result can only be meant as such.
  static func isPlain(_ side: EquationSide, printed: EquationSide) -> Bool {
    // 2-8-1, 12/05/2024, 3-5 = three pages.
    if side.isTight { return false }
    if side.isSize, !isCounted(printed) { return false }
    // Between words and a number a dash may be one of prose.
    for (word, dash) in zip(side.tokens, side.tokens.dropFirst()) where !dash.isMath && dash.isApart && dash.kind == .sign("-") {
      if case .name = word.kind { return false }
    }
    switch side.before?.kind {
    case .name(let word):
      if side.before?.isMath == true { return false }
      if FoldedName.changing.contains(FoldedName.of(word)) { return false }
    case .number, .sign, .percent, .close, .closing, .comma, .factorial, .open, .opening: return false
    default: break
    }
    if printed.relation == .saying, !isStrong(side) || !isEnded(printed) { return false }
    // `= 3x3`, `= 2D`, `= 533 KB`
    if let word = printed.countedWord {
      if case .name = printed.after?.kind, printed.after?.isApart == false { return false }
      if units.contains(word) || ["x", "out", "sur", "over", "to", "a", "or", "ou"].contains(word) { return false }
    }
    if case .sign = printed.after?.kind { return false }
    if case .open = printed.after?.kind, printed.after?.isApart == false { return false }
    return true
  }

  /// Units in which the result may be another number.
  private static let units: Set<String> = [
    "kb", "ko", "mb", "mo", "gb", "go", "kib", "mib", "gib", "bytes", "octets", "ms", "s", "min", "h", "hours", "heures", "minutes",
    "seconds",
    "secondes", "days", "jours", "km", "cm", "mm", "m", "db", "bits", "tb", "to",
  ]

  private static func isCounted(_ printed: EquationSide) -> Bool {
    guard let word = printed.countedWord else { return printed.after == nil }
    return countable.contains(word)
  }

  private static let countable: Set<String> = [
    "pixels", "values", "valeurs", "weights", "poids", "parameters", "parametres", "inputs", "entrees", "numbers", "coefficients", "cells",
    "cellules",
    "neurons", "neurones", "connections", "connexions", "updates", "params", "features", "nombres",
  ]

  /// More than a size and a word: a sum, or signs with room around them.
  private static func isStrong(_ side: EquationSide) -> Bool {
    !side.isSize
      && side.tokens.contains {
        if case .sign(let sign) = $0.kind { sign != "-" && sign != "/" && ($0.isApart || $0.isMath || sign == "*") } else { false }
      }
  }

  private static func isEnded(_ printed: EquationSide) -> Bool {
    switch printed.after?.kind {
    case nil, .close: printed.countedWord == nil || isCounted(printed)
    case .name: isCounted(printed)
    default: false
    }
  }
}
