/// Tells the time in which the program ran: Ctrl-Z stops it, too.
public struct RunningClock {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let stopped: () -> Duration

  /// A clock.
  ///
  /// - Parameter stopped: For how long the program stood still in all.
  public init(stopped: @escaping () -> Duration) {
    self.stopped = stopped
    start = clock.now
  }

  /// The time since the clock was made, without that in which the program stood still; it begins anywhere.
  public var now: Duration { clock.now - start - stopped() }
}
