/// The text of a paragraph, a title or a cell, with the formulas that stand on lines of their own.
struct MarkdownInline {
  fileprivate enum Part {
    case text(StyledText)
    case display(Formula)
    /// A picture that somebody draws, and its placeholder where there is no room for lines.
    case picture([StyledText], placeholder: StyledText)
  }

  private let page: MarkdownPage
  private var parts: [Part] = []
  /// The tags of HTML that are open and change the look of words.
  private var tags: [String] = []
  private static let deepest = 24

  /// The cells that a picture may take.
  private let width: Int

  init(page: MarkdownPage, width: Int) {
    self.page = page
    self.width = width
  }

  /// The content as lines: text wrapped, formulas stacked and moved in by two cells.
  func lines(width: Int) -> [StyledText] {
    var lines: [StyledText] = []
    var afterDisplay = false
    for part in parts where !part.isBlank {
      var isDisplay = false
      if case .text = part {} else { isDisplay = true }
      // Room above and below a formula, but none at the edges of the block.
      if !lines.isEmpty, isDisplay || afterDisplay { lines.append(StyledText()) }
      switch part {
      case .text(let text): lines += text.withoutLeadingBlanks.withoutTrailingBlanks.wrapped(to: width)
      case .display(let formula):
        lines += formula.block(width: width - 2, page.renderer.repertoire).map { StyledText("  ") + StyledText($0, Style(.formula)) }
      case .picture(let drawn, _): lines += drawn
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
      case .picture(_, let placeholder): line.append(placeholder)
      case .display(let formula): line.append(formula.line(page.renderer.repertoire), Style(.formula))
      }
    }
    return line.withoutLeadingBlanks.withoutTrailingBlanks
  }

  /// Appends what stands between the tags of a fragment of HTML.
  mutating func append(html: String) {
    append(HTMLText.pieces(html), .plain, breaksLines: true)
    trimLineBreaks()
  }

  private mutating func append(_ pieces: [HTMLText.Piece], _ style: Style, breaksLines: Bool) {
    for piece in pieces {
      switch piece {
      case .words(let words): append(prose: words, style)
      case .picture(let description, let path): append(picture: description, path)
      case .lineBreak: if breaksLines { append("\n", style, safe: true) }
      case .blockEdge: if breaksLines, !isAtLineStart { append("\n", style, safe: true) }
      case .style(let name, isClosing: false): tags.append(name)
      case .style(let name, isClosing: true): if let last = tags.lastIndex(of: name) { tags.remove(at: last) }
      case .bullet: append(page.isUnicode ? "• " : "* ", Style(.accent), safe: true)
      case .gap: append("  ", style, safe: true)
      }
    }
  }

  /// Whether nothing but blanks stands on the line so far.
  private var isAtLineStart: Bool {
    guard case .text(let text)? = parts.last else { return true }
    return text.plain.reversed().first { $0 != " " }.map { $0 == "\n" } ?? true
  }

  /// The style of words between the tags that are open.
  private func tagged(_ style: Style) -> Style {
    var style = style
    for tag in tags {
      switch tag {
      case "b": style.bold = true
      case "i": style.italic = true
      case "s": style.strike = true
      case "u": style.underline = true
      case "code": style.role = .code
      default: break
      }
    }
    return style
  }

  /// Words set low or high where a tag says so.
  private func shifted(_ words: String) -> String {
    guard let shift = tags.last(where: { $0 == "sub" || $0 == "sup" }), words.contains(where: { $0 != " " }) else { return words }
    let setter = MathSetter(repertoire: page.renderer.repertoire)
    let node = setter.prepared(MathNode.text(words))
    return setter.line(shift == "sub" ? .script(.row([]), lower: node, upper: nil) : .script(.row([]), lower: nil, upper: node))
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
        let mark = page.renderer.marksCode ? "`" : ""
        append(mark + page.source(node.literal) + mark, inner)
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
    var afterBlank = if case .text(let before)? = parts.last { " \n".contains(before.spans.last?.text.last ?? "x") } else { false }
    for character in prose {
      if character != " " || !afterBlank { words.append(character) }
      afterBlank = character == " "
    }
    append(shifted(words), tagged(style))
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
    append(HTMLText.pieces(html), style, breaksLines: html.lowercased().hasPrefix("<br"))
  }

  private mutating func append(picture description: String, _ path: String) {
    let dash = page.isUnicode ? "—" : "-"
    let (description, path) = (page.source(description), page.source(path))
    let name = [description, path].map { sanitized($0) }.filter { !$0.isEmpty }.joined(separator: " \(dash) ")
    let placeholder = StyledText("[picture: \(name.isEmpty ? "without a name" : name)]", Style(.accent))
    if let drawn = page.renderer.pictures?(.init(path: path, description: description, width: width)) {
      parts.append(.picture(drawn, placeholder: placeholder))
    } else {
      append(placeholder)
    }
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
    var inner = MarkdownInline(page: page, width: width)
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
