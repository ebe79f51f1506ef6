import Foundation

/// Reads moments in ISO 8601, a million in a second or so.
enum ReviewMoment {
  /// The moment of a text such as `2026-01-31T18:05:09.250Z`: a `T` or a blank, a fraction of a second or none, and `Z` or an offset from UTC such as
  /// `+01:00`; nil when it is none, or lies before 1970 or after 9999.
  static func date(_ text: some StringProtocol) -> Date? {
    var bytes = Array(text.utf8)[...]
    guard let year = number(4, &bytes), take("-", &bytes), let month = number(2, &bytes), take("-", &bytes), let day = number(2, &bytes),
      take("T", &bytes) || take("t", &bytes) || take(" ", &bytes), let hour = number(2, &bytes), take(":", &bytes),
      let minute = number(2, &bytes), take(":", &bytes), let second = number(2, &bytes)
    else { return nil }
    guard year >= 1970, (1...12).contains(month), (1...length(month, year)).contains(day), hour < 24, minute < 60, second < 60 else {
      return nil
    }
    var fraction = 0.0
    if take(".", &bytes) {
      var unit = 0.1
      guard bytes.first.map(isDigit) == true else { return nil }
      while let byte = bytes.first, isDigit(byte) {
        fraction += Double(byte - 48) * unit
        unit /= 10
        bytes.removeFirst()
      }
    }
    guard let offset = offset(&bytes), bytes.isEmpty else { return nil }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    // To the millisecond, as the store keeps it.
    return seconds < 0 ? nil : Date(timeIntervalSince1970: Double(seconds) + (fraction * 1000).rounded() / 1000)
  }

  /// The seconds that the clock of the text is ahead of UTC.
  private static func offset(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    if take("Z", &bytes) || take("z", &bytes) { return 0 }
    let sign = take("+", &bytes) ? 1 : take("-", &bytes) ? -1 : 0
    guard sign != 0, let hours = number(2, &bytes), hours < 24 else { return nil }
    _ = take(":", &bytes)
    let minutes = bytes.isEmpty ? 0 : number(2, &bytes)
    return minutes.flatMap { $0 < 60 ? sign * (hours * 3600 + $0 * 60) : nil }
  }

  private static func length(_ month: Int, _ year: Int) -> Int {
    month == 2 ? (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// The days from 1 January 1970; years are counted from March, so that the leap day is their last.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func number(_ digits: Int, _ bytes: inout ArraySlice<UInt8>) -> Int? {
    let taken = bytes.prefix(digits)
    guard taken.count == digits, taken.allSatisfy(isDigit) else { return nil }
    bytes = bytes.dropFirst(digits)
    return taken.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private static func take(_ character: Unicode.Scalar, _ bytes: inout ArraySlice<UInt8>) -> Bool {
    guard bytes.first == UInt8(ascii: character) else { return false }
    bytes.removeFirst()
    return true
  }
}
