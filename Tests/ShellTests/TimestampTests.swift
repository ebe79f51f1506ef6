import Foundation
import Testing

@testable import Shell

@Suite("Timestamps")
struct TimestampTests {
  @Test(
    "A time is written in UTC to the millisecond",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-0.001, "1969-12-31T23:59:59.999Z"), (951_782_400, "2000-02-29T00:00:00.000Z"),
      (951_868_800, "2000-03-01T00:00:00.000Z"), (1_769_882_709.25, "2026-01-31T18:05:09.250Z"),
      (1_709_251_199.9994, "2024-02-29T23:59:59.999Z"), (4_107_542_399, "2100-02-28T23:59:59.000Z"),
      (4_107_542_400, "2100-03-01T00:00:00.000Z"),
      (-62_135_596_800, "0001-01-01T00:00:00.000Z"), (.infinity, "9999-12-31T23:59:59.999Z"),
    ] as [(Double, String)])
  func known(seconds: Double, text: String) { #expect(timestamp(Date(timeIntervalSince1970: seconds)) == text) }

  @Test("At 12,000 moments of four hundred years, Foundation's formatter says the same")
  func formatter() {
    let style = Date.ISO8601FormatStyle().year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted)
    for count in 0..<12_000 {
      let date = Date(timeIntervalSince1970: -3e9 + 1_050_000 * Double(count) + Double(count % 1000) / 1000)
      // Foundation cuts off what lies below the millisecond.
      #expect(timestamp(date) == Date(timeIntervalSinceReferenceDate: date.timeIntervalSinceReferenceDate + 0.0001).formatted(style))
    }
  }
}
