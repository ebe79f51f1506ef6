/// What is drawn with several characters: brackets, roots, sums, braces, marks.
enum MathGlyphs {
  /// A bracket of a given height; nil for one that does not grow.
  static func bracket(_ symbol: String, height: Int, baseline: Int, _ repertoire: Repertoire) -> MathBox? {
    guard let parts = (repertoire == .unicode ? unicodeBrackets : asciiBrackets)[symbol] else { return nil }
    var lines = [parts[0]] + [String](repeating: parts[2], count: max(0, height - 2)) + [parts[3]]
    if height > 2 { lines[min(max(baseline, 1), height - 2)] = parts[1] }
    return MathBox(lines: lines, baseline: baseline)
  }

  /// Top, middle, extension and bottom of brackets.
  private static let unicodeBrackets: [String: [String]] = [
    "(": ["⎛", "⎜", "⎜", "⎝"], ")": ["⎞", "⎟", "⎟", "⎠"], "[": ["⎡", "⎢", "⎢", "⎣"], "]": ["⎤", "⎥", "⎥", "⎦"],
    "{": ["⎧ ", "⎨ ", "⎪ ", "⎩ "], "}": [" ⎫", " ⎬", " ⎪", " ⎭"], "|": ["│", "│", "│", "│"], "‖": ["║", "║", "║", "║"],
    "⌊": ["⎢", "⎢", "⎢", "⎣"], "⌋": ["⎥", "⎥", "⎥", "⎦"], "⌈": ["⎡", "⎢", "⎢", "⎢"], "⌉": ["⎤", "⎥", "⎥", "⎥"],
  ]
  private static let asciiBrackets: [String: [String]] = [
    "(": ["/", "|", "|", "\\"], ")": ["\\", "|", "|", "/"], "[": ["[", "[", "[", "["], "]": ["]", "]", "]", "]"],
    "{": ["/ ", "< ", "| ", "\\ "], "}": [" \\", " >", " |", " /"], "|": ["|", "|", "|", "|"], "‖": ["||", "||", "||", "||"],
    "⌊": ["| ", "| ", "| ", "|_"], "⌋": [" |", " |", " |", "_|"], "⌈": ["|-", "| ", "| ", "| "], "⌉": ["-|", " |", " |", " |"],
  ]

  /// The sign of a root with the line over what stands below it.
  static func root(over body: MathBox, _ repertoire: Repertoire) -> MathBox {
    let isUnicode = repertoire == .unicode
    if isUnicode, body.height == 1 {
      return .row([MathBox("√"), .stack([MathBox(String(repeating: "_", count: body.width)), body], main: 1)])
    }
    let over = isUnicode ? " ┌" + String(repeating: "─", count: body.width + 1) : "  " + String(repeating: "_", count: body.width + 1)
    let bar = isUnicode ? "│" : "|"
    let rows = body.lines.enumerated().map { ($0 == body.height - 1 ? (isUnicode ? "╲" : "\\") : " ") + bar + " " + $1 }
    return MathBox(lines: [over] + rows, baseline: body.baseline + 1)
  }

  /// A sum or product out of ASCII characters; nil for what has a name or a sign.
  static func sum(_ name: String) -> MathBox? {
    switch name {
    case "sum": MathBox(lines: ["---", "\\", " >", "/", "---"], baseline: 2)
    case "prod": MathBox(lines: ["___", "| |", "| |"], baseline: 1)
    default: nil
    }
  }

  /// A mark over a thing, or the line under it.
  static func accent(_ name: String, width: Int, _ repertoire: Repertoire) -> MathBox {
    let isUnicode = repertoire == .unicode
    let line = String(repeating: isUnicode ? "─" : "-", count: max(0, width - 1))
    switch name {
    case "bar": return MathBox(isUnicode ? line + "─" : String(repeating: "_", count: width))
    case "under": return MathBox(isUnicode ? line + "─" : line + "-")
    case "vec": return MathBox(line + (isUnicode ? "→" : ">"))
    case "hat": return MathBox("^")
    case "tilde": return MathBox("~")
    case "dot": return MathBox(".")
    case "ddot": return MathBox("..")
    case "check": return MathBox("v")
    default: return MathBox(["acute": "'", "grave": "`", "mathring": "o", "breve": "u"][name] ?? " ")
    }
  }

  /// A lying brace whose point is in the middle.
  static func brace(width: Int, isOver: Bool, _ repertoire: Repertoire) -> MathBox {
    let (left, right) = ((width - 3) / 2, width - 3 - (width - 3) / 2)
    let parts =
      repertoire == .unicode
      ? (isOver ? ["╭", "─", "┴", "╮"] : ["╰", "─", "┬", "╯"]) : isOver ? ["/", "-", "^", "\\"] : ["\\", "_", "_", "/"]
    return MathBox(
      parts[0] + String(repeating: parts[1], count: left) + parts[2] + String(repeating: parts[1], count: right) + parts[3])
  }
}
