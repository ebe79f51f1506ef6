/// Reads what was typed as an answer.
///
///     a number    1234   1,234   1 234   -0.731
///     a shape     8x8x16   8 x 8 x 16   (None, 8, 8, 16)   [8, 8, 16]
///     an option   a to d, 1 to 4
public enum AnswerReader {
  /// The answer that a line gives to an exercise; nil when it is none of the kind that is asked for.
  public static func read(_ line: String, for exercise: Exercise) -> ExerciseAnswer? {
    switch exercise.answer {
    case .number(_, let tolerance): number(line).map { .number($0, tolerance: tolerance) }
    case .shape: shape(line).map { .shape($0) }
    case .option: option(line, of: exercise.options.count).map { .option($0) }
    case .network: nil
    }
  }

  /// The place of an option, from 0, by its letter or number.
  public static func option(_ text: String, of count: Int) -> Int? {
    let text = text.trimmed.lowercased()
    let place = Int(text).map { $0 - 1 } ?? (0..<count).first { letter($0) == text }
    return place.flatMap { (0..<count).contains($0) ? $0 : nil }
  }

  /// The letter of an option, from a.
  public static func letter(_ place: Int) -> String { String(UnicodeScalar(UInt8(97 + place % 26))) }

  /// A number. Commas, blanks and underscores may part groups of three digits; the decimal sign is a point.
  public static func number(_ text: String) -> Double? {
    var text = text.trimmed
    if text.hasPrefix("=") { text = String(text.dropFirst()).trimmed }
    text = text.replacing("\u{2212}", with: "-")
    if text.contains(where: { ", _".contains($0) }) {
      guard text.wholeMatch(of: #/[-+]?[1-9]\d{0,2}(?:[, _]\d{3})+(?:\.\d+)?/#) != nil else { return nil }
      text = text.filter { !", _".contains($0) }
    }
    guard text.wholeMatch(of: #/[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/#) != nil, let value = Double(text), value.isFinite else {
      return nil
    }
    return value
  }

  /// The shape of a sample; the batch may be named as None.
  public static func shape(_ text: String) -> [Int]? {
    var text = text.trimmed.lowercased()
    for (open, close) in [("(", ")"), ("[", "]")] where text.hasPrefix(open) && text.hasSuffix(close) {
      text = String(text.dropFirst().dropLast())
    }
    var parts = text.split(separator: #/\s*(?:[x×*,]|\s)\s*/#, omittingEmptySubsequences: true).map { String($0) }
    if parts.first == "none" || parts.first == "?" { parts.removeFirst() }
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == parts.count && !numbers.isEmpty && numbers.allSatisfy { $0 > 0 } ? numbers : nil
  }

  /// What an answer must look like, for who typed something else.
  public static func shapeOfAnswer(to exercise: Exercise) -> String {
    switch exercise.answer {
    case .number(_, let tolerance): tolerance == 0 ? "type a number, such as 1234" : "type a number with a point, such as 0.731"
    case .shape(let shape): shape.count == 3 ? "type a shape, such as 8x8x16 or (None, 8, 8, 16)" : "type a shape, such as (None, 8)"
    case .option: "type a letter from a to \(letter(exercise.options.count - 1))"
    case .network: "type `input` and `layer` commands, with a semicolon between them or a line each"
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
