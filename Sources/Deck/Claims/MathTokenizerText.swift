// How prose and code are taken apart.
extension MathTokenizer {
  /// Reads to the end of the text, with the LaTeX in it.
  mutating func readText() {
    skipMarkers()
    while let sign = next {
      if sign.isWhitespace {
        if sign == "\n" {
          add(.lineEnd, isMath: false)
          depth = 0
          skipBlank()
          skipMarkers()
          continue
        }
        skipBlank()
      } else if readMathSpan() || readMark() || readSpecial(isMath: false) {
        continue
      } else if sign.isASCIIDigit || (sign == "." && ahead(1)?.isASCIIDigit == true && !isAfterValue) {
        if sign == "." { characters.insert("0", at: place) }
        readNumber(isMath: false)
      } else if sign.isLetter || sign == "∂" || sign == "∇" {
        readWord()
      } else {
        readSign(sign)
      }
    }
  }

  /// Passes over bullets, numbers of a list, heading marks and quotation marks at the start of a line.
  private mutating func skipMarkers() {
    while let sign = next, sign == " " || sign == "\t" || sign == ">" || sign == "#" { place += 1 }
    if let sign = next, "-*+".contains(sign), ahead(1) == " " { place += 2 }
    var index = place
    while index < characters.count, characters[index].isASCIIDigit { index += 1 }
    if index > place, index < place + 4, index + 1 < characters.count, ".)".contains(characters[index]), characters[index + 1] == " " {
      place = index + 2
    }
  }

  /// `$...$`, `$$...$$`, `\(...\)`, `\[...\]`.
  private mutating func readMathSpan() -> Bool {
    for (open, close) in [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")] where startsWith(open) {
      let start = place + open.count
      let mark = Array(close)
      var index = start
      while index + mark.count <= characters.count, !zip(characters[index...], mark).allSatisfy(==) || characters[max(index - 1, 0)] == "\\"
      {
        if open == "$" || open == "\\(", characters[index] == "\n" { return false }
        index += 1
      }
      guard index + mark.count <= characters.count, index > start else { return false }
      // A formula that does not go on from the words before it begins anew.
      let first = characters[start..<index].first { !$0.isWhitespace }
      if isAfterValue, first.map({ "=≈<>\\(^_+*/".contains($0) }) != true { add(.end, isMath: true) }
      let outer = (characters, depth)
      characters = Array(characters[..<index])
      place = start
      depth = 0
      readMath(until: nil)
      (characters, depth) = outer
      place = index + mark.count
      // A formula that stands alone on its line ends there; one in a sentence may be followed by its unit.
      if open == "$$" || open == "\\[" { add(.end, isMath: true) }
      return true
    }
    return false
  }

  /// Markdown and HTML: emphasis, code spans, links, tags.
  private mutating func readMark() -> Bool {
    guard let sign = next else { return false }
    switch sign {
    case "`":
      place += 1
    case "~" where startsWith("~~"):
      // What is struck out is not claimed.
      place += 2
      while next != nil, !startsWith("~~") { place += 1 }
      place = min(place + 2, characters.count)
      add(.end, isMath: false)
    case "<":
      if startsWith("<sup>") {
        add(.sign("^"), isMath: false)
        add(.open, isMath: false)
        place += 5
      } else if startsWith("</sup>") {
        add(.close, isMath: false)
        place += 6
      } else if let letter = ahead(1), letter.isLetter || letter == "/", let end = characters[place...].firstIndex(of: ">") {
        place = end + 1
        add(.end, isMath: false)
      } else {
        return false
      }
    case "&":
      for (name, sign) in [("&times;", "×"), ("&nbsp;", " "), ("&minus;", "-"), ("&middot;", "·"), ("&divide;", "÷"), ("&asymp;", "≈")]
      where startsWith(name) {
        characters.replaceSubrange(place..<place + name.count, with: Array(sign))
        return true
      }
      return false
    case "h" where startsWith("http://") || startsWith("https://"):
      while let character = next, !character.isWhitespace, character != ")" { place += 1 }
      add(.end, isMath: false)
    case "]" where ahead(1) == "(":
      while let character = next, character != ")" { place += 1 }
      place = min(place + 1, characters.count)
      add(.end, isMath: false)
    default: return false
    }
    return true
  }

  private mutating func readWord() {
    var text = ""
    while let letter = next {
      let isPart = letter.isLetter || letter.isASCIIDigit || letter == "_" || letter == "∂" || letter == "∇"
      let joins = letter == "-" && ahead(1)?.isLetter == true && text.last?.isLetter == true && text.count > 1
      if isPart || joins {
        text.append(letter)
        place += 1
      } else if letter == "'" || letter == "’" || letter == "′" {
        place += 1
        // An elision parts two words, a prime belongs to its letter.
        if next?.isLetter == true { break }
        text.append("'")
      } else {
        break
      }
    }
    // A subscript's underscore at the end is Markdown's.
    while text.last == "_" { text.removeLast() }
    if text.isEmpty { return }
    let folded = FoldedName.of(text)
    let follows = nextVisible
    let isBeforeNumber = follows.map { $0.isASCIIDigit || "(√-−$½¼⌈⌊".contains($0) } ?? false
    let isBeforeValue = isBeforeNumber || follows?.isLetter == true
    if folded == "x", isAfterValue, isBeforeValue,
      isAfterNumber ? (isApart == (next?.isWhitespace ?? false) && (isBeforeNumber || isApart)) : isApart && isBeforeNumber
    {
      add(.sign("*"), isMath: false)
      return
    }
    if isAfterValue, isBeforeNumber {
      if let sign = FoldedName.signs[folded] {
        add(.sign(sign), isMath: false)
        return
      }
      if FoldedName.sayings.contains(folded) {
        add(.saying, isMath: false)
        return
      }
    }
    if isAfterValue, let (sign, length) = phrase(after: folded) {
      place += length
      add(sign, isMath: false)
      return
    }
    // `3x3x3`: the letter and the digit were read as one word.
    if isAfterNumber, !isApart, folded.first == "x", folded.dropFirst().first?.isASCIIDigit == true {
      place -= text.count - 1
      add(.sign("*"), isMath: false)
      return
    }
    add(.name(FoldedName.greek[text.lowercased()] ?? text), isMath: false)
  }

  /// "multiplied by", "is equal to", after their first word.
  private func phrase(after word: String) -> (MathToken.Kind, Int)? {
    for (first, rest, kind) in FoldedName.phrases where first == word {
      let following = FoldedName.of(String(characters[place..<min(characters.count, place + rest.count + 2)]))
      if following.hasPrefix(rest) { return (kind, rest.count) }
    }
    return nil
  }

  private mutating func readSign(_ sign: Character) {
    let isBeforeDigit = ahead(1)?.isASCIIDigit == true
    let isBetween = place > 0 && characters[place - 1].isASCIIDigit && isBeforeDigit
    var length = 1
    var kind: MathToken.Kind = .end
    switch sign {
    case "=":
      if startsWith("==") || startsWith("=>") || startsWith("=<") {
        length = 2
      } else if place > 0, "!<>".contains(characters[place - 1]) {
        kind = .end
      } else {
        kind = .relation("=")
      }
    case "≈", "≃", "≅", "≒": kind = .relation("≈")
    case "~", "∼":
      kind = .relation("~")
      if startsWith("~=") { length = 2 }
      if startsWith("~=") { kind = .relation("≈") }
    case "←": kind = .relation("←")
    case "<" where startsWith("<-"):
      length = 2
      kind = .relation("←")
    case ":" where startsWith(":="):
      length = 2
      kind = .relation("=")
    case "+", "×", "·", "⋅", "∙", "÷", "−", "^":
      kind = .sign(["×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/", "−": "-"][sign] ?? sign)
    case "-":
      if startsWith("->") || startsWith("--") {
        while next == "-" { place += 1 }
        length = next == ">" ? 1 : 0
      } else {
        kind = .sign("-")
      }
    case "–": kind = isBetween || isApart ? .end : .sign("-")
    case "*":
      if startsWith("**") {
        length = 2
        if isAfterNumber, ahead(2).map({ $0.isASCIIDigit || $0 == "(" || $0 == "-" }) == true, !isApart {
          kind = .sign("^")
        } else {
          place += 2
          return
        }
      } else if isAfterValue, isApart == (ahead(1)?.isWhitespace ?? true), let follows = ahead(1),
        follows.isWhitespace || follows.isASCIIDigit || "(-".contains(follows)
      {
        kind = .sign("*")
      } else {
        place += 1
        return
      }
    case "/":
      kind = .sign("/")
      if startsWith("//") {
        length = 2
        kind = .sign("∕")
      }
    case "(":
      depth += 1
      kind = .open
    case ")":
      depth = max(0, depth - 1)
      kind = .close
    case "⌈": kind = .opening("ceil")
    case "⌉": kind = .closing("ceil")
    case "⌊": kind = .opening("floor")
    case "⌋": kind = .closing("floor")
    case "√": kind = .name("sqrt")
    case "%": kind = isAfterNumber ? .percent : .sign("%")
    case "!":
      let follows = characters[(place + 1)...].first { !$0.isWhitespace }
      kind = isAfterNumber && !isApart && ahead(1) != "=" && follows.map({ "=+-*/)×".contains($0) }) == true ? .factorial : .end
    case ",": kind = depth > 0 ? .comma : .end
    case "…": kind = .name("…")
    case "." where startsWith("..."):
      length = 3
      kind = .name("…")
    case "_", "\"", "“", "”":
      place += 1
      return
    case "\\" where ahead(1).map({ "*_~|".contains($0) }) == true:
      place += 1
      return
    default: break
    }
    place += length
    add(kind, isMath: false)
  }
}
