/// A count with its computation in brackets behind it: `97 (24+32+36+5)`, `81 paramètres entrainables (97 - 16)`.
struct BracketClaim {
  var number: PrintedNumber
  var side: EquationSide
  /// Whether the bracket can be nothing but the number's computation.
  var isCount: Bool

  var expression: Expression { side.expression }
  var line: Int { side.line }

  /// What is counted as a result: after other words a bracket may compute something else.
  private static let counted: Set<String> = [
    "parameter", "parameters", "parametre", "parametres", "params", "weights", "weight", "poids", "updates", "update", "batches", "batchs",
    "lots",
    "values", "valeurs", "pixels", "iterations", "steps", "total", "entrees", "coefficients", "biases", "connections", "connexions",
    "trainable",
    "entrainables", "multiplications", "additions", "operations",
  ]

  /// The claims in prose.
  static func claims(in tokens: [MathToken]) -> [BracketClaim] {
    var claims: [BracketClaim] = []
    for index in tokens.indices {
      guard case .open = tokens[index].kind, tokens[index].isApart, !tokens[index].isMath, index > 0,
        let (expression, end) = ExpressionParser.longest(in: tokens[...], from: index + 1), expression.hasOperation,
        expression.names.isEmpty,
        end < tokens.count, case .close = tokens[end].kind
      else { continue }
      // `32 (3 x 3 x 3 + 1) = 896` is a product.
      switch end + 1 < tokens.count ? tokens[end + 1].kind : nil {
      case .relation, .saying, .sign: continue
      default: break
      }
      var place = index - 1
      var words: [String] = []
      while place >= 0, words.count < 5, case .name(let word) = tokens[place].kind {
        words.append(FoldedName.of(word))
        place -= 1
      }
      guard place >= 0, case .number(let number) = tokens[place].kind, tokens[place].line == tokens[index].line else { continue }
      // A number that is part of a formula is none by itself; what follows an equals sign is.
      if place > 0 {
        switch tokens[place - 1].kind {
        case .sign, .number, .open, .comma: continue
        default: break
        }
      }
      let side = EquationSide(
        expression: expression, tokens: tokens[(index + 1)..<end], relation: nil, before: place > 0 ? tokens[place - 1] : nil, after: nil)
      let isSum =
        !side.isSize && expression.printed == nil && !expression.isOnly(["-"]) && !expression.isOnly(["/"]) || !side.isTight && !side.isSize
      // `Params: 64 (3 x 3 x 64 + 1)`, `n = 8 (2 + 1)` may be products.
      var isProduct = false
      if words.isEmpty {
        if case .operation("+", _, let last) = expression, last.printed?.value == 1 { isProduct = true }
        if place > 0, case .relation = tokens[place - 1].kind { isProduct = true }
      }
      let stops = words.contains { FoldedName.stops.contains($0) && !FoldedName.links.contains($0) }
      let isNamed = words.contains { counted.contains($0) }
      claims.append(
        BracketClaim(
          number: number, side: side, isCount: isSum && !isProduct && !stops && (words.isEmpty ? expression.numbers.count > 1 : isNamed)))
    }
    return claims
  }
}
