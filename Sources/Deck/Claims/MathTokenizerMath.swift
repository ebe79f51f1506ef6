// How LaTeX is taken apart.
extension MathTokenizer {
  private static let blank: Set<String> = [
    ",", ";", ":", "!", " ", "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg", "Bigg", "displaystyle", "textstyle",
    "limits",
    "nolimits", "mathstrut", "small", "large",
  ]
  private static let words: Set<String> = [
    "text", "mathrm", "operatorname", "textrm", "textbf", "textit", "mathit", "mathsf", "texttt", "mbox", "operatorname*",
  ]
  private static let accents: Set<String> = [
    "hat", "bar", "tilde", "vec", "overline", "widehat", "dot", "mathbf", "boldsymbol", "bm", "mathcal", "mathbb",
  ]
  private static let signs: [String: MathToken.Kind] = [
    "cdot": .sign("*"), "times": .sign("*"), "ast": .sign("*"), "div": .sign("/"), "pm": .end, "mp": .end, "approx": .relation("≈"),
    "simeq": .relation("≈"), "cong": .relation("≈"), "sim": .relation("~"), "leftarrow": .relation("←"), "gets": .relation("←"),
    "coloneqq": .relation("="), "lceil": .opening("ceil"), "rceil": .closing("ceil"), "lfloor": .opening("floor"),
    "rfloor": .closing("floor"),
    "dots": .name("…"), "ldots": .name("…"), "cdots": .name("…"), "equiv": .relation("="), "lbrack": .open, "rbrack": .close,
    "lparen": .open,
    "rparen": .close,
  ]

  /// Reads LaTeX up to a closing brace, or to its end.
  mutating func readMath(until end: Character?) {
    while let sign = next {
      if sign == end { return }
      if sign.isWhitespace {
        skipBlank()
      } else if readSpecial(isMath: true) {
        continue
      } else if sign.isASCIIDigit || (sign == "." && ahead(1)?.isASCIIDigit == true) {
        if sign == "." { characters.insert("0", at: place) }
        readNumber(isMath: true)
      } else if sign.isLetter || sign == "∂" || sign == "∇" {
        readLetters()
      } else if sign == "\\" {
        readCommand()
      } else {
        readMathSign(sign)
      }
    }
  }

  private mutating func readMathSign(_ sign: Character) {
    place += 1
    switch sign {
    case "{":
      add(.open, isMath: true)
      readMath(until: "}")
      place += place < characters.count ? 1 : 0
      add(.close, isMath: true)
      // Braces around nothing, or around a sign, are no brackets.
      if case .open = tokens[tokens.count - 2].kind { tokens.removeLast(2) }
    case "(", "[": add(.open, isMath: true)
    case ")", "]": add(.close, isMath: true)
    case "+", "-", "*", "/": add(.sign(sign), isMath: true)
    case "−", "–": add(.sign("-"), isMath: true)
    case "×", "·", "⋅": add(.sign("*"), isMath: true)
    case "÷": add(.sign("/"), isMath: true)
    case "=": add(.relation("="), isMath: true)
    case "≈", "≃": add(.relation("≈"), isMath: true)
    case "←": add(.relation("←"), isMath: true)
    case "⌈": add(.opening("ceil"), isMath: true)
    case "⌉": add(.closing("ceil"), isMath: true)
    case "⌊": add(.opening("floor"), isMath: true)
    case "⌋": add(.closing("floor"), isMath: true)
    case "√": add(.name("sqrt"), isMath: true)
    case "|": add(isAfterValue ? .closing("abs") : .opening("abs"), isMath: true)
    case "^": readPower()
    case "!": add(isAfterNumber ? .factorial : .end, isMath: true)
    case ",", ";": add(isInside ? .comma : .end, isMath: true)
    case "…": add(.name("…"), isMath: true)
    case "&", "'", "_": break
    case "~": isApart = true
    default: add(.end, isMath: true)
    }
  }

  /// Whether a bracket is open since the last end.
  private var isInside: Bool {
    var open = 0
    for token in tokens.reversed() {
      switch token.kind {
      case .close, .closing: open -= 1
      case .open, .opening: open += 1
      case .end, .lineEnd: return open > 0
      default: break
      }
      if open > 0 { return true }
    }
    return false
  }

  /// A power; a number in brackets above a letter only tells it from others.
  private mutating func readPower() {
    let argument = rawArgument()
    let clean = MathTokenizer.clean(argument)
    if case .name(let name) = tokens.last?.kind,
      clean.first == "(" || clean.first == "[" || clean == "′" || clean == "'" || clean == "*" || clean == "T" || clean == "⊤"
    {
      tokens[tokens.count - 1].kind = .name(name + (clean == "′" ? "'" : "^" + clean))
      return
    }
    add(.sign("^"), isMath: true)
    var inner = MathTokenizer(argument, line: line)
    inner.readMath(until: nil)
    if inner.tokens.count == 1 {
      tokens += inner.tokens
      return
    }
    add(.open, isMath: true)
    tokens += inner.tokens
    add(.close, isMath: true)
  }

  /// A name with its subscript and primes, or letters side by side, which are factors.
  private mutating func readLetters() {
    var word = ""
    while let letter = next, letter.isLetter || letter == "∂" || letter == "∇" {
      word.append(letter)
      place += 1
    }
    if Functions.isKnown(word) || word.count == 1 || word.first == "∂" || word.first == "Δ" {
      addName(word)
      return
    }
    for letter in word.dropLast() { add(.name(String(letter)), isMath: true) }
    if let last = word.last { addName(String(last)) }
  }

  /// A name with what follows it below and above.
  private mutating func addName(_ name: String) {
    var name = name
    while true {
      if next == "_" {
        place += 1
        name += "_" + MathTokenizer.clean(rawArgument())
      } else if next == "'" || next == "’" || next == "′" {
        place += 1
        name += "'"
      } else {
        break
      }
    }
    // A difference or a derivative belongs to the name after it.
    if case .name(let last) = tokens.last?.kind, tokens.last?.isMath == true, ["Δ", "∂", "∇"].contains(last) {
      tokens[tokens.count - 1].kind = .name(last + name)
    } else {
      add(.name(name), isMath: true)
    }
  }

  private mutating func readCommand() {
    place += 1
    guard let first = next else { return }
    var name = String(first)
    place += 1
    if first.isLetter {
      while let letter = next, letter.isLetter {
        name.append(letter)
        place += 1
      }
    }
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac": readFraction()
    case "sqrt":
      add(.name("sqrt"), isMath: true)
      if next == "[" { add(.end, isMath: true) }
    case "partial": add(.name("∂"), isMath: true)
    case "nabla": add(.name("∇"), isMath: true)
    case "Delta": add(.name("Δ"), isMath: true)
    case "%": add(.percent, isMath: true)
    case "\\": add(.lineEnd, isMath: true)
    case "begin", "end", "label", "tag", "color", "hspace", "vspace": _ = rawArgument()
    case "boxed", "mathord", "ensuremath", "phantom": break
    case "lvert", "vert", "rvert": add(isAfterValue ? .closing("abs") : .opening("abs"), isMath: true)
    case let word where MathTokenizer.words.contains(word):
      let text = MathTokenizer.clean(rawArgument())
      addName(text.isEmpty ? "…" : text)
    case let accent where MathTokenizer.accents.contains(accent):
      addName(MathTokenizer.clean(rawArgument()) + (accent.hasPrefix("m") || accent.hasPrefix("b") && accent != "bar" ? "" : "^" + accent))
    case let blank where MathTokenizer.blank.contains(blank): isApart = true
    default:
      if let kind = MathTokenizer.signs[name] {
        add(kind, isMath: true)
      } else if let letter = FoldedName.greek[name] {
        addName(letter)
      } else if Functions.isKnown(name) {
        addName(name)
      } else {
        add(.end, isMath: true)
      }
    }
  }

  /// A fraction is a quotient in brackets; one of differentials is a name.
  private mutating func readFraction() {
    let (upper, lower) = (rawArgument(), rawArgument())
    let (top, bottom) = (MathTokenizer.clean(upper), MathTokenizer.clean(lower))
    if top.hasPrefix("∂") && bottom.hasPrefix("∂") || (top.hasPrefix("d") && bottom.hasPrefix("d") && bottom.count > 1) {
      add(.name(top + "/" + bottom), isMath: true)
      return
    }
    add(.open, isMath: true)
    for (index, part) in [upper, lower].enumerated() {
      if index == 1 { add(.sign("/"), isMath: true) }
      let isSimple = !part.isEmpty && part.allSatisfy(\.isASCIIDigit)
      if !isSimple { add(.open, isMath: true) }
      var inner = MathTokenizer(part, line: line)
      inner.readMath(until: nil)
      tokens += inner.tokens
      if !isSimple { add(.close, isMath: true) }
    }
    add(.close, isMath: true)
  }

  /// The characters of the next argument: a group without its braces, a command, or one character.
  private mutating func rawArgument() -> String {
    while let sign = next, sign.isWhitespace {
      if sign == "\n" { line += 1 }
      place += 1
    }
    guard let first = next else { return "" }
    var text = ""
    place += 1
    if first == "{" {
      var open = 1
      while let sign = next {
        place += 1
        if sign == "{" { open += 1 } else if sign == "}" { open -= 1 }
        if open == 0 { break }
        text.append(sign == "\n" ? " " : sign)
      }
    } else if first == "\\" {
      text = "\\"
      while let letter = next, letter.isLetter {
        text.append(letter)
        place += 1
      }
      if next == "{", text != "\\" { text += "{" + rawArgument() + "}" }
    } else {
      text = String(first)
    }
    return text
  }

  /// LaTeX as one word: `\text{prévu}` is prévu, `\partial w_1` is ∂w_1.
  static func clean(_ source: String) -> String {
    var result = ""
    var rest = source[...]
    while let sign = rest.popFirst() {
      if sign == "\\" {
        let name = String(rest.prefix(while: \.isLetter))
        rest = rest.dropFirst(name.count)
        switch name {
        case "partial": result += "∂"
        case "Delta": result += "Δ"
        case "prime": result += "′"
        case "top": result += "T"
        default: result += FoldedName.greek[name] ?? (words.contains(name) || blank.contains(name) || accents.contains(name) ? "" : name)
        }
      } else if !sign.isWhitespace, sign != "{", sign != "}" {
        result.append(sign)
      }
    }
    return result
  }
}
