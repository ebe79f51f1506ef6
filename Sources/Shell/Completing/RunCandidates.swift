import Foundation
import Language

/// What completes the numbers of runs and sweeps that are kept, and the words by which they are found.
@MainActor struct RunCandidates {
  let store: any RunStore

  /// So many of the newest are offered.
  private static let most = 100

  func candidates(of source: CandidateSource, typed: String) -> [Candidate] {
    if source == .sweeps {
      return ((try? store.newestSweeps(RunCandidates.most)) ?? []).reversed().map { Candidate("\($0.id)", $0.recipe.command) }
    }
    let runs = (try? store.newest(RunCandidates.most)) ?? []
    switch source {
    case .runs:
      // Two numbers of one command are of different runs.
      let given = Set(source.given.values)
      return runs.reversed().filter { !given.contains("\($0.id)") }.map { Candidate("\($0.id)", $0.line) }
    case .runData: return names(runs) { $0.details.data }
    case .runModels: return names(runs) { $0.details.model }
    case .runOptimizers: return names(runs) { run in run.details.settings.first { $0.name == "optimizer" }?.value ?? "" }
    case .runOrders:
      let sign = typed.hasPrefix("-") ? "-" : ""
      let curves = names(runs.flatMap { $0.metrics.map(\.name) }).map { Candidate($0, "its last value") }
      let others = [
        ("seconds", "how long it trained"), ("epochs", "how many it made"), ("rate", "the learning rate"),
        ("batch", "samples a mini-batch"),
        ("seed", "of weights and shuffles"), ("run", "its number"),
      ]
      return (curves + others.map { Candidate($0.0, $0.1) }).map { Candidate(sign + $0.text, $0.summary) }
    default: return []
    }
  }

  private func names(_ runs: [TrainingRun], _ name: (TrainingRun) -> String) -> [Candidate] {
    let all = runs.map(name)
    return names(all).map { name in
      let count = all.count { $0 == name }
      return Candidate(name, count == 1 ? "1 run" : "\(count) runs")
    }
  }

  /// Each name once, those of the newest runs first.
  private func names(_ all: [String]) -> [String] {
    var seen = Set<String>()
    return all.reversed().filter { !$0.isEmpty && seen.insert($0).inserted }
  }
}

extension TrainingRun {
  /// What it was, in a line: data and model, how it was trained, how it went, when.
  fileprivate var line: String {
    let settings = Dictionary(details.settings.map { ($0.name, $0.value) }) { first, _ in first }
    let how = ["optimizer", "rate", "loss"].compactMap { settings[$0] }.joined(separator: " ")
    let loss = history["loss"].last.map { "loss \(shortNumber($0))" }
    let when = String(details.began.formatted(.iso8601.dateTimeSeparator(.space)).prefix(16))
    return ["\(details.data) \(details.model)".trimmingCharacters(in: .whitespaces), how, loss, details.note ?? when].compactMap(\.self)
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
