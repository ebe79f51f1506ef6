/// The wording of every complaint about a line's form.
extension Complaint {
  static func unclosed(_ opening: String, at position: Int) -> Complaint {
    let closing = opening == "[" ? "]" : opening
    return Complaint("nothing closes this `\(opening)`", at: position..<(position + 1), hint: "end it with `\(closing)`")
  }

  static func givenTwice(_ name: String, at place: Range<Int>) -> Complaint {
    Complaint("`\(name)` is given twice", at: place, hint: "leave one out")
  }

  static func missing(_ argument: ArgumentDescription, in reader: ArgumentReader) -> Complaint {
    let mistyped = reader.words.first { word in
      word.split.map { NearNames.of($0.name, among: [argument.name]).isEmpty == false } ?? false
    }
    if let mistyped { return oneTooMany(mistyped, path: reader.path, usage: reader.usage, options: [argument.name]) }
    var hint = "usage: \(reader.usage)"
    let allowed = argument.allowed
    if !allowed.isEmpty { hint = "\(argument.name): \(allowed); " + hint }
    return Complaint(
      "`\(reader.path.joined(separator: " "))` needs \(argument.summary) (\(argument.name))", at: reader.end..<(reader.end + 1), hint: hint)
  }

  static func oneTooMany(_ word: Word, path: [String], usage: String, options: [String]) -> Complaint {
    let command = path.joined(separator: " ")
    if let split = word.split {
      let near = NearNames.hint(for: split.name, among: options)
      return Complaint("`\(command)` has no option `\(split.name)`", at: word.place, hint: near ?? "usage: \(usage)")
    }
    return Complaint("`\(command)` does not know what to do with `\(word.raw)`", at: word.place, hint: "usage: \(usage)")
  }

  static func optionOfAnother(_ word: Word, path: [String], owners: [String]) -> Complaint {
    let name = word.split?.name ?? word.text, command = path.joined(separator: " ")
    let hint = (1...3).contains(owners.count) ? "it belongs to " + owners.map { "`\(path[0]) \($0)`" }.joined(separator: ", ") : ""
    return Complaint(
      "`\(command)` takes no `\(name)` here", at: word.place, hint: hint.isEmpty ? "`\(command)?` lists what it takes" : hint)
  }

  static func unfit(_ argument: String, _ expected: String, _ word: Word, hint: String = "") -> Complaint {
    Complaint("\(argument) must be \(expected), not `\(word.text)`", at: word.place, hint: hint)
  }

  /// A word that is none of the declared names.
  public static func unknown(_ what: String, _ word: Word, among names: [String]) -> Complaint {
    let hint = NearNames.hint(for: word.text, among: names) ?? (names.count <= 24 ? "there is " + names.joined(separator: ", ") : "")
    return Complaint("there is no \(what) `\(word.text)`", at: word.place, hint: hint)
  }

  static func ambiguous(_ word: Word, _ names: [String]) -> Complaint {
    Complaint("`\(word.text)` could be \(names.map { "`\($0)`" }.joined(separator: ", "))", at: word.place, hint: "type one letter more")
  }
}
