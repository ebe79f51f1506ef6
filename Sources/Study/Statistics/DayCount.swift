import Foundation

/// Numbers the days of a calendar, counted from the day that holds some moment; 0 is that day, -1 the one before.
///
/// Reviews come in the order of time, so most fall on the day of the one before: the calendar is asked once a day, not once a review.
struct DayCount {
  private let calendar: Calendar
  private let origin: Date
  private var interval: DateInterval
  private var number = 0

  init(_ calendar: Calendar, today now: Date) {
    self.calendar = calendar
    origin = calendar.startOfDay(for: now)
    interval = DayCount.day(of: now, calendar)
  }

  /// The number of the day of a moment.
  mutating func callAsFunction(_ date: Date) -> Int {
    if date >= interval.start && date < interval.end { return number }
    interval = DayCount.day(of: date, calendar)
    // Noon to noon: a day of 23 or 25 hours is a day.
    let days = interval.start.addingTimeInterval(43_200).timeIntervalSince(origin.addingTimeInterval(43_200)) / 86_400
    number = Int(days.rounded().clamped(to: -10_000_000...10_000_000))
    return number
  }

  private static func day(of date: Date, _ calendar: Calendar) -> DateInterval {
    calendar.dateInterval(of: .day, for: date) ?? DateInterval(start: calendar.startOfDay(for: date), duration: 86_400)
  }
}
