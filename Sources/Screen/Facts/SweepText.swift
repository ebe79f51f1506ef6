import Shell

/// Draws sweeps: the combinations as a table, the best first.
enum SweepText {
  static func lines(of facts: SweepFacts, on canvas: Canvas) -> [StyledText] {
    let done = facts.recipe.runs - facts.left
    var lines = head(of: facts, done: done).wrapped(to: canvas.width)
    lines += table(of: facts, on: canvas)
    if let others = others(of: facts) { lines += StyledText(others, .muted).wrapped(to: canvas.width) }
    for failed in reasons(of: facts) { lines += StyledText(sanitized(failed), Style(.bad)).wrapped(to: canvas.width) }
    lines += remarks(on: facts, canvas).flatMap { StyledText(sanitized($0), .muted).wrapped(to: canvas.width) }
    if facts.left > 0 {
      let left = facts.left == 1 ? "1 run is left" : "\(grouped(facts.left)) runs are left"
      lines += StyledText("\(left): `sweep resume` goes on", Style(.warning)).wrapped(to: canvas.width)
    }
    if let best = facts.best, let run = best.outcome?.run {
      let name = facts.recipe.name(of: facts.recipe.member(best.place).combination)
      let values = name.isEmpty ? "seed \(best.seed)" : name
      let words = "the best: run \(run) (\(values)): `sweep use` makes it the model at hand"
      lines += StyledText(sanitized(words)).wrapped(to: canvas.width)
    }
    return lines
  }

  private static func head(of facts: SweepFacts, done: Int) -> StyledText {
    var head = StyledText("sweep \(facts.id)", Style(bold: true))
    if facts.id == 0 { head = StyledText("sweep", Style(bold: true)) }
    let runs =
      facts.left > 0 ? "\(grouped(done)) of \(grouped(facts.recipe.runs)) runs" : facts.recipe.runs == 1 ? "1 run" : "\(grouped(done)) runs"
    let epochs = facts.recipe.epochs.map { $0 == 1 ? " of 1 epoch" : " of \(grouped($0)) epochs" } ?? ""
    let time = facts.seconds.map { ", \(compact($0, digits: 3)) s" } ?? ""
    head.append("   \(sanitized(facts.recipe.title))   \(runs)\(epochs)\(time)", .muted)
    return head
  }

  private static func table(of facts: SweepFacts, on canvas: Canvas) -> [StyledText] {
    let names = facts.combinations.first?.settings.map(\.name) ?? []
    let outcomes = facts.combinations.flatMap(\.runs).compactMap(\.outcome)
    let showsEpochs = Set(outcomes.filter { $0.reason == nil }.map(\.epochs)).count > 1
    var columns = names.map { TextTable.Column(StyledText(sanitized($0)), .right) }
    columns.append(.init(StyledText(sanitized(facts.recipe.by))))
    if let second = facts.second { columns.append(.init(StyledText(sanitized(second)))) }
    if showsEpochs { columns.append(.init("epochs", .right)) }
    columns.append(.init(facts.recipe.seeds.count == 1 ? "run" : "runs", facts.recipe.seeds.count == 1 ? .right : .left))
    let best = facts.best.map { facts.recipe.member($0.place).combination }
    let rows = shown(of: facts).map { combination -> [StyledText] in
      var row = combination.settings.map { StyledText(sanitized($0.value), Style(.accent)) }
      row.append(value(of: combination, facts.recipe.by, canvas, isBest: combination.number == best, tells: true))
      if let second = facts.second { row.append(value(of: combination, second, canvas, isBest: false, tells: false)) }
      if showsEpochs {
        let epochs = combination.runs.compactMap { $0.outcome?.epochs }
        row.append(StyledText(epochs.isEmpty ? "" : span(epochs)))
      }
      row.append(StyledText(combination.runs.compactMap { $0.outcome?.run.map { "\($0)" } }.joined(separator: " "), .muted))
      return row
    }
    return TextTable(columns, rows: rows, frame: .none, folds: true).lines(width: canvas.width, repertoire: canvas.repertoire)
  }

  /// More rows than these would put the best of them off the screen.
  private static let mostRows = 12

  private static func shown(of facts: SweepFacts) -> ArraySlice<SweepFacts.Combination> {
    facts.combinations.prefix(facts.isWhole || facts.combinations.count <= mostRows + 2 ? .max : mostRows)
  }

  /// What is said of the combinations that are not shown.
  private static func others(of facts: SweepFacts) -> String? {
    let rest = facts.combinations.dropFirst(shown(of: facts).count)
    guard !rest.isEmpty else { return nil }
    let diverged = rest.count { $0.diverged > 0 }
    return
      "and \(grouped(rest.count)) others\(diverged > 0 ? ", \(grouped(diverged)) of which diverged" : ""): `sweep show \(facts.id)` shows all"
  }

  /// A mean with its deviation, and what became of the runs that have no value.
  private static func value(
    of combination: SweepFacts.Combination, _ name: String, _ canvas: Canvas, isBest: Bool, tells: Bool
  ) -> StyledText {
    var text = StyledText()
    if let mean = combination.mean(name) {
      text.append(compact(mean, digits: 4), isBest ? Style(.good, bold: true) : .plain)
      if let deviation = combination.deviation(name) {
        text.append(" \(plusMinus(canvas)) \(compact(deviation, digits: 2))", .muted)
      }
    }
    guard tells else { return text }
    let all = combination.runs.count
    func add(_ count: Int, _ word: String, _ style: Style) {
      guard count > 0 else { return }
      let words = count == all ? word : "\(count) of \(all) \(word)"
      text.append(text.isEmpty ? words : ", \(words)", style)
    }
    add(combination.diverged, "diverged", Style(.bad))
    add(combination.failed, "failed", Style(.bad))
    add(combination.left, "left", .muted)
    return text
  }

  private static func plusMinus(_ canvas: Canvas) -> String { canvas.repertoire == .unicode ? "±" : "+-" }

  private static func span(_ numbers: [Int]) -> String {
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    return low == high ? grouped(low) : "\(grouped(low))-\(grouped(high))"
  }

  /// Why runs could not be trained, each reason once.
  private static func reasons(of facts: SweepFacts) -> [String] {
    var reasons: [String] = []
    for reason in facts.combinations.flatMap(\.runs).compactMap({ $0.outcome?.reason }) where !reasons.contains(reason) {
      reasons.append(reason)
    }
    return reasons.prefix(3).map { "failed: \($0)" }
  }

  private static func remarks(on facts: SweepFacts, _ canvas: Canvas) -> [String] {
    var remarks: [String] = []
    if facts.hadNothingLeft { remarks.append("all runs were done: nothing was left to train") }
    if facts.recipe.seeds.count > 1 {
      remarks.append("mean \(plusMinus(canvas)) standard deviation over \(facts.recipe.seeds.count) seeds")
    }
    if !facts.recipe.validates {
      remarks.append("nothing was held out: the best learned its own samples best; `val=0.2` judges by others")
    }
    return remarks
  }

  static func lines(of facts: SweepListFacts, on canvas: Canvas) -> [StyledText] {
    guard !facts.sweeps.isEmpty else { return [StyledText("no sweep is kept yet; `sweep lr=0.001,0.01,0.1` makes one", .muted)] }
    let columns: [TextTable.Column] = [
      .init("sweep", .right), .init("model"), .init("runs", .right), .init("left", .right), .init("command"),
    ]
    let rows = facts.sweeps.map { sweep in
      [
        StyledText("\(sweep.id)", Style(.accent)), StyledText(sanitized(sweep.recipe.title)), StyledText(grouped(sweep.recipe.runs)),
        StyledText(sweep.left == 0 ? "" : grouped(sweep.left), Style(.warning)), StyledText(sanitized(sweep.recipe.command), .muted),
      ]
    }
    return TextTable(columns, rows: rows, frame: .none, folds: true).lines(width: canvas.width, repertoire: canvas.repertoire)
  }
}
