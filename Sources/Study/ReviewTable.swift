import Foundation

/// Reviews as lines of comma-separated values: `card_id,rating,review_datetime,review_duration` and more.
public enum ReviewTable {
  /// Why a text is no table of reviews.
  public struct Fault: Error, Sendable, Hashable {
    /// The line, from 1.
    public let line: Int
    /// What is wrong there.
    public let reason: String
  }

  static let needed = ["card_id", "rating", "review_datetime"]
  static let head = needed + ["review_duration", "stability", "difficulty", "state", "due"]

  /// The reviews of a table, in its order. Further columns are passed over: a state is computed anew from the grades.
  ///
  /// - Parameter check: asked now and then; what it throws ends the reading.
  /// - Throws: The first `Fault`; then nothing of the table is to be used.
  public static func reviews(of text: String, check: () throws -> Void = {}) throws -> [ReviewLog] {
    var rows = Rows(text)
    guard let (first, _) = try rows.next() else { throw Fault(line: 1, reason: "the file is empty") }
    let names = first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    for name in needed where !names.contains(name) {
      throw Fault(line: 1, reason: "the first line names no column `\(name)`; needed are \(needed.joined(separator: ", "))")
    }
    let places = ["card_id", "rating", "review_datetime", "review_duration"].map { names.firstIndex(of: $0) }
    var reviews: [ReviewLog] = []
    while let (cells, line) = try rows.next() {
      if reviews.count % 1024 == 0 { try check() }
      if cells.count == 1 && cells[0].isEmpty { continue }
      guard cells.count == names.count else { throw Fault(line: line, reason: "\(cells.count) cells in a table of \(names.count) columns") }
      let values = places.map { place in place.map { cells[$0].trimmingCharacters(in: .whitespaces) } ?? "" }
      guard !values[0].isEmpty else { throw Fault(line: line, reason: "the card_id is empty") }
      guard let grade = Int(values[1]).flatMap(Grade.init) else {
        throw Fault(line: line, reason: "the rating `\(values[1].prefix(20))` is none of 1, 2, 3, 4")
      }
      guard let moment = ReviewMoment.date(values[2]) else {
        throw Fault(line: line, reason: "`\(values[2].prefix(40))` is no time such as 2026-01-31T18:05:09Z, from 1970 on")
      }
      guard let duration = values[3].isEmpty ? 0 : Double(values[3]), (0...1e9).contains(duration) else {
        throw Fault(line: line, reason: "the review_duration `\(values[3].prefix(20))` is no number of milliseconds")
      }
      reviews.append(ReviewLog(cardID: values[0], grade: grade, reviewedAt: moment, duration: Int(duration), version: "", state: .new))
    }
    return reviews
  }

  /// The table of reviews, in their order.
  public static func text(of reviews: [ReviewLog], time: (Date) -> String) -> String { text(of: reviews, time: time) {} }

  /// The table of reviews, in their order; what `check` throws ends the writing.
  public static func text(of reviews: [ReviewLog], time: (Date) -> String, check: () throws -> Void) rethrows -> String {
    var text = head.joined(separator: ",") + "\n"
    for (index, review) in reviews.enumerated() {
      if index % 1024 == 0 { try check() }
      let cells = [
        quoted(review.cardID), String(review.grade.rawValue), time(review.reviewedAt), String(review.duration),
        review.stability.map { "\($0)" } ?? "", review.difficulty.map { "\($0)" } ?? "", review.state.phase.rawValue,
        review.due.map(time) ?? "",
      ]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return cell }
    return "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  /// The rows of a text: cells between commas, quoted where they hold one; lines that end in LF or CR LF.
  private struct Rows {
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    init(_ text: String) { bytes = Array(text.hasPrefix("\u{FEFF}") ? text.utf8.dropFirst(3) : text.utf8[...]) }

    mutating func next() throws(Fault) -> (cells: [String], line: Int)? {
      guard place < bytes.count else { return nil }
      let begin = line
      var cells: [String] = []
      var cell: [UInt8] = []
      var isQuoted = false
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        if byte == 0x0A { line += 1 }
        if isQuoted {
          if byte != 0x22 {
            cell.append(byte)
          } else if place < bytes.count && bytes[place] == 0x22 {
            cell.append(byte)
            place += 1
          } else {
            isQuoted = false
          }
        } else if byte == 0x22 && cell.isEmpty {
          isQuoted = true
        } else if byte == 0x2C {
          cells.append(String(decoding: cell, as: UTF8.self))
          cell = []
        } else if byte == 0x0A {
          if cell.last == 0x0D { cell.removeLast() }
          return (cells + [String(decoding: cell, as: UTF8.self)], begin)
        } else {
          cell.append(byte)
        }
      }
      if isQuoted { throw Fault(line: begin, reason: "a quoted cell begins there and does not end") }
      return (cells + [String(decoding: cell, as: UTF8.self)], begin)
    }
  }
}
