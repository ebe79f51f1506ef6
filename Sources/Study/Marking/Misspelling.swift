/// Tells a slip of the fingers from another word.
///
/// A slip is a word within a few edits (a letter put in, left out, changed, or two exchanged): none up to four letters, one up to eight,
/// two above. It is none when a digit differs, when the typed word is a word of its own that the decks use (`height` for `weight`), or when
/// the two differ by a beginning that turns the meaning round (`overfitting`, `underfitting`; `supervised`, `unsupervised`).
struct Misspelling: Sendable {
  /// The words that are known to mean something themselves, folded and singular.
  var known: Set<String> = []

  /// The number of edits between a typed and an expected word; nil when one is not a slip for the other.
  func edits(from typed: String, to expected: String) -> Int? {
    if typed == expected { return 0 }
    guard !typed.contains(where: \.isNumber), !expected.contains(where: \.isNumber) else { return nil }
    let allowed = Misspelling.allowance(min(typed.count, expected.count))
    guard allowed > 0, abs(typed.count - expected.count) <= allowed, !known.contains(typed), !Misspelling.isOpposite(typed, expected)
    else { return nil }
    let edits = Misspelling.distance(Array(typed), Array(expected))
    return edits <= allowed ? edits : nil
  }

  /// The edits that a word of a length may have.
  static func allowance(_ length: Int) -> Int { length <= 4 ? 0 : length <= 8 ? 1 : 2 }

  /// Whether two words differ by beginnings of which each has a meaning.
  static func isOpposite(_ first: String, _ second: String) -> Bool {
    for one in prefixes where first.hasPrefix(one) {
      let rest = first.dropFirst(one.count)
      // What is left of the shorter word must itself be a word's length.
      guard rest.count >= 3 else { continue }
      for other in prefixes where other != one && second.hasPrefix(other) && second.dropFirst(other.count) == rest { return true }
    }
    return false
  }

  private static let prefixes = [
    "", "un", "in", "im", "ir", "non", "de", "dis", "des", "anti", "over", "under", "sur", "sous", "sub", "super", "hyper", "hypo", "up",
    "down",
    "pre", "post", "inter", "intra", "extra", "exter", "maxi", "mini", "max", "min", "en", "for", "back", "co", "auto", "multi", "uni",
    "bi", "tri",
    "mono", "macro", "micro", "homo", "hetero", "as", "des", "ex", "a", "re", "semi", "out", "local", "glob",
  ]

  /// The Damerau-Levenshtein distance of neighbours (optimal string alignment).
  static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var rows: [[Int]] = [Array(0...second.count)]
    for (i, letter) in first.enumerated() {
      var row = [i + 1]
      for (j, other) in second.enumerated() {
        var best = min(rows[i][j] + (letter == other ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, letter == second[j - 1], first[i - 1] == other { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[first.count][second.count]
  }
}
