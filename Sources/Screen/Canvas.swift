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

  /// The first line of a Markdown text without styles, cut to a width: a question in a list.
  static func title(_ markdown: String, width: Int, on canvas: Canvas) -> String {
    let first = MarkdownRenderer(width: 1000, repertoire: canvas.repertoire).lines(markdown).first?.plain ?? ""
    return first.truncated(to: width, mark: canvas.repertoire == .unicode ? "…" : "...")
  }
}
