/// Reads a line into commands and words.
///
/// Commands are separated by `;`. `#` at the start of a word begins a comment. A word is bare, "double quoted" (with `\"`, `\\` and `\n`) or
/// 'single quoted' (literal); a quote opens only at the start of a word or after `=`. An unquoted `[` runs to its matching `]`, over spaces,
/// `;` and `#`. A prompt at the start of the line (`gradus … > ` or `> `) is dropped.
public struct Lexer {
  /// What some editors put at the start of a file.
  private static let byteOrderMark: Character = "\u{FEFF}"

  private let characters: [Character]
  private let line: String
  private var position: Int
  private var words: [Word] = []
  private var commands: [CommandText] = []

  /// The commands of a line, in order; none when it is empty or a comment.
  ///
  /// - Throws: A `Complaint` about a quote or a bracket that nothing closes.
  public static func commands(in line: String) throws -> [CommandText] {
    var lexer = Lexer(line)
    try lexer.readLine()
    return lexer.commands
  }

  /// How many characters at the start of a line are a prompt: `gradus … > ` or `> `.
  public static func promptLength(of line: String) -> Int {
    let blanks = line.prefix { $0 == " " || $0 == "\t" || $0 == byteOrderMark }
    let rest = line.dropFirst(blanks.count)
    if rest == ">" { return blanks.count + 1 }
    if rest.hasPrefix("> ") { return blanks.count + 2 }
    guard rest.hasPrefix("gradus ") || rest.hasPrefix("gradus>") else { return 0 }
    var offset = blanks.count
    var previous: Character = " "
    for character in rest {
      if previous == ">" && character == " " { return offset + 1 }
      previous = character
      offset += 1
    }
    return previous == ">" ? offset : 0
  }

  /// Whether a line goes on in the next one: it ends in a `\` that is not itself escaped.
  public static func continues(_ line: String) -> Bool {
    line.reversed().prefix { $0 == "\\" }.count % 2 == 1
  }

  /// Whether a quote or a bracket of a line is still open, so that a person who types goes on in the next line.
  public static func isOpen(_ line: String) -> Bool {
    do {
      _ = try commands(in: line)
      return false
    } catch {
      return true
    }
  }

  private init(_ line: String) {
    self.line = line
    characters = Array(line)
    position = Lexer.promptLength(of: line)
  }

  private mutating func readLine() throws {
    while position < characters.count {
      let character = characters[position]
      if character.isWhitespace || character == Lexer.byteOrderMark {
        position += 1
      } else if character == ";" {
        endCommand()
        position += 1
      } else if character == "#" {
        break
      } else {
        try readWord()
      }
    }
    endCommand()
  }

  private mutating func endCommand() {
    guard let first = words.first, let last = words.last else { return }
    let place = first.place.lowerBound..<last.place.upperBound
    commands.append(CommandText(words: words, line: line, place: place, typed: String(characters[place])))
    words = []
  }

  private mutating func readWord() throws {
    let start = position
    let isQuoted = characters[start] == "\"" || characters[start] == "'"
    var text = ""
    while position < characters.count {
      let character = characters[position]
      if (character == "\"" || character == "'") && (position == start || text.last == "=") {
        try readQuote(into: &text)
      } else if character == "[" {
        try readBrackets(into: &text)
      } else if character.isWhitespace || character == ";" {
        break
      } else {
        text.append(character)
        position += 1
      }
    }
    words.append(Word(text, at: start..<position, raw: String(characters[start..<position]), isQuoted: isQuoted))
  }

  private mutating func readQuote(into text: inout String) throws {
    let opening = position
    let quote = characters[position]
    position += 1
    while position < characters.count {
      let character = characters[position]
      position += 1
      if character == quote { return }
      if quote == "\"", character == "\\", position < characters.count, let escaped = Lexer.escapes[characters[position]] {
        text.append(escaped)
        position += 1
      } else {
        text.append(character)
      }
    }
    throw Complaint.unclosed(String(quote), at: opening)
  }

  private static let escapes: [Character: Character] = ["\"": "\"", "\\": "\\", "n": "\n"]

  private mutating func readBrackets(into text: inout String) throws {
    let opening = position
    var depth = 0
    while position < characters.count {
      let character = characters[position]
      text.append(character)
      position += 1
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if depth == 0 { return }
    }
    throw Complaint.unclosed("[", at: opening)
  }
}
