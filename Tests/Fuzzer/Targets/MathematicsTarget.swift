import Screen

/// Formulas on a line and in two dimensions.
final class MathematicsTarget: FuzzTarget {
  static let name = "mathematics"
  static let share = 200
  private let seeds: [[UInt8]]
  private let mutation = Mutation(
    words: [
      "\\frac", "\\sqrt", "\\sum", "\\left(", "\\right)", "\\left.", "\\begin{pmatrix}", "\\end{pmatrix}", "\\begin{cases}", "\\end{cases}",
      "\\begin{aligned}", "&", "\\\\", "^", "_", "{", "}", "\\text{", "\\mathbf", "\\hat", "\\bar", "\\over", "\\choose", "\\binom",
      "\\color",
      "\\underbrace", "\\overset", "\\xleftarrow[b]{c}", "\\partial", "'", "\\,", "\\quad", "\\{", "\\|", "<=", "->", "\\operatorname",
      "\\not", "\\",
      "\\boxed", "\\limits", "\\stackrel", "\\substack", "\\cdots", "\\prime", "%", "$", "~",
    ],
    brackets: [
      ("{", "}"), ("\\frac{", "}{2}"), ("\\frac{1}{", "}"), ("\\sqrt{", "}"), ("\\left(", "\\right)"), ("x^{", "}"), ("x_{", "}"),
      ("(", ")"),
      ("\\begin{pmatrix}", "\\end{pmatrix}"), ("\\hat{", "}"), ("\\text{", "}"), ("\\begin{cases}", "\\\\ x \\end{cases}"),
    ], most: 4_200)

  init(_ place: FuzzPlace) throws {
    var found = Set<String>()
    for section in try Corpus.sections(place) {
      let parts = String(decoding: section, as: UTF8.self).split(separator: "$", omittingEmptySubsequences: false)
      for (number, part) in parts.enumerated() where number % 2 == 1 && part.count > 2 { found.insert(String(part)) }
    }
    let more = [
      #"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"#, #"a \xleftarrow[b]{c} d"#, #"{a \over b + 1}"#, #"\left( \frac{1}{2} \right)"#,
      #"f(x) = \begin{cases} x & x > 0 \\ 0.01 x & \text{else} \end{cases}"#, #"\sum_{i=1}^{n} x_i"#, "1{,}000",
    ]
    seeds = (found.sorted() + more).map { Array($0.utf8) }
  }

  func input(_ random: inout Randomness) -> [UInt8] { mutation.changed(random.member(of: seeds), seeds, &random) }

  func read(_ input: [UInt8]) -> Bool {
    var random = Randomness(of: input)
    let formula = Formula(String(decoding: input, as: UTF8.self))
    let repertoire: Repertoire = random.one(in: 3) ? .ascii : .unicode
    let lines = [formula.line(repertoire)] + formula.block(width: 4 + random.below(100), repertoire)
    precondition(
      lines.allSatisfy { !$0.unicodeScalars.contains { $0.properties.generalCategory == .control } }, "a control character is shown")
    return lines.count > 1
  }
}
