import Deck

/// Finds the single number of a table that is wrong: the one with which, put right, every row and every total agrees.
///
/// One wrong number makes its own row and the rows and sums after it disagree; what is told is the number, not its consequences.
enum SummaryRepair {
  /// What is wrong in a table and what holds; the input is one sample's shape where the text tells it.
  static func audit(_ table: QuotedSummary, input: [Int]?, file: String) -> (findings: [Finding], confirmed: [DeckCheck.Confirmation]) {
    let audit = SummaryAudit(table, input: input, file: file)
    guard !audit.findings.isEmpty, table.rows.count <= 80 else { return (audit.findings, audit.confirmed) }
    let lines = Set(audit.findings.map(\.line))
    var best: (change: Int, repair: Repair, audit: SummaryAudit)?
    for repair in repairs(of: table, at: lines, input: input).prefix(160) {
      let change = repair.change
      if let best, best.change < change { continue }
      let trial = SummaryAudit(repair.table, input: input, file: file)
      guard trial.findings.isEmpty else { continue }
      // Of changes alike the one is meant that leaves the more usual layers.
      if let best, best.change == change, best.audit.oddity <= trial.oddity { continue }
      best = (change, repair, trial)
    }
    guard let best else { return (audit.findings, audit.confirmed) }
    return ([best.repair.finding(file)], best.audit.confirmed.filter { $0.line != best.repair.line })
  }

  /// A table with one number changed.
  struct Repair {
    var table: QuotedSummary
    var kind: Finding.Kind
    var line: Int
    /// The number or the shape as it was printed, and what would be right.
    var was: String
    var right: String
    var name: String

    /// How many letters differ: of several repairs the least is the likeliest.
    var change: Int { Likeness.distance(was, right) * 2 + (kind == .outputShape ? 1 : 0) }

    func finding(_ file: String) -> Finding { Finding(kind, file: file, line: line, "`\(name)\(was)`", right: right) }
  }

  private static func repairs(of table: QuotedSummary, at lines: Set<Int>, input: [Int]?) -> [Repair] {
    let places = table.rows.indices.filter { lines.contains(table.rows[$0].line) }
    let isOfTotals = places.isEmpty
    let first = isOfTotals ? 0 : max(0, (places.first ?? 0) - 1), last = isOfTotals ? table.rows.count - 1 : places.last ?? 0
    var repairs: [Repair] = []
    for index in first...last {
      repairs += counts(for: index, in: table, input).map { count in
        var copy = table
        copy.rows[index].count = count
        return repair(
          copy, .parameterCount, table.rows[index], ExactNumber.grouped(table.rows[index].count ?? 0), ExactNumber.grouped(count))
      }
      if isOfTotals { continue }
      repairs += shapes(for: index, in: table, input).map { shape in
        var copy = table
        copy.rows[index].shape = shape
        return repair(copy, .outputShape, table.rows[index], text(table.rows[index].shape ?? []), text(shape))
      }
    }
    return repairs + totals(of: table)
  }

  private static func repair(_ table: QuotedSummary, _ kind: Finding.Kind, _ row: QuotedSummary.Row, _ was: String, _ right: String)
    -> Repair
  {
    Repair(table: table, kind: kind, line: row.line, was: was, right: right, name: "\(row.name): ")
  }

  private static func text(_ shape: [Int]) -> String { shape.map { String($0) }.joined(separator: "x") }

  private static func input(of index: Int, in table: QuotedSummary, _ input: [Int]?) -> [Int]? {
    index == 0 ? input : table.rows[index - 1].shape
  }

  /// The counts that a row may have meant.
  private static func counts(for index: Int, in table: QuotedSummary, _ input: [Int]?) -> Set<Int> {
    let row = table.rows[index]
    guard let printed = row.count else { return [] }
    var counts: Set<Int> = []
    if let total = table.totals.first(where: { $0.kind == .all }), table.isWhole {
      counts.insert(total.count - table.rows.reduce(0) { $0 + ($1.count ?? 0) } + printed)
    }
    if let input = SummaryRepair.input(of: index, in: table, input),
      let readings = LayerReadings.readings(row.kind, input: input, output: row.shape)
    {
      for reading in readings.filter({ row.shape == nil || $0.shape == row.shape }).sorted(by: { $0.oddity < $1.oddity }).prefix(12) {
        counts.insert(reading.count)
      }
    }
    return counts.filter { $0 >= 0 && $0 != printed }
  }

  /// The shapes that a row may have meant, from its neighbours and from the counts.
  private static func shapes(for index: Int, in table: QuotedSummary, _ input: [Int]?) -> Set<[Int]> {
    let row = table.rows[index]
    guard let printed = row.shape else { return [] }
    var shapes: Set<[Int]> = []
    var lasts: Set<Int> = []
    let next = index + 1 < table.rows.count ? table.rows[index + 1] : nil
    let before = SummaryRepair.input(of: index, in: table, input)
    for neighbour in [next?.shape, before] {
      guard let neighbour else { continue }
      if neighbour.count == printed.count {
        shapes.insert(neighbour)
        for place in printed.indices { shapes.insert(Array(printed[..<place]) + [neighbour[place]] + printed[(place + 1)...]) }
      }
      lasts.insert(neighbour.last ?? 0)
    }
    if printed.count == 3 {
      shapes.formUnion([[printed[0], printed[0], printed[2]], [printed[1], printed[1], printed[2]]])
      if let next, LayerReadings.usual(next.kind) == "flatten", let values = next.shape?.last {
        lasts.insert(values / (printed[0] * printed[1]))
      }
    }
    if let count = row.count, let width = before?.last {
      for inner in [1, 9, 25, 49].map({ $0 * width }) {
        for divisor in [inner, inner + 1] where count % divisor == 0 { lasts.insert(count / divisor) }
      }
    }
    if let next, let count = next.count, let units = next.shape?.last, count % units == 0 {
      for area in [1, 9, 25, 49] {
        for bias in [0, 1] where (count / units - bias) % area == 0 { lasts.insert((count / units - bias) / area) }
      }
    }
    if let next, let count = next.count, LayerReadings.usual(next.kind) == "batchnormalization" { lasts.insert(count / 4) }
    for last in lasts where last > 0 { shapes.insert(Array(printed.dropLast()) + [last]) }
    if let before, let readings = LayerReadings.readings(row.kind, input: before, output: row.shape) {
      for reading in readings.filter({ row.count == nil || $0.count == row.count }).sorted(by: { $0.oddity < $1.oddity }).prefix(12) {
        shapes.insert(reading.shape)
      }
    }
    return shapes.filter { $0 != printed && $0.isPossible }
  }

  private static func totals(of table: QuotedSummary) -> [Repair] {
    let sum = table.rows.reduce(0) { $0 + ($1.count ?? 0) }
    return table.totals.indices.compactMap { index in
      let total = table.totals[index]
      let others = table.totals.reduce(0) { $0 + ($1.kind == .trainable || $1.kind == .frozen ? $1.count : 0) }
      let right: Int? =
        switch total.kind {
        case .all: sum
        case .trainable, .frozen: sum - (others - total.count)
        case .optimizer: nil
        }
      guard let right, right >= 0, right != total.count else { return nil }
      var copy = table
      copy.totals[index].count = right
      let name = total.kind == .all ? "total: " : total.kind == .frozen ? "not trainable: " : "trainable: "
      return Repair(
        table: copy, kind: .parameterCount, line: total.line, was: ExactNumber.grouped(total.count), right: ExactNumber.grouped(right),
        name: name)
    }
  }
}
