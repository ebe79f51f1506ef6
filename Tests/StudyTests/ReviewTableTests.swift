import Foundation
import Testing

@testable import Study

@Suite("Reviews as a table")
struct ReviewTableTests {
  @Test(
    "Moments are read with a fraction or without, in UTC or with an offset",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-01-31T18:05:09Z", 1_769_882_709), ("2026-01-31 18:05:09+00:00", 1_769_882_709),
      ("2026-01-31T19:05:09+01:00", 1_769_882_709), ("2026-01-31T13:35:09-0430", 1_769_882_709),
      ("2026-01-31T18:05:09.25Z", 1_769_882_709.25),
      ("2026-01-31T18:05:09.123456+00:00", 1_769_882_709.123), ("2024-02-29T00:00:00Z", 1_709_164_800),
      ("2000-03-01T12:00:00z", 951_912_000),
      ("2026-02-29T00:00:00Z", nil), ("2026-13-01T00:00:00Z", nil), ("2026-01-31T24:00:00Z", nil), ("2026-01-31T18:05:09", nil),
      ("2026-01-31", nil), ("1969-12-31T23:59:59Z", nil), ("2026-01-31T18:05:09.Z", nil), ("yesterday", nil), ("", nil),
    ] as [(String, Double?)])
  func moments(text: String, seconds: Double?) {
    #expect(ReviewMoment.date(text)?.timeIntervalSince1970 == seconds)
  }

  @Test("What is written is read back: cards with commas, quotes and line ends in their names too")
  func roundTrip() throws {
    let log = ["a", "b,c", "d \"e\"", "f\ng"].enumerated().map { index, card in
      ReviewLog(
        cardID: card, grade: .hard, reviewedAt: Date(timeIntervalSince1970: 1_769_882_709 + Double(index)), duration: 1200 + index,
        version: "",
        state: .new)
    }
    let text = ReviewTable.text(of: log) { $0.formatted(.iso8601) }
    #expect(try ReviewTable.reviews(of: text) == log)
    #expect(try ReviewTable.reviews(of: "\u{FEFF}" + text.replacingOccurrences(of: "\n", with: "\r\n")).count == log.count)
  }

  @Test("Columns may stand in any order, further ones are passed over, and the duration may be missing")
  func columns() throws {
    let reviews = try ReviewTable.reviews(of: "x,Rating,review_datetime,card_id\n1,3,2026-01-31T18:05:09Z,42\n\n")
    #expect(reviews.map(\.cardID) == ["42"] && reviews[0].grade == .good && reviews[0].duration == 0)
  }

  @Test(
    "A line that is no review is named with its reason",
    arguments: [
      ("", 1, "empty"), ("card_id,rating\n", 1, "review_datetime"), ("H\na,5,2026-01-31T18:05:09Z,1\n", 2, "rating `5`"),
      ("H\na,3,2026-01-31T18:05:09Z,1\na,good,2026-01-31T18:05:09Z,1\n", 3, "rating `good`"), ("H\na,3,soon,1\n", 2, "soon"),
      ("H\n,3,2026-01-31T18:05:09Z,1\n", 2, "card_id"), ("H\na,3,2026-01-31T18:05:09Z\n", 2, "3 cells"),
      ("H\na,3,2026-01-31T18:05:09Z,-1\n", 2, "duration"), ("H\n\"a,3,2026-01-31T18:05:09Z,1\n", 2, "quoted"),
      ("H\na,3,2026-01-31T18:05:09Z,nan\n", 2, "duration"),
    ])
  func faults(text: String, line: Int, reason: String) {
    let text = text.replacingOccurrences(of: "H\n", with: "card_id,rating,review_datetime,review_duration\n")
    let fault = #expect(throws: ReviewTable.Fault.self) { try ReviewTable.reviews(of: text) }
    #expect(fault?.line == line)
    #expect(fault?.reason.contains(reason) == true, "\(fault?.reason ?? "")")
  }
}
