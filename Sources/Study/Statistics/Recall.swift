/// How often cards were remembered, and how often the model had expected it.
///
///     retention = recalled / asked        predicted = (1/asked) sum R        R at the moment of each review
///
/// Only reviews on a later day than the one before them count: within a day R is 1 by definition, and the first time nothing is predicted.
public struct Recall: Sendable, Hashable {
  /// The reviews that count.
  public internal(set) var asked = 0
  /// Those that were not graded Again.
  public internal(set) var recalled = 0
  /// The sum of the retrievabilities.
  var sum = 0.0

  /// No review.
  public init() {}

  /// The share that was remembered; nil without a review.
  public var retention: Double? { asked > 0 ? Double(recalled) / Double(asked) : nil }
  /// The mean of the retrievabilities; nil without a review.
  public var predicted: Double? { asked > 0 ? sum / Double(asked) : nil }

  /// Counts one review.
  mutating func count(_ grade: Grade, retrievability: Double) {
    asked += 1
    if grade != .again { recalled += 1 }
    sum += retrievability
  }

  /// The reviews of both.
  static func + (first: Recall, second: Recall) -> Recall {
    var both = first
    both.asked += second.asked
    both.recalled += second.recalled
    both.sum += second.sum
    return both
  }
}
