/// Finds the names that a mistyped word probably meant.
public enum NearNames {
  /// The nearest of the names, best first, at most three: those that begin with the word, then those within a third of its length in edits.
  public static func of(_ word: String, among names: [String]) -> [String] {
    let typed = word.lowercased()
    guard !typed.isEmpty, typed.count <= 60 else { return [] }
    let allowed = max(1, (typed.count + 1) / 3)
    var ranked: [(name: String, distance: Int)] = []
    for name in names {
      let candidate = name.lowercased()
      if candidate == typed || (typed.count >= 2 && candidate.hasPrefix(typed)) {
        ranked.append((name, 0))
      } else if abs(candidate.count - typed.count) <= allowed {
        let distance = distance(Array(typed), Array(candidate))
        if distance <= allowed { ranked.append((name, distance)) }
      }
    }
    var seen = Set<String>()
    return ranked.enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
      .map(\.element.name).filter { seen.insert($0).inserted }.prefix(3).map { $0 }
  }

  /// "did you mean `relu`?", or nothing.
  public static func hint(for word: String, among names: [String]) -> String? {
    let near = of(word, among: names)
    guard !near.isEmpty else { return nil }
    return "did you mean " + near.map { "`\($0)`" }.joined(separator: " or ") + "?"
  }

  /// The Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions and swaps of neighbours.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [Int](repeating: i, count: b.count + 1)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { current[j] = min(current[j], beforePrevious[j - 2] + 1) }
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
