import Foundation

/// What the learner decided about one card.
public struct CardMarks: Sendable, Hashable {
  /// Not asked until it is restored.
  public var isSuspended: Bool
  /// Not asked before this moment; nil when it is not put off.
  public var buriedUntil: Date?
  /// To be looked at again; it is asked as any other.
  public var isFlagged: Bool

  /// The marks of a card; without any of them it is an ordinary one.
  public init(isSuspended: Bool = false, buriedUntil: Date? = nil, isFlagged: Bool = false) {
    self.isSuspended = isSuspended
    self.buriedUntil = buriedUntil
    self.isFlagged = isFlagged
  }

  /// Whether the card is left out at a moment.
  public func isLeftOut(at now: Date) -> Bool { isSuspended || buriedUntil.map { $0 > now } ?? false }
}

/// How much is asked in one day.
public struct DailyLimits: Sendable, Hashable {
  /// Cards that are asked for the first time.
  public var newCards: Int
  /// Cards in review; learning steps are never cut short.
  public var reviews: Int

  /// No limits.
  public static let none = DailyLimits(newCards: .max, reviews: .max)

  /// The given limits.
  public init(newCards: Int, reviews: Int) {
    self.newCards = newCards
    self.reviews = reviews
  }
}

/// What decides, besides the schedule, which cards a day brings: limits, what was asked already, marks, siblings.
public struct StudyPlan: Sendable {
  /// The moment at which the day began.
  public var dayBegan: Date
  /// How much is asked in the day.
  public var limits: DailyLimits
  /// The ids of the cards whose first review of all falls into the day.
  public var introduced: Set<String>
  /// The marks by card id.
  public var marks: [String: CardMarks]
  /// The groups of cards that tell each other's answer, by card id: no two of a group are asked on one day.
  public var siblings: [String: String]

  /// A plan that leaves nothing out.
  public static let everything = StudyPlan(dayBegan: .distantPast)

  /// A plan of the given parts.
  public init(
    dayBegan: Date, limits: DailyLimits = .none, introduced: Set<String> = [], marks: [String: CardMarks] = [:],
    siblings: [String: String] = [:]
  ) {
    self.dayBegan = dayBegan
    self.limits = limits
    self.introduced = introduced
    self.marks = marks
    self.siblings = siblings
  }
}

/// The learner's day, which ends when a long evening does.
public enum StudyDay {
  /// The hour at which a day begins.
  public static let hour = 4

  /// When the day of a moment began.
  public static func began(_ now: Date, _ calendar: Calendar) -> Date {
    let midnight = calendar.startOfDay(for: now.addingTimeInterval(-Double(hour) * 3600))
    return calendar.date(bySettingHour: hour, minute: 0, second: 0, of: midnight) ?? midnight
  }

  /// When the day after that of a moment begins.
  public static func next(_ now: Date, _ calendar: Calendar) -> Date {
    let begin = began(now, calendar)
    return calendar.date(byAdding: .day, value: 1, to: begin) ?? begin.addingTimeInterval(86_400)
  }
}
