/// Shows Markdown in a terminal: headings, lists, tables, code, quotations, links, formulas; pictures by their name.
///
/// The text may come from anybody: nothing in it reaches the terminal as a control character.
public struct MarkdownRenderer: Sendable {
  /// How a link is shown.
  public enum Links: Sendable, Equatable {
    /// Its text, and the address in brackets after it.
    case address
    /// Its text, which a terminal that knows OSC 8 makes clickable.
    case clickable
  }

  /// A picture that a text names.
  public struct Picture: Sendable, Equatable {
    /// Where it lies, as the text says: a path from the text's own folder, or an address. Written by anybody.
    public var path: String
    /// What it shows, in words.
    public var description: String
    /// The cells that it may take.
    public var width: Int
  }

  /// The width of the page in cells; only code may stand out.
  public var width: Int
  /// The characters for frames and bullets.
  public var repertoire: Repertoire
  /// How links are shown.
  public var links: Links
  /// Draws a picture as lines, which stand between the text before it and the text after it; nil where there is none to draw, and then a line of
  /// text stands in its place.
  public var pictures: (@Sendable (Picture) -> [StyledText]?)?

  /// Whether code within a line stands between backticks, where no colour tells it from the words around it.
  public var marksCode = false

  /// A renderer for a page of the given width.
  public init(width: Int, repertoire: Repertoire = .unicode, links: Links = .address) {
    self.width = max(width, 8)
    self.repertoire = repertoire
    self.links = links
  }

  /// The lines of a Markdown text.
  public func lines(_ markdown: String) -> [StyledText] {
    let protected = MathProtection(markdown)
    let page = MarkdownPage(renderer: self, formulas: protected.formulas)
    return MarkdownNode.withDocument(protected.text) { page.blocks($0.children, width: width, depth: 0) } ?? []
  }
}

/// One text being rendered.
struct MarkdownPage {
  let renderer: MarkdownRenderer
  let formulas: [MathProtection.Protected]

  var isUnicode: Bool { renderer.repertoire == .unicode }

  /// Nested deeper than this, a text is no text for readers: what is inside is left off.
  private static let deepest = 24

  /// Blocks below one another, a blank line between any two unless they belong close together.
  func blocks(_ nodes: [MarkdownNode], width: Int, depth: Int, tight: Bool = false, isItem: Bool = false) -> [StyledText] {
    guard depth <= Self.deepest else { return [StyledText("…", .muted)] }
    var lines: [StyledText] = []
    var previous = ""
    for node in nodes {
      let block = self.block(node, width: max(width, 4), depth: depth)
      guard !block.isEmpty else { continue }
      // A formula on lines of its own keeps its distance from a title.
      let isDisplay = block[0].spans.first?.text == "  " && node.kind == "paragraph"
      let underTitle = previous == "heading" && node.kind != "heading" && !isDisplay
      let close = underTitle || (isItem || tight) && previous == "paragraph" && node.kind == "list" || tight && node.kind == "paragraph"
      if !lines.isEmpty, !close { lines.append(StyledText()) }
      lines += block
      previous = node.kind
    }
    return lines
  }

  private func block(_ node: MarkdownNode, width: Int, depth: Int) -> [StyledText] {
    switch node.kind {
    case "heading": return heading(node, width: width)
    case "paragraph": return paragraph(node, width: width)
    case "list": return list(node, width: width, depth: depth)
    case "code_block": return code(node, width: width)
    case "block_quote":
      let bar = StyledText(isUnicode ? "│ " : "| ", .muted)
      return blocks(node.children, width: width - 2, depth: depth + 1).map { bar + $0 }
    case "thematic_break": return [StyledText(String(repeating: isUnicode ? "─" : "-", count: width), .muted)]
    case "html_block": return html(node, width: width)
    case "table": return table(node, width: width)
    default: return blocks(node.children, width: width, depth: depth + 1)
    }
  }

  /// A title: the first two levels are underlined, the others begin with a dash that shortens with the level.
  private func heading(_ node: MarkdownNode, width: Int) -> [StyledText] {
    let text = inlines(node.children, width).inOneLine.restyled { $0 = Style(.heading, italic: $0.italic, link: $0.link) }
    let level = node.headingLevel
    guard level > 2 else {
      let lines = text.wrapped(to: width)
      let dash = level == 1 ? (isUnicode ? "━" : "=") : isUnicode ? "─" : "-"
      let longest = lines.map { $0.withoutTrailingBlanks.cellWidth }.max() ?? 0
      return lines + [StyledText(String(repeating: dash, count: longest), .muted)]
    }
    let mark = (isUnicode ? ["▌ ", "▸ ", "▹ ", "· "] : ["=== ", "== ", "= ", "- "])[min(level, 6) - 3]
    return hanging(text.wrapped(to: width - mark.cellWidth), StyledText(mark, Style(.heading)))
  }

  private func paragraph(_ node: MarkdownNode, width: Int) -> [StyledText] { inlines(node.children, width).lines(width: width) }

  /// Bullets change with the depth; numbers stand right-aligned.
  private func list(_ node: MarkdownNode, width: Int, depth: Int) -> [StyledText] {
    let items = node.children
    let bullets = isUnicode ? ["•", "◦", "▪"] : ["*", "-", "+"]
    let numberWidth = String(node.listStart + max(items.count - 1, 0)).count
    var lines: [StyledText] = []
    for (index, item) in items.enumerated() {
      let mark: StyledText
      if let done = item.isDone {
        mark = StyledText(isUnicode ? (done ? "☑ " : "☐ ") : done ? "[x] " : "[ ] ", Style(.accent))
      } else if node.isOrdered {
        mark = StyledText("\(node.listStart + index). ".padded(to: numberWidth + 2, .right), Style(.accent))
      } else {
        mark = StyledText(bullets[depth % bullets.count] + " ", Style(.accent))
      }
      let body = blocks(item.children, width: width - mark.cellWidth, depth: depth + 1, tight: node.isTight, isItem: true)
      if index > 0, !node.isTight { lines.append(StyledText()) }
      lines += hanging(body.isEmpty ? [StyledText()] : body, mark)
    }
    return lines
  }

  /// A mark before the first line, blanks of its width before the others.
  private func hanging(_ lines: [StyledText], _ mark: StyledText) -> [StyledText] {
    let indent = StyledText(String(repeating: " ", count: mark.cellWidth))
    return lines.enumerated().map { $0 == 0 ? mark + $1 : $1.isEmpty ? $1 : indent + $1 }
  }

  private func code(_ node: MarkdownNode, width: Int) -> [StyledText] {
    var text = sanitized(source(node.literal), keepingLines: true)
    while text.last == "\n" { text.removeLast() }
    let language = sanitized(String(node.fenceInfo.prefix { !$0.isWhitespace }))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return CodeBlock(language: language, lines: lines, width: width, repertoire: renderer.repertoire).styled
  }

  private func html(_ node: MarkdownNode, width: Int) -> [StyledText] {
    var content = MarkdownInline(page: self, width: width)
    content.append(html: source(node.literal))
    return content.lines(width: width)
  }

  private func table(_ node: MarkdownNode, width: Int) -> [StyledText] {
    let rows = node.children.map { $0.children.map { inlines($0.children, width).inOneLine } }
    guard let header = rows.first else { return [] }
    let alignments = node.alignments
    let columns = header.enumerated().map { TextTable.Column($1, alignments.indices.contains($0) ? alignments[$0] : .left) }
    return TextTable(columns, rows: Array(rows.dropFirst())).lines(width: width, repertoire: renderer.repertoire)
  }

  private func inlines(_ nodes: [MarkdownNode], _ width: Int) -> MarkdownInline {
    var content = MarkdownInline(page: self, width: width)
    content.append(nodes, .plain, depth: 0)
    return content
  }

  /// The text with the formulas' sources in the place of their placeholders.
  func source(_ text: String) -> String {
    guard text.unicodeScalars.contains(MathProtection.opening) else { return text }
    return pieces(text).map { piece in
      switch piece {
      case .words(let words): words
      case .formula(let formula): formula.raw
      }
    }.joined()
  }

  /// A text cut at its placeholders.
  enum Piece {
    case words(String)
    case formula(MathProtection.Protected)
  }

  /// Cuts a text at its placeholders.
  func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text.unicodeScalars[...]
    while let open = rest.firstIndex(of: MathProtection.opening) {
      if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
      let number = rest[open...].dropFirst().prefix { $0 != MathProtection.closing }
      rest = rest[number.endIndex...].dropFirst()
      if let index = Int(String(number)), formulas.indices.contains(index) { pieces.append(.formula(formulas[index])) }
    }
    if !rest.isEmpty { pieces.append(.words(String(rest))) }
    return pieces
  }
}
