/// The text of a paragraph, a title or a cell, with the formulas that stand on lines of their own.
struct MarkdownInline {
  fileprivate enum Part {
    case text(StyledText)
    case display(Formula)
  }

  private let page: MarkdownPage
  private var parts: [Part] = []
  private static let deepest = 24

  init(page: MarkdownPage) { self.page = page }

  /// The content as lines: text wrapped, formulas stacked and moved in by two cells.
  func lines(width: Int) -> [StyledText] {
    var lines: [StyledText] = []
    var afterDisplay = false
    for part in parts where !part.isBlank {
      var isDisplay = false
      if case .display = part { isDisplay = true }
      // Room above and below a formula, but none at the edges of the block.
      if !lines.isEmpty, isDisplay || afterDisplay { lines.append(StyledText()) }
      switch part {
      case .text(let text): lines += text.withoutLeadingBlanks.withoutTrailingBlanks.wrapped(to: width)
      case .display(let formula):
        lines += formula.block(width: width - 2, page.renderer.repertoire).map { StyledText("  ") + StyledText($0, Style(.formula)) }
      }
      afterDisplay = isDisplay
    }
    return lines
  }

  /// The content on one line, for titles and cells.
  var inOneLine: StyledText {
    var line = StyledText()
    for part in parts {
      switch part {
      case .text(let text): line.append(text)
      case .display(let formula): line.append(formula.line(page.renderer.repertoire), Style(.formula))
      }
    }
    return line.withoutLeadingBlanks.withoutTrailingBlanks
  }

  /// Appends what stands between the tags of a fragment of HTML.
  mutating func append(html: String) {
    for piece in HTMLText.pieces(html) {
      switch piece {
      case .words(let words): append(words, .plain)
      case .picture(let description, let path): append(picture: description, path)
      case .lineBreak: append("\n", .plain, safe: true)
      }
    }
    trimLineBreaks()
  }

  /// Appends the content of nodes.
  mutating func append(_ nodes: [MarkdownNode], _ style: Style, depth: Int) {
    guard depth <= Self.deepest else { return }
    for node in nodes {
      var inner = style
      switch node.kind {
      case "text": append(prose: node.literal, style)
      case "code":
        inner.role = .code
        append(page.source(node.literal), inner)
      case "softbreak": append(" ", style, safe: true)
      case "linebreak": append("\n", style, safe: true)
      case "html_inline": append(html: node.literal, inline: style)
      case "image": append(picture: words(node), node.address)
      case "link": append(link: node, style, depth)
      default:
        switch node.kind {
        case "emph": inner.italic = true
        case "strong": inner.bold = true
        case "strikethrough": inner.strike = true
        default: break
        }
        append(node.children, inner, depth: depth + 1)
      }
    }
  }

  /// Appends words in which several blanks count as one, also across what was dropped between them.
  private mutating func append(prose: String, _ style: Style) {
    var words = ""
    var afterBlank = if case .text(let before)? = parts.last { before.spans.last?.text.last == " " } else { false }
    for character in prose {
      if character != " " || !afterBlank { words.append(character) }
      afterBlank = character == " "
    }
    append(words, style)
  }

  private mutating func append(_ text: String, _ style: Style, safe: Bool = false) {
    for piece in page.pieces(text) {
      switch piece {
      case .words(let words): append(StyledText(safe ? words : sanitized(words), style))
      case .formula(let protected):
        let formula = Formula(protected.formula.replacing("\n", with: " "))
        if protected.isDisplay {
          parts.append(.display(formula))
        } else {
          // A short formula stays on one line.
          let line = formula.line(page.renderer.repertoire)
          var look = style
          look.role = .formula
          append(StyledText(line.cellWidth <= 24 ? line.replacing(" ", with: "\u{A0}") : line, look))
        }
      }
    }
  }

  private mutating func append(_ text: StyledText) {
    if case .text(let before)? = parts.last {
      parts[parts.count - 1] = .text(before + text)
    } else {
      parts.append(.text(text))
    }
  }

  private mutating func append(html: String, inline style: Style) {
    for piece in HTMLText.pieces(html) {
      switch piece {
      case .words(let words): append(words, style)
      case .picture(let description, let path): append(picture: description, path)
      case .lineBreak: if html.lowercased().hasPrefix("<br") { append("\n", style, safe: true) }
      }
    }
  }

  private mutating func append(picture description: String, _ path: String) {
    let dash = page.isUnicode ? "—" : "-"
    let name = [description, path].map { sanitized(page.source($0)) }.filter { !$0.isEmpty }.joined(separator: " \(dash) ")
    append(StyledText("[picture: \(name.isEmpty ? "without a name" : name)]", Style(.accent)))
  }

  private mutating func append(link node: MarkdownNode, _ style: Style, _ depth: Int) {
    var inner = style
    inner.underline = true
    let address = sanitized(page.source(node.address))
    let isWeb = ["http://", "https://", "mailto:"].contains { address.lowercased().hasPrefix($0) }
    if page.renderer.links == .clickable, isWeb { inner.link = address.replacing(" ", with: "%20") }
    append(node.children, inner, depth: depth + 1)
    let text = words(node)
    if inner.link == nil, !address.isEmpty, text != address, "mailto:" + text != address { append(StyledText(" (\(address))", .muted)) }
  }

  /// The words inside a node without their styles.
  private func words(_ node: MarkdownNode) -> String {
    var inner = MarkdownInline(page: page)
    inner.append(node.children, .plain, depth: 1)
    return inner.inOneLine.plain
  }

  private mutating func trimLineBreaks() {
    if case .text(let text)? = parts.last {
      var kept = text.plain
      guard kept.last == "\n" else { return }
      while kept.last == "\n" || kept.last == " " { kept.removeLast() }
      parts[parts.count - 1] = .text(text.prefix(kept.count))
    }
  }
}

extension MarkdownInline.Part {
  fileprivate var isBlank: Bool {
    if case .text(let text) = self { text.plain.allSatisfy(\.isWhitespace) } else { false }
  }
}

extension StyledText {
  /// The first characters.
  func prefix(_ count: Int) -> StyledText {
    var result = StyledText()
    var left = count
    for span in spans where left > 0 {
      result.append(String(span.text.prefix(left)), span.style)
      left -= span.text.count
    }
    return result
  }

  /// The text without blanks at its beginning.
  var withoutLeadingBlanks: StyledText {
    var result = StyledText()
    for span in spans { result.append(result.isEmpty ? String(span.text.drop { $0 == " " }) : span.text, span.style) }
    return result
  }
}
