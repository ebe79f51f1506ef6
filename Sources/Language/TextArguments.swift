// Arguments that take words as they are.

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
