import Engine
import Foundation
import Language

/// `runs`, `runs show N`: every fit that was kept.
enum RunsCommand {
  private enum Request: Sendable {
    case list(Int)
    case show(Int)
    case remove(Int)
  }

  static let command = Command(
    .look, .keeps,
    Declaration<Action>(
      "runs", "Lists the fits that were kept, shows one, or forgets one.",
      examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2; runs"],
      notes:
        "Every `fit` is kept in the store: settings, curves, seed and time. `plot loss runs=1,2` lays curves over each other, `runs=-2,-1` those of the two newest.",
      .declared(
        "action", "what to do",
        from: [
          Declaration<Request>(
            "list", "Lists the newest runs.", examples: ["runs list 5"],
            .integer("count", "how many at most", in: 1...100_000, default: 20)
          ) { .list($0) },
          Declaration<Request>(
            "show", "Shows all that is kept of a run.",
            examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2; runs show 1"],
            .integer("run", "its number; -1 is the newest, -2 the one before", in: -1_000_000_000...1_000_000_000)
          ) { .show($0) },
          Declaration<Request>(
            "rm", "Forgets a run.", examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2; runs rm 1"],
            .integer("run", "its number; -1 is the newest, -2 the one before", in: -1_000_000_000...1_000_000_000)
          ) { .remove($0) },
        ], default: .list(20))
    ) { request in
      Action { _, surroundings in
        let runs = try surroundings.permittedRuns
        switch request {
        case .list(let count): return RunListFacts(runs: try runs.newest(count))
        case .show(let number): return RunFacts(run: try runs.existing(number))
        case .remove(let number):
          let run = try runs.existing(number).id
          guard try runs.remove(run) else { throw Complaint.noRun(run) }
          return Notice("run \(run) is forgotten")
        }
      }
    })
}

extension RunStore {
  /// A run by its number.
  ///
  /// - Throws: A `Complaint` when there is none.
  func existing(_ number: Int) throws -> TrainingRun {
    guard number < 0 else {
      guard let run = try run(number) else { throw Complaint.noRun(number) }
      return run
    }
    let newest = try newest(-number)
    guard newest.count == -number else { throw Complaint.noRun(number, kept: newest.count) }
    return newest[0]
  }
}

/// The runs that are kept.
public struct RunListFacts: Facts {
  /// The newest last.
  public let runs: [TrainingRun]
  /// A run an object.
  public var json: [(String, JSONValue)] { [("runs", .array(runs.map { .object($0.json) }))] }
}

/// All that is kept of a run.
public struct RunFacts: Facts {
  /// The run.
  public let run: TrainingRun
  /// Its members, its layers and its curves.
  public var json: [(String, JSONValue)] {
    run.json + [
      (
        "layers",
        .array(
          run.details.layers.map {
            .object([
              ("name", .string($0.name)), ("kind", .string($0.kind)), ("shape", .string($0.shape)), ("parameters", .integer($0.parameters)),
            ])
          })
      ), ("history", .object(run.history.names.map { ($0, .numbers(run.history[$0])) })),
    ]
  }
}

extension TrainingRun {
  /// Number, settings, last metrics, seed and seconds.
  var json: [(String, JSONValue)] {
    [
      ("id", .integer(id)), ("began", .string(details.began.formatted(.iso8601))), ("data", .string(details.data)),
      ("recipe", .string(details.recipe)), ("model", .string(details.model)),
      ("settings", .object(details.settings.map { ($0.name, .string($0.value)) })),
      ("metrics", .object(metrics.map { ($0.name, .number($0.value)) })), ("seed", .integer(Int(clamping: details.seed))),
      ("seconds", .number(details.seconds)), ("epochs", .integer(details.epochs)), ("updates", .integer(details.updates)),
      ("ended", .string(details.ended)),
    ]
  }
}
