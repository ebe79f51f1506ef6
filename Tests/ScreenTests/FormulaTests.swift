import Foundation
import Testing

@testable import Screen

@Suite("Formulas")
struct FormulaTests {
  @Test(
    "A formula is readable on one line",
    arguments: [
      (#"z = w_1 \cdot x_1 + b"#, "z = w₁ · x₁ + b"), (#"f(z) = \frac{1}{1 + e^{-z}}"#, "f(z) = 1/(1 + e⁻ᶻ)"),
      (#"J = \frac{1}{2} (y_{\text{prévu}} - y_{\text{réel}})^2"#, "J = ½ (y_prévu − y_réel)²"),
      (#"\frac{\partial J}{\partial w_1}"#, "∂J/∂w₁"), (#"\frac{a+b}{2m}"#, "(a + b)/(2m)"), (#"\sum_{i=1}^{n} x_i"#, "∑ᵢ₌₁ⁿ xᵢ"),
      (#"\hat{y} = \sigma(\mathbf{w}^\top x + b)"#, "y\u{302} = σ(wᵀx + b)"), (#"\sqrt{x+1} \le \sqrt 2"#, "√(x + 1) ≤ √2"),
      (#"w \leftarrow w -\eta \nabla J"#, "w ← w − η∇J"), (#"e^{x_1}"#, "e^(x₁)"), (#"\log p(x)"#, "log p(x)"), ("-1", "−1"),
      (#"\mathbb{R}^{n \times m}"#, "ℝ^(n × m)"), (#"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"#, "(a b; c d)"),
      (#"\unknown{x}"#, "unknown x"), (#"a_{i,j} x^{(l)}"#, "aᵢ,ⱼx⁽ˡ⁾"), (#"e^{i\pi}"#, "e^(iπ)"), (#"|-x|"#, "|−x|"),
      (#"\frac{1}{N} \sum_i x_i"#, "(1/N) ∑ᵢ xᵢ"), (#"\log \frac{p}{q}"#, "log (p/q)"), (#"1{,}000"#, "1,000"),
      (#"a <= b -> c"#, "a ≤ b → c"), (#"\left( \frac{1}{2} \right)"#, "(½)"), ("f'(x)", "f′(x)"), (#"\{1, \dots, n\}"#, "{1, …, n}"),
      (#"{a \over b + 1}"#, "a/(b + 1)"), (#"x \leadsto {n \choose k}"#, Formula(#"x \leadsto \binom{n}{k}"#).line),
      (#"a \xleftarrow[b]{c} d"#, "a —c← d"), (#"[0, 1)"#, "[0, 1)"), (#"100\%"#, "100%"),
      ("", ""),
    ])
  func line(source: String, line: String) { #expect(Formula(source).line == line) }

  @Test("On lines of its own a fraction is stacked and brackets grow")
  func block() {
    #expect(
      Formula(#"a = \left( \frac{1}{1 + x} \right)^2"#).block(width: 60)
        == [
          "    ⎛  1  ⎞²", "a = ⎜─────⎟", "    ⎝1 + x⎠",
        ].map { $0.padded(to: 12) })
  }

  /// Each formula of the golden file on a line and as a block, in Unicode and in ASCII.
  ///
  /// `$` stands before a width and a source, `u` and `a` before a line, `U|` and `A|` before the lines of a block.
  private static func sheet(_ sources: [(width: Int, source: String)]) -> String {
    var lines: [String] = []
    for (width, source) in sources {
      let formula = Formula(source)
      lines.append("$\(width) \(source)")
      for (repertoire, line, block) in [(Repertoire.unicode, "u ", "U|"), (.ascii, "a ", "A|")] {
        lines.append(line + formula.line(repertoire))
        lines += formula.block(width: width, repertoire).map { StyledText(block + $0).withoutTrailingBlanks.plain }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("The sheet of formulas is the one that was read and found right; RECORD_FORMULAS=1 writes it anew")
  func golden() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/formulas.txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    let sources = text.split(separator: "\n").filter { $0.first == "$" }.map { line in
      let parts = line.dropFirst().split(separator: " ", maxSplits: 1)
      return (width: Int(parts[0]) ?? 80, source: String(parts[1]))
    }
    let now = Self.sheet(sources)
    if ProcessInfo.processInfo.environment["RECORD_FORMULAS"] != nil {
      try Data(now.utf8).write(to: file)
      Issue.record("formulas.txt was written: read it, then run the tests without RECORD_FORMULAS")
    }
    #expect(sources.count > 40)
    for (was, new) in zip(text.split(separator: "\n$"), now.split(separator: "\n$")) { #expect(was == new) }
    #expect(text.count == now.count)
  }

  @Test(
    "In ASCII no other character is left, whatever the formula holds",
    arguments: ["é ≠ ∯ 漢 \\hat{ß}", "\\vec{\\aleph}_{日}", "½²₃", "\\text{prévu — «x»}"])
  func ascii(source: String) {
    #expect((Formula(source).line(.ascii) + Formula(source).block(width: 40, .ascii).joined()).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("What is too wide is broken before its relations, then at blanks", arguments: [10, 20, 30, 50])
  func broken(width: Int) {
    let source =
      #"\frac{\partial J}{\partial w_1} = \frac{\partial J}{\partial y} \cdot \frac{\partial y}{\partial z} \cdot \frac{\partial z}{\partial w_1} = 2"#
    for repertoire in [Repertoire.unicode, .ascii] {
      for line in Formula(source).block(width: width, repertoire) { #expect(line.cellWidth <= width) }
    }
  }

  @Test(
    "Whatever is typed ends quickly and shows no control character",
    arguments: [
      String(repeating: "(", count: 3000), String(repeating: "{", count: 3000), String(repeating: #"\frac{"#, count: 600),
      String(repeating: "x^", count: 1500), #"\begin{a}\begin{b}\end"#, #"\left"#, #"\"#, "_", "^", "}{", "\u{1B}[2J", #"\text{\u001b}"#,
      String(repeating: "a", count: 100_000), #"\sqrt["#, "&&\\\\&", String(repeating: "|", count: 3000),
      String(repeating: #"\sqrt{\hat{"#, count: 500), #"\underbrace"#, #"\\[4pt]"#,
      #"\begin{cases}"#, #"\substack{a\\b"#, #"\text{$\text{$"#, String(repeating: #"\text{$"#, count: 500), #"\xrightarrow"#,
    ])
  func hostile(source: String) {
    let text = Formula(source).line + Formula(source).block(width: 40).joined()
    #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
  }

  @Test(
    "Prices are not formulas, and formulas with blanks inside are",
    arguments: [
      ("it costs $5 and $6", []), ("$ z = w_1 \\cdot x_1 $", [" z = w_1 \\cdot x_1 "]), ("$x$ and $y$", ["x", "y"]),
      ("$w_1 = 0.5 $", ["w_1 = 0.5 "]), ("$ b $", [" b "]), ("from $5-$6", []), ("`$x$` is code", []),
      ("$ f(x) = max(0, x) $", [" f(x) = max(0, x) "]),
      ("```\n$x$\n```\n$y$", ["y"]), ("\\$5 = x$", []), ("$HOME and lib$", []), ("\\(a*b*c\\)", ["a*b*c"]), ("$$\na\n$$", ["\na\n"]),
      ("$a\n\nb$", []), ("<!-- $x$ -->", []), ("I pay $5 = 4 euros and $6", []), ("alone $", []), ("$$ never closed", []),
    ])
  func detection(text: String, formulas: [String]) { #expect(MathProtection(text).formulas.map(\.formula) == formulas) }
}
