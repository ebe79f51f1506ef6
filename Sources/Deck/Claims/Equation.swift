/// What stands on one side of a sign like `=`.
struct EquationSide: Sendable {
  var expression: Expression
  /// Its tokens.
  var tokens: ArraySlice<MathToken>
  /// The sign before it; nil for the first side.
  var relation: MathToken.Kind?
  /// The token before it and the one behind it on its own line.
  var before: MathToken?
  var after: MathToken?

  /// The line of its first token.
  var line: Int { tokens.first?.line ?? 0 }
  /// The number that it is.
  var printed: PrintedNumber? { expression.printed }
  /// The name that it is.
  var symbol: String? { if case .name(let name) = expression { name } else { nil } }
  /// Its words, in plain characters.
  var text: String { MathToken.text(of: tokens) }
  /// Whether every sign in it is a hyphen or a slash between whole numbers without blanks, as in ranges, dates and names; in LaTeX none is.
  var isTight: Bool {
    let tokens = tokens.filter { if case .name = $0.kind { false } else { true } }
    return tokens.allSatisfy { !$0.isMath } && tokens.dropFirst().allSatisfy { !$0.isApart }
      && (expression.isOnly(["-"]) || (expression.isOnly(["/"]) && tokens.count > 3))
  }
  /// The word behind its number, for what is counted.
  var countedWord: String? {
    for token in [tokens.last, after] {
      if case .name(let word) = token?.kind, token?.isMath == false { return FoldedName.of(word) }
    }
    return nil
  }
  /// Whether it is a size with a word behind it.
  var isSizeWithWord: Bool {
    if case .name = tokens.last?.kind { EquationSide(expression: expression, tokens: tokens.dropLast()).isSize } else { false }
  }
  /// Whether it is a size such as 3x3 or 28x28x1.
  var isSize: Bool { expression.isOnly(["*"]) && tokens.count > 1 && tokens.dropFirst().allSatisfy { !$0.isApart && !$0.isMath } }
}

/// A chain of sides that are said to be equal: `z = w x + b = 0.5 x 2 + 0 = 1`.
struct Equation: Sendable {
  var sides: [EquationSide]
}

/// Finds the equations among tokens.
enum EquationReader {
  /// More tokens than these between two signs are no formula.
  private static let longestSide = 160

  /// The equations in their order.
  static func equations(in tokens: [MathToken]) -> [Equation] {
    var equations: [Equation] = []
    for run in runs(of: tokens[...]) { equations += EquationReader.equations(inRun: run) }
    return equations
  }

  /// What stands between ends; a line end is none when the next line goes on with a sign.
  static func runs(of tokens: ArraySlice<MathToken>) -> [[MathToken]] {
    var runs: [[MathToken]] = []
    var run: [MathToken] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .end:
        runs.append(run)
        run = []
      case .lineEnd:
        let next = tokens.dropFirst(index + 1).first { $0.kind != .lineEnd }
        if case .relation? = next?.kind { continue }
        runs.append(run)
        run = []
      default: run.append(token)
      }
    }
    runs.append(run)
    return runs.filter { !$0.isEmpty }
  }

  private static func isRelation(_ token: MathToken) -> Bool {
    switch token.kind {
    case .relation, .saying: true
    default: false
    }
  }

  private static func equations(inRun run: [MathToken]) -> [Equation] {
    let signs = run.indices.filter { isRelation(run[$0]) }
    guard !signs.isEmpty else { return [] }
    let starts = [0] + signs.map { $0 + 1 }
    let ends = signs + [run.count]
    var equations: [Equation] = []
    var sides: [EquationSide] = []
    func finish() {
      if sides.count > 1 { equations.append(Equation(sides: sides)) }
      sides = []
    }
    for (number, (start, end)) in zip(starts, ends).enumerated() {
      var relation = number == 0 ? nil : run[start - 1].kind
      // `= ~97`: the rougher sign counts.
      if number > 1, starts[number - 1] == start - 1 { relation = .relation("~") }
      if start == end { continue }
      // "20 epochs make 100": only a computation gives something.
      if relation == .saying, sides.last?.expression.hasOperation != true { finish() }
      guard end - start <= longestSide else {
        finish()
        continue
      }
      let isLast = number == signs.count
      if number > 0, let (expression, stop) = ExpressionParser.longest(in: run[..<end], from: start) {
        if isLast, let number = remarked(run, start..<stop) {
          sides.append(number)
          continue
        }
        sides.append(side(run, start..<stop, expression, relation))
        if isLast { continue }
        if stop == end {
          // `x = 2 rate = 0.1`, `50x50 Params = 896`: the word belongs to what follows.
          if case .name(let word) = run[end - 1].kind, end - start > 1, !run[end - 1].isMath,
            expression.printed != nil || sides[sides.count - 1].isSizeWithWord || word.first?.isUppercase == true
          {
            finish()
            sides = [side(run, end - 1..<end, .name(word), nil)]
          }
          continue
        }
      }
      finish()
      if !isLast, let last = suffix(of: run, in: start..<end) { sides = [last] }
    }
    finish()
    return equations
  }

  /// `= 97 (24 + 32 + 36 + 5)`: in prose a bracket apart from the last number only remarks on it.
  private static func remarked(_ run: [MathToken], _ range: Range<Int>) -> EquationSide? {
    guard range.count > 2, case .number(let number) = run[range.lowerBound].kind, case .open = run[range.lowerBound + 1].kind,
      run[range.lowerBound + 1].isApart, !run[range.lowerBound + 1].isMath
    else { return nil }
    return side(run, range.lowerBound..<range.lowerBound + 1, .number(number), .relation("="))
  }

  /// The longest expression that ends where the range ends.
  private static func suffix(of run: [MathToken], in range: Range<Int>) -> EquationSide? {
    for start in range {
      if case .name(let word) = run[range.upperBound - 1].kind, word.first?.isUppercase == true, !run[range.upperBound - 1].isMath,
        start < range.upperBound - 1
      {
        continue
      }
      if let (expression, stop) = ExpressionParser.longest(in: run[..<range.upperBound], from: start), stop == range.upperBound {
        return side(run, start..<stop, expression, nil)
      }
    }
    return nil
  }

  private static func side(_ run: [MathToken], _ range: Range<Int>, _ expression: Expression, _ relation: MathToken.Kind?) -> EquationSide {
    EquationSide(
      expression: expression, tokens: run[range], relation: relation, before: range.lowerBound > 0 ? run[range.lowerBound - 1] : nil,
      after: range.upperBound < run.count ? run[range.upperBound] : nil)
  }
}
