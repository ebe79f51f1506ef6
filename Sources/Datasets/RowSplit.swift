import Kernels
import Language

/// The rows of a data set in two parts: those to train on and those held out.
public struct RowSplit: Sendable, Equatable {
  /// The rows to train on, ascending.
  public let training: [Int]
  /// The rows held out, ascending.
  public let heldOut: [Int]

  /// A split of the given parts.
  public init(training: [Int], heldOut: [Int]) {
    self.training = training
    self.heldOut = heldOut
  }

  /// The last part of the rows held out, as Keras does it: training gets floor(n (1 - fraction)) rows.
  ///
  /// Throws a `Complaint` when the fraction is not between 0 and 1 or a part would be empty.
  public static func lastPart(_ fraction: Double, of rows: [Int]) throws -> RowSplit {
    guard fraction > 0, fraction < 1 else { throw Complaint.fraction(fraction) }
    let border = Int((Double(rows.count) * (1 - fraction)).rounded(.down))
    guard border > 0, border < rows.count else { throw Complaint.tooFewRows(rows.count, fraction: fraction) }
    return RowSplit(training: Array(rows[..<border]), heldOut: Array(rows[border...]))
  }
}

extension Dataset {
  /// A seeded, stratified split: round(n fraction) rows are held out, at least one, and every class keeps its share in both parts.
  ///
  /// A numeric target is stratified when it has at most 20 distinct values, all whole. The rows keep their order within each part.
  /// Throws a `Complaint` when the fraction is not between 0 and 1 or there is one row only.
  public func split(_ fraction: Double, seed: UInt64) throws -> RowSplit {
    guard fraction > 0, fraction < 1 else { throw Complaint.fraction(fraction) }
    guard rows > 1 else { throw Complaint.tooFewRows(rows, fraction: fraction) }
    let wanted = min(max(Int((Double(rows) * fraction).rounded()), 1), rows - 1)
    var source = RandomSource(seed: seed, stream: "data split")
    let groups = target.groups()
    var members = [[Int]](repeating: [], count: max(groups?.names.count ?? 1, 1))
    for row in source.permutation(of: rows) { members[groups?.indices[row] ?? 0].append(row) }

    // Each class gives its share rounded down; the rows that are left to hold out come from the classes with the largest remainders, a
    // class of a single row last: it is worth more in the training part.
    let shares = members.map { Double($0.count) * Double(wanted) / Double(rows) }
    var counts = shares.map { Int($0.rounded(.down)) }
    let order = members.indices.sorted { a, b in
      if (members[a].count > 1) != (members[b].count > 1) { return members[a].count > 1 }
      let (left, right) = (shares[a] - shares[a].rounded(.down), shares[b] - shares[b].rounded(.down))
      return left == right ? a < b : left > right
    }
    var left = wanted - counts.reduce(0, +)
    while left > 0 {
      for group in order where left > 0 && counts[group] < members[group].count {
        counts[group] += 1
        left -= 1
      }
    }
    var isHeldOut = [Bool](repeating: false, count: rows)
    for (group, count) in counts.enumerated() { for row in members[group].prefix(count) { isHeldOut[row] = true } }
    return RowSplit(training: (0..<rows).filter { !isHeldOut[$0] }, heldOut: (0..<rows).filter { isHeldOut[$0] })
  }
}
