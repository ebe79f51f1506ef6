import Foundation
import Language

/// Runs as a table for other programs: CSV (RFC 4180) or JSON.
enum RunTable {
  /// The columns that every table has.
  private static let head = ["run", "began", "data", "recipe", "model", "seed", "epochs", "updates", "seconds", "ended", "note"]

  /// Whether a file is such a table, with these columns first, or the runs as JSON.
  static func isOne(_ file: URL) -> Bool {
    guard let content = try? Foundation.Data(contentsOf: file, options: .alwaysMapped) else { return false }
    if content.first == UInt8(ascii: "{") {
      guard let object = try? JSONSerialization.jsonObject(with: content) as? [String: Any], object.count == 1,
        let runs = object["runs"] as? [[String: Any]]
      else { return false }
      return runs.allSatisfy { $0["id"] is Int && $0["settings"] is [String: Any] && $0["history"] is [String: Any] }
    }
    let first = String(decoding: content.prefix { $0 != 0x0A }, as: UTF8.self)
    guard first.hasSuffix("\r") else { return false }
    let names = first.dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return names.starts(with: head) && names.dropFirst(head.count).allSatisfy { $0.hasPrefix("set_") || $0.contains(/^[a-z0-9_]+$/) }
  }

  /// A run a row; a column for each setting and each last value that any run has.
  static func csv(of runs: [TrainingRun]) -> String {
    let settings = names(runs.map { $0.details.settings.map(\.name) })
    let metrics = names(runs.map { $0.metrics.map(\.name) })
    var rows = [head + settings.map { "set_" + $0 } + metrics]
    for run in runs {
      let details = run.details
      let set = Dictionary(details.settings.map { ($0.name, $0.value) }) { first, _ in first }
      let values = Dictionary(run.metrics.map { ($0.name, "\($0.value)") }) { first, _ in first }
      rows.append(
        [
          "\(run.id)", details.began.formatted(.iso8601), details.data, details.recipe, details.model, "\(details.seed)",
          "\(details.epochs)", "\(details.updates)", "\(details.seconds)", details.ended, details.note ?? "",
        ] + settings.map { set[$0] ?? "" } + metrics.map { values[$0] ?? "" })
    }
    return rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }

  /// The objects of `runs`, with layers and curves.
  static func json(of runs: [TrainingRun]) -> String {
    JSONValue.object([("runs", .array(runs.map { .object(RunFacts(run: $0).json) }))]).text + "\n"
  }

  private static func names(_ lists: [[String]]) -> [String] {
    var seen = Set<String>()
    return lists.flatMap(\.self).filter { seen.insert($0).inserted }
  }

  /// A cell; quoted where it has to be. What a spreadsheet would take for a formula is quoted by an apostrophe.
  private static func cell(_ text: String) -> String {
    let plain = text.first.map { "=@".contains($0) } == true ? "'" + text : text
    guard plain.contains(where: { ",\"".contains($0) || $0.isNewline }) else { return plain }
    return "\"" + plain.replacing("\"", with: "\"\"") + "\""
  }
}

/// Which runs `runs` tells of, and in which order.
struct RunSelection: Sendable, Equatable {
  /// Parts of the names of data, model and optimizer; nil for any.
  var data, model, optimizer, note: String?
  /// A curve, `seconds`, `epochs`, `seed` or `run`, the greatest first after a minus; nil for the order of time.
  var sort: String?

  /// Those that are wanted, in their order; values that are not there or no numbers come last.
  ///
  /// - Throws: A `Complaint` when no run has what is sorted by.
  func applied(to runs: [TrainingRun]) throws -> [TrainingRun] {
    func holds(_ part: String?, _ text: String?) -> Bool { part.map { (text ?? "").lowercased().contains($0.lowercased()) } ?? true }
    let found = runs.filter { run in
      let optimizer = run.details.settings.first { $0.name == "optimizer" }?.value
      return holds(data, run.details.data) && holds(model, run.details.model) && holds(self.optimizer, optimizer)
        && holds(note, run.details.note)
    }
    guard let sort, !found.isEmpty else { return found }
    let isDescending = sort.hasPrefix("-")
    let name = isDescending ? String(sort.dropFirst()) : sort
    func value(_ run: TrainingRun) -> Double? {
      let value: Double? =
        switch name {
        case "run": Double(run.id)
        case "seconds": run.details.seconds
        case "epochs": Double(run.details.epochs)
        case "seed": Double(run.details.seed)
        default: run.metrics.first { $0.name == name }?.value ?? run.details.settings.first { $0.name == name }.flatMap { Double($0.value) }
        }
      return value.flatMap { $0.isNaN ? nil : $0 }
    }
    let keyed = found.map { ($0, value($0)) }
    guard keyed.contains(where: { $0.1 != nil }) else {
      let known = Set(found.flatMap { $0.metrics.map(\.name) }).sorted() + ["seconds", "epochs", "seed", "run", "rate", "batch"]
      throw Complaint(
        "no run has a `\(name)` to sort by", hint: "there is " + known.joined(separator: ", ") + "; `sort=-loss` turns the order")
    }
    return keyed.enumerated().sorted { one, other in
      guard let a = one.element.1 else { return other.element.1 == nil && one.offset < other.offset }
      guard let b = other.element.1 else { return true }
      return a == b ? one.offset < other.offset : isDescending ? a > b : a < b
    }.map(\.element.0)
  }
}
