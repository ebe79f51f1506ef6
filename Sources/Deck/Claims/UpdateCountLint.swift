/// Finds answers to "how many updates does an epoch make?" that divide without rounding: N/B is no whole number unless B divides N.
enum UpdateCountLint {
  /// What is wrong in a card; nil when nothing is.
  static func finding(in passage: Passage, file: String) -> Finding? {
    guard passage.isCard, asks(passage.questionText), !rounds(passage) else { return nil }
    let question = words(passage.questionText), answer = words(passage.answerText)
    let all = Set(question + answer)
    guard all.contains(where: { isStem($0, epochs) }) || isWholePass(passage), all.contains(where: { isStem($0, batches) }) else {
      return nil
    }
    let tokens = MathTokenizer.tokens(of: passage.answer)
    let quotients = tokens.indices.compactMap { quotient(in: tokens, at: $0) }
    let known = definitions(MathTokenizer.tokens(of: passage.question) + tokens)
    let valued = quotients.compactMap { quotient -> (Double, Double)? in
      guard let upper = value(quotient.upper, known), let lower = value(quotient.lower, known), lower != 0 else { return nil }
      return (upper, lower)
    }
    if valued.contains(where: { ($0 / $1).truncatingRemainder(dividingBy: 1) == 0 && $0 > $1 }) { return nil }
    if let quotient = quotients.first {
      let text = "\(MathToken.text(of: quotient.upper))/\(MathToken.text(of: quotient.lower))"
      var right = "ceil(\(text)), for the last, smaller batch counts too; floor(\(text)) when it is dropped"
      if let (upper, lower) = valued.first {
        let exact = upper / lower
        right =
          "ceil(\(text)) = \(ExactNumber.text(exact.rounded(.up))), for the last, smaller batch counts too; "
          + "\(ExactNumber.text(exact.rounded(.down))) when it is dropped"
      }
      return Finding(.updateCount, file: file, line: quotient.line, text, right: right)
    }
    // `62.5`
    if tokens.count < 8, let token = tokens.first(where: { if case .number = $0.kind { true } else { false } }),
      case .number(let number) = token.kind,
      number.hasFraction, number.readings.allSatisfy({ $0.value != $0.value.rounded() })
    {
      let right =
        "\(ExactNumber.text(number.value.rounded(.up))), or \(ExactNumber.text(number.value.rounded(.down))) when the last, smaller batch is dropped"
      return Finding(.updateCount, file: file, line: token.line, number.text, right: right)
    }
    return nil
  }

  // The question.

  private static let epochs = ["epoch", "epoque"]
  private static let batches = ["batch", "minibatch", "lot"]
  private static let counted: Set<String> = [
    "update", "updates", "step", "steps", "iteration", "iterations", "batch", "batches", "batchs", "minibatch", "minibatches", "minibatchs",
    "lot",
    "lots", "pas", "etape", "etapes", "adjustment", "adjustments", "ajustement", "ajustements", "modifications", "corrections",
  ]
  private static let changes = [
    "updat", "adjust", "ajust", "modif", "chang", "actualis", "corrig", "correct", "tweak", "revis", "step", "recalcul", "moved", "mov",
  ]
  private static let ends: Set<String> = [
    "of", "in", "per", "does", "do", "are", "is", "will", "would", "can", "must", "has", "have", "did", "to", "for", "if", "with", "when",
    "during",
    "before", "dans", "par", "pour", "sont", "est", "y", "faut", "fait", "font", "effectue", "effectuer", "seront", "sera", "a", "en",
    "lors",
    "pendant", "si", "avec", "on", "we", "you", "make", "makes", "should", "compte", "contient", "comporte", "au", "fit", "avant", "needed",
  ]

  private static func isStem(_ word: String, _ stems: [String]) -> Bool {
    stems.contains { word == $0 || word == $0 + "s" || word == $0 + "es" || (word.hasPrefix($0) && $0.count > 4) }
  }

  /// The words of a text in lower case and without accents; what French says in three words is one.
  private static func words(_ text: String) -> [String] {
    var folded = CardLibrary.folded(text)
    for (phrase, word) in [
      ("mises a jour", "updates"), ("mise a jour", "update"), ("mis a jour", "updated"), ("met a jour", "updated"),
      ("mettra a jour", "updated"),
      ("mettre a jour", "updated"), ("mettons a jour", "updated"), ("mettent a jour", "updated"), ("nb", "nombre"),
      ("how often", "how many times"), ("mini-batch", "minibatch"),
      ("a quelle frequence", "combien de fois"), ("d'", "de "),
    ] { folded = folded.replacing(phrase, with: word) }
    return folded.split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  /// Whether a question wants to know how many updates, steps or batches there are.
  static func asks(_ text: String) -> Bool {
    for sentence in text.split(whereSeparator: { ".?!;:\n".contains($0) }) {
      let words = words(String(sentence))
      for index in words.indices {
        let start: Int? =
          switch words[index] {
          case "how" where words.dropFirst(index + 1).first == "many": index + 2
          case let noun
          where ["number", "count", "nombre"].contains(noun) && ["of", "de", "des"].contains(words.dropFirst(index + 1).first ?? ""):
            index + 2
          case "combien": index + 1
          default: nil
          }
        guard let start else { continue }
        let phrase = words[min(start, words.count)...].drop { ["de", "d", "des", "of"].contains($0) }.prefix { !ends.contains($0) }
        if phrase.first == "times" || phrase.first == "fois" {
          if words[start...].contains(where: { word in changes.contains { word.hasPrefix($0) } }) { return true }
        } else if phrase.prefix(5).contains(where: counted.contains), !phrase.prefix(1).contains("epochs") {
          return true
        }
      }
    }
    return false
  }

  private static func isWholePass(_ passage: Passage) -> Bool {
    let text = CardLibrary.folded(passage.questionText)
    return [
      "pass over", "pass through", "passe sur", "passage sur", "passage complet", "passe complete", "parcour", "whole data", "entire data",
      "all the data", "tout le jeu", "toutes les donnees", "through the data", "over the data", "full pass", "once through", "tour complet",
    ].contains { text.contains($0) }
  }

  // The answer.

  private static let rounding = [
    "ceil", "⌈", "floor", "⌊", "round", "arrondi", "entier", "whole", "integer", "divisible", "multiple", "drop", "incomplet", "partial",
    "partiel", "remainder", "reste", "leftover", "left over", "last batch", "dernier", "plafond", "plancher", "superieur", "//", "roughly",
    "about",
    "environ", "approximat", "≈", "smaller batch", "plus petit", "divides n", "divise n", "exactly", "exactement", "evenly", "div_ceil",
    "-(-", "% ",
  ]

  private static func rounds(_ passage: Passage) -> Bool {
    let answer = CardLibrary.folded(passage.answer.map(\.text).joined(separator: "\n"))
    let question = CardLibrary.folded(passage.questionText)
    return rounding.contains { answer.contains($0) }
      || rounding.contains {
        question.contains($0) && $0 != "whole" && $0 != "entier" && $0 != "about" && $0 != "exactly" && $0 != "exactement"
          && $0 != "integer"
      }
  }

  private struct Quotient {
    var upper: ArraySlice<MathToken>
    var lower: ArraySlice<MathToken>
    var line: Int
  }

  private static let sizes = [
    "sample", "observation", "example", "exemple", "echantillon", "donnee", "data", "size", "taille", "batch", "len", "lot", "image", "row",
    "ligne",
    "number", "nombre", "train",
  ]

  /// The quotient whose sign stands at an index, when both sides are sizes.
  private static func quotient(in tokens: [MathToken], at index: Int) -> Quotient? {
    guard case .sign("/") = tokens[index].kind else { return nil }
    let upper = operand(tokens[..<index].reversed().prefix(9).map { $0 })
    let lower = operand(tokens[(index + 1)...].prefix(9).map { $0 })
    guard !upper.isEmpty, !lower.isEmpty else { return nil }
    if case .number(let one) = upper[0].kind, upper.count == 1, one.value == 1 { return nil }
    if case .number(let one) = lower[0].kind, lower.count == 1, one.value <= 1 { return nil }
    return Quotient(upper: ArraySlice(upper.reversed()), lower: ArraySlice(lower), line: tokens[index].line)
  }

  /// A number, a short name, or words that tell a size, from the sign outwards; brackets around them are left out.
  private static func operand(_ tokens: [MathToken]) -> [MathToken] {
    var kept: [MathToken] = []
    for token in tokens {
      switch token.kind {
      case .open, .close:
        if kept.isEmpty { continue }
        return accepted(kept)
      case .number:
        if kept.isEmpty { return [token] }
        return accepted(kept)
      case .name(let name):
        if kept.isEmpty, name.count <= 2 || name.contains("_") || token.isMath { return [token] }
        kept.append(token)
      default: return accepted(kept)
      }
    }
    return accepted(kept)
  }

  private static func accepted(_ tokens: [MathToken]) -> [MathToken] {
    let isSize = tokens.contains { token in
      guard case .name(let name) = token.kind else { return false }
      let folded = FoldedName.of(name)
      return sizes.contains { folded.hasPrefix($0) }
    }
    return isSize ? tokens : []
  }

  private static func definitions(_ tokens: [MathToken]) -> [String: Double] {
    var known: [String: Double] = [:]
    for equation in EquationReader.equations(in: tokens) where equation.sides.count == 2 {
      if let name = equation.sides[0].symbol, let number = equation.sides[1].printed { known[name] = number.value }
    }
    return known
  }

  private static func value(_ tokens: ArraySlice<MathToken>, _ known: [String: Double]) -> Double? {
    guard tokens.count == 1, let token = tokens.first else { return nil }
    switch token.kind {
    case .number(let number): return number.value
    case .name(let name): return known[name]
    default: return nil
    }
  }
}
