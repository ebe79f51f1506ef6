/// One way to complete a word.
public struct Candidate: Sendable, Equatable {
  /// The text that replaces the word.
  public var text: String
  /// What it means, for a list of candidates.
  public var summary: String

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

  /// Completes the word that ends at the cursor.
  ///
  /// - Parameters:
  ///   - line: The text before the cursor.
  ///   - commands: The outlines of all commands.
  ///   - dynamic: The candidates of a source that only the session knows (layer names, topics, files), for what is typed so far.
  public static func of(_ line: String, commands: [DeclarationOutline], dynamic: (CandidateSource, String) -> [Candidate]) -> Completion {
    let end = line.count
    let nothing = Completion(replacing: end..<end, candidates: [])
    guard let texts = try? Lexer.commands(in: line) else { return nothing }
    let startsWord = line.last.map { $0.isWhitespace || $0 == ";" } ?? true
    let endsCommand = line.reversed().first { !$0.isWhitespace } == ";"
    var words = endsCommand ? [] : (texts.last?.words ?? [])
    // A comment is the rest of its line.
    if !startsWord, let last = words.last, last.place.upperBound != end { return nothing }
    if !startsWord && words.isEmpty { return nothing }
    let partial = startsWord ? Word("", at: end..<end) : words.removeLast()
    guard !partial.isQuoted else { return nothing }
    if !words.isEmpty, let reference = reference(in: partial) {
      return Completion(replacing: reference.place, candidates: dynamic(.variables, reference.text).beginning(with: reference.text))
    }
    return of(words, partial, commands: commands, dynamic: dynamic)
  }

  /// The `$name` that is being typed at the end of a word.
  private static func reference(in word: Word) -> (text: String, place: Range<Int>)? {
    let name = PlainName.beginning(of: word.raw.reversed())
    guard word.raw.dropLast(name.count).last == "$" else { return nil }
    return ("$" + String(name.reversed()), (word.place.upperBound - name.count - 1)..<word.place.upperBound)
  }

  /// Completes a word after others of its command.
  private static func of(
    _ words: [Word], _ partial: Word, commands: [DeclarationOutline], dynamic: (CandidateSource, String) -> [Candidate]
  ) -> Completion {
    let nothing = Completion(replacing: partial.place.upperBound..<partial.place.upperBound, candidates: [])
    guard let first = words.first else {
      return Completion(replacing: partial.place, candidates: commands.map { Candidate($0.name, $0.summary) }.beginning(with: partial.text))
    }
    let matches = commands.filter { $0.name == first.text || $0.aliases.contains(first.text) }
    let prefixed = matches.isEmpty ? commands.filter { $0.name.hasPrefix(first.text) } : matches
    guard prefixed.count == 1 else { return nothing }

    let positional = prefixed[0].arguments.filter { $0.placement == .positional }
    if let place = positional.firstIndex(where: { if case .commandLine = $0.form { true } else { false } }), words.count > place {
      return of(Array(words[(place + 1)...]), partial, commands: commands, dynamic: dynamic)
    }
    var walk = CompletionWalk(prefixed[0])
    for word in words.dropFirst() { walk.pass(word) }
    if let split = partial.split, let option = walk.options.first(where: { $0.name == split.name }) {
      return Completion(
        replacing: split.valuePlace, candidates: walk.values(of: option, typed: split.value, dynamic).beginning(with: split.value)
      )
    }
    return Completion(replacing: partial.place, candidates: walk.candidates(typed: partial.text, dynamic).beginning(with: partial.text))
  }
}

/// Follows the words of a command through its declared arguments, without reading values.
private struct CompletionWalk {
  private var pending: [ArgumentDescription]
  private(set) var options: [ArgumentDescription]
  // The words of a text so far.
  private var textWords: [String] = []

  init(_ outline: DeclarationOutline) {
    pending = outline.arguments.filter { $0.placement != .named }
    options = outline.arguments.filter { $0.placement == .named }
  }

  mutating func pass(_ word: Word) {
    if let split = word.split, let index = options.firstIndex(where: { $0.name == split.name }) {
      options.remove(at: index)
      return
    }
    if let split = word.split, let index = pending.firstIndex(where: { $0.name == split.name }) {
      pending.remove(at: index)
      return
    }
    while let next = pending.first {
      switch next.form {
      case .declared(let members), .declaredList(let members):
        if let member = members.first(where: { $0.name == word.text || $0.aliases.contains(word.text) }) {
          if case .declared = next.form { pending.removeFirst() }
          pending.insert(contentsOf: member.arguments.filter { $0.placement != .named }, at: 0)
          options += member.arguments.filter { $0.placement == .named }
          return
        }
        pending.removeFirst()
        if next.isRequired { return }
      case .text:
        textWords.append(word.text)
        return
      case .numbers, .words, .commandLine: return
      default:
        pending.removeFirst()
        if next.isRequired || CompletionWalk.accepts(next, word) { return }
      }
    }
  }

  func candidates(typed: String, _ dynamic: (CandidateSource, String) -> [Candidate]) -> [Candidate] {
    var found: [Candidate] = []
    for argument in pending {
      found += values(of: argument, typed: typed, dynamic)
      if argument.isRequired { return found }
      if case .text = argument.form { return found }
    }
    return found + options.map { Candidate($0.name + "=", $0.summary) }
  }

  func values(of argument: ArgumentDescription, typed: String, _ dynamic: (CandidateSource, String) -> [Candidate]) -> [Candidate] {
    switch argument.form {
    case .declared(let members), .declaredList(let members):
      members.map { Candidate($0.name, $0.summary) } + (argument.moreCandidates == .nothing ? [] : dynamic(argument.moreCandidates, typed))
    case .choice(let choices): choices.map { Candidate($0.name, $0.summary) }
    case .boolean: [Candidate("yes"), Candidate("no")]
    case .word(let source), .words(_, let source): dynamic(source, typed)
    case .text(let source): dynamic(source.following(textWords), typed)
    case .phrase: [Candidate(argument.name, argument.summary)]
    case .commandLine: []
    case .integer, .decimal, .size, .numbers, .values: []
    }
  }

  private static func accepts(_ argument: ArgumentDescription, _ word: Word) -> Bool {
    switch argument.form {
    case .integer: Int(word.text) != nil
    case .decimal: decimal(word.text) != nil
    case .choice(let choices): choices.contains { $0.name == word.text }
    case .size: word.text.first?.isNumber == true
    case .phrase: word.text == argument.name
    default: true
    }
  }
}

extension [Candidate] {
  fileprivate func beginning(with text: String) -> [Candidate] {
    var seen = Set<String>()
    return filter { $0.text.hasPrefix(text) && seen.insert($0.text).inserted }
  }
}
