import Shell

/// Draws what came of a command, facts and complaints alike.
@MainActor public final class ReportText: ReportRenderer {
  /// A renderer.
  public init() {}

  /// The lines of a report, without colours.
  public func text(of report: Report, width: Int) -> String {
    let canvas = Canvas(width: width)
    switch report.result {
    case .success(let facts): return FactsRenderer.lines(of: facts, on: canvas).rendered(.plain)
    case .failure(let complaint): return ReportText.lines(of: complaint, in: nil).rendered(.plain)
    }
  }

  /// The lines of some facts.
  public static func lines(of facts: any Facts, on canvas: Canvas) -> [StyledText] { FactsRenderer.lines(of: facts, on: canvas) }

  /// The lines of a complaint.
  ///
  /// - Parameter source: The command, whose wrong word gets a caret; nil leaves the place out.
  public static func lines(of complaint: Complaint, in source: CommandText?) -> [StyledText] {
    var lines: [StyledText] = []
    // A line of many screens would bury what is said about it.
    if let source, let place = complaint.place, source.typed.utf8.count < 2_000 {
      lines.append(StyledText("  " + sanitized(source.typed)))
      lines.append(caret(under: place, from: source.place.lowerBound, in: source.line, indent: 2))
    }
    return lines + [message(of: complaint)]
  }

  /// The lines of a complaint about a line that stands on the screen just above, after a prompt of some width.
  public static func lines(of complaint: Complaint, in source: CommandText, afterPrompt width: Int, on canvas: Canvas) -> [StyledText] {
    guard let place = complaint.place else { return message(of: complaint).wrapped(to: canvas.width) }
    let end = width + String(source.line.prefix(place.upperBound)).cellWidth
    guard end < canvas.width else { return lines(of: complaint, in: source).flatMap { $0.wrapped(to: canvas.width) } }
    return [caret(under: place, from: 0, in: source.line, indent: width)] + message(of: complaint).wrapped(to: canvas.width)
  }

  private static func message(of complaint: Complaint) -> StyledText {
    let what = complaint.what.count > 800 ? complaint.what.prefix(400) + " ... " + complaint.what.suffix(200) : complaint.what[...]
    var text = StyledText(sanitized(String(what)), Style(.bad))
    if !complaint.hint.isEmpty { text.append("; " + sanitized(complaint.hint)) }
    return text
  }

  private static func caret(under place: Range<Int>, from start: Int, in line: String, indent: Int) -> StyledText {
    let characters = Array(line)
    let before = String(characters[min(start, characters.count)..<min(max(start, place.lowerBound), characters.count)]).cellWidth
    let beyond = max(0, place.lowerBound - characters.count)
    let marked = String(characters[place.clamped(to: 0..<characters.count)]).cellWidth
    return StyledText(String(repeating: " ", count: indent + before + beyond) + String(repeating: "^", count: max(1, marked)), Style(.bad))
  }
}
