import Engine

/// Measures a training loop alone: neither what comes before and after it, nor what is drawn meanwhile, nor the time that the program was stopped.
struct LoopWatch {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let stopped: () -> Duration
  private var total = Duration.zero
  private var began: Duration?

  /// A watch.
  ///
  /// - Parameter stopped: For how long the program stood still in all.
  init(stopped: @escaping () -> Duration = { .zero }) {
    self.stopped = stopped
    start = clock.now
  }

  var seconds: Double { total / .seconds(1) }

  /// The time since the watch was made in which the program ran.
  private var now: Duration { clock.now - start - stopped() }

  mutating func note(_ edge: LoopEdge) {
    switch edge {
    case .begins: began = now
    case .ends:
      if let began { total += now - began }
      began = nil
    }
  }

  mutating func outside(_ body: () -> Void) {
    let start = now
    body()
    if began != nil { total -= now - start }
  }
}
