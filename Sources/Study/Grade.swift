/// How well a card was remembered, in the learner's own judgement.
public enum Grade: Int, Sendable, Hashable, CaseIterable, Comparable {
  /// Forgotten.
  case again = 1
  /// Remembered with great effort.
  case hard = 2
  /// Remembered after some thought.
  case good = 3
  /// Remembered at once.
  case easy = 4

  /// The worse grade is the smaller one.
  public static func < (first: Grade, second: Grade) -> Bool { first.rawValue < second.rawValue }
}
