import Engine
import Foundation
import Language

/// `compare 3 5`: two runs side by side.
enum CompareCommand {
  private static let training = "layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2; set lr 0.01; fit 2; "

  static let command = Command(
    .look, .keeps,
    Declaration<Action>(
      "compare", "Shows two runs side by side: what differs between them, and both curves.",
      examples: [training + "compare 1 2", training + "compare -2 -1"],
      notes: "`runs` lists the runs and their numbers; -1 is the newest, -2 the one before.",
      .integer("first", "the number of a run", in: -1_000_000_000...1_000_000_000).completed(from: .runs),
      .integer("second", "the number of another", in: -1_000_000_000...1_000_000_000).completed(from: .runs),
      .word("curve", "what both curves show", from: .curves, default: "loss")
    ) { first, second, curve in
      Action { session, surroundings in
        let runs = try surroundings.permittedRuns
        let pair = [try runs.existing(first), try runs.existing(second)]
        let plot = try Curves.plot(curve, of: pair)
        return CompareFacts(
          runs: pair, plot: PlotFacts(kind: curve, plot: plot, file: nil, style: session.settings.plot))
      }
    })
}

/// Two runs side by side.
public struct CompareFacts: Facts {
  /// What one of them has otherwise than the other; nil where it has no such thing.
  public struct Difference: Sendable, Equatable {
    /// What it is: a setting, a layer, a metric.
    public var name: String
    /// What each has.
    public var values: [String?]
  }

  /// The runs.
  public let runs: [TrainingRun]
  /// Their curves.
  public let plot: PlotFacts

  /// Settings, data and layers that differ; layers are compared place by place.
  public var differences: [Difference] {
    let details = runs.map(\.details)
    var lines = [
      Difference(name: "data", values: details.map(\.recipe)), Difference(name: "model", values: details.map(\.model)),
      Difference(name: "seed", values: details.map { "\($0.seed)" }),
    ]
    var names: [String] = []
    for setting in details.flatMap(\.settings) where !names.contains(setting.name) { names.append(setting.name) }
    lines += names.map { name in Difference(name: name, values: details.map { $0.settings.first { $0.name == name }?.value }) }
    for place in 0..<(details.map(\.layers.count).max() ?? 0) {
      lines.append(
        Difference(name: "layer \(place + 1)", values: details.map { $0.layers.indices.contains(place) ? $0.layers[place].line : nil }))
    }
    return lines.filter { $0.values[0] != $0.values[1] }
  }

  /// The results of both, those that only one has too.
  public var results: [(name: String, values: [Double?])] {
    var names: [String] = []
    for metric in runs.flatMap(\.metrics) where !names.contains(metric.name) { names.append(metric.name) }
    return names.map { name in (name, runs.map { $0.metrics.first { $0.name == name }?.value }) } + [
      ("parameters", runs.map { Double($0.details.layers.reduce(0) { $0 + $1.parameters }) }),
      ("epochs", runs.map { Double($0.details.epochs) }), ("seconds", runs.map(\.details.seconds)),
    ]
  }

  /// Both runs, what differs, the results and the curves.
  public var json: [(String, JSONValue)] {
    [
      ("runs", .array(runs.map { .object($0.json) })),
      (
        "differences",
        .array(
          differences.map {
            .object([("name", .string($0.name)), ("values", .array($0.values.map { $0.map { .string($0) } ?? .null }))])
          })
      ),
      (
        "results",
        .array(
          results.map { .object([("name", .string($0.name)), ("values", .array($0.values.map { $0.map { .number($0) } ?? .null }))]) })
      ),
    ] + plot.json
  }
}

extension TrainingRun.Layer {
  /// The layer in a line.
  var line: String { "\(kind) \(shape) \(parameters)" }
}
