import Engine
import Foundation
import Language

/// `runs`, `runs show N`: every fit that was kept.
enum RunsCommand {
  private enum Request: Sendable {
    case list(Int, RunSelection)
    case show(Int)
    case note(Int, String)
    case export(String, overwrite: Bool)
    case remove(Int)
  }

  static let command = Command(
    .look, [.writes, .keeps],
    Declaration<Action>(
      "runs", "Lists the fits that were kept, shows one, notes something about one, exports all, or forgets one.",
      examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2; runs", "runs list data=moons sort=-val_accuracy"],
      notes: """
        Every `fit` is kept in the store: settings, curves, seed and time. `plot loss runs=1,2` lays curves over each other, `runs=-2,-1` those \
        of the two newest.
        """,
      .declared(
        "action", "what to do",
        from: [
          Declaration<Request>(
            "list", "Lists the newest runs, or those that fit.", examples: ["runs list 5", "runs list data=moons sort=-val_accuracy"],
            notes: "sort= takes a curve, a setting such as rate, seconds, epochs, seed or run; the last value of a curve counts.",
            .integer("count", "how many at most", in: 1...100_000, default: 20),
            .optional(.word("data", "a part of the data's name", from: .runData)).named,
            .optional(.word("model", "a part of the model in short, such as 2-8-1", from: .runModels)).named,
            .optional(.word("optimizer", "a part of the optimizer's name", from: .runOptimizers)).named,
            .optional(.word("note", "a part of the note")).named,
            .optional(.word("sort", "what to sort by, the least first; after a minus the greatest", from: .runOrders)).named
          ) { .list($0, RunSelection(data: $1, model: $2, optimizer: $3, note: $4, sort: $5)) },
          Declaration<Request>(
            "note", "Writes a note to a run; without one it removes what was noted.",
            examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2; runs note 1 \"the first that learns\""],
            .integer("run", "its number", in: 1...1_000_000_000).completed(from: .runs), .optional(.word("text", "the note, in quotes"))
          ) { .note($0, $1 ?? "") },
          Declaration<Request>(
            "export", "Writes all runs to a file: .csv for a table, .json with layers and curves.",
            examples: ["runs export runs.csv", "runs export runs.json"],
            notes: "An earlier export is replaced, another file only by `overwrite=yes`.",
            .word("file", "the file to write", from: .files(ending: "csv", "json")), .overwrite
          ) { .export($0, overwrite: $1) },
          Declaration<Request>(
            "show", "Shows all that is kept of a run.",
            examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2; runs show 1"],
            .integer("run", "its number; -1 is the newest, -2 the one before", in: -1_000_000_000...1_000_000_000).completed(from: .runs)
          ) { .show($0) },
          Declaration<Request>(
            "rm", "Forgets a run.", examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 2; runs rm 1"],
            .integer("run", "its number; -1 is the newest, -2 the one before", in: -1_000_000_000...1_000_000_000).completed(from: .runs)
          ) { .remove($0) },
        ], default: .list(20, RunSelection()))
    ) { request in
      Action { _, surroundings in
        let runs = try surroundings.permittedRuns
        switch request {
        case .list(let count, let selection):
          // Without a wish the newest are all that is read.
          guard selection != RunSelection() else {
            let newest = try runs.newest(count + 1)
            return RunListFacts(runs: newest.suffix(count), hasMore: newest.count > count)
          }
          let found = try selection.applied(to: try runs.newest(1_000_000))
          return RunListFacts(
            runs: Array(selection.sort == nil ? found.suffix(count) : found.prefix(count)), isFiltered: true, hasMore: found.count > count)
        case .note(let number, let text):
          let note = text.trimmingCharacters(in: .whitespacesAndNewlines)
          guard note.count <= 2_000 else { throw Complaint("the note has \(grouped(note.count)) characters", hint: "2,000 are enough") }
          guard try runs.note(number, note.isEmpty ? nil : note) else { throw Complaint.noRun(number) }
          return Notice(note.isEmpty ? "run \(number) has no note" : "run \(number): \(note)")
        case .export(let path, let overwrite):
          let all = try runs.newest(1_000_000)
          let text: String
          switch URL(fileURLWithPath: path).pathExtension.lowercased() {
          case "csv": text = RunTable.csv(of: all)
          case "json": text = RunTable.json(of: all)
          default:
            throw Complaint("`\(path)` is neither .csv nor .json", hint: "the file's ending tells the format: `runs export runs.csv`")
          }
          let url = try surroundings.files.writable(path, overwrite: overwrite, replacing: RunTable.isOne)
          try AtomicFile.write(Foundation.Data(text.utf8), to: url)
          return Notice("\(all.count == 1 ? "1 run" : "\(grouped(all.count)) runs") in \(path)")
        case .show(let number): return RunFacts(run: try runs.existing(number))
        case .remove(let number):
          let run = try runs.existing(number).id
          guard try runs.remove(run) else { throw Complaint.noRun(run) }
          return Notice("run \(run) is forgotten for good")
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
  /// Whether others may be kept that were not asked for.
  public var isFiltered = false
  /// Whether more runs would have fitted than were asked for.
  public var hasMore = false
  /// A run an object.
  public var json: [(String, JSONValue)] { [("runs", .array(runs.map { .object($0.json) })), ("more", .bool(hasMore))] }
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
      ("ended", .string(details.ended)), ("note", details.note.map { .string($0) } ?? .null),
    ]
  }
}
