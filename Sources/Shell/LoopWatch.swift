import Engine

/// Measures a training loop alone: neither what comes before and after it, nor what is drawn meanwhile.
struct LoopWatch {
  private let clock = ContinuousClock()
  private var total = Duration.zero
  private var began: ContinuousClock.Instant?

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
