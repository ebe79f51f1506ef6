// Arguments that take a number, several, or yes and no.

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
