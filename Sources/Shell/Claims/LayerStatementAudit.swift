import Deck

/// Follows the layers that a passage tells from one to the next and checks what it claims of each.
struct LayerStatementAudit {
  private let file: String
  private let passage: Passage
  private(set) var findings: [Finding] = []
  private(set) var confirmed: [DeckCheck.Confirmation] = []
  private var surroundings = LayerStatement.Surroundings()
  /// What the next layer reads; nil when that is not known.
  private var current: [Int]?

  /// Checks the statements of a passage.
  ///
  /// - Parameter input: one sample's shape, where the text tells it.
  init(_ passage: Passage, input: [Int]?, file: String) {
    self.file = file
    self.passage = passage
    current = input
    let asked = passage.question.filter(Self.isRead).flatMap { LayerStatementReader.statements(in: $0) }
    let told = passage.answer.filter(Self.isRead).flatMap { LayerStatementReader.statements(in: $0) }
    if asked.isEmpty, told.isEmpty { return }
    let doubt = ClaimDoubt(passage)
    for statement in asked + told {
      if let stride = statement.stride { surroundings.strides.insert(stride[0]) }
      if let padding = statement.padding { surroundings.paddings.insert(padding) }
    }
    let words = CardLibrary.folded(passage.questionText + passage.answerText)
    surroundings.mayLackBias = ["bias", "biais", "weight", "poids"].contains { words.contains($0) }
    let questions = asked.filter(\.isComplete)
    if questions.count == 1, told.filter(\.isComplete).isEmpty {
      checkAnswer(to: questions[0], doubt)
      return
    }
    for statement in told where statement.isComplete { check(statement, isDoubtful: doubt.covers(line: statement.line)) }
  }

  /// Lines of prose, of code, and of fences without a language, but no tables, whose rows have a reader of their own.
  private static func isRead(_ line: Passage.Line) -> Bool {
    line.fence != "gradus" && !line.text.contains("(None, ") || line.text.contains("#")
  }

  // A layer with claims beside it.

  private mutating func check(_ statement: LayerStatement, isDoubtful: Bool) {
    var input = statement.input.flatMap { $0.count == 3 || statement.kind == .dense ? $0 : nil } ?? current
    if let told = statement.input, told.count == 2, statement.kind != .dense {
      // The channels do not matter for the size.
      input = told + [statement.inputWidth ?? current?.last ?? 1]
    }
    if statement.kind == .dense, let width = statement.inputWidth { input = [width] }
    guard let input else {
      current = statement.output.flatMap { $0.count == 3 ? $0 : nil }
      return
    }
    let readings = statement.readings(for: input, surroundings)
    guard !readings.isEmpty else {
      current = nil
      return
    }
    let fitting = readings.filter { fits(statement, $0) }
    let isChannelKnown = statement.input?.count == 3 || statement.inputWidth != nil || (statement.input == nil && current != nil)
    if !isDoubtful {
      if fitting.isEmpty { findShape(statement, readings, input) } else if statement.output != nil { confirmShape(statement, fitting[0]) }
      if let count = statement.count, isChannelKnown, statement.filters != nil || statement.kind != .convolution {
        checkCount(count, fitting.isEmpty ? readings : fitting, statement, line: statement.line)
      }
    }
    let next = (fitting.first ?? readings[0]).shape
    current = statement.kind == .convolution && statement.filters == nil ? nil : next
  }

  private func fits(_ statement: LayerStatement, _ reading: LayerReading) -> Bool {
    if let output = statement.output, !isSame(output, reading.shape, statement) { return false }
    if let channels = statement.outputChannels, statement.filters != nil || statement.kind != .convolution, channels != reading.shape.last {
      return false
    }
    return true
  }

  /// A size without channels says nothing of them; with them they may stand first.
  private func isSame(_ told: [Int], _ shape: [Int], _ statement: LayerStatement) -> Bool {
    if told == shape { return true }
    guard shape.count == 3 else { return told.reduce(1, *) == shape.reduce(1, *) && told.count == 1 }
    if told.count == 2 { return told == Array(shape.prefix(2)) }
    if told.count == 3, statement.kind == .convolution, statement.filters == nil { return Array(told.prefix(2)) == Array(shape.prefix(2)) }
    return told == [shape[2], shape[0], shape[1]]
  }

  private mutating func findShape(_ statement: LayerStatement, _ readings: [LayerReading], _ input: [Int]) {
    guard let output = statement.output else { return }
    // Where a setting is open the nearest result is the likeliest to be meant.
    let best = readings.min { distance($0.shape, output) < distance($1.shape, output) } ?? readings[0]
    // Channels that stand apart from the size belong to the shape as well.
    let channels = statement.outputChannels.flatMap { output.count == 2 && best.shape.last != $0 ? [$0] : nil } ?? []
    let shape = Array(best.shape.prefix(output.count == 2 && channels.isEmpty ? 2 : best.shape.count))
    var right = text(shape)
    let isStated = statement.padding != nil
    let formula = statement.formula(for: input)
    if isStated, !formula.isEmpty, statement.stride != nil || statement.kind != .convolution || readings.count <= 2 {
      right += ", \(best.shape[0]) = \(formula)"
    }
    findings.append(
      Finding(.outputShape, file: file, line: statement.line, "`\(text(output + channels))` after \(text(input))", right: right))
  }

  private func distance(_ shape: [Int], _ told: [Int]) -> Int { zip(shape, told).reduce(0) { $0 + abs($1.0 - $1.1) } }

  private mutating func confirmShape(_ statement: LayerStatement, _ reading: LayerReading) {
    confirmed.append(DeckCheck.Confirmation(file: file, line: statement.line, says: "the output is \(text(reading.shape))"))
  }

  private mutating func checkCount(_ count: Int, _ readings: [LayerReading], _ statement: LayerStatement, line: Int) {
    if readings.contains(where: { $0.count == count }) {
      confirmed.append(DeckCheck.Confirmation(file: file, line: line, says: "\(ExactNumber.grouped(count)) parameters"))
      return
    }
    let right = readings[0].count
    findings.append(Finding(.parameterCount, file: file, line: line, "`\(ExactNumber.grouped(count))`", right: ExactNumber.grouped(right)))
  }

  // A question that tells a layer, an answer that tells its output.

  private mutating func checkAnswer(to statement: LayerStatement, _ doubt: ClaimDoubt) {
    let asked = LayerStatementReader.plain(passage.questionText)
    var input = statement.kind == .dense ? statement.inputWidth.map { [$0] } ?? statement.input : statement.input ?? current
    if statement.kind != .dense, input?.count == 2, let size = input { input = size + [statement.inputWidth ?? current?.last ?? 1] }
    let isChannelKnown = statement.kind == .dense || statement.input?.count == 3 || statement.inputWidth != nil || current?.count == 3
    guard let input else { return }
    let readings = statement.readings(for: input, surroundings)
    guard !readings.isEmpty else { return }
    let lines = passage.answer.filter {
      ($0.fence == nil || $0.fence == "") && !doubt.covers(line: $0.number) && $0.text.contains(where: \.isNumber)
    }
    let asksSize = ["output", "size", "shape", "taille", "dimension", "sortie", "forme"].contains { asked.contains($0) }
    let asksCount = ["param", "poids", "weights"].contains { asked.contains($0) }
    var claimed = statement
    for line in lines where asksSize && claimed.output == nil {
      let sizes = LayerStatementReader.sizes(in: LayerStatementReader.plain(line.text)).filter {
        !$0.isInput && $0.shape != statement.window && $0.shape != statement.input
      }
      guard let size = sizes.last(where: \.isOutput) ?? (sizes.count == 1 ? sizes[0] : nil), size.shape.count > 1 else { continue }
      claimed.output = size.shape
      claimed.line = line.number
      if readings.contains(where: { fits(claimed, $0) }) {
        confirmShape(claimed, readings.first { fits(claimed, $0) } ?? readings[0])
      } else {
        findShape(claimed, readings, input)
      }
    }
    guard asksCount, isChannelKnown, statement.kind == .dense || statement.filters != nil else { return }
    for line in lines {
      let text = LayerStatementReader.plain(line.text)
      guard let count = LayerStatementReader.claimedCount(in: text) ?? result(of: text, isAlone: lines.count == 1 && !asksSize) else {
        continue
      }
      checkCount(count, readings, claimed, line: line.number)
      return
    }
  }

  /// The number behind the last equals sign of a line, or the only number in it.
  private func result(of text: String, isAlone: Bool) -> Int? {
    let parts = text.split(separator: "=")
    let part = parts.count > 1 ? parts[parts.count - 1] : isAlone ? Substring(text) : ""
    guard let match = part.trimmingCharacters(in: .whitespaces).wholeMatch(of: LayerStatementAudit.number) else { return nil }
    return Int(match.1.filter(\.isNumber).prefix(15))
  }

  // The regular expression is never changed.
  private nonisolated(unsafe) static let number = /\**(\d[\d,_ ]*)\**\s*(?:param\w*|poids|weights)?\.?/

  private func text(_ shape: [Int]) -> String { shape.map { String($0) }.joined(separator: "x") }
}
