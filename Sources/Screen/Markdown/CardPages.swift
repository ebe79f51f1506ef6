import CMarkdown
import Foundation
import Shell

/// The text of cards as HTML and back.
@MainActor public final class CardPages: CardMarkup {
  /// Pages for cards.
  public init() {}

  /// The HTML of a Markdown text.
  public func html(of markdown: String, picture: (String) -> String?) -> String {
    let protected = MathProtection(markdown)
    let html = MarkdownNode.html(
      protected.text, code: { CardPages.restored($0, protected.formulas) { $0.raw } }, html: HTMLFilter.filtered, picture: picture)
    return CardPages.restored(html, protected.formulas) { formula in
      let text = HTMLFilter.escaped(formula.formula.trimmingCharacters(in: .whitespacesAndNewlines))
      return formula.isDisplay ? "\\[\(text)\\]" : "\\(\(text)\\)"
    }
  }

  /// The Markdown of the HTML of a note.
  public func markdown(of html: String, picture: (String) -> String) -> String { HTMLMarkdown(html, picture: picture).text }

  /// The picture that a text names.
  public func picture(_ path: String, in folder: URL) -> URL? { DeckPictures.file(path, in: folder) }

  /// A text with something in the place of each placeholder of a formula.
  private static func restored(_ text: String, _ formulas: [MathProtection.Protected], _ words: (MathProtection.Protected) -> String)
    -> String
  {
    guard text.unicodeScalars.contains(MathProtection.opening) else { return text }
    return text.replacing(/\u{E000}(\d+)\u{E001}/) { match in
      Int(match.output.1).flatMap { formulas.indices.contains($0) ? words(formulas[$0]) : nil } ?? ""
    }
  }
}

/// What of an author's HTML goes into a note: the tags that shape text, without their attributes. A note is shown by a browser, so nothing
/// that runs or loads may pass.
enum HTMLFilter {
  private static let tags: Set<String> = [
    "b", "strong", "i", "em", "u", "ins", "s", "del", "sub", "sup", "code", "kbd", "pre", "br", "hr", "p", "div", "ul", "ol", "li", "table",
    "thead", "tbody", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "details", "summary",
  ]

  static func filtered(_ html: String) -> String {
    var result = ""
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
      result += rest[..<open]
      rest = rest[open...]
      if rest.hasPrefix("<!--") {
        rest = rest.range(of: "-->").map { rest[$0.upperBound...] } ?? ""
        continue
      }
      let tag = rest.prefix(upTo: HTMLText.tagEnd(rest))
      let isClosing = tag.dropFirst().first == "/"
      let name = tag.dropFirst(isClosing ? 2 : 1).prefix { $0.isLetter || $0.isNumber }.lowercased()
      rest = rest[tag.endIndex...].dropFirst()
      if tags.contains(name) {
        result += isClosing ? "</\(name)>" : "<\(name)>"
      } else if name == "img", !isClosing {
        // Told by its words: only a picture in Markdown is taken along.
        result += escaped(HTMLEntities.decoded(HTMLText.attribute("alt", tag)))
      } else if ["script", "style"].contains(name), !isClosing {
        rest = rest.range(of: "</\(name)", options: .caseInsensitive).map { rest[$0.lowerBound...] } ?? ""
      }
    }
    return result + rest
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}

extension MarkdownNode {
  /// The HTML of a text, with what its code, its HTML and the paths of its pictures are turned into.
  static func html(
    _ text: String, code: (String) -> String, html: (String) -> String, picture: (String) -> String?
  ) -> String {
    withDocument(text) { document in
      document.change(code: code, html: html, picture: picture)
      return document.rendered
    } ?? ""
  }

  private var rendered: String {
    // Without CMARK_OPT_UNSAFE, addresses such as `javascript:` are dropped.
    guard let text = cmark_render_html(raw, CMARK_OPT_DEFAULT, nil) else { return "" }
    defer { free(text) }
    return String(cString: text).trimmingCharacters(in: .newlines)
  }

  private func change(code: (String) -> String, html: (String) -> String, picture: (String) -> String?) {
    for child in children { child.change(code: code, html: html, picture: picture) }
    switch kind {
    case "code", "code_block": cmark_node_set_literal(raw, code(literal))
    case "html_inline": replace(with: CMARK_NODE_CUSTOM_INLINE, html(literal))
    case "html_block": replace(with: CMARK_NODE_CUSTOM_BLOCK, html(literal))
    case "image":
      if let name = picture(address) {
        cmark_node_set_url(raw, name)
      } else {
        replace(with: CMARK_NODE_CUSTOM_INLINE, HTMLFilter.escaped(words))
      }
    default: break
    }
  }

  /// The words inside.
  private var words: String { literal + children.map(\.words).joined() }

  /// Puts HTML in the place of the node, whose memory goes with it.
  private func replace(with type: cmark_node_type, _ html: String) {
    guard let node = cmark_node_new(type) else { return }
    cmark_node_set_on_enter(node, html)
    guard cmark_node_replace(raw, node) != 0 else {
      cmark_node_free(node)
      return
    }
    cmark_node_free(raw)
  }
}
