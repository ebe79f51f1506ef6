/// What text is drawn on: how wide it is, and which characters it takes.
public struct Canvas: Sendable, Equatable {
  /// Columns.
  public var width: Int
  /// Whether box drawing, arrows and mathematics may use Unicode.
  public var repertoire: Repertoire

  /// A canvas of the given width.
  public init(width: Int = 80, repertoire: Repertoire = .unicode) {
    self.width = max(20, width)
    self.repertoire = repertoire
  }

  /// `→`, or `->` in ASCII.
  var arrow: String { repertoire == .unicode ? "→" : "->" }
}

extension MarkdownRenderer {
  /// The lines of a Markdown text on a canvas.
  static func lines(of markdown: String, on canvas: Canvas) -> [StyledText] {
    MarkdownRenderer(width: canvas.width, repertoire: canvas.repertoire).lines(markdown)
  }
}
