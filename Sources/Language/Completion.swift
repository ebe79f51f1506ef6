/// One way to complete a word.
public struct Candidate: Sendable, Equatable {
  /// The text that replaces the word.
  public var text: String
  /// What it means, for a list of candidates.
  public var summary: String
  /// Whether the word may go on behind it, so that no blank follows.
  public var isOpen = false
  /// Whether it is one word, to be put in quotes where it holds blanks or signs; else it is text that may go on over several.
  public var isWord = false

  /// A candidate of the given text.
  public init(_ text: String, _ summary: String = "") {
    self.text = text
    self.summary = summary
  }
}

/// The ways to complete the word at the cursor.
public struct Completion: Sendable, Equatable {
  /// The characters of the line that a candidate replaces.
  public var replacing: Range<Int>
  /// The candidates, in the order of their declarations.
  public var candidates: [Candidate]

  /// What a session knows: the candidates of a source, for what is typed so far.
  public typealias Lookup = (CandidateSource, String) -> [Candidate]

  /// Completes the word that ends at the cursor.
  ///
  /// - Parameters:
  ///   - line: The text before the cursor.
  ///   - commands: The outlines of all commands.
  ///   - dynamic: The candidates of a source that only the session knows (layer names, topics, files), for what is typed so far.
  public static func of(_ line: String, commands: [DeclarationOutline], dynamic: Lookup) -> Completion {
    let end = line.count
    let nothing = Completion(replacing: end..<end, candidates: [])
    guard let (texts, closing) = words(of: line) else { return nothing }
    let quote = closing == "]" ? nil : closing
    let startsWord = closing == nil && (line.last.map { $0.isWhitespace || $0 == ";" } ?? true)
    let endsCommand = closing == nil && line.reversed().first { !$0.isWhitespace } == ";"
    var words = endsCommand ? [] : (texts.last?.words ?? [])
    // A comment is the rest of its line.
    if !startsWord, let last = words.last, min(last.place.upperBound, end) != end { return nothing }
    if !startsWord && words.isEmpty { return nothing }
    var partial = startsWord ? Word("", at: end..<end) : words.removeLast()
    partial.place = partial.place.clamped(to: 0..<end)
    if closing == "]" { partial.text.removeLast() }
    guard !partial.isQuoted || quote != nil else { return nothing }
    if !words.isEmpty, quote != "'", let reference = reference(atEndOf: line) {
      return Completion(replacing: reference.place, candidates: dynamic(.variables, reference.text).beginning(with: reference.text))
    }
    if let quote, isCommandLine(behind: words, commands) {
      // Where nothing is escaped, the inner line is as long as its part of the line.
      guard partial.text.count == partial.place.count - 1 else { return nothing }
      var inner = of(partial.text, commands: commands, dynamic: dynamic)
      let start = partial.place.lowerBound + 1
      inner.replacing = (inner.replacing.lowerBound + start)..<(inner.replacing.upperBound + start)
      inner.candidates.removeAll { $0.text.contains(quote) }
      return inner
    }
    var completion = of(words, partial, commands: commands, dynamic: dynamic)
    completion.quote(with: quote)
    return completion
  }

  /// The commands of a line, and what closes the quote or the bracket that is open at its end; nil where the line cannot be read.
  private static func words(of line: String) -> (texts: [CommandText], closing: Character?)? {
    if let texts = try? Lexer.commands(in: line) { return (texts, nil) }
    for closing in ["\"", "'", "]"] as [Character] {
      if let texts = try? Lexer.commands(in: line + String(closing)) { return (texts, closing) }
    }
    return nil
  }

  /// Whether the word behind these is a command line of its own, as that of `repeat 3` is.
  private static func isCommandLine(behind words: [Word], _ commands: [DeclarationOutline]) -> Bool {
    guard let (_, rest) = innerWords(of: words, commands) else { return false }
    return rest.isEmpty || isCommandLine(behind: rest, commands)
  }

  /// The command that words begin, where it takes a command line and they reach it, with the words of that.
  private static func innerWords(of words: [Word], _ commands: [DeclarationOutline]) -> (outline: DeclarationOutline, words: [Word])? {
    guard let outline = words.first.flatMap({ command(of: $0, commands) }) else { return nil }
    let positional = outline.arguments.filter { $0.placement == .positional }
    guard let place = positional.firstIndex(where: { if case .commandLine = $0.form { true } else { false } }), words.count > place else {
      return nil
    }
    return (outline, Array(words[(place + 1)...]))
  }

  /// The command that a word names, or alone begins.
  private static func command(of word: Word, _ commands: [DeclarationOutline]) -> DeclarationOutline? {
    let matches = commands.filter { $0.answers(to: word.text) }
    let prefixed = matches.isEmpty ? commands.filter { $0.name.hasPrefix(word.text) } : matches
    return prefixed.count == 1 ? prefixed[0] : nil
  }

  /// The `$name` that is being typed at the end of a line.
  private static func reference(atEndOf line: String) -> (text: String, place: Range<Int>)? {
    let name = PlainName.beginning(of: line.reversed())
    guard line.dropLast(name.count).last == "$" else { return nil }
    return ("$" + String(name.reversed()), (line.count - name.count - 1)..<line.count)
  }

  /// Completes a word after others of its command.
  private static func of(_ words: [Word], _ partial: Word, commands: [DeclarationOutline], dynamic: Lookup) -> Completion {
    let nothing = Completion(replacing: partial.place.upperBound..<partial.place.upperBound, candidates: [])
    guard let first = words.first else {
      return Completion(replacing: partial.place, candidates: commands.map { Candidate($0.name, $0.summary) }.beginning(with: partial.text))
    }
    if let inner = innerWords(of: words, commands) { return of(inner.words, partial, commands: commands, dynamic: dynamic) }
    guard let outline = command(of: first, commands) else { return nothing }
    var walk = CompletionWalk(outline)
    for word in words.dropFirst() { walk.pass(word) }
    if let split = partial.split, let option = walk.argument(named: split.name) {
      let values = walk.values(of: option, typed: split.value, dynamic)
      return Completion(replacing: split.valuePlace.clamped(to: 0..<partial.place.upperBound), candidates: []).with(values, split.value)
    }
    return Completion(replacing: partial.place, candidates: []).with(walk.candidates(typed: partial.text, dynamic), partial.text)
  }

  /// The candidates that begin as typed. Of several values in one word, and of the places in brackets, only the last is completed.
  private func with(_ candidates: [Candidate], _ typed: String) -> Completion {
    var copy = self
    copy.candidates = candidates.beginning(with: typed)
    guard let comma = typed.lastIndex(where: { $0 == "," || $0 == "[" }), !copy.candidates.isEmpty else { return copy }
    let head = String(typed[...comma])
    guard copy.candidates.allSatisfy({ $0.text.hasPrefix(head) }) else { return copy }
    // A word in quotes is longer in the line than its text: then all of it is replaced.
    guard replacing.count == typed.count else { return copy }
    copy.replacing = (replacing.lowerBound + head.count)..<replacing.upperBound
    for place in copy.candidates.indices { copy.candidates[place].text.removeFirst(head.count) }
    return copy
  }

  /// Puts the candidates between quotes: between those that are open, or where a word needs some. A folder's stays open.
  private mutating func quote(with open: Character?) {
    for place in candidates.indices where open != nil || candidates[place].isWord {
      let text = candidates[place].text
      let needsQuotes = text.contains { $0.isWhitespace || "\"';#[]$\\".contains($0) }
      guard let quote = open ?? (needsQuotes ? "\"" : nil) else { continue }
      let inner = quote == "\"" ? text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") : text
      candidates[place].text = String(quote) + inner + (text.hasSuffix("/") ? "" : String(quote))
    }
  }
}

extension [Candidate] {
  /// Those that begin as typed, each once; in any case where none begins exactly so.
  fileprivate func beginning(with text: String) -> [Candidate] {
    var seen = Set<String>()
    let exact = filter { $0.text.hasPrefix(text) && seen.insert($0.text).inserted }
    guard exact.isEmpty, !text.isEmpty else { return exact }
    let typed = text.lowercased()
    return filter { $0.text.lowercased().hasPrefix(typed) && seen.insert($0.text).inserted }
  }
}
