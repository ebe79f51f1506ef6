import Engine
import Foundation
import Language

/// `sweep lr=0.001,0.01,0.1 dense.units=4,8`: trains all combinations, several at once.
enum SweepCommand {
  enum Request: Sendable {
    case begin
    case resume(Int?), show(Int?), use(Int?)
    case list(Int)
    case remove(Int)
  }

  private static let model = "layer dense 4 tanh; layer dense 1 sigmoid; data moons 60; compile adam 0.05 bce accuracy; "

  static let actions: [Declaration<Request>] = [
    Declaration(
      "resume", "Goes on with a sweep that was interrupted; runs that were under way start over.",
      examples: [model + "sweep lr=0.1,0.01 epochs=2; sweep resume"], number("the sweep's number; else the newest that is not done")
    ) { .resume($0) },
    Declaration(
      "show", "Shows all combinations of a sweep, and the curves of the best.",
      examples: [model + "sweep lr=0.1,0.01 epochs=2; sweep show 1"],
      number("its number; else the newest")
    ) { .show($0) },
    Declaration(
      "use", "Trains a run again, to the bit, and makes it the model at hand.",
      examples: [model + "sweep lr=0.1,0.01 epochs=2; sweep use"],
      .optional(.integer("run", "its number; else the best of the newest sweep", in: 1...1_000_000_000).completed(from: .runs))
    ) { .use($0) },
    Declaration(
      "list", "Lists the newest sweeps.", examples: ["sweep list"],
      .integer("count", "how many at most", in: 1...1_000, default: 20)
    ) { .list($0) },
    Declaration(
      "rm", "Forgets a sweep; its runs stay.", examples: [model + "sweep lr=0.1,0.01 epochs=2; sweep rm 1"],
      .integer("sweep", "its number", in: 1...1_000_000_000).completed(from: .sweeps)
    ) { .remove($0) },
  ]

  private static func number(_ summary: String) -> Argument<Int?> {
    .optional(.integer("sweep", summary, in: 1...1_000_000_000).completed(from: .sweeps))
  }

  static let command = Command(
    .train, [.changes, .keeps],
    Declaration<Action>(
      "sweep", "Trains all combinations of some settings, several at once, and orders them, the best first.",
      examples: [
        model + "sweep lr=0.001,0.01,0.1 dense.units=4,8 epochs=3", model + "sweep lr=1e-4..1e-1:4 epochs=3 val=0.25 seeds=2",
        model + "sweep optimizer=sgd,adam dense.activation=relu,tanh batch=16 epochs=3 by=accuracy",
      ],
      notes: """
        NAME=A,B,C tries values of lr, seed, optimizer, loss, an option of `compile` or `fit`, or LAYER.OPTION; one value alone is the same in \
        every run. 1e-4..1e-1:4 are four values from the first to the last, of equal ratios where the ends are tenfold apart. \
        Each run begins with new weights of its seed and takes one kernel thread, as after `set threads 1`; it is kept as a `fit` is, and your \
        model stays as it is. Ctrl-C keeps what is done. `sweep` alone shows the newest, `sweep use` takes its best model.
        """,
      .declared("action", "what to do with sweeps", from: actions, default: .begin),
      .words("axes", of: "NAME=VALUES", "what is set, and the values to try: lr=0.01,0.1 dense.units=4,8", from: .sweepAxes),
      .optional(.integer("seeds", "how often each combination is trained, from seeds that follow each other", in: 1...1_000)).named,
      .optional(.word("by", "what the best is judged by: a curve", from: .measures)).named,
      .integer("limit", "more runs than these are refused", in: 1...100_000, default: 100).named
    ) { request, words, seeds, by, limit in
      let axes = try words.map { try TypedAxis($0) }
      if case .begin = request {
      } else if let word = words.first {
        throw Complaint("`sweep` alone takes settings, not its actions", at: word.place, hint: "leave `\(word.raw)` out")
      }
      return Action { session, surroundings in
        switch request {
        case .begin where axes.isEmpty && seeds == nil: return try Sweeping.show(nil, session, surroundings)
        case .begin:
          return try Sweeping.begin(SweepWords(axes: axes, seeds: seeds, by: by, limit: limit), &session, surroundings)
        case .resume(let number): return try Sweeping.resume(number, session, surroundings)
        case .show(let number): return try Sweeping.show(number, isWhole: true, session, surroundings)
        case .use(let run): return try Sweeping.use(run, &session, surroundings)
        case .list(let count): return SweepListFacts(sweeps: try surroundings.permittedRuns.newestSweeps(count))
        case .remove(let number):
          guard try surroundings.permittedRuns.removeSweep(number) else { throw Complaint.noSweep(number) }
          return Notice("sweep \(number) is forgotten; its runs stay")
        }
      }
    })
}

extension Complaint {
  static func noSweep(_ number: Int? = nil) -> Complaint {
    guard let number else { return Complaint("no sweep is kept yet", hint: "`sweep lr=0.001,0.01,0.1` makes one") }
    return Complaint("no sweep \(number) is kept", hint: "`sweep list` lists those that are")
  }
}
