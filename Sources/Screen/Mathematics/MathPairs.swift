/// Finds the partners of brackets that are typed as single signs: `|x|`, `\lVert w \rVert`, `\lfloor x \rfloor`, `\{1, 2\}`.
enum MathPairs {
  private static let closers = ["|": "|", "‖": "‖", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩", "{": "}"]

  /// The row with each pair and what stands between as one thing; a bracket without a partner stays a letter.
  static func paired(_ nodes: [MathNode]) -> [MathNode] {
    var result: [MathNode] = []
    var opened: [(close: String, index: Int)] = []
    for node in nodes {
      if case .atom(let sign) = node.scriptBase, let index = opened.lastIndex(where: { $0.close == sign }) {
        let start = opened[index].index
        guard case .atom(let open) = result[start] else { continue }
        let inside = Array(result[(start + 1)...])
        let fence = MathNode.fenced(open: open, inside.count == 1 ? inside[0] : .row(inside), close: sign)
        result.removeSubrange(start...)
        opened.removeSubrange(index...)
        if case .script(_, let lower, let upper) = node {
          result.append(.script(fence, lower: lower, upper: upper))
        } else {
          result.append(fence)
        }
        continue
      }
      if case .atom(let sign) = node, let close = closers[sign] { opened.append((close, result.count)) }
      result.append(node)
    }
    return result
  }
}
