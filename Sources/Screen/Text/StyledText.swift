/// Text whose pieces have styles; a value that is rendered for a terminal or for a file at the end.
public struct StyledText: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// A piece of one style.
  public struct Span: Sendable, Equatable {
    /// The piece's characters; safe for a terminal, as whoever builds it calls `sanitized`.
    public var text: String
    /// How they look.
    public var style: Style
  }

  /// The pieces in their order; neighbours of equal style are joined.
  public private(set) var spans: [Span] = []

  /// No text.
  public init() {}

  /// Text of one style.
  public init(_ text: String, _ style: Style = .plain) { append(text, style) }

  /// Plain text.
  public init(stringLiteral value: String) { self.init(value) }

  /// Appends text of one style.
  public mutating func append(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    if let last = spans.indices.last, spans[last].style == style {
      spans[last].text += text
    } else {
      spans.append(Span(text: text, style: style))
    }
  }

  /// Appends styled text.
  public mutating func append(_ other: StyledText) {
    for span in other.spans { append(span.text, span.style) }
  }

  /// One text after the other.
  public static func + (left: StyledText, right: StyledText) -> StyledText {
    var result = left
    result.append(right)
    return result
  }

  /// Appends styled text.
  public static func += (left: inout StyledText, right: StyledText) { left.append(right) }

  /// The characters without their styles.
  public var plain: String { spans.map(\.text).joined() }

  /// The cells that the text takes on one line.
  public var cellWidth: Int { spans.reduce(0) { $0 + $1.text.cellWidth } }

  /// Whether there is no character.
  public var isEmpty: Bool { spans.isEmpty }

  /// The text for a terminal or for a file: every style is closed where it ends, so that a line can stand alone.
  ///
  /// A picture's sequence is no matter of colours: who may not be given one makes no text that holds one.
  public func rendered(_ mode: ColorMode) -> String {
    guard mode == .ansi else { return spans.map { $0.style.picture ?? $0.text }.joined() }
    var result = ""
    for span in spans {
      if let picture = span.style.picture {
        result += picture
        continue
      }
      let opening = span.style.opening
      let styled = opening.isEmpty ? span.text : opening + span.text + "\u{1B}[0m"
      if let link = span.style.link {
        result += "\u{1B}]8;;\(link)\u{1B}\\\(styled)\u{1B}]8;;\u{1B}\\"
      } else {
        result += styled
      }
    }
    return result
  }

  /// The text filled with blanks to `width` cells.
  public func padded(to width: Int, _ alignment: Alignment = .left) -> StyledText {
    let missing = width - cellWidth
    guard missing > 0 else { return self }
    let before = alignment.blanksBefore(of: missing)
    var result = StyledText(String(repeating: " ", count: before))
    result.append(self)
    result.append(String(repeating: " ", count: missing - before))
    return result
  }

  /// The same characters, each style changed by `change`.
  public func restyled(_ change: (inout Style) -> Void) -> StyledText {
    var result = StyledText()
    for span in spans {
      var style = span.style
      change(&style)
      result.append(span.text, style)
    }
    return result
  }
}

extension [StyledText] {
  /// Whether a picture stands among the lines, which only the terminal itself can show.
  public var holdPictures: Bool { contains { $0.spans.contains { $0.style.picture != nil } } }

  /// The rows of a screen that the lines take; a line that is wider goes on in the next row.
  public func rows(width: Int) -> Int {
    reduce(0) { $0 + Swift.max(1, ($1.withoutTrailingBlanks.cellWidth + width - 1) / Swift.max(1, width)) }
  }

  /// The lines for a terminal or for a file, each ended by a line feed; blanks at the ends of lines are left off.
  public func rendered(_ mode: ColorMode) -> String { map { $0.withoutTrailingBlanks.rendered(mode) + "\n" }.joined() }
}
