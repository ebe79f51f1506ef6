import Deck
import Engine
import Foundation

/// Goes through a quoted table layer by layer: what each makes of the one before it, what it counts, and what the totals must be.
struct SummaryAudit {
  private let table: QuotedSummary
  private let file: String
  private let hint: [Int]?
  private(set) var findings: [Finding] = []
  private(set) var confirmed: [DeckCheck.Confirmation] = []
  /// How unusual the layers are that the rows stand for.
  private(set) var oddity = 0
  /// The counts as they must be; nil where a row leaves its own open.
  private var counts: [Int?]
  /// The shapes that a row's readers may take for its output.
  private var outputs: [[[Int]]]

  /// Checks a table.
  ///
  /// - Parameter input: one sample's shape, where the text around the table tells it.
  init(_ table: QuotedSummary, input: [Int]?, file: String) {
    self.table = table
    self.file = file
    hint = input
    counts = table.rows.map(\.count)
    outputs = table.rows.map { $0.shape.map { [$0] } ?? [] }
    for index in table.rows.indices { check(index) }
    checkTotals()
  }

  private var isSummed: Bool {
    let sum = table.rows.reduce(0) { $0 + ($1.count ?? 0) }
    return table.isWhole && table.totals.contains { $0.kind == .all && $0.count == sum }
  }

  // Rows.

  private mutating func check(_ index: Int) {
    let row = table.rows[index]
    guard !LayerReadings.isUnknown(row.kind) else { return }
    let inputs = inputs(of: index)
    if LayerReadings.usual(row.kind) == "add" || LayerReadings.usual(row.kind) == "concatenate" {
      checkJoin(index)
      return
    }
    if inputs.isEmpty {
      checkFirst(index)
      return
    }
    var readings: [LayerReading] = []
    for input in inputs {
      guard let some = LayerReadings.readings(row.kind, input: input, output: row.shape) else { return }
      readings += some
    }
    judge(index, readings, inputs[0])
  }

  private mutating func judge(_ index: Int, _ readings: [LayerReading], _ input: [Int]) {
    let row = table.rows[index]
    let ofShape = row.shape.map { shape in readings.filter { $0.shape == shape } } ?? readings
    let ofCount = row.count.map { count in readings.filter { $0.count == count } } ?? readings
    func least(_ readings: [LayerReading]) -> Int { readings.map(\.oddity).min() ?? .max }
    let fitting = ofShape.filter { reading in row.count.map { $0 == reading.count } ?? true }
    if !fitting.isEmpty { oddity += least(fitting) }
    if !fitting.isEmpty || readings.isEmpty { return }
    // Of shape and count the one that the more usual layer has is believed; a sum that agrees speaks for the counts.
    let isCountWrong = !ofShape.isEmpty && (ofCount.isEmpty || (!isSummed && least(ofShape) <= least(ofCount)))
    if isCountWrong, let count = row.count {
      let best =
        ofShape.filter { $0.oddity == least(ofShape) || $0.oddity <= 2 }.min { abs($0.count - count) < abs($1.count - count) } ?? ofShape[0]
      let right = completed(index, among: ofShape) ?? best
      counts[index] = right.count
      find(.parameterCount, row.line, "\(row.name): \(grouped(count))", right: explained(right.count, row, input))
    } else if let shape = row.shape {
      let near = ofCount.isEmpty ? readings : ofCount
      let best = near.min { distance($0, shape) < distance($1, shape) } ?? near[0]
      outputs[index] = [best.shape, shape]
      find(
        .outputShape, row.line, "\(row.name): \(text(shape))", right: text(best.shape) + (best.words.isEmpty ? "" : " with \(best.words)"))
      if ofCount.isEmpty, let count = row.count, !readings.contains(where: { $0.count == count }) {
        let best = readings.min { ($0.oddity, abs($0.count - count)) < ($1.oddity, abs($1.count - count)) } ?? readings[0]
        counts[index] = best.count
        find(.parameterCount, row.line, "\(row.name): \(grouped(count))", right: explained(best.count, row, input))
      }
    }
  }

  private func distance(_ reading: LayerReading, _ shape: [Int]) -> Int {
    guard reading.shape.count == shape.count else { return 1_000_000 + reading.oddity }
    return zip(reading.shape, shape).reduce(0) { $0 + abs($1.0 - $1.1) } * 4 + reading.oddity * 3
  }

  /// The reading whose count makes the sum what the table says it is.
  private func completed(_ index: Int, among readings: [LayerReading]) -> LayerReading? {
    guard table.isWhole, let total = table.totals.first(where: { $0.kind == .all }) else { return nil }
    let others = table.rows.enumerated().reduce(0) { $0 + ($1.offset == index ? 0 : $1.element.count ?? 0) }
    return readings.filter { $0.count == total.count - others }.min { $0.oddity < $1.oddity }
  }

  private func explained(_ count: Int, _ row: QuotedSummary.Row, _ input: [Int]) -> String {
    let width = input.last ?? 0, units = row.shape?.last ?? 0
    switch LayerReadings.usual(row.kind) {
    case "dense" where count == units * (width + 1): return "\(grouped(count)) = \(units) x (\(width) + 1)"
    case "batchnormalization": return "\(grouped(count)) = 4 x \(width)"
    case "conv2d":
      for size in 1...11 where count == units * (size * size * width + 1) {
        return "\(grouped(count)) = \(units) x (\(size)x\(size)x\(width) + 1)"
      }
    default: break
    }
    return grouped(count)
  }

  /// The first layer of a table, or one of which the input is not known: its count must leave a whole number of inputs.
  private mutating func checkFirst(_ index: Int) {
    let row = table.rows[index]
    guard let units = row.shape?.last, let count = row.count else { return }
    let isRight: Bool
    switch LayerReadings.usual(row.kind) {
    case "dense", "conv2d", "conv1d": isRight = count % units == 0 && count > 0
    case "batchnormalization": isRight = count == 4 * units
    case "layernormalization": isRight = count == 2 * units
    case "embedding": isRight = count % units == 0 && count > 0
    case "flatten", "maxpooling2d", "averagepooling2d", "globalaveragepooling2d", "globalmaxpooling2d": isRight = count == 0
    case let kind where LayerReadings.keepsShape(kind) && kind != "prelu": isRight = count == 0
    default: return
    }
    if isRight { return }
    var right = "a multiple of \(units), one count for each input and unit"
    switch LayerReadings.usual(row.kind) {
    case "batchnormalization": right = "\(4 * units) = 4 x \(units)"
    case "layernormalization": right = "\(2 * units) = 2 x \(units)"
    case "dense", "conv2d", "conv1d", "embedding":
      if table.isWhole, let total = table.totals.first(where: { $0.kind == .all }) {
        let rest = total.count - table.rows.enumerated().reduce(0) { $0 + ($1.offset == index ? 0 : $1.element.count ?? 0) }
        if rest > 0, rest % units == 0 { right = grouped(rest) }
        if rest > 0, rest % units == 0 { counts[index] = rest }
      }
    default: right = "0"
    }
    find(.parameterCount, row.line, "\(row.name): \(grouped(count))", right: right)
  }

  /// A sum has its inputs' shape, a concatenation the sum of their last lengths.
  private mutating func checkJoin(_ index: Int) {
    let row = table.rows[index]
    let sources = sources(of: index)
    if let count = row.count, count != 0 {
      counts[index] = 0
      find(.parameterCount, row.line, "\(row.name): \(grouped(count))", right: "0")
    }
    guard sources.count > 1, let shape = row.shape, sources.allSatisfy({ $0.shape != nil }) else { return }
    let shapes = sources.compactMap(\.shape)
    var right = shapes[0]
    if LayerReadings.usual(row.kind) == "concatenate" {
      right[right.count - 1] = shapes.reduce(0) { $0 + ($1.last ?? 0) }
    }
    if right != shape, right.count == shape.count, LayerReadings.usual(row.kind) == "concatenate" || shapes.allSatisfy({ $0 == shapes[0] })
    {
      outputs[index] = [right, shape]
      find(.outputShape, row.line, "\(row.name): \(text(shape))", right: text(right))
    }
  }

  private var isGraph: Bool {
    table.rows.contains { ["add", "concatenate", "multiply", "average"].contains(LayerReadings.usual($0.kind)) }
  }

  private func sources(of index: Int) -> [QuotedSummary.Row] {
    let rest = table.rows[index].rest.filter { !$0.isWhitespace }
    let words = Set(rest.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    return table.rows[..<index].filter { words.contains($0.name) }
  }

  /// What a row's layer may have read.
  private func inputs(of index: Int) -> [[Int]] {
    let rest = table.rows[index].rest
    if rest.contains("[") {
      let names = sources(of: index).map(\.name)
      let places = table.rows.indices.filter { names.contains(table.rows[$0].name) }
      return places.count == 1 ? outputs[places[0]] : []
    }
    if index == 0 { return hint.map { [$0] } ?? [] }
    // Without a column of connections, a layer of a graph may read any layer before it.
    if isGraph {
      return Array(Set(outputs[..<index].flatMap { $0 } + (hint.map { [$0] } ?? []))).sorted { $0.lexicographicallyPrecedes($1) }
    }
    return table.isWhole || table.rows[index].line - table.rows[index - 1].line < 3 ? outputs[index - 1] : []
  }

  // Totals.

  private mutating func checkTotals() {
    guard table.isWhole, !table.totals.isEmpty else { return }
    let known = counts.compactMap { $0 }
    guard known.count == counts.count else { return }
    let sum = known.reduce(0, +)
    func total(_ kind: QuotedSummary.Total.Kind) -> QuotedSummary.Total? { table.totals.first { $0.kind == kind } }
    let optimizer = total(.optimizer)?.count ?? 0
    let title = table.rows.count == 1 ? "1 layer" : "\(table.rows.count) layers"
    if let all = total(.all) {
      if all.count == sum || all.count == sum + optimizer {
        if findings.isEmpty {
          confirm(all.line, "\(grouped(all.count)) parameters in \(title): every row of the table agrees")
        } else {
          confirm(all.line, "\(grouped(all.count)) parameters in all")
        }
      } else if table.rows.allSatisfy({ $0.count != nil }) {
        find(.parameterCount, all.line, "the total \(grouped(all.count))", right: grouped(sum))
      }
    }
    let fixed = zip(table.rows, known).reduce(0) { $0 + (LayerReadings.usual($1.0.kind) == "batchnormalization" ? $1.1 / 2 : 0) }
    if let trainable = total(.trainable), let frozen = total(.frozen) {
      let isSum = trainable.count + frozen.count == sum
      if isSum, frozen.count == fixed || canFreeze(frozen.count - fixed, known) {
        confirm(trainable.line, "\(grouped(trainable.count)) trainable and \(grouped(frozen.count)) not: together \(grouped(sum))")
      } else if frozen.count == fixed {
        find(.parameterCount, trainable.line, "\(grouped(trainable.count)) trainable", right: grouped(sum - fixed))
      } else if trainable.count == sum - fixed || !canFreeze(frozen.count - fixed, known) {
        find(.parameterCount, frozen.line, "\(grouped(frozen.count)) not trainable", right: grouped(fixed))
        if trainable.count != sum - fixed {
          find(.parameterCount, trainable.line, "\(grouped(trainable.count)) trainable", right: grouped(sum - fixed))
        }
      } else {
        find(.parameterCount, trainable.line, "\(grouped(trainable.count)) trainable", right: grouped(sum - frozen.count))
      }
    }
    for total in table.totals { checkMemory(total) }
  }

  /// Whether layers can be frozen that hold so many further parameters.
  private func canFreeze(_ count: Int, _ known: [Int]) -> Bool {
    guard count > 0, table.rows.count <= 200 else { return count == 0 }
    var sums: Set<Int> = [0]
    for (row, parameters) in zip(table.rows, known) where parameters > 0 {
      let part = LayerReadings.usual(row.kind) == "batchnormalization" ? parameters / 2 : parameters
      sums.formUnion(sums.map { $0 + part }.filter { $0 <= count })
      if sums.count > 20_000 { return true }
    }
    return sums.contains(count)
  }

  /// Four bytes a parameter, two or eight in other precisions.
  private mutating func checkMemory(_ total: QuotedSummary.Total) {
    guard let (text, unit) = total.memory, total.count > 0, let printed = Double(text.replacing(",", with: "")) else { return }
    let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
    let half = 0.5 * pow(10, -Double(decimals)) * 1.001
    // A kilobyte is 1024 bytes to Keras, 1000 to others.
    let widths: [Double] = [4, 2, 8, 1]
    let units: [Double] = unit == 1 ? [1] : [unit, unit * 1000 / 1024, unit * 1_000_000 / 1_048_576]
    let isRight = widths.contains { width in
      units.contains { abs(Double(total.count) * width / $0 - printed) <= half }
    }
    if !isRight, unit == 1 || printed < 1024 {
      let right = String(format: "%.2f", Double(total.count) * 4 / unit)
      find(.parameterCount, total.line, "\(text) of memory for \(grouped(total.count))", right: "\(right), 4 bytes a parameter")
    }
  }

  // Words.

  private mutating func find(_ kind: Finding.Kind, _ line: Int, _ says: String, right: String) {
    findings.append(Finding(kind, file: file, line: line, "`\(says)`", right: right))
  }

  private mutating func confirm(_ line: Int, _ says: String) {
    confirmed.append(DeckCheck.Confirmation(file: file, line: line, says: says))
  }

  private func text(_ shape: [Int]) -> String { shape.map { String($0) }.joined(separator: "x") }
  private func grouped(_ count: Int) -> String { ExactNumber.grouped(count) }
}
