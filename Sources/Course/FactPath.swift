import Shell

/// Where a fact stands in a command's JSON object: `total`, `layers[0].parameters`, `layers.count`, `history.loss.last`.
///
/// A step is a member's name, a place in a list (`[0]`, from the end `[-1]`), or, of a list, `count`, `first`, `last`, `min`, `max`.
struct FactPath {
  private enum Step {
    case member(String)
    case place(Int)
  }

  private let steps: [Step]

  /// The path that a text writes; nil when it is none.
  init?(_ text: String) {
    var steps: [Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let name = part.prefix { $0 != "[" }
      var rest = part.dropFirst(name.count)
      // `[0][1]` alone goes on with the part before it.
      guard !name.isEmpty || !steps.isEmpty && !rest.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" })
      else { return nil }
      if !name.isEmpty { steps.append(.member(String(name))) }
      while !rest.isEmpty {
        guard rest.first == "[", let end = rest.firstIndex(of: "]"), let place = Int(rest[rest.index(after: rest.startIndex)..<end])
        else { return nil }
        steps.append(.place(place))
        rest = rest[rest.index(after: end)...]
      }
    }
    guard !steps.isEmpty else { return nil }
    self.steps = steps
  }

  /// The value there; nil when there is none.
  func value(in object: JSONValue) -> JSONValue? {
    steps.reduce(object) { value, step in value.flatMap { FactPath.value(of: $0, at: step) } }
  }

  private static func value(of value: JSONValue, at step: Step) -> JSONValue? {
    switch (value, step) {
    case (.object(let members), .member(let name)): members.first { $0.0 == name }?.1
    case (.array(let values), .place(let place)):
      values.indices.contains(place < 0 ? values.count + place : place) ? values[place < 0 ? values.count + place : place] : nil
    case (.array(let values), .member(let name)): fact(name, of: values)
    default: nil
    }
  }

  private static func fact(_ name: String, of values: [JSONValue]) -> JSONValue? {
    switch name {
    case "count": .integer(values.count)
    case "first": values.first
    case "last": values.last
    case "min": values.compactMap(\.decimal).min().map { .number($0) }
    case "max": values.compactMap(\.decimal).max().map { .number($0) }
    default: nil
    }
  }
}

extension JSONValue {
  /// The value as a number, where it is one.
  var decimal: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The value as a word: a text as it is, true and false, and what JSON writes of the rest.
  var word: String {
    if case .string(let text) = self { text } else { text }
  }
}
