import Foundation

/// The pictures that a text names, as Markdown `![words](path)` or as HTML `<img src="path">`.
enum PictureReference {
  // Both are linear: no piece of them can match the same text in two ways.
  nonisolated(unsafe) private static let markdown = /!\[[^\]]*\]\(\s*(?:<([^>]*)>|([^\s)]+))[^)]*\)/
  nonisolated(unsafe) private static let html = /<img\s[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))[^>]*>/.ignoresCase()

  /// The paths that a line names, in their order, those within code spans left out.
  static func paths(in line: String) -> [String] {
    guard line.utf8.contains(UInt8(ascii: "!")) || line.utf8.contains(UInt8(ascii: "<")) else { return [] }
    let text = withoutCodeSpans(line)
    let found =
      text.matches(of: markdown).map { ($0.range.lowerBound, $0.output.1 ?? $0.output.2) }
      + text.matches(of: html).map { ($0.range.lowerBound, $0.output.1 ?? $0.output.2 ?? $0.output.3) }
    return found.sorted { $0.0 < $1.0 }.compactMap { $0.1.map(String.init) }.map { $0.removingPercentEncoding ?? $0 }
  }

  /// Whether a text is one picture or several, and no word beside them.
  static func isAlone(in text: String) -> Bool {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "<") }) else { return false }
    let rest = text.replacing(markdown, with: "").replacing(html, with: "")
    // A picture may stand in a paragraph of its own: `<p align="center">`.
    return rest.utf8.count < text.utf8.count && !rest.replacing(/<[^>]*>/, with: "").contains { $0.isLetter || $0.isNumber }
  }

  /// Whether a path leads out of this machine, or holds the picture itself.
  static func isRemote(_ path: String) -> Bool {
    ["http:", "https:", "data:", "//"].contains { path.lowercased().hasPrefix($0) }
  }

  private static func withoutCodeSpans(_ line: String) -> String {
    let pieces = line.split(separator: "`", omittingEmptySubsequences: false)
    // A last backquote without its partner opens no span.
    guard pieces.count > 2, pieces.count % 2 == 1 else { return line }
    return pieces.enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined(separator: " ")
  }
}
