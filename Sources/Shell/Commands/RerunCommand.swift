import Engine
import Foundation
import Language

/// `rerun 3`: trains again what a run trained.
enum RerunCommand {
  static let command = Command(
    .train, .keeps,
    Declaration<Action>(
      "rerun", "Trains again from where a run began, and tells whether the numbers are the same.",
      examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2; rerun 1"],
      notes: """
        The run keeps where it began: architecture, weights, optimizer, data recipe, settings and seed. With the same threads the numbers \
        are the same to the last bit. Your own session stays as it is; the new training is a run of its own.
        """,
      .integer("run", "its number", in: 1...1_000_000_000).completed(from: .runs)
    ) { number in
      Action { session, surroundings in
        let runs = try surroundings.permittedRuns
        let (_, run, facts) = try Rerunning.again(number, runs, session, surroundings) { apart, _, text in
          switch Interpreter.run(text, on: &apart, surroundings).result {
          case .failure(let complaint): throw complaint
          case .success(let facts):
            guard let facts = facts as? TrainingFacts else { throw Complaint.noStart(number) }
            return facts
          }
        }
        return RerunFacts(run: number, of: run.history, training: facts)
      }
    })
}

/// Trains again what a run trained, beside the person's session.
@MainActor enum Rerunning {
  /// Opens where a run began, and trains as it was.
  ///
  /// - Parameter train: Trains by the words of the run's `fit`.
  static func again(
    _ number: Int, _ runs: any RunStore, _ session: Session, _ surroundings: any Surroundings,
    _ train: (inout Session, FitWords, CommandText) throws -> TrainingFacts
  ) throws -> (session: Session, run: TrainingRun, facts: TrainingFacts) {
    let run = try runs.existing(number)
    guard let start = try runs.start(of: number) else { throw Complaint.noStart(number) }
    var apart = Session()
    apart.settings = session.settings
    let threads = KernelThreads.count
    defer { KernelThreads.set(threads) }
    try SessionOpening.open(start.session, named: "run \(number)", into: &apart, surroundings)
    apart.isApart = true
    // What is known already is not to be predicted.
    apart.settings.predict = false
    guard let text = try Lexer.commands(in: start.command).first, text.words.first?.text == "fit" else { throw Complaint.noStart(number) }
    let facts = try train(&apart, try TrainingCommands.fitWords.parse(text.words), text)
    return (apart, run, facts)
  }
}

/// What a training needs to be made again.
public struct RunStart: Sendable, Equatable {
  /// The command that trained, its name in full.
  public var command: String
  /// The session that it began with, as `save` writes it.
  public var session: Foundation.Data

  /// A start of the given parts.
  public init(command: String, session: Foundation.Data) { (self.command, self.session) = (command, session) }
}

/// A run that was trained again.
public struct RerunFacts: Facts {
  /// The first value that is another one.
  public struct Difference: Sendable, Equatable {
    /// The curve, and the epoch from 1.
    public let curve: String
    public let epoch: Int
    /// The value of the run and the one that came now.
    public let before, now: Double

    /// The first difference as far as both go, compared bit by bit; nil when there is none.
    init?(_ one: TrainingHistory, _ other: TrainingHistory) {
      let length = one.names.map { min(one[$0].count, other[$0].count) }.max() ?? 0
      for epoch in 0..<length {
        for name in one.names where epoch < one[name].count && epoch < other[name].count {
          let (before, now) = (one[name][epoch], other[name][epoch])
          guard before.bitPattern != now.bitPattern else { continue }
          (curve, self.epoch, self.before, self.now) = (name, epoch + 1, before, now)
          return
        }
      }
      return nil
    }
  }

  /// The run that was made again.
  public let run: Int
  /// The epochs that it has, and how many of them were made again: fewer where the training was stopped.
  public let epochs, compared: Int
  /// How the training went now.
  public let training: TrainingFacts
  /// The first value that differs; nil when none does.
  public let difference: Difference?
  /// Whether its model was put in the place of the session's.
  public var isTaken = false

  init(run: Int, of history: TrainingHistory, training: TrainingFacts, isTaken: Bool = false) {
    self.run = run
    self.training = training
    self.isTaken = isTaken
    epochs = history.epochs
    compared = min(epochs, training.history.epochs)
    difference = Difference(history, training.history)
  }

  /// Whether all numbers are the same; nil where not all were made again.
  public var isSame: Bool? { difference != nil ? false : compared == epochs ? true : nil }

  /// The training's members, the run, and whether it is the same.
  public var json: [(String, JSONValue)] {
    training.json + [
      ("rerun", .integer(run)), ("same", isSame.map { .bool($0) } ?? .null), ("compared", .integer(compared)),
      (
        "difference",
        difference.map {
          .object([
            ("curve", .string($0.curve)), ("epoch", .integer($0.epoch)), ("before", .number($0.before)), ("now", .number($0.now)),
          ])
        } ?? .null
      ), ("taken", .bool(isTaken)),
    ]
  }
}

extension Complaint {
  static func noStart(_ number: Int) -> Complaint {
    Complaint(
      "where run \(number) began is not kept",
      hint: "it is for a `fit` of up to 1,000,000 parameters; `runs show \(number)` tells its settings")
  }
}
