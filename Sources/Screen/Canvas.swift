import Foundation

/// What text is drawn on: how wide it is, and which characters it takes.
public struct Canvas: Sendable {
  /// Columns.
  public var width: Int
  /// Whether box drawing, arrows and mathematics may use Unicode.
  public var repertoire: Repertoire
  /// Shows the pictures of decks and lessons; nil where they are told by their names.
  public var pictures: DeckPictures?

  /// Whether code within prose stands between backticks, for want of colours.
  public var marksCode = false

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
  ///
  /// - Parameter folder: Where the text lies; without it its pictures are told by their names.
  static func lines(of markdown: String, on canvas: Canvas, in folder: URL? = nil) -> [StyledText] {
    var renderer = MarkdownRenderer(width: canvas.width, repertoire: canvas.repertoire)
    renderer.marksCode = canvas.marksCode
    if let pictures = canvas.pictures, let folder { renderer.pictures = { pictures.lines($0, in: folder) } }
    return renderer.lines(markdown)
  }

  /// The first line of a Markdown text without styles, cut to a width: a question in a list.
  static func title(_ markdown: String, width: Int, on canvas: Canvas) -> String {
    let first = MarkdownRenderer(width: 1000, repertoire: canvas.repertoire).lines(markdown).first?.plain ?? ""
    return first.truncated(to: width, mark: canvas.repertoire == .unicode ? "…" : "...")
  }
}
