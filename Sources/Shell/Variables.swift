import Language

/// The words that `let` gave names to, in the order in which they were given; `$name` in a command stands for the word.
public struct Variables: Sendable, Equatable {
  /// The names and their words.
  public private(set) var all: [(name: String, value: String)] = []

  /// No variables.
  public init() {}

  /// The word of a name; nil takes the name away.
  public subscript(name: String) -> String? {
    get { all.first { $0.name == name }?.value }
    set {
      let place = all.firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let value?): all[place].value = value
      case (let place?, nil): all.remove(at: place)
      case (nil, let value?): all.append((name, value))
      case (nil, nil): break
      }
    }
  }

  /// The names.
  public var names: [String] { all.map(\.name) }

  /// Whether both hold the same words under the same names in the same order.
  public static func == (a: Variables, b: Variables) -> Bool { a.all.elementsEqual(b.all) { $0 == $1 } }

  /// A command with the words of variables in the place of their names.
  ///
  /// `$name` and `${name}` are read in bare and in double-quoted words, not in single-quoted ones, and not in the command's own name. The
  /// places of the words stay those of the line, so that complaints point at what was typed.
  ///
  /// A command that takes free text may be asked about `$x$`: an unknown name stays as it is there. The command inside of another one is left to
  /// itself, which reads its names when it runs.
  ///
  /// - Throws: A `Complaint` about an unknown name, or a word with blanks in the middle of another one.
  func expanding(_ text: CommandText, of outline: DeclarationOutline) throws -> CommandText {
    var leavesUnknown = false
    var last = Int.max
    for (place, argument) in outline.arguments.filter({ $0.placement != .named }).enumerated() {
      switch argument.form {
      case .text: leavesUnknown = true
      case .commandLine: last = place + 1
      default: break
      }
    }
    return try expanding(text, leavesUnknown: leavesUnknown, count: last)
  }

  /// The same of so many words.
  func expanding(_ text: CommandText, leavesUnknown: Bool, count: Int = .max) throws -> CommandText {
    guard text.words.dropFirst().contains(where: { $0.raw.contains("$") }) else { return text }
    var words = [text.words[0]]
    var typed = text.words[0].raw
    let line = Array(text.line)
    for (place, (before, word)) in zip(text.words, text.words.dropFirst()).enumerated() {
      let gap = before.place.upperBound..<word.place.lowerBound
      typed += gap.isEmpty ? " " : String(line[gap.clamped(to: 0..<line.count)])
      let raw = place + 1 < count ? try expanding(word, leavesUnknown: leavesUnknown) : word.raw
      typed += raw
      guard raw != word.raw else {
        words.append(word)
        continue
      }
      guard let read = try Lexer.commands(in: "let " + raw).first?.words.dropFirst(), let new = read.first, read.count == 1 else {
        throw Complaint("`\(word.raw)` does not make one word", at: word.place, hint: "put it in double quotes")
      }
      words.append(Word(new.text, at: word.place, raw: raw, isQuoted: new.isQuoted))
    }
    return CommandText(words: words, line: text.line, place: text.place, typed: typed)
  }

  private func expanding(_ word: Word, leavesUnknown: Bool) throws -> String {
    let raw = Array(word.raw)
    var result = ""
    var quote: Character?
    var place = 0
    while place < raw.count {
      let character = raw[place]
      if quote == "'" || character != "$" {
        if let open = quote {
          if open == "\"", character == "\\", place + 1 < raw.count {
            result.append(character)
            place += 1
          } else if character == open {
            quote = nil
          }
        } else if character == "\"" || character == "'", place == 0 || raw[place - 1] == "=" {
          quote = character
        }
        result.append(raw[place])
        place += 1
        continue
      }
      guard let (name, length) = Variables.reference(in: raw[place...]) else {
        result.append(character)
        place += 1
        continue
      }
      guard let value = self[name] else {
        guard leavesUnknown else {
          let start = min(word.place.lowerBound + place, word.place.upperBound)
          throw Complaint(
            "there is no variable `\(name)`", at: start..<min(start + length, word.place.upperBound),
            hint: NearNames.hint(for: name, among: names) ?? "`let \(name)=8` makes one; '$' in single quotes is only a sign")
        }
        result.append(character)
        place += 1
        continue
      }
      let isStart = place == 0 || raw[place - 1] == "="
      let isWhole = isStart && place + length == raw.count
      if quote != nil {
        result += value.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : String($1) }
      } else if Variables.isPlain(value) {
        result += value
      } else if isWhole {
        result += Variables.quoted(value)
      } else {
        throw Complaint("the word of `$\(name)` has blanks or signs", at: word.place, hint: "put the whole word in double quotes")
      }
      place += length
    }
    return result
  }

  /// The name that a `$` begins, and how many characters it takes with the sign and its braces.
  private static func reference(in rest: ArraySlice<Character>) -> (name: String, length: Int)? {
    let after = rest.dropFirst()
    if after.first == "{" {
      guard let end = after.firstIndex(of: "}") else { return nil }
      let name = String(after[(after.startIndex + 1)..<end])
      return PlainName.isOne(name) ? (name, end - rest.startIndex + 1) : nil
    }
    let name = PlainName.beginning(of: after)
    return PlainName.isOne(name) ? (name, name.count + 1) : nil
  }

  /// Whether a word can be typed without quotes.
  static func isPlain(_ value: String) -> Bool {
    !value.isEmpty && !value.hasPrefix("#") && value.allSatisfy { !$0.isWhitespace && !"\"';[]$\\".contains($0) } || isList(value)
  }

  /// Whether a value is a list in brackets that match.
  private static func isList(_ value: String) -> Bool {
    guard value.hasPrefix("["), value.hasSuffix("]"), !value.contains(where: { "\"'$\n".contains($0) }) else { return false }
    var depth = 0
    for (place, character) in value.enumerated() {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if depth <= 0 { return depth == 0 && place == value.count - 1 }
    }
    return false
  }

  /// A value as a word that reads as it.
  static func quoted(_ value: String) -> String {
    if isPlain(value) { return value }
    let inner = value.reduce(into: "") { result, character in
      switch character {
      case "\"", "\\": result += "\\\(character)"
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return "\"\(inner)\""
  }
}
