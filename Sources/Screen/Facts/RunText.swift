import Foundation
import Shell

/// Draws the runs that are kept, one of them, and two side by side.
enum RunText {
  static func lines(of facts: RunListFacts, on canvas: Canvas) -> [StyledText] {
    if facts.runs.isEmpty, facts.isFiltered { return [StyledText("no run fits; `runs` lists them", .muted)] }
    guard !facts.runs.isEmpty else { return [StyledText("no runs are kept yet; every `fit` is one", .muted)] }
    let columns: [TextTable.Column] = [
      .init("run", .right), .init("data"), .init("model"), .init("trained by"), .init("epochs", .right), .init("results"),
      .init("seconds", .right),
    ]
    let rows = facts.runs.map { run -> [StyledText] in
      let details = run.details
      let values = Dictionary(details.settings.map { ($0.name, $0.value) }) { first, _ in first }
      let by = ["optimizer", "rate"].compactMap { values[$0] }.joined(separator: " ")
      let results = run.metrics.prefix(4).map { "\($0.name) \(compact($0.value, digits: 3))" }.joined(separator: "  ")
      return [
        StyledText("\(run.id)", Style(.accent)), StyledText(sanitized(details.data)), StyledText(sanitized(details.model)),
        StyledText(sanitized(by)), StyledText(grouped(details.epochs)), StyledText(sanitized(results)),
        StyledText(compact(details.seconds, digits: 3), .muted),
      ]
    }
    let notes = facts.runs.compactMap { run in run.details.note.map { "run \(run.id): \($0)" } }
    let way =
      facts.isFiltered ? "a greater number behind `list` shows them" : "`runs list \(min(100_000, 5 * facts.runs.count))` shows so many"
    let more = facts.hasMore ? ["there are more: \(way)"] : []
    return TextTable(columns, rows: rows, frame: .none, folds: true).lines(width: canvas.width, repertoire: canvas.repertoire)
      + (notes + more).flatMap { StyledText(sanitized($0), .muted).wrapped(to: canvas.width) }
  }

  static func lines(of facts: RerunFacts, on canvas: Canvas) -> [StyledText] {
    let verdict: String
    if let difference = facts.difference {
      verdict =
        "not the numbers of run \(facts.run): \(difference.curve) of epoch \(difference.epoch) was \(difference.before), is \(difference.now)"
    } else if facts.compared == facts.epochs {
      verdict = facts.epochs > 0 ? "the numbers of run \(facts.run), to the bit" : "run \(facts.run) has no whole epoch to compare with"
    } else if facts.compared == 0 {
      verdict = "stopped before an epoch could be compared with run \(facts.run)"
    } else {
      verdict = "stopped: \(grouped(facts.compared)) of \(grouped(facts.epochs)) epochs have the numbers of run \(facts.run), to the bit"
    }
    let taken = facts.isTaken ? ["its model is at hand; `undo` brings yours back"] : []
    let style = Style(facts.isSame == true ? .good : .warning)
    return TrainingText.lines(of: facts.training, on: canvas) + StyledText(sanitized(verdict), style).wrapped(to: canvas.width)
      + taken.flatMap { StyledText($0, .muted).wrapped(to: canvas.width) }
  }

  static func lines(of facts: RunFacts, on canvas: Canvas) -> [StyledText] {
    let run = facts.run, details = run.details
    var head = StyledText("run \(run.id)", Style(bold: true))
    head.append("   \(details.began.formatted(.iso8601.dateTimeSeparator(.space)))   \(details.ended)", .muted)
    var rows =
      (details.note.map { [("note", $0)] } ?? []) + [("data", details.recipe), ("seed", "\(details.seed)")]
      + details.settings.map { ($0.name, $0.value) }
    rows += details.layers.map { ($0.name, "\($0.kind) \($0.shape) \(grouped($0.parameters))") }
    rows += run.metrics.map { ($0.name, compact($0.value, digits: 6)) }
    rows += [("epochs", grouped(details.epochs)), ("updates", grouped(details.updates)), ("seconds", compact(details.seconds))]
    let cells = rows.map { [StyledText(sanitized($0.0), .muted), StyledText(sanitized($0.1))] }
    return head.wrapped(to: canvas.width)
      + TextTable([.init(""), .init("")], rows: cells, frame: .none).lines(width: canvas.width, repertoire: canvas.repertoire)
  }

  static func lines(of facts: CompareFacts, on canvas: Canvas) -> [StyledText] {
    let columns: [TextTable.Column] = [.init("")] + facts.runs.map { .init(StyledText("run \($0.id)")) }
    let none = canvas.repertoire == .unicode ? "–" : "-"
    func table(_ rows: [(String, [String?])], _ style: Style) -> [StyledText] {
      let cells = rows.map { [StyledText(sanitized($0.0), .muted)] + $0.1.map { StyledText($0.map { sanitized($0) } ?? none, style) } }
      return TextTable(columns, rows: cells, frame: .none, folds: true).lines(width: canvas.width, repertoire: canvas.repertoire)
    }
    let differences = facts.differences.map { ($0.name, $0.values) }
    let results = facts.results.map { ($0.name, $0.values.map { $0.map { compact($0, digits: 4) } }) }
    let head = differences.isEmpty ? "nothing differs in data, model and settings" : "what differs"
    return [StyledText(head, Style(bold: true))] + (differences.isEmpty ? [] : table(differences, Style(.accent)))
      + [StyledText("results", Style(bold: true))] + table(results, .plain)
  }
}
