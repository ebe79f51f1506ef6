import Engine
import Foundation
import Language

/// What was typed of a sweep.
struct SweepWords: Sendable {
  let axes: [TypedAxis]
  let seeds: Int?
  let by: String?
  let limit: Int
}

/// Begins sweeps, goes on with them, and takes what they found.
@MainActor enum Sweeping {
  /// Trains all combinations of what was typed, once every one of them is known to be possible.
  static func begin(_ words: SweepWords, _ session: inout Session, _ surroundings: any Surroundings) throws -> SweepFacts {
    guard session.data != nil else { throw Complaint.noData() }
    guard !session.model.network.layers.isEmpty else { throw Complaint.noLayers() }
    _ = try session.compiled()
    if session.model.network.inputShape == nil, let shape = session.data?.dataset.sampleShape {
      try session.model.edit { try $0.setInput(shape) }
    }
    let (recipe, targets) = try recipe(words, session)
    let maker = SweepMaker(session, recipe, targets)
    let muted = MutedSurroundings(surroundings)
    let checked = try SweepCheck.run(recipe, targets, maker, by: words.by, muted)
    var base = session
    base.model.state = nil
    base.model.history = TrainingHistory()
    base.model.epochs = 0
    let bytes = try SessionFile.bytes(of: base, at: surroundings.now)
    let began = surroundings.now
    var sweep = KeptSweep(id: 0, began: began, recipe: checked, session: bytes)
    let store = self.store(surroundings)
    do { sweep.id = try store.keep(checked, session: bytes, began: began) } catch { surroundings.warn(Complaint.unkeptSweep(error)) }
    return run(&sweep, SweepMaker(session, checked, targets), into: store, session, surroundings, muted)
  }

  /// Goes on with a sweep.
  static func resume(_ number: Int?, _ session: Session, _ surroundings: any Surroundings) throws -> SweepFacts {
    let store = try surroundings.permittedRuns
    var sweep: KeptSweep
    if let number {
      guard let found = try store.sweep(number) else { throw Complaint.noSweep(number) }
      sweep = found
    } else {
      let newest = try store.newestSweeps(100)
      guard let found = newest.last(where: { $0.left > 0 }) ?? newest.last else { throw Complaint.noSweep() }
      sweep = found
    }
    guard sweep.left > 0 else { return facts(sweep, [:], session, surroundings, isResumed: true) }
    var base = Session()
    base.settings = session.settings
    let threads = KernelThreads.count
    defer { KernelThreads.set(threads) }
    try SessionOpening.open(sweep.session, named: "sweep \(sweep.id)", into: &base, surroundings)
    guard base.data != nil else { throw Complaint.noData() }
    base.lastEpochs = sweep.recipe.epochs
    let targets = try sweep.recipe.axes.map { axis in
      try SweepTarget(TypedAxis(Word("\(axis.name)=\(axis.values.joined(separator: ","))", at: 0..<0)), in: base).place
    }
    KernelThreads.set(threads)
    return run(&sweep, SweepMaker(base, sweep.recipe, targets), into: store, session, surroundings, MutedSurroundings(surroundings))
  }

  /// The table of a sweep.
  static func show(_ number: Int?, isWhole: Bool = false, _ session: Session, _ surroundings: any Surroundings) throws -> SweepFacts {
    let store = try surroundings.permittedRuns
    guard let sweep = try number.map({ try store.sweep($0) }) ?? store.newestSweeps(1).last else { throw Complaint.noSweep(number) }
    return facts(sweep, [:], session, surroundings, isWhole: isWhole)
  }

  private static func run(
    _ sweep: inout KeptSweep, _ maker: SweepMaker, into store: any SweepStore, _ session: Session, _ surroundings: any Surroundings,
    _ muted: MutedSurroundings
  ) -> SweepFacts {
    let before = sweep.outcomes.count
    var watch = LoopWatch(stopped: surroundings.timeStopped)
    watch.note(.begins)
    let histories = SweepRunner(maker: maker, surroundings: surroundings, muted: muted, workers: KernelThreads.count).run(
      &sweep, into: store)
    watch.note(.ends)
    return facts(sweep, histories, session, surroundings, trained: sweep.outcomes.count - before, seconds: watch.seconds)
  }

  /// What is told of a sweep; the curves of runs that are not at hand come from the store.
  private static func facts(
    _ sweep: KeptSweep, _ histories: [Int: TrainingHistory], _ session: Session, _ surroundings: any Surroundings, isWhole: Bool = false,
    isResumed: Bool = false, trained: Int = 0, seconds: Double? = nil
  ) -> SweepFacts {
    let runs = try? surroundings.permittedRuns
    // Only those that are drawn are read.
    func history(_ place: Int) -> TrainingHistory? {
      if let history = histories[place] { return history }
      guard let number = sweep.outcomes[place]?.run, let run = try? runs?.run(number) else { return nil }
      return run.history
    }
    var facts = SweepFacts(
      sweep, history: history, style: session.settings.plot, isWhole: isWhole, trained: trained, seconds: seconds)
    facts.hadNothingLeft = isResumed
    return facts
  }

  /// A store that cannot be opened costs no training: that is told by who keeps the runs.
  private static func store(_ surroundings: any Surroundings) -> any SweepStore { (try? surroundings.permittedRuns) ?? MemoryRuns() }

  /// What the words ask for, the values drawn out and judged one by one.
  private static func recipe(_ words: SweepWords, _ session: Session) throws -> (SweepRecipe, [SweepTarget.Place]) {
    var axes: [SweepAxis] = []
    var targets: [SweepTarget.Place] = []
    var seeds: [UInt64]?
    var count = 1
    for typed in words.axes {
      let target = try SweepTarget(typed, in: session)
      let values = try typed.values(isWhole: target.isWhole)
      if target.place == .seed {
        guard words.seeds == nil, seeds == nil else { throw Complaint.seedsTwice(at: typed.place) }
        seeds = try values.map { text in
          guard let seed = UInt64(text), seed <= UInt64(Int.max) else {
            throw Complaint("a seed is a whole number of 0 or more, not `\(text)`", at: typed.word.place)
          }
          return seed
        }
        continue
      }
      guard !targets.contains(target.place) else {
        throw Complaint("`\(typed.name)` is given twice", at: typed.word.place, hint: "write all its values in one list")
      }
      axes.append(SweepAxis(name: typed.name, values: values))
      targets.append(target.place)
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: values.count)
      guard !isTooLarge, product <= 1_000_000_000 else { throw Complaint.manyRuns(nil, limit: words.limit) }
      count = product
    }
    let first = session.settings.seed
    let drawn = seeds ?? (0..<UInt64(words.seeds ?? 1)).map { first &+ $0 }
    guard count * drawn.count <= words.limit else { throw Complaint.manyRuns(count * drawn.count, limit: words.limit) }
    let recipe = SweepRecipe(
      command: session.command, axes: axes, seeds: drawn, epochs: nil, by: "loss", isBetterHigher: false, title: session.title,
      validates: false)
    return (recipe, targets)
  }
}

extension Complaint {
  static func seedsTwice(at place: Range<Int>) -> Complaint {
    Complaint("the seeds are given twice", at: place, hint: "`seeds=3` takes three that follow each other, `seed=1,5,9` those")
  }
  static func manyRuns(_ count: Int?, limit: Int) -> Complaint {
    guard let count else { return Complaint("these are more than a billion runs", hint: "try fewer values") }
    return Complaint(
      "these are \(grouped(count)) runs, more than \(grouped(limit))", hint: "`limit=\(count)` allows them; or try fewer values")
  }
  @MainActor static func unkeptSweep(_ error: any Error) -> Complaint {
    Complaint(
      "this sweep is not kept: \(Interpreter.complaint(error).what)", hint: "it cannot be resumed; `--store FILE` takes another file")
  }
}
