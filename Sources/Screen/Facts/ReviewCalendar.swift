import Foundation
import Shell

/// Draws the days of the last weeks, a column a week and a row a weekday, the darker the more was reviewed.
enum ReviewCalendar {
  /// The marks from no review to the most.
  private static let marks: [Repertoire: [String]] = [.unicode: ["·", "░", "▒", "▓", "█"], .ascii: [".", "-", "+", "*", "#"]]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// - Parameters:
  ///   - days: The reviews of each day; the first is a Monday.
  ///   - first: That Monday.
  static func lines(of days: [Int], from first: Date, on canvas: Canvas) -> [StyledText] {
    guard let most = days.max(), most > 0, let marks = marks[canvas.repertoire] else { return [] }
    let margin = 5
    let weeks = (days.count + 6) / 7
    let skipped = max(0, weeks - (canvas.width - margin) / 2)
    var lines = [StyledText("reviews of the last \(weeks - skipped) weeks", Style(bold: true))]
    lines.append(StyledText(String(repeating: " ", count: margin) + monthNames(weeks, skipped, first), .muted))
    for weekday in 0..<7 {
      let name = [0: "Mon", 2: "Wed", 4: "Fri", 6: "Sun"][weekday] ?? ""
      var line = StyledText(name.padded(to: margin), .muted)
      for week in skipped..<weeks where week * 7 + weekday < days.count {
        let count = days[week * 7 + weekday]
        line.append(marks[level(count, most)] + " ", count == 0 ? .muted : Style(.good))
      }
      lines.append(line)
    }
    let scale = marks.enumerated().map { $0.offset == 0 ? "\($0.element) 0" : "\($0.element) \(lowest($0.offset, most))+" }
    // Where few were reviewed, some levels cannot be reached.
    let reachable = scale.enumerated().filter { $0.offset == 0 || level(lowest($0.offset, most), most) == $0.offset }.map(\.element)
    lines.append(StyledText(String(repeating: " ", count: margin) + reachable.joined(separator: "   "), .muted))
    return lines
  }

  /// The quarter of the greatest count that a day reached, from 1; 0 for no review.
  private static func level(_ count: Int, _ most: Int) -> Int { count == 0 ? 0 : min(4, max(1, (count * 4 + most - 1) / most)) }

  /// The least count of a level.
  private static func lowest(_ level: Int, _ most: Int) -> Int { (level - 1) * most / 4 + 1 }

  /// The name of a month over the first week that begins in it.
  private static func monthNames(_ weeks: Int, _ skipped: Int, _ first: Date) -> String {
    var text = ""
    var last = 0
    let calendar = Calendar(identifier: .iso8601)
    for week in skipped..<weeks {
      // Noon keeps clear of changes to summer time.
      let month = calendar.component(.month, from: first.addingTimeInterval(Double(week * 7) * 86_400 + 43_200))
      let place = (week - skipped) * 2
      if month != last, text.count <= place, week + 1 < weeks { text = text.padded(to: place) + months[month - 1] + " " }
      last = month
    }
    return text
  }
}
