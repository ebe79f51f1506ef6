/// How much two texts are alike.
public enum Likeness {
  /// The least number of letters to insert, leave out, change or swap with their neighbour that makes one word of the other (optimal string
  /// alignment), for words of a few letters.
  public static func distance(_ first: String, _ second: String) -> Int {
    let (a, b) = (Array(first), Array(second))
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        var least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { least = min(least, before[j - 2] + 1) }
        row.append(least)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }

  /// The different runs of three letters of a text between blanks, as it counts for a card's identity.
  static func trigrams(_ text: String) -> Set<UInt64> {
    let scalars = (" " + CardIdentity.normalised(text) + " ").unicodeScalars.map { UInt64($0.value) }
    guard scalars.count > 2 else { return [] }
    return Set((2..<scalars.count).map { scalars[$0 - 2] << 42 | scalars[$0 - 1] << 21 | scalars[$0] })
  }
}
