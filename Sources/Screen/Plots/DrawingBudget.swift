/// How often a live plot may be drawn: so seldom that all drawing together takes no more than a share of the time that has passed.
///
/// The share is half of what live drawing may cost in all: gnuplot, the terminal and the data for the drawing take theirs too.
/// It knows no clock: whoever asks says what time it is, in seconds since the training began.
struct DrawingBudget: Equatable {
  /// The greatest share of the time that goes into drawing.
  let share: Double
  /// The least time between the beginnings of two drawings.
  let interval: Double
  private var spent = 0.0
  private var dearest = 0.0
  private var last = -Double.infinity

  init(share: Double = 0.01, interval: Double = 0.1) {
    self.share = share
    self.interval = interval
  }

  /// Whether a drawing that costs as much as the dearest of the last ones fits in.
  func allows(at now: Double) -> Bool { now - last >= interval && spent + dearest <= share * now }

  /// Takes in what a drawing has cost.
  mutating func note(cost: Double, at now: Double) {
    spent += cost
    // Costs grow with the curve, and the first drawing may wait for gnuplot to start: an old one counts less and less.
    dearest = max(cost, dearest * 0.8)
    last = now
  }
}
