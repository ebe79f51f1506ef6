/// A formula of a deck or a lesson, written in LaTeX, shown with the characters of Unicode.
public struct Formula: Sendable, Equatable {
  /// What stands between the dollar signs.
  public var source: String

  /// A formula.
  public init(_ source: String) { self.source = source }

  /// Formulas longer than this are no formulas; they are shown as they are.
  private static let longest = 4000
  /// Formulas nested deeper than this are shown on a line.
  private static let deepest = 12

  /// The formula on one line: `f(z) = 1/(1 + e⁻ᶻ)`.
  public var line: String {
    guard source.utf8.count <= Self.longest else { return sanitized(source) }
    return sanitized(MathLine.text(MathParser.parse(source)))
  }

  /// The formula with stacked fractions, broken before its relations where it is wider than `width`, and at blanks where even that is too wide.
  public func block(width: Int) -> [String] {
    guard source.utf8.count <= Self.longest else { return StyledText(sanitized(source)).wrapped(to: width).map(\.plain) }
    let tree = MathParser.parse(source)
    // No reader follows a tower of fractions, and its drawing takes the square of its height.
    guard tree.nesting <= Self.deepest else { return StyledText(line).wrapped(to: width).map(\.plain) }
    let whole = MathBox.layout(tree)
    let lines = whole.width <= width ? whole.lines : broken(tree.parts, width) ?? StyledText(line).wrapped(to: width).map(\.plain)
    return lines.map { sanitized($0) }
  }

  /// The segments between relations, as many on a line as fit; nil when one segment alone is too wide.
  private func broken(_ nodes: [MathNode], _ width: Int) -> [String]? {
    guard !nodes.contains(.lineBreak) else { return nil }
    var segments: [[MathNode]] = [[]]
    for node in nodes {
      if case .infix(_, isRelation: true) = node, !(segments.last ?? []).isEmpty { segments.append([]) }
      segments[segments.count - 1].append(node)
    }
    guard segments.count > 1, let head = segments.first else { return nil }
    let indent = min(MathBox.layout(.row(head)).width + 1, width / 3)
    var lines: [String] = []
    var row = head
    func flush() -> Bool {
      let box = MathBox.layout(.row(row))
      let margin = lines.isEmpty ? 0 : indent
      guard box.width + margin <= width else { return false }
      // Fractions below fractions need air.
      if box.height > 1, !lines.isEmpty { lines.append("") }
      lines += box.lines.map { String(repeating: " ", count: margin) + $0 }
      return true
    }
    for segment in segments.dropFirst() {
      if MathBox.layout(.row(row + segment)).width + (lines.isEmpty ? 0 : indent) <= width {
        row += segment
      } else {
        guard flush() else { return nil }
        row = segment
      }
    }
    return flush() ? lines : nil
  }
}
