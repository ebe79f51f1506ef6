import Dispatch
import Engine
import Foundation
import Language
import Synchronization
import Threads

/// Trains the runs of a sweep on the cores, each with a single kernel thread, and keeps each as soon as it is over.
@MainActor struct SweepRunner {
  let maker: SweepMaker
  let surroundings: any Surroundings
  /// Tells each warning once.
  let muted: MutedSurroundings
  /// How many runs are trained at once.
  let workers: Int

  /// Trains the runs that are left, and adds what came of them; an interruption drops those that are under way.
  ///
  /// - Returns: The curves of the runs that were trained now, by their places.
  func run(_ sweep: inout KeptSweep, into store: any SweepStore) -> [Int: TrainingHistory] {
    let board = SweepBoard(timeStopped: surroundings.timeStopped)
    var waiting = (0..<sweep.recipe.runs).filter { sweep.outcomes[$0] == nil }[...]
    var underWay: [Int: (member: SweepMaker.Member, training: PreparedTraining, began: Date)] = [:]
    var histories: [Int: TrainingHistory] = [:]
    var view = SweepProgress(sweep.recipe)
    view.note(sweep.outcomes)
    // A lesson's output must not depend on which of two runs was over first.
    let keepsOrder = surroundings.files.isConfined
    var over: [Int: Result<(facts: TrainingFacts, member: SweepMaker.Member, training: PreparedTraining, began: Date), Complaint>] = [:]

    func keepOver() {
      for place in over.keys.sorted() {
        if keepsOrder, let first = (underWay.keys.map { $0 } + waiting.prefix(1)).min(), first < place { return }
        guard let result = over.removeValue(forKey: place) else { continue }
        var outcome: SweepOutcome
        switch result {
        case .failure(let complaint): outcome = SweepOutcome(failed: complaint.what)
        case .success(let run):
          histories[place] = run.facts.history
          var session = run.member.session
          if let held = run.training.request.held { session.data?.heldByFit = held }
          outcome = SweepOutcome(run.facts, run: nil)
          // Run and outcome are one write: what ends the program has both or neither.
          outcome.run = RunKeeping.keep(
            run.facts, of: run.training.request, batch: run.training.batch, settings: run.training.settings, began: run.began,
            from: run.member.session, as: SweepPart(of: sweep.id, at: place, outcome), &session, muted)
        }
        sweep.outcomes[place] = outcome
        guard outcome.run == nil else { continue }
        do {
          try store.keep(outcome, at: place, of: sweep.id)
        } catch {
          muted.warn(
            Complaint("a run of this sweep is not kept: \(Interpreter.complaint(error).what)", hint: "`sweep resume` makes it again"))
        }
      }
    }

    // What was interrupted is as if it had never begun.
    func takeOver() {
      for (place, result) in board.takeOver() {
        guard let run = underWay.removeValue(forKey: place) else { continue }
        if case .success(let facts) = result, facts.ending == .interrupted { continue }
        over[place] = result.map { ($0, run.member, run.training, run.began) }
      }
    }

    while !board.isStopped {
      if surroundings.isInterrupted { board.stop() }
      while underWay.count < max(1, workers), !board.isStopped, let place = waiting.popFirst() {
        do {
          let member = try maker.member(place, muted)
          var session = member.session
          let training = try Training.prepare(try member.words.request(for: session.model.settings), &session, muted)
          underWay[place] = (member, training, surroundings.now)
          board.start(training, at: place)
        } catch {
          let complaint = Interpreter.complaint(error)
          if complaint == Interruption.complaint { board.stop() } else { over[place] = .failure(complaint) }
        }
      }
      if !underWay.isEmpty { board.wait(seconds: 0.03) }
      takeOver()
      keepOver()
      view.note(sweep.outcomes)
      view.running = board.running
      surroundings.progress(view)
      if underWay.isEmpty, waiting.isEmpty { break }
    }
    // Between two layers each training sees that it is to end.
    while !underWay.isEmpty {
      board.wait(seconds: 0.03)
      takeOver()
    }
    waiting = []
    keepOver()
    view.isOver = true
    surroundings.progress(view)
    return histories
  }
}

/// Where the threads of a sweep tell how far they are.
private final class SweepBoard: Sendable {
  private struct State {
    var running: [Int: SweepProgress.Standing] = [:]
    var over: [(Int, Result<TrainingFacts, Complaint>)] = []
  }

  private let state = Guarded(State())
  private let stopped = Atomic(false)
  private let news = DispatchSemaphore(value: 0)
  private let timeStopped: @Sendable () -> Duration

  init(timeStopped: @escaping @Sendable () -> Duration) { self.timeStopped = timeStopped }

  var isStopped: Bool { stopped.load(ordering: .relaxed) }
  func stop() { stopped.store(true, ordering: .relaxed) }
  func wait(seconds: Double) { _ = news.wait(timeout: .now() + seconds) }

  /// How far the runs are that are under way, by their places.
  var running: [Int: SweepProgress.Standing] { state.withLock { $0.running } }

  /// The runs that are over since the last look.
  func takeOver() -> [(Int, Result<TrainingFacts, Complaint>)] {
    state.withLock { state in
      defer { state.over = [] }
      return state.over
    }
  }

  /// Trains in a thread of its own.
  func start(_ training: PreparedTraining, at place: Int) {
    let epochs = training.request.epochs
    state.withLock { $0.running[place] = SweepProgress.Standing(epoch: 0, epochs: epochs, values: []) }
    let thread = Thread { [self] in
      KernelThreads.set(1)
      let result = Result { try self.train(training, at: place) }.mapError { ($0 as? Complaint) ?? Complaint("\($0)") }
      state.withLock { state in
        state.running[place] = nil
        state.over.append((place, result))
      }
      news.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
  }

  private func train(_ training: PreparedTraining, at place: Int) throws -> TrainingFacts {
    let request = training.request
    let trainer = try Trainer(network: training.network, settings: training.settings, batch: training.batch)
    var state = training.state
    var watch = LoopWatch(stopped: timeStopped)
    let report = try trainer.fit(
      &state, on: training.samples, validation: training.validation, epochs: request.epochs, shuffle: request.shuffle,
      options: request.options, interrupted: { isStopped },
      eachEpoch: { epoch in
        self.state.withLock {
          $0.running[place] = SweepProgress.Standing(epoch: epoch.epoch, epochs: request.epochs, values: epoch.values)
        }
        return !request.isMet(by: epoch.values)
      }, atLoop: { watch.note($0) })
    return training.facts(of: report, seconds: watch.seconds)
  }
}
