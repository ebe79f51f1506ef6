import Foundation

/// What the model holds to be in memory of one card.
public struct MemoryState: Sendable, Hashable {
  /// S: the days after which the card is remembered with a probability of 0.9; in [0.001, 36500].
  public var stability: Double
  /// D: how little a review adds to the stability; in [1, 10].
  public var difficulty: Double

  /// A memory of the given stability and difficulty.
  public init(stability: Double, difficulty: Double) {
    self.stability = stability
    self.difficulty = difficulty
  }
}

/// Where one card stands in its schedule.
public struct CardState: Sendable, Hashable {
  /// The part of the schedule that a card is in. The raw values are the names that reports carry.
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    /// Never reviewed.
    case new
    /// In the learning steps, some minutes apart.
    case learning
    /// Reviewed after days.
    case review
    /// Forgotten, in the relearning steps.
    case relearning
  }

  /// The part of the schedule that the card is in.
  public var phase: Phase
  /// The index of the learning or relearning step; 0 in the other phases.
  public var step: Int
  /// What is in memory; nil for a new card.
  public var memory: MemoryState?
  /// When the card should come next; nil for a new card, which may come at any time.
  public var due: Date?
  /// When the card was last reviewed; nil for a new card.
  public var lastReview: Date?

  /// A card that was never reviewed.
  public static let new = CardState(phase: .new)

  /// A state of the given parts.
  public init(phase: Phase, step: Int = 0, memory: MemoryState? = nil, due: Date? = nil, lastReview: Date? = nil) {
    self.phase = phase
    self.step = step
    self.memory = memory
    self.due = due
    self.lastReview = lastReview
  }

  /// The whole days from the last review to a moment, 0 when the moment lies before it.
  public func elapsedDays(at now: Date) -> Int {
    guard let lastReview else { return 0 }
    let days = (now.timeIntervalSince(lastReview) / 86_400).rounded(.down)
    return days.isFinite ? Int(min(max(days, 0), 1e9)) : 0
  }
}
