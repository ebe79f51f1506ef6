/// The text before the cursor, in parts that may have a colour.
public struct Prompt: Sendable, Equatable, ExpressibleByStringLiteral {
  /// How a part looks; a terminal without colour shows all of them plainly.
  public enum Style: String, Sendable, CaseIterable {
    case plain = "0"
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case magenta = "35"
    case cyan = "36"
  }

  /// A part of the prompt in one style.
  public struct Segment: Sendable, Equatable {
    /// What it says, without control characters.
    public var text: String
    /// How it looks.
    public var style: Style

    /// A part of a prompt.
    public init(_ text: String, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  /// The parts, in their order.
  public var segments: [Segment]

  /// A prompt of several parts.
  public init(_ segments: [Segment]) { self.segments = segments }
  /// A prompt of one part.
  public init(_ text: String, _ style: Style = .plain) { segments = [Segment(text, style)] }
  /// A plain prompt.
  public init(stringLiteral text: String) { self.init(text) }

  /// The words alone.
  public var plainText: String { segments.map { Prompt.printable($0.text) }.joined() }

  /// The prompt for libedit: escape sequences between \1 marks.
  ///
  /// libedit binds each sequence to the character that follows it and loses one that nothing follows, or that another one follows. So two
  /// neighbours become one sequence, and the last character of the whole prompt is always plain.
  func marked(color: Bool) -> String {
    guard color else { return plainText }
    var characters = segments.flatMap { segment in Prompt.printable(segment.text).map { (character: $0, style: segment.style) } }
    if let last = characters.indices.last { characters[last].style = .plain }
    var result = ""
    var style = Style.plain
    for (character, wanted) in characters {
      if wanted != style {
        result += "\u{1}\u{1b}[\(wanted == .plain ? "0" : "0;" + wanted.rawValue)m\u{1}"
        style = wanted
      }
      result.append(character)
    }
    return result
  }

  private static func printable(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) }.map(Character.init))
  }
}
