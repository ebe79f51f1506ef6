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

  /// The greatest number of characters of a command, and of a message, that a complaint repeats.
  private static let longest = 400

  /// The lines of a complaint: one, or two when it has a place.
  ///
  /// - Parameter source: The command, whose wrong word gets a caret with the message behind it; nil leaves the place out.
  public static func lines(of complaint: Complaint, in source: CommandText?) -> [StyledText] {
    guard let source, let place = complaint.place else { return [message(of: complaint)] }
    let (typed, start) = excerpt(of: source, around: place)
    let length = min(place.count, max(1, start + typed.count - place.lowerBound))
    var mark = caret(under: place.lowerBound..<(place.lowerBound + length), from: start, in: source.line, indent: 2)
    mark.append(" ")
    mark.append(message(of: complaint))
    return [StyledText("  " + sanitized(typed)), mark]
  }

  /// The command as typed and where it starts in its line; of a very long one the part around a place.
  private static func excerpt(of source: CommandText, around place: Range<Int>) -> (typed: String, start: Int) {
    guard source.place.count > longest else { return (source.typed, source.place.lowerBound) }
    let start = max(source.place.lowerBound, place.lowerBound - longest / 8)
    return (String(source.typed.dropFirst(start - source.place.lowerBound).prefix(longest / 4)), start)
  }

  /// The lines of a complaint about a line that stands on the screen just above, after a prompt of some width.
  public static func lines(of complaint: Complaint, in source: CommandText, afterPrompt width: Int, on canvas: Canvas) -> [StyledText] {
    guard let place = complaint.place else { return message(of: complaint).wrapped(to: canvas.width) }
    let end = width + String(source.line.prefix(place.upperBound)).cellWidth
    guard end < canvas.width else { return lines(of: complaint, in: source).flatMap { $0.wrapped(to: canvas.width) } }
    return [caret(under: place, from: 0, in: source.line, indent: width)] + message(of: complaint).wrapped(to: canvas.width)
  }

  private static func message(of complaint: Complaint) -> StyledText {
    var text = StyledText(sanitized(shortened(complaint.what)), Style(.bad))
    if !complaint.hint.isEmpty { text.append("; " + sanitized(shortened(complaint.hint))) }
    return text
  }

  /// A text whose middle is left out when it is very long.
  private static func shortened(_ text: String) -> String {
    guard text.utf8.count > longest, text.count > longest else { return text }
    return text.prefix(longest / 2) + "…" + text.suffix(longest / 4)
  }

  private static func caret(under place: Range<Int>, from start: Int, in line: String, indent: Int) -> StyledText {
    let characters = Array(line)
    let before = sanitized(String(characters[min(start, characters.count)..<min(max(start, place.lowerBound), characters.count)])).cellWidth
    let beyond = max(0, place.lowerBound - characters.count)
    let marked = sanitized(String(characters[place.clamped(to: 0..<characters.count)])).cellWidth
    return StyledText(String(repeating: " ", count: indent + before + beyond) + String(repeating: "^", count: max(1, marked)), Style(.bad))
  }
}
