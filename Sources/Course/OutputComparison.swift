import Deck
import Shell

/// Compares what a lesson says a command prints with what it printed.
///
/// Blanks collapse. `...` alone stands for any lines or none, within a line for any text. Integers compare exactly; decimals within a relative
/// tolerance plus half a unit of the last digit that the lesson prints. Digits that touch a letter or `_` are text.
public struct OutputComparison: Sendable {
  /// The tolerance where a fence names none.
  public static let usualTolerance = 1e-3
  /// The tolerance of a fence: its option `tol`.
  static func tolerance(of fence: Fence) -> Double { fence.options["tol"].flatMap { decimal($0) } ?? usualTolerance }

  /// The relative tolerance of decimals.
  public var tolerance: Double

  /// A comparison with the given relative tolerance.
  public init(tolerance: Double = usualTolerance) { self.tolerance = tolerance }

  /// Whether the printed lines are as expected.
  public func matches(expected: [String], actual: [String]) -> Bool {
    let patterns = expected.map(OutputComparison.collapsed).filter { !$0.isEmpty }
    let lines = actual.map(OutputComparison.collapsed).filter { !$0.isEmpty }.map(OutputComparison.tokens)
    // reachable[j]: the patterns so far can account for exactly the first j lines.
    var reachable = [Bool](repeating: false, count: lines.count + 1)
    reachable[0] = true
    for pattern in patterns {
      var next = [Bool](repeating: false, count: lines.count + 1)
      if pattern == "..." {
        var seen = false
        for j in 0...lines.count {
          seen = seen || reachable[j]
          next[j] = seen
        }
      } else {
        let tokens = OutputComparison.tokens(pattern)
        for j in 0..<lines.count where reachable[j] && matches(tokens, lines[j]) { next[j + 1] = true }
      }
      reachable = next
    }
    return reachable[lines.count]
  }

  /// A piece of a line: a number as printed, one character, or the wildcard.
  enum Token: Equatable {
    case number(String)
    case character(Character)
    case anything
  }

  private func matches(_ expected: [Token], _ actual: [Token]) -> Bool {
    var reachable = [Bool](repeating: false, count: actual.count + 1)
    reachable[0] = true
    for token in expected {
      var next = [Bool](repeating: false, count: actual.count + 1)
      if token == .anything {
        var seen = false
        for j in 0...actual.count {
          seen = seen || reachable[j]
          next[j] = seen
        }
      } else {
        for j in 0..<actual.count where reachable[j] && matches(token, actual[j]) { next[j + 1] = true }
      }
      reachable = next
    }
    return reachable[actual.count]
  }

  private func matches(_ expected: Token, _ actual: Token) -> Bool {
    guard case .number(let wanted) = expected, case .number(let got) = actual else { return expected == actual }
    if wanted == got { return true }
    guard let a = Double(wanted.filter { $0 != "," }), let b = Double(got.filter { $0 != "," }) else { return false }
    let isDecimal = wanted.contains { ".eE".contains($0) }
    return isDecimal ? abs(a - b) <= tolerance * abs(a) + OutputComparison.halfUnit(of: wanted) : a == b
  }

  /// Half a unit of the last digit printed: 0.005 for 0.73, 0.05e-3 for 2.1e-3.
  static func halfUnit(of number: String) -> Double {
    let parts = number.lowercased().split(separator: "e", maxSplits: 1)
    let digits = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var unit = 0.5
    if digits.count == 2 { for _ in digits[1] { unit /= 10 } }
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    for _ in 0..<min(abs(exponent), 400) { unit *= exponent < 0 ? 0.1 : 10 }
    return unit
  }

  /// A line with `...` in the place of every decimal number.
  static func withoutDecimals(_ line: String) -> String {
    tokens(line).map { token in
      switch token {
      case .number(let text): text.contains { ".eE".contains($0) } ? "..." : text
      case .character(let character): String(character)
      case .anything: "..."
      }
    }.joined()
  }

  static func collapsed(_ line: String) -> String { line.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  static func tokens(_ line: String) -> [Token] {
    let characters = Array(line)
    var tokens: [Token] = []
    var index = 0
    while index < characters.count {
      if characters[index] == ".", index + 2 < characters.count, characters[index + 1] == ".", characters[index + 2] == "." {
        tokens.append(.anything)
        index += 3
      } else if let end = numberEnd(characters, from: index) {
        tokens.append(.number(String(characters[index..<end])))
        index = end
      } else if isWordCharacter(characters[index]) {
        // A run of letters and digits is text as a whole, so that the 2 of conv2d is no number.
        while index < characters.count, isWordCharacter(characters[index]) {
          tokens.append(.character(characters[index]))
          index += 1
        }
      } else {
        tokens.append(.character(characters[index]))
        index += 1
      }
    }
    return tokens
  }

  private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
  private static func isWordCharacter(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }

  /// Where the number that starts here ends; nil when none does, or a letter touches it.
  private static func numberEnd(_ characters: [Character], from start: Int) -> Int? {
    var index = start
    if start > 0, isWordCharacter(characters[start - 1]) { return nil }
    if characters[index] == "-" || characters[index] == "+" { index += 1 }
    let digits = index
    while index < characters.count, isDigit(characters[index]) { index += 1 }
    guard index > digits else { return nil }
    // Thousands separators stand before exactly three digits.
    while index + 3 < characters.count, characters[index] == ",", characters[(index + 1)...(index + 3)].allSatisfy(isDigit),
      index + 4 >= characters.count || !isDigit(characters[index + 4])
    {
      index += 4
    }
    if index + 1 < characters.count, characters[index] == ".", isDigit(characters[index + 1]) {
      index += 1
      while index < characters.count, isDigit(characters[index]) { index += 1 }
    }
    if index + 1 < characters.count, characters[index] == "e" || characters[index] == "E" {
      var power = index + 1
      if characters[power] == "-" || characters[power] == "+" { power += 1 }
      let first = power
      while power < characters.count, isDigit(characters[power]) { power += 1 }
      if power > first { index = power }
    }
    if index < characters.count, isWordCharacter(characters[index]) { return nil }
    return index
  }
}
