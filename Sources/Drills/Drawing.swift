import Engine
import Foundation

extension RandomSource {
  /// One of some things.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int.random(in: 0..<elements.count, using: &self)] }

  /// A whole number of a range.
  mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// A number of tenths of a range given in tenths: 5...20 gives 0.5 to 2.0.
  mutating func tenths(_ range: ClosedRange<Int>) -> Double { Double(integer(range)) / 10 }
}

/// A number with so many digits behind the point at most: 0.731, 2, -0.5.
func decimal(_ value: Double, _ digits: Int = 3) -> String {
  guard value.isFinite else { return "\(value)" }
  var text = String(format: "%.\(digits)f", value)
  guard text.contains(".") else { return text }
  while text.hasSuffix("0") { text.removeLast() }
  if text.hasSuffix(".") { text.removeLast() }
  return text == "-0" ? "0" : text
}

/// A number of a curve, which may have grown without bounds.
func shortText(_ value: Double) -> String { abs(value) >= 10_000 ? String(format: "%.1e", value) : decimal(value) }

/// The same with a negative number in parentheses, for a product or a difference.
func factor(_ value: Double, _ digits: Int = 3) -> String { value < 0 ? "(\(decimal(value, digits)))" : decimal(value, digits) }

/// Steps as a numbered list.
func steps(_ steps: [String]) -> String { steps.enumerated().map { "\($0.offset + 1). \($0.element)" }.joined(separator: "\n") }

/// Commands as a block.
func commands(_ lines: [String]) -> String { "```\n" + lines.joined(separator: "\n") + "\n```" }

func plural(_ count: Int, _ word: String) -> String { count == 1 ? "\(count) \(word)" : "\(count) \(word)s" }
