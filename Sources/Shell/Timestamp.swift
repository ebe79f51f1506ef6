import Foundation

/// A time as ISO 8601 in UTC, to the millisecond: `2026-01-31T18:05:09.250Z`. A formatter would take as long for one as this takes for a hundred, and
/// an export writes hundreds of thousands.
public func timestamp(_ date: Date) -> String {
  // From the year 1 to the year 9999; no review lies beyond.
  let range = -62_135_596_800_000.0...253_402_300_799_999.0
  let milliseconds = Int(min(max((date.timeIntervalSince1970 * 1000).rounded(), range.lowerBound), range.upperBound))
  let day = Int((Double(milliseconds) / 86_400_000).rounded(.down))
  let time = milliseconds - day * 86_400_000
  let (year, month, date) = civil(day: day)
  var text = ""
  text.reserveCapacity(24)
  append(year, 4, "-", to: &text)
  append(month, 2, "-", to: &text)
  append(date, 2, "T", to: &text)
  append(time / 3_600_000, 2, ":", to: &text)
  append(time / 60_000 % 60, 2, ":", to: &text)
  append(time / 1000 % 60, 2, ".", to: &text)
  append(time % 1000, 3, "Z", to: &text)
  return text
}

private func append(_ value: Int, _ digits: Int, _ sign: String, to text: inout String) {
  let written = String(value)
  for _ in written.utf8.count..<digits { text += "0" }
  text += written
  text += sign
}

/// The date of a day counted from the first of January 1970, in the Gregorian calendar.
///
/// Years are counted from March, so that the day that a leap year adds is the last; 400 years have 146,097 days.
private func civil(day: Int) -> (year: Int, month: Int, day: Int) {
  // The first of March of the year 0 lies 719,468 days before 1970.
  let since = day + 719_468
  let (cycle, place) = since.quotientAndRemainder(dividingBy: 146_097)
  let year = (place - place / 1460 + place / 36_524 - place / 146_096) / 365
  let dayOfYear = place - (365 * year + year / 4 - year / 100)
  let month = (5 * dayOfYear + 2) / 153
  return (cycle * 400 + year + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
}
