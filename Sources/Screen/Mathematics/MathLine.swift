/// A formula on one line: `∂J/∂w₁ = (y − t) x`.
extension MathSetter {
  /// The line of a tree.
  func line(_ node: MathNode) -> String {
    switch node {
    case .atom(let text), .text(let text), .infix(let text, _), .punctuation(let text), .function(let text), .large(let text): return text
    case .space(let cells): return String(repeating: " ", count: cells)
    case .lineBreak: return "; "
    case .row(let nodes): return line(nodes)
    case .fraction(let upper, let lower): return slashed(upper, lower)
    case .script(let base, let lower, let upper): return scripted(base, lower, upper)
    case .root(let body, let index): return root(body, index)
    case .accented(let body, let mark, let name): return accented(line(body), mark, name)
    case .fenced(let open, let body, let close): return bracket(open) + line(body) + bracket(close)
    case .braced(let body, _): return line(body)
    case .stacked(.infix(let arrow, _), _, let above?): return "\(isUnicode ? "—" : "-")\(line(above))\(arrow)"
    case .stacked(let base, let below, let above): return scripted(base, below, above)
    case .grid(let rows, let open, let close, let columns):
      let lines = rows.map { $0.map(line).filter { !$0.isEmpty }.joined(separator: " ") }.joined(separator: "; ")
      let isBare = open.isEmpty && close.isEmpty && columns == .matrix
      return (isBare ? "[" : bracket(open)) + lines + (isBare ? "]" : close.isEmpty && open == "{" ? "}" : bracket(close))
    }
  }

  private func line(_ nodes: [MathNode]) -> String {
    var pieces = nodes.map { node in if case .space = node { "" } else { line(node) } }
    for index in nodes.indices where pieces[index].contains("/") && swallows(nodes, index) { pieces[index] = "(\(pieces[index]))" }
    return zip(rooms(nodes, pieces), pieces).map { String(repeating: " ", count: $0) + $1 }.joined()
  }

  /// Whether a fraction with a slash would seem to reach further than it does: `(1/N) ∑ x`, `log (p/q)`.
  private func swallows(_ nodes: [MathNode], _ index: Int) -> Bool {
    guard case .fraction(let upper, _) = nodes[index] else { return false }
    let previous = nodes[..<index].last { if case .space = $0 { false } else { true } }
    if case .function? = previous?.scriptBase { return true }
    let next = nodes[(index + 1)...].first { if case .space(let cells) = $0 { cells > 1 } else { true } }
    return next?.binds == true && upper != .atom("∂") && upper != .atom("d")
  }

  /// A bracket of one line; what ASCII has no sign for is a function's name.
  func bracket(_ symbol: String) -> String {
    guard !isUnicode else { return symbol }
    return ["⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")"][symbol] ?? MathASCII.text(symbol)
  }

  private func slashed(_ upper: MathNode, _ lower: MathNode) -> String {
    let (over, under) = (line(upper), line(lower))
    if isUnicode, let vulgar = ["1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾"]["\(over)/\(under)"] { return vulgar }
    return (upper.isNumerator ? over : "(\(over))") + "/" + (lower.isDenominator ? under : "(\(under))")
  }

  private func root(_ body: MathNode, _ index: MathNode?) -> String {
    let (text, degree) = (line(body), index.map { line($0) } ?? "2")
    guard isUnicode else { return degree == "2" ? "sqrt(\(text))" : "root_\(degree)(\(text))" }
    let sign = ["2": "√", "3": "∛", "4": "∜"][degree] ?? (smallAbove(degree) ?? "^\(bracketed(degree))") + "√"
    return sign + (body.isOneAtom ? text : "(\(text))")
  }

  private func scripted(_ base: MathNode, _ lower: MathNode?, _ upper: MathNode?) -> String {
    if case .braced(let body, _) = base {
      // The label of a brace is no power.
      return [lower, upper].compactMap { $0 }.reduce("(\(line(body)))") { $0 + "_" + bracketed(line($1)) }
    }
    var isWhole = base.isOneAtom || base.isFenced || base.isEmpty
    if case .infix = base { isWhole = true }
    return (isWhole ? line(base) : "(\(line(base)))") + (lower.map(lowered) ?? "") + (upper.map(raised) ?? "")
  }

  /// The line of a sub- or superscript, closer than others: `t−1`, `i=1`, `i,j`.
  func script(_ node: MathNode) -> String {
    var text = line(node)
    guard case .text = node else {
      for sign in ["=", "−", "-", "+", "→", "->", "<", ">", "≤", "≥", "<=", ">=", "∈"] { text = text.replacing(" \(sign) ", with: sign) }
      return text.replacing(", ", with: ",")
    }
    return text
  }

  /// As a superscript where Unicode has all characters, else `^(...)`.
  private func raised(_ node: MathNode) -> String {
    let text = script(node)
    return smallAbove(text, node) ?? "^"
      + (node.parts.count > 1 && text.allSatisfy { $0.isLetter || $0.isNumber } ? "(\(text))" : bracketed(text))
  }

  /// As a subscript where Unicode has all characters, else `_word` or `_(...)`.
  private func lowered(_ node: MathNode) -> String {
    let text = script(node)
    return smallBelow(text, node) ?? "_" + bracketed(text)
  }

  /// A script that is more than a word stands in brackets, unless it has its own.
  private func bracketed(_ text: String) -> String {
    guard text.count > 1, !text.unicodeScalars.allSatisfy({ Self.isPlain($0) }) else { return text }
    let hasOwn = ["()", "[]", "{}"].contains(String([text.first, text.last].compactMap { $0 }))
    return hasOwn && !text.dropFirst().dropLast().contains(where: { "()[]{}".contains($0) }) ? text : "(\(text))"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || scalar.properties.isAlphabetic && scalar.properties.generalCategory != .modifierLetter
  }

  /// The line of a node as superscripts, nil where there are none.
  func smallAbove(_ text: String, _ node: MathNode? = nil) -> String? {
    guard isUnicode else { return text.allSatisfy { $0 == "'" } ? text : nil }
    return small(text, node, MathSymbols.superscripts)
  }

  /// The line of a node as subscripts, nil where there are none.
  func smallBelow(_ text: String, _ node: MathNode? = nil) -> String? { isUnicode ? small(text, node, MathSymbols.subscripts) : nil }

  private func small(_ text: String, _ node: MathNode?, _ table: [Character: Character]) -> String? {
    // Whole words are easier to read at full size: `w_initial`, `J_val`; a row of three indices is no word.
    let isWord = if case .text? = node { true } else { false }
    guard text.count <= (isWord ? 2 : 3) || !text.allSatisfy(\.isLetter) else { return nil }
    var result = ""
    for character in text where character != " " {
      guard let small = table[character] else { return nil }
      result.append(small)
    }
    return result
  }

  private func accented(_ text: String, _ mark: Unicode.Scalar, _ name: String) -> String {
    guard isUnicode else { return name == "under" ? text : text.allSatisfy(\.isLetter) ? "\(text)_\(name)" : "\(name)(\(text))" }
    guard text.count == 1 || name == "bar" || name == "under" else { return "\(name)(\(text))" }
    return text.map { $0 == " " ? " " : String($0) + String(Character(mark)) }.joined()
  }
}
