/// Takes the formulas of a passage apart, those in prose and code as well as those in LaTeX.
///
/// Nothing is refused: what belongs to no formula becomes a word or an end. Each character is looked at a bounded number of times.
struct MathTokenizer {
  var tokens: [MathToken] = []
  var characters: [Character]
  var place = 0
  var line: Int
  var isApart = false
  var depth = 0

  /// The tokens of lines: of text and of fences that hold no program all of it, of a program the comments; none of a `gradus` fence, whose
  /// outputs are checked by running it.
  static func tokens(of lines: [Passage.Line]) -> [MathToken] {
    var tokens: [MathToken] = []
    var index = 0
    while index < lines.count {
      let line = lines[index]
      index += 1
      var text = line.text
      // Without a digit and without a sign there is neither a claim nor a name for one.
      guard
        text.utf8.contains(where: {
          (0x30...0x39).contains($0) || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\") || $0 > 0x7F
            || $0 == UInt8(ascii: "/")
        })
          || text.contains("divided") || text.contains("over")
      else {
        tokens.append(MathToken(kind: .lineEnd, line: line.number, isApart: true, isMath: false))
        continue
      }
      if let fence = line.fence {
        guard let comment = ProgramText.readable(text, fence: fence) else { continue }
        text = comment
      }
      // Mathematics on display may run over many lines.
      var formula = MathSpan.opening(text)
      while let (_, end) = formula, line.fence == nil, index < lines.count, lines[index].fence == nil, !text.contains(closing: end) {
        text += "\n" + lines[index].text
        index += 1
        formula = MathSpan.opening(text)
        if text.utf8.count > 20_000 { break }
      }
      var tokenizer = MathTokenizer(text, line: line.number)
      tokenizer.readText()
      tokens += tokenizer.tokens
      tokens.append(MathToken(kind: .lineEnd, line: line.number, isApart: true, isMath: false))
    }
    return tokens
  }

  init(_ text: String, line: Int) {
    characters = Array(text)
    self.line = line
  }

  var next: Character? { place < characters.count ? characters[place] : nil }

  func ahead(_ count: Int) -> Character? {
    place + count >= 0 && place + count < characters.count ? characters[place + count] : nil
  }

  func startsWith(_ word: String) -> Bool {
    var index = place
    for character in word {
      guard index < characters.count, characters[index] == character else { return false }
      index += 1
    }
    return true
  }

  /// The next character that is no blank.
  var nextVisible: Character? {
    var index = place
    while index < characters.count, characters[index].isWhitespace { index += 1 }
    return index < characters.count ? characters[index] : nil
  }

  mutating func add(_ kind: MathToken.Kind, isMath: Bool) {
    tokens.append(MathToken(kind: kind, line: line, isApart: isApart, isMath: isMath))
    isApart = false
  }

  mutating func skipBlank() {
    if next == "\n" { line += 1 }
    isApart = true
    place += 1
  }

  /// A number at the place, with the blanks and commas that part its digits.
  mutating func readNumber(isMath: Bool) {
    var text = ""
    var firstEnd: (text: String, place: Int)?
    func digits(from start: Int) -> String {
      var index = start
      while index < characters.count, characters[index].isASCIIDigit { index += 1 }
      return String(characters[start..<index])
    }
    while true {
      let run = digits(from: place)
      text += run
      place += run.count
      guard let sign = next else { break }
      let group = text.prefix { $0.isASCIIDigit }.count
      let separator: (text: String, length: Int)? =
        switch sign {
        case ".", ",": (String(sign), 1)
        case "_" where !isMath: ("_", 1)
        case "\u{A0}", "\u{202F}", "\u{2009}", "'", "’": ("_", 1)
        case " " where (1...3).contains(group) && text.first != "0" && !text.contains("."): ("_", 1)
        case "{" where isMath && startsWith("{,}"): (",", 3)
        case "{" where isMath && startsWith("{.}"): (".", 3)
        case "{" where isMath && startsWith("{\\,}"): ("_", 4)
        case "\\" where isMath && (startsWith("\\,") || startsWith("\\ ") || startsWith("\\;")): ("_", 2)
        case "~" where isMath: ("_", 1)
        default: nil
        }
      guard let separator else { break }
      let following = digits(from: min(place + separator.length, characters.count))
      if following.isEmpty || (separator.text == "_" && sign != "_" && following.count != 3) { break }
      if separator.text == ",", firstEnd == nil { firstEnd = (text, place) }
      text += separator.text
      place += separator.length
    }
    if let sign = next, sign == "e" || sign == "E" {
      let hasSign = ahead(1) == "-" || ahead(1) == "+" || ahead(1) == "−"
      let exponent = digits(from: min(place + (hasSign ? 2 : 1), characters.count))
      if (1...3).contains(exponent.count) {
        text += "e" + (hasSign && ahead(1) != "+" ? "-" : "") + exponent
        place += (hasSign ? 2 : 1) + exponent.count
      }
    }
    // A time, a ratio.
    if !isMath, next == ":", ahead(1)?.isASCIIDigit == true {
      while let sign = next, sign.isASCIIDigit || sign == ":" { place += 1 }
      add(.end, isMath: isMath)
      return
    }
    if let number = PrintedNumber(text) ?? PrintedNumber(text.replacing("_", with: "")) {
      add(.number(number), isMath: isMath)
    } else if let firstEnd, let number = PrintedNumber(firstEnd.text) {
      place = firstEnd.place
      add(.number(number), isMath: isMath)
    } else {
      // A version, a date.
      add(.end, isMath: isMath)
    }
  }

  /// A small raised or lowered number of one character: ², ³, ½.
  mutating func readSpecial(isMath: Bool) -> Bool {
    guard let sign = next else { return false }
    if sign.isASCII { return false }
    let powers = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    if powers.contains(sign) || sign == "⁻" {
      add(.sign("^"), isMath: isMath)
      add(.open, isMath: isMath)
      if sign == "⁻" {
        add(.sign("-"), isMath: isMath)
        place += 1
      }
      var digits = ""
      while let digit = next.flatMap({ powers.firstIndex(of: $0) }) {
        digits += "\(digit)"
        place += 1
      }
      if let number = PrintedNumber(digits) { add(.number(number), isMath: isMath) }
      add(.close, isMath: isMath)
      return true
    }
    let parts: [Character: (String, String)] = [
      "½": ("1", "2"), "⅓": ("1", "3"), "⅔": ("2", "3"), "¼": ("1", "4"), "¾": ("3", "4"), "⅛": ("1", "8"),
    ]
    if let (upper, lower) = parts[sign], let upper = PrintedNumber(upper), let lower = PrintedNumber(lower) {
      let kinds: [MathToken.Kind] = [.open, .number(upper), .sign("/"), .number(lower), .close]
      for kind in kinds { add(kind, isMath: isMath) }
      place += 1
      return true
    }
    return false
  }

  /// Whether the last token ends a value.
  var isAfterValue: Bool {
    switch tokens.last?.kind {
    case .number, .name, .close, .closing, .percent, .factorial: true
    default: false
    }
  }

  /// Whether the last token ends a number or a bracket.
  var isAfterNumber: Bool {
    switch tokens.last?.kind {
    case .number, .close, .closing, .percent: true
    default: false
    }
  }
}

/// Where mathematics begins and ends in a text.
enum MathSpan {
  /// The first opening of mathematics on display that is not closed in the text, with what would close it.
  static func opening(_ text: String) -> (start: String, end: String)? {
    if text.utf8.count(of: "$$") % 2 == 1 { return ("$$", "$$") }
    if text.utf8.count(of: "\\[") > text.utf8.count(of: "\\]") { return ("\\[", "\\]") }
    return nil
  }
}

extension String {
  fileprivate func contains(closing end: String) -> Bool { MathSpan.opening(self) == nil }
}

extension Collection<UInt8> {
  /// How often a word stands in the bytes.
  fileprivate func count(of word: String) -> Int {
    let letters = Array(word.utf8)
    var count = 0
    var matched = 0
    for byte in self {
      if byte == letters[matched] {
        matched += 1
        if matched == letters.count {
          count += 1
          matched = 0
        }
      } else {
        matched = byte == letters[0] ? 1 : 0
      }
    }
    return count
  }
}

/// What of a fence may be read as prose.
enum ProgramText {
  private static let programs: Set<String> = [
    "python", "py", "python3", "ipython", "pycon", "swift", "c", "cpp", "c++", "java", "js", "javascript", "ts", "typescript", "r", "julia",
    "rust",
    "go", "json", "yaml", "toml", "sql", "html", "xml", "css", "latex", "tex",
  ]

  /// Whether a fence's first word names a language of programs.
  static func isProgram(_ fence: String) -> Bool { programs.contains(fence) }

  /// The line of a fence that holds no program, the comment of one that does; nil when there is none, and for `gradus`.
  static func readable(_ text: String, fence: String) -> String? {
    if fence == "gradus" { return nil }
    guard isProgram(fence) else { return text }
    for mark in ["#", "//"] {
      if let start = text.range(of: mark) {
        // In Python `//` divides.
        if mark == "//", fence.hasPrefix("py") || fence == "ipython" { continue }
        return String(text[start.upperBound...])
      }
    }
    return nil
  }
}
