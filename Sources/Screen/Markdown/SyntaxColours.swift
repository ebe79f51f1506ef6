/// Colours the words of code: comments, strings, numbers and keywords of Python, the commands of this shell.
///
/// It knows no grammar, only words: a reader sees at a glance what is text, what is a number and what the language itself says.
struct SyntaxColours {
  private enum Language { case python, gradus, other }

  private let language: Language
  /// The three quotes that a string over several lines waits for.
  private var openQuote: Substring?

  init(language: String) {
    switch language.lowercased() {
    case "python", "py", "python3": self.language = .python
    case "gradus": self.language = .gradus
    default: self.language = .other
    }
  }

  /// Whether the code is a program rather than text that was set apart.
  var isProgram: Bool { language != .other }

  /// The next line with its colours.
  mutating func coloured(_ line: String) -> StyledText {
    switch language {
    case .other: StyledText(line, Style(.code))
    case .python: python(line[...])
    case .gradus: gradus(line)
    }
  }

  /// A command stands out, what it prints stands back.
  private func gradus(_ line: String) -> StyledText {
    guard line.first == ">" else { return StyledText(line, .muted) }
    let command = line.dropFirst()
    let words = command.prefix { $0 != "#" }
    let blanks = words.prefix { $0 == " " }
    let name = words.dropFirst(blanks.count).prefix { $0 != " " }
    var text = StyledText(">" + blanks, .muted)
    text.append(String(name), Style(.code, bold: true))
    text.append(String(words.dropFirst(blanks.count + name.count)), Style(.code))
    text.append(String(command.dropFirst(words.count)), .muted)
    return text
  }

  private mutating func python(_ line: Substring) -> StyledText {
    var text = StyledText()
    var rest = line
    if let quote = openQuote { text.append(string(&rest, until: quote), Style(.good)) }
    while let next = rest.first {
      if next == "#" {
        text.append(String(rest), .muted)
        break
      } else if next == "\"" || next == "'" {
        let quote = rest.hasPrefix(String(repeating: next, count: 3)) ? rest.prefix(3) : rest.prefix(1)
        rest = rest.dropFirst(quote.count)
        text.append(String(quote) + string(&rest, until: quote), Style(.good))
      } else if next.isLetter || next == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        text.append(String(word), Self.keywords.contains(String(word)) ? Style(.accent) : Style(.code))
        rest = rest.dropFirst(word.count)
      } else if next.isNumber {
        let number = rest.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
        // The sign of an exponent: `3e-5`.
        let isOpen = number.last?.lowercased() == "e" && !number.hasPrefix("0x")
        let exponent = isOpen ? rest.dropFirst(number.count).prefix { $0 == "-" || $0 == "+" || $0.isNumber } : ""
        text.append(String(number) + exponent, Style(.formula))
        rest = rest.dropFirst(number.count + exponent.count)
      } else {
        text.append(String(next), Style(.code))
        rest = rest.dropFirst()
      }
    }
    return text
  }

  /// The rest of a string with its closing quote; three quotes may close on a later line.
  private mutating func string(_ rest: inout Substring, until quote: Substring) -> String {
    var string = ""
    while let next = rest.first {
      if rest.hasPrefix(quote) {
        rest = rest.dropFirst(quote.count)
        openQuote = nil
        return string + quote
      }
      let count = next == "\\" ? 2 : 1
      string += rest.prefix(count)
      rest = rest.dropFirst(count)
    }
    openQuote = quote.count == 3 ? quote : nil
    return string
  }

  private static let keywords: Set<String> = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "False", "finally",
    "for",
    "from", "global", "if", "import", "in", "is", "lambda", "None", "nonlocal", "not", "or", "pass", "raise", "return", "True", "try",
    "while", "with", "yield",
  ]
}
