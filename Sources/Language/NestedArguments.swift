// Arguments made of other arguments and declarations.

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
