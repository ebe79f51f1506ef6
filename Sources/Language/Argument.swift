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
