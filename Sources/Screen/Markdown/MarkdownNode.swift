import CMarkdown

/// A node of the tree that cmark-gfm makes; valid while the document lives.
struct MarkdownNode {
  let raw: OpaquePointer

  /// Parses a text with tables, strikethrough and task lists, and hands out the document's node.
  static func withDocument<Result>(_ text: String, _ body: (MarkdownNode) -> Result) -> Result? {
    _ = registered
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return nil }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "tasklist"] {
      if let syntax = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, syntax) }
    }
    cmark_parser_feed(parser, text, text.utf8.count)
    guard let document = cmark_parser_finish(parser) else { return nil }
    defer { cmark_node_free(document) }
    return body(MarkdownNode(raw: document))
  }

  /// Once a process: the library's own guard is not safe between threads.
  private static let registered: Void = cmark_gfm_core_extensions_ensure_registered()

  private init(raw: OpaquePointer) { self.raw = raw }

  /// `paragraph`, `list`, `table_cell`, ... as the library names them.
  var kind: String { String(cString: cmark_node_get_type_string(raw)) }
  /// The characters of a text, code or HTML node.
  var literal: String { cmark_node_get_literal(raw).map { String(cString: $0) } ?? "" }
  /// The words after a fence.
  var fenceInfo: String { cmark_node_get_fence_info(raw).map { String(cString: $0) } ?? "" }
  /// The address of a link or a picture.
  var address: String { cmark_node_get_url(raw).map { String(cString: $0) } ?? "" }
  /// 1 to 6.
  var headingLevel: Int { Int(cmark_node_get_heading_level(raw)) }
  /// Whether a list is numbered, its first number, and whether its items stand without blank lines.
  var isOrdered: Bool { cmark_node_get_list_type(raw) == CMARK_ORDERED_LIST }
  var listStart: Int { Int(cmark_node_get_list_start(raw)) }
  var isTight: Bool { cmark_node_get_list_tight(raw) != 0 }
  /// Whether a task is done; nil for what is no task.
  var isDone: Bool? { kind == "tasklist" ? cmark_gfm_extensions_get_tasklist_item_checked(raw) : nil }

  /// The alignments of a table's columns.
  var alignments: [Alignment] {
    guard kind == "table", let letters = cmark_gfm_extensions_get_table_alignments(raw) else { return [] }
    return (0..<Int(cmark_gfm_extensions_get_table_columns(raw))).map {
      letters[$0] == UInt8(ascii: "r") ? .right : letters[$0] == UInt8(ascii: "c") ? .centre : .left
    }
  }

  /// The nodes inside, in their order.
  var children: [MarkdownNode] {
    var nodes: [MarkdownNode] = []
    var next = cmark_node_first_child(raw)
    while let node = next {
      nodes.append(MarkdownNode(raw: node))
      next = cmark_node_next(node)
    }
    return nodes
  }
}
