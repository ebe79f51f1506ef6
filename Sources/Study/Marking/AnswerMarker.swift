import Foundation

/// Marks typed answers against the key of a card.
public struct AnswerMarker: Sendable {
  private let misspelling: Misspelling

  /// A marker that takes no word of the given texts for a slip of another one.
  public init(vocabulary texts: [String] = []) {
    var known: Set<String> = AnswerMarker.confusable
    for text in texts { known.formUnion(AnswerWords.folded(text)) }
    misspelling = Misspelling(known: known)
  }

  /// Words of the field a letter or two away from others, which no deck needs to hold.
  private static let confusable: Set<String> = [
    "weight", "height", "width", "row", "convex", "concave", "precision", "prediction", "encoder", "decoder", "filter", "batch", "patch",
    "mean",
    "median", "mode", "variance", "cost", "test", "train", "validation", "poid", "point", "pas", "cout", "couche", "touche", "boucle",
    "lasso",
    "ridge", "forward", "backward", "positive", "negative", "maximum", "minimum", "internal", "external", "sigmoid", "softmax",
  ]

  /// Marks what was typed.
  public func mark(_ typed: String, _ key: AnswerKey) -> Mark {
    let text = PlainAnswer.plain(typed).trimmingCharacters(in: .whitespaces)
    guard !text.isEmpty else { return Mark(.wrong, missing: key.items.map(\.text)) }
    guard key.isShort else { return keywords(text, key) }
    if key.items.count > 1 { return list(text, key) }
    let mark = one(text, key.items[0])
    // A phrase has many wordings: where the learner's holds much of it, a machine does not judge.
    guard mark.verdict == .wrong, key.items[0].longestWording > 3 else { return mark }
    let free = keywords(text, key)
    return free.found.count * 2 >= free.found.count + free.missing.count && !free.found.isEmpty ? free : mark
  }

  /// Whether two wordings mean the same to a marker.
  public func areEqual(_ first: String, _ second: String) -> Bool {
    let (one, other) = (AnswerWords(PlainAnswer.plain(first)), AnswerWords(PlainAnswer.plain(second)))
    return one.joined == other.joined || words(one, other) != nil
  }

  private func one(_ text: String, _ item: AnswerKey.Item) -> Mark {
    var best = Mark(.wrong)
    for accepted in item.accepted {
      switch accepted {
      case .number(let number):
        guard let given = AnswerNumber(text) else { continue }
        switch number.match(given) {
        case .equal: return Mark(.right)
        case .rounded: best = Mark(.partly)
        case .different: break
        }
      case .formula(let formula):
        if AnswerKey.formula(text) == formula { return Mark(.right) }
      case .words(let wanted, let initials):
        let given = AnswerWords(text)
        if !initials.isEmpty, given.words == [initials] { return Mark(.right) }
        // A sign of arithmetic between words is no blank.
        if AnswerKey.isFormula(text), given.joined != wanted.joined { continue }
        if let mark = words(given, wanted), best.verdict != .right || mark.misspelled.isEmpty { best = mark }
      }
    }
    return best
  }

  /// Compares words: as if there were no blanks, else word by word, slips forgiven; nil when they differ.
  private func words(_ given: AnswerWords, _ wanted: AnswerWords) -> Mark? {
    if given.joined == wanted.joined { return Mark(.right) }
    guard given.isNegated == wanted.isNegated else { return nil }
    if given.words.count == wanted.words.count {
      var slips: [String] = []
      var total = 0
      for (typed, expected) in zip(given.words, wanted.words) {
        guard let edits = misspelling.edits(from: typed, to: expected) else { return nil }
        total += edits
        if edits > 0 { slips.append(expected) }
      }
      return total <= 3 ? Mark(.right, misspelled: slips) : nil
    }
    guard misspelling.edits(from: given.joined, to: wanted.joined) != nil else { return nil }
    return Mark(.right, misspelled: [wanted.words.joined(separator: " ")])
  }

  /// Marks an enumeration: all items in any order, numbers in theirs.
  private func list(_ text: String, _ key: AnswerKey) -> Mark {
    let given = text.split(separator: /\s*;\s*|,\s*(?!\d)|,\s+|\s+(?:and|et|&)\s+|\n/).map(String.init).filter { !$0.isEmpty }
    var left = given
    var mark = Mark(.wrong)
    var isRounded = false
    for (place, item) in key.items.enumerated() {
      let isNumber = item.accepted.contains { if case .number = $0 { true } else { false } }
      let candidates = isNumber ? (place < given.count ? [given[place]] : []) : left
      let marks = candidates.map { ($0, one($0, item)) }
      if let (typed, found) = marks.first(where: { $0.1.verdict != .wrong }) {
        isRounded = isRounded || found.verdict == .partly
        mark.misspelled += found.misspelled
        mark.found.append(item.text)
        if let index = left.firstIndex(of: typed) { left.remove(at: index) }
      } else {
        mark.missing.append(item.text)
      }
    }
    mark.verdict = mark.found.isEmpty ? .wrong : mark.missing.isEmpty && left.isEmpty && !isRounded ? .right : .partly
    return mark
  }

  /// Which keywords of a long answer occur, slips forgiven.
  private func keywords(_ text: String, _ key: AnswerKey) -> Mark {
    let given = AnswerWords.folded(text)
    var mark = Mark(.open)
    for word in key.keywords {
      let occurs = given.contains { misspelling.edits(from: $0, to: word) != nil }
      if occurs { mark.found.append(word) } else { mark.missing.append(word) }
    }
    return mark
  }
}

extension AnswerKey.Item {
  /// The words of the longest wording.
  fileprivate var longestWording: Int {
    accepted.map { if case .words(let words, _) = $0 { words.words.count } else { 0 } }.max() ?? 0
  }
}
