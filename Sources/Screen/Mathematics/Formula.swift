import Foundation

/// A formula of a deck or a lesson, written in LaTeX, as it is shown in a terminal.
///
/// Nothing in it is an error: an unknown command is shown by its name, a missing bracket ends where the formula ends.
///
///     Formula(#"\frac{\partial J}{\partial w_1}"#).line()             ∂J/∂w₁
///     Formula(#"\frac{\partial J}{\partial w_1}"#).block(width: 80)   three lines: numerator, bar, denominator
public struct Formula: Sendable, Equatable {
  /// What stands between the dollar signs.
  public var source: String

  /// A formula.
  public init(_ source: String) { self.source = source }

  /// Formulas longer than this are no formulas; they are shown as they are.
  private static let longest = 4000
  /// Formulas nested deeper than this are shown on a line.
  private static let deepest = 12

  /// The formula on one line: `f(z) = 1/(1 + e⁻ᶻ)`.
  public var line: String { line(.unicode) }

  /// The formula on one line with the characters that a terminal takes: in ASCII `f(z) = 1/(1 + e^(-z))`.
  public func line(_ repertoire: Repertoire) -> String {
    guard source.utf8.count <= Self.longest else { return unset(repertoire) }
    let setter = MathSetter(repertoire: repertoire)
    return clean(setter.line(setter.prepared(MathParser.parse(source))), repertoire)
  }

  /// The formula in two dimensions, each line as wide as the others unless it was broken.
  ///
  /// What is wider than `width` is broken before its relations, then before its sums and products, and at blanks where even that is too wide.
  public func block(width: Int, _ repertoire: Repertoire = .unicode) -> [String] {
    guard source.utf8.count <= Self.longest else { return StyledText(unset(repertoire)).wrapped(to: width).map(\.plain) }
    let setter = MathSetter(repertoire: repertoire)
    let tree = setter.prepared(MathParser.parse(source))
    // No reader follows a tower of fractions, and its drawing takes the square of its height.
    guard tree.nesting <= Self.deepest else { return StyledText(line(repertoire)).wrapped(to: width).map(\.plain) }
    return MathBreaker(setter: setter, width: width).lines(tree).map { clean($0, repertoire) }
  }

  private func unset(_ repertoire: Repertoire) -> String { clean(source, repertoire) }

  /// Safe for a terminal, letters and their accents as one character where there is one.
  private func clean(_ text: String, _ repertoire: Repertoire) -> String {
    repertoire == .unicode ? sanitized(text.precomposedStringWithCanonicalMapping) : sanitized(MathASCII.text(sanitized(text)))
  }
}
