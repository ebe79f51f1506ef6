/// The lines that are expected and those that were printed, laid side by side: what agrees stands once.
public struct OutputDiff: Sendable, Equatable {
  /// A line of the diff.
  public enum Line: Sendable, Equatable {
    /// The lesson says it, and it was printed.
    case same(String)
    /// The lesson says it.
    case expected(String)
    /// It was printed.
    case printed(String)
  }

  /// The lines in order.
  public let lines: [Line]

  /// The diff of two outputs; lines that agree within the tolerance are the same, and the shortest list of changes is found.
  public init(expected: [String], actual: [String], tolerance: Double = OutputComparison.usualTolerance) {
    // A long output would take time in proportion to the square of its length; its ends are what matters then.
    guard expected.count * actual.count <= 250_000 else {
      lines = expected.map { .expected($0) } + actual.map { .printed($0) }
      return
    }
    let comparison = OutputComparison(tolerance: tolerance)
    let same = expected.map { line in actual.map { comparison.matches(expected: [line], actual: [$0]) } }
    // common[i][j]: how many lines can agree from the i-th and the j-th on.
    var common = [[Int]](repeating: [Int](repeating: 0, count: actual.count + 1), count: expected.count + 1)
    for i in expected.indices.reversed() {
      for j in actual.indices.reversed() {
        common[i][j] = same[i][j] ? common[i + 1][j + 1] + 1 : max(common[i + 1][j], common[i][j + 1])
      }
    }
    var lines: [Line] = []
    var (i, j) = (0, 0)
    while i < expected.count || j < actual.count {
      if i < expected.count, j < actual.count, same[i][j] {
        lines.append(.same(actual[j]))
        (i, j) = (i + 1, j + 1)
      } else if i < expected.count, j == actual.count || common[i + 1][j] >= common[i][j + 1] {
        lines.append(.expected(expected[i]))
        i += 1
      } else {
        lines.append(.printed(actual[j]))
        j += 1
      }
    }
    self.lines = lines
  }
}
