/// A declared argument: what help says of it, and how it takes its value from the words of a command.
public struct Argument<Value: Sendable>: Sendable {
  /// What help, completion and tests see.
  public var description: ArgumentDescription
  let take: @Sendable (inout ArgumentReader, ArgumentDescription) throws -> Value

  func read(_ reader: inout ArgumentReader) throws -> Value { try take(&reader, description) }

  /// The same argument, given only as `name=value`.
  public var named: Argument { placed(.named) }

  /// The same argument, taken by the first word that fits wherever it stands.
  public var anywhere: Argument { placed(.anywhere) }

  /// The same argument, completed from a source besides what its form tells; a phrase in the word behind its own.
  public func completed(from source: CandidateSource) -> Argument {
    var copy = self
    copy.description.moreCandidates = source
    return copy
  }

  private func placed(_ placement: ArgumentDescription.Placement) -> Argument {
    var copy = self
    copy.description.placement = placement
    return copy
  }

  /// An argument of one word.
  init(_ name: String, _ summary: String, _ format: ValueFormat<Value>, default value: Value?, shown: String) {
    description = ArgumentDescription(name: name, summary: summary, form: format.form, isRequired: value == nil, defaultText: shown)
    take = { reader, description in
      if let word = try Argument.word(for: description, isOptional: value != nil, &reader, { _ = try format.read(name, $0) }) {
        do { return try format.read(name, word) } catch { throw reader.mistypedOption(word) ?? error }
      }
      guard let value else { throw Complaint.missing(description, in: reader) }
      return value
    }
  }

  init(_ description: ArgumentDescription, take: @escaping @Sendable (inout ArgumentReader, ArgumentDescription) throws -> Value) {
    self.description = description
    self.take = take
  }

  /// The word that an argument reads: the one given by name, else the next positional one; an optional argument passes over a word that
  /// does not fit it and remembers why.
  static func word(
    for description: ArgumentDescription, isOptional: Bool, _ reader: inout ArgumentReader, _ check: (Word) throws -> Void
  ) throws -> Word? {
    if let word = reader.takeNamed(description.name) { return word }
    switch description.placement {
    case .named: return nil
    case .anywhere:
      if let word = reader.takeWord(where: { (try? check($0)) != nil }) { return word }
      guard let number = reader.words.first(where: \.looksLikeNumber) else { return nil }
      do { try check(number) } catch let refusal as Complaint { reader.remember(refusal, of: number) }
      return nil
    case .positional:
      guard let next = reader.words.first else { return nil }
      guard isOptional else { return reader.takeWord() }
      do {
        try check(next)
        return reader.takeWord()
      } catch let refusal as Complaint {
        reader.remember(refusal, of: next)
        return nil
      }
    }
  }
}

extension Argument where Value == Int {
  /// A whole number.
  public static func integer(_ name: String, _ summary: String, in range: ClosedRange<Int>, default value: Int? = nil) -> Argument {
    Argument(name, summary, .integer(range), default: value, shown: value.map { String($0) } ?? "")
  }
}

extension Argument where Value == Double {
  /// A decimal number.
  public static func decimal(_ name: String, _ summary: String, _ range: DecimalRange = .any, default value: Double? = nil) -> Argument {
    Argument(name, summary, .decimal(range), default: value, shown: value.map(plain) ?? "")
  }
}

extension Argument where Value == Bool {
  /// yes or no, given by name.
  public static func boolean(_ name: String, _ summary: String, default value: Bool) -> Argument {
    Argument(name, summary, .boolean, default: value, shown: value ? "yes" : "no").named
  }

  /// yes or no as a word of its own: `set live on`.
  public static func onOff(_ name: String, _ summary: String) -> Argument {
    Argument(name, summary, .boolean, default: nil, shown: "")
  }
}

extension Argument where Value == [Int] {
  /// A size such as 3x3.
  public static func size(
    _ name: String, _ summary: String, axes: ClosedRange<Int>, each length: ClosedRange<Int>, default value: [Int]? = nil
  ) -> Argument {
    let shown = value.map { $0.map { String($0) }.joined(separator: "x") } ?? ""
    return Argument(name, summary, .size(axes: axes, length: length), default: value, shown: shown)
  }
}

extension Argument where Value == [Int] {
  /// Whole numbers but 0, with commas between them, given by name; empty without it: `runs=3,5`, `runs=-2,-1`.
  public static func list(_ name: String, _ summary: String, from source: CandidateSource = .nothing) -> Argument {
    let format = ValueFormat<[Int]>(form: .word(source.listed)) { name, word in
      let parts = word.text.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Int($0) }.filter { $0 != 0 && $0.magnitude < 1_000_000_000 }
      guard numbers.count == parts.count else { throw Complaint.unfit("`\(name)`", "numbers such as 3,5", word) }
      return numbers
    }
    return Argument(name, summary, format, default: [], shown: "").named
  }
}

extension Argument where Value == String {
  /// One of a few words.
  ///
  /// - Parameter noun: What a complaint calls it where the name is no noun.
  public static func choice(
    _ name: String, _ summary: String, from choices: [(name: String, summary: String)], default value: String? = nil,
    noun: String? = nil
  ) -> Argument {
    Argument(name, summary, .choice(choices, noun: noun), default: value, shown: value ?? "")
  }

  /// One word, completed from a source.
  public static func word(_ name: String, _ summary: String, from source: CandidateSource = .nothing, default value: String? = nil)
    -> Argument
  {
    Argument(name, summary, .word(source), default: value, shown: value ?? "")
  }

  /// The rest of the words as one text, as typed; empty when there are none and it is not required.
  public static func text(_ name: String, _ summary: String, from source: CandidateSource = .nothing, isRequired: Bool = false) -> Argument
  {
    let description = ArgumentDescription(name: name, summary: summary, form: .text(source), isRequired: isRequired)
    return Argument(description) { reader, description in
      if let word = reader.takeNamed(name) { return word.text }
      let words = reader.takeRest()
      if words.isEmpty && isRequired { throw Complaint.missing(description, in: reader) }
      return words.map(\.text).joined(separator: " ")
    }
  }

  /// The rest of the words as one command, as typed; one word in quotes may hold several.
  public static func commandLine(_ name: String, _ summary: String) -> Argument {
    let description = ArgumentDescription(name: name, summary: summary, form: .commandLine, isRequired: true)
    return Argument(description) { reader, description in
      let words = reader.takeRest()
      guard let first = words.first else { throw Complaint.missing(description, in: reader) }
      return words.count == 1 && first.isQuoted ? first.text : words.map(\.raw).joined(separator: " ")
    }
  }

  /// A fixed word, then the rest of the words as one text without blanks: `until accuracy > 0.95`. Empty when the fixed word is not there.
  public static func phrase(_ name: String, _ shape: String, _ summary: String) -> Argument {
    let description = ArgumentDescription(name: name, summary: summary, form: .phrase(shape), isRequired: false)
    return Argument(description) { reader, description in
      if let word = reader.takeNamed(name) {
        let text = word.text.filter { !$0.isWhitespace }
        if text.isEmpty { throw Complaint.unfit("what follows `\(name)`", shape, word) }
        return text
      }
      guard let first = reader.words.first, first.text == description.name else { return "" }
      var words = reader.takeRest()
      words.removeFirst()
      if words.isEmpty { throw Complaint.unfit("what follows `\(description.name)`", shape, first) }
      return words.map(\.text).joined()
    }
  }
}

extension Argument where Value == [Word] {
  /// The rest of the words with their places, each of a form such as `NAME=WORD`, for whoever reads them with a knowledge that no declaration
  /// has. The argument's own name is none of an option: it may stand before the `=` like any other.
  public static func words(_ name: String, of shape: String, _ summary: String, from source: CandidateSource = .nothing) -> Argument {
    let description = ArgumentDescription(name: name, summary: summary, form: .words(shape, source), isRequired: false)
    return Argument(description) { reader, _ in reader.takeRest() }
  }
}

extension Argument where Value == NumberLiteral {
  /// A number or nested lists of numbers.
  public static func values(_ name: String, _ summary: String) -> Argument {
    let format = ValueFormat<NumberLiteral>(form: .values) { _, word in try NumberLiteral(word) }
    return Argument(name, summary, format, default: nil, shown: "")
  }
}

extension Argument where Value == NumberLiteral {
  /// Numbers in a row, as a flat list, or one nested list in brackets.
  public static func numbersOrValues(_ name: String, _ summary: String) -> Argument {
    let description = ArgumentDescription(name: name, summary: summary, form: .numbers, isRequired: true)
    return Argument(description) { reader, description in
      if let word = reader.takeNamed(name) { return try NumberLiteral(word) }
      let words = reader.takeRest()
      guard let first = words.first, let last = words.last else { throw Complaint.missing(description, in: reader) }
      if words.count == 1, first.text.hasPrefix("[") { return try NumberLiteral(first) }
      // Whoever takes them judges all together.
      let values = try words.map { try ValueFormat<Double>.decimal(.any, isChecked: false).read(description.name, $0) }
      return NumberLiteral(shape: [values.count], values: values, place: first.place.lowerBound..<last.place.upperBound)
    }
  }
}

extension Argument {
  /// An argument that may be left out without having a default.
  public static func optional<Wrapped: Sendable>(_ argument: Argument<Wrapped>) -> Argument where Value == Wrapped? {
    var description = argument.description
    description.isRequired = false
    return Argument(description) { reader, description in
      let hasName = reader.hasNamed(description.name)
      if description.placement == .named && !hasName { return nil }
      if !hasName && reader.words.isEmpty { return nil }
      let before = reader
      do {
        return try argument.take(&reader, description)
      } catch let refusal as Complaint {
        // A value given by name is meant for this argument; a positional word may be meant for the next one.
        if hasName { throw refusal }
        let word = before.words.first
        reader = before
        if let word { reader.remember(refusal, of: word) }
        return nil
      }
    }
  }

  /// A declaration of another list, which takes its own arguments from the words that follow.
  ///
  /// - Parameters:
  ///   - fallback: Reads words that begin with none of the names (a tensor's name); its first argument is that word.
  ///   - accepts: Whether the fallback reads a word.
  ///   - source: The completions of words that the fallback reads.
  public static func declared(
    _ name: String, _ summary: String, from members: [Declaration<Value>], default value: Value? = nil,
    or fallback: Declaration<Value>? = nil,
    when accepts: WordTest = .never, completing source: CandidateSource = .nothing
  ) -> Argument {
    var description = ArgumentDescription(
      name: name, summary: summary, form: .declared(members.map(\.outline)), isRequired: value == nil)
    description.moreCandidates = source
    description.fallback = fallback.map { [$0.outline] } ?? []
    return Argument(description) { reader, description in
      let index = DeclarationIndex(members)
      if let fallback, let next = reader.words.first, index[next.text] == nil, accepts.holds(for: next) {
        return try fallback.read(&reader)
      }
      let check = { (word: Word) throws in _ = try index.exactly(word, what: name) }
      guard let word = try Argument.word(for: description, isOptional: value != nil, &reader, check) else {
        guard let value else { throw Complaint.missing(description, in: reader) }
        return value
      }
      // `compile adam -1 mse`: the rate has refused the number, and knows better why it is wrong than that it is no loss.
      if index[word.text] == nil, word.looksLikeNumber, let refusal = reader.refusal(of: word) { throw refusal }
      do {
        return try index.exactly(word, what: name).nested(in: &reader)
      } catch var refusal as Complaint where index[word.text] == nil && refusal.hint.isEmpty {
        // Too many to be named in a line.
        refusal.hint = "`\(reader.path[0])?` lists them"
        throw refusal
      }
    }
  }

  /// Any number of declarations of another list, none included.
  public static func list<Member: Sendable>(_ name: String, _ summary: String, from members: [Declaration<Member>]) -> Argument
  where Value == [Member] {
    let description = ArgumentDescription(name: name, summary: summary, form: .declaredList(members.map(\.outline)), isRequired: false)
    return Argument(description) { reader, _ in
      let index = DeclarationIndex(members)
      if let word = reader.takeNamed(name) { return [try index.exactly(word, what: name).nested(in: &reader)] }
      var values: [Member] = []
      while let next = reader.words.first {
        let member: Declaration<Member>
        do {
          member = try index.exactly(next, what: name)
        } catch let refusal as Complaint {
          reader.remember(refusal, of: next)
          break
        }
        _ = reader.takeWord()
        values.append(try member.nested(in: &reader))
      }
      return values
    }
  }
}

/// Which words the fallback of a declared list reads.
public enum WordTest: Sendable {
  /// None.
  case never
  /// Every word.
  case any
  /// Exactly this word.
  case equal(String)
  /// Words that hold this text, quoted words not included.
  case holding(String)

  func holds(for word: Word) -> Bool {
    switch self {
    case .never: false
    case .any: true
    case .equal(let text): word.text == text
    case .holding(let text): !word.isQuoted && word.text.contains(text)
    }
  }
}
