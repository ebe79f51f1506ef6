import Engine

/// Measures a training loop alone: neither what comes before and after it, nor what is drawn meanwhile, nor the time that the program was stopped.
struct LoopWatch {
  private let clock: RunningClock
  private var total = Duration.zero
  private var began: Duration?

  /// A watch.
  ///
  /// - Parameter stopped: For how long the program stood still in all.
  init(stopped: @escaping () -> Duration = { .zero }) { clock = RunningClock(stopped: stopped) }

  var seconds: Double { total / .seconds(1) }

  mutating func note(_ edge: LoopEdge) {
    switch edge {
    case .begins: began = clock.now
    case .ends:
      if let began { total += clock.now - began }
      began = nil
    }
  }

  mutating func outside(_ body: () -> Void) {
    let start = clock.now
    body()
    if began != nil { total -= clock.now - start }
  }
}
