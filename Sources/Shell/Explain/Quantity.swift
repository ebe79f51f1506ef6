import Engine
import Language

/// One quantity of an explanation: what it is called, how it is computed, and what came of it.
public struct Quantity: Sendable {
  /// What a quantity is.
  public enum Value: Sendable {
    /// One number.
    case number(Double)
    /// A tensor; of one value it stands for a number.
    case tensor(Tensor)
    /// Nothing but what the formula says.
    case none
  }

  /// The name for scripts: "dJ/dw", "z1", "w'".
  public var symbol: String
  /// The name as it is typeset, in LaTeX, with the place that is shown: "\frac{\partial J}{\partial W_1[2,0]}".
  public var notation: String
  /// What it is, in a few words.
  public var meaning: String
  /// How it is computed, in LaTeX; empty for what is given.
  public var formula: String
  /// What stands between name and formula: an equals sign, or the arrow of an assignment.
  public var relation = "="
  /// The formula with the numbers in it, in LaTeX; empty where the value says all.
  public var numbers = ""
  /// What came of it.
  public var value: Value
  /// The number to be shown where the value is a tensor.
  public var shown: Double?
  /// The finite difference to be set beside a gradient.
  public var difference: Double?
  /// Whether it is a matrix, drawn on lines of its own.
  public var isDisplay = false
  /// Whether the text leaves it out: it is for scripts.
  public var isSilent = false
  /// Whether scripts leave it out: its tensor stands under another symbol.
  public var isTextOnly = false

  /// The number that the text shows.
  public var number: Double? {
    if let shown { return shown }
    switch value {
    case .number(let number): return number
    case .tensor(let tensor): return tensor.count == 1 ? Double(tensor.values[0]) : nil
    case .none: return nil
    }
  }

  /// The number that the text shows, in LaTeX.
  public var figure: String? { number.map { Figure.text($0) } }
  /// The finite difference, in LaTeX.
  public var differenceFigure: String? { difference.map { Figure.text($0) } }

  /// The most numbers of a tensor that scripts are given.
  var most = JSONValue.mostNumbers
  /// The most of one that has values for each sample.
  static let mostOfSamples = 50_000

  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("symbol", .string(symbol)), ("meaning", .string(meaning)),
      ("formula", .string(formula.isEmpty ? notation : "\(notation) \(relation) \(formula)")),
    ]
    switch value {
    case .number(let number): members.append(("value", .number(number)))
    case .tensor(let tensor) where tensor.count == 1: members.append(("value", .number(Double(tensor.values[0]))))
    case .tensor(let tensor) where tensor.count > most:
      members += [("value", .null), ("shape", .integers(tensor.shape))]
    case .tensor(let tensor): members.append(("value", .nested(tensor.values[...], shape: tensor.shape)))
    case .none: members.append(("value", .null))
    }
    if let shown, case .tensor(let tensor) = value, tensor.count > 1 { members.append(("shown", .number(shown))) }
    if let difference { members.append(("numerical", .number(difference))) }
    return .object(members)
  }
}

/// Something explained: sections of quantities, each under a heading, and sentences.
public struct ExplanationFacts: Facts {
  /// Quantities that belong together.
  public struct Section: Sendable {
    /// What they are: "forward".
    public var title: String
    /// The quantities in order.
    public var quantities: [Quantity]
    /// Sentences after them.
    public var notes: [String]

    /// A section.
    public init(_ title: String, _ quantities: [Quantity] = [], notes: [String] = []) {
      self.title = title
      self.quantities = quantities
      self.notes = notes
    }
  }

  /// What is explained, as one would type it: "step", "dense.kernel[0, 1]".
  public let subject: String
  /// What it is, one line.
  public let title: String
  /// The explanation.
  public var sections: [Section]
  /// Further members of the JSON object.
  public var more: [(String, JSONValue)] = []

  /// The quantities in order; then what is particular to the subject.
  public var json: [(String, JSONValue)] {
    let quantities = sections.flatMap(\.quantities).filter { !$0.isTextOnly }
    let notes = sections.flatMap(\.notes)
    return [("subject", .string(subject)), ("title", .string(title)), ("quantities", .array(quantities.map(\.json)))]
      + (notes.isEmpty ? [] : [("notes", .strings(notes))]) + more
  }
}

/// Numbers as they stand in formulas.
enum Figure {
  /// A number: four decimals, fewer where they are 0; four digits where it is smaller.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "\\text{nan}" : value < 0 ? "-\\infty" : "\\infty" }
    let size = abs(value)
    if size != 0, size < 0.00099995 || size >= 1e7 { return power(value) }
    return rounded(value, decimals: size >= 10_000 ? 1 : 4)
  }

  /// The same in brackets where it is negative, as what another number is multiplied by.
  static func factor(_ value: Double) -> String { value < 0 ? "(\(text(value)))" : text(value) }

  /// The same in brackets where a power would be read as a part of it.
  static func base(_ value: Double) -> String {
    let text = text(value)
    return value < 0 || text.contains("\\") || text.contains("^") ? "(\(text))" : text
  }

  /// Whether four decimals would show a number as 1, or almost, and what is left of 1 as nothing.
  static func isNearOne(_ value: Double) -> Bool { value > 0.9995 && value < 1 }

  /// 1 - y in brackets; the difference itself where y is so near to 1 that its decimals would not show it.
  static func rest(_ y: Double) -> String { isNearOne(y) ? "(\(text(1 - y)))" : "(1 - \(text(y)))" }

  /// A sum of terms, of which only the first few are shown.
  static func sum(_ terms: [String], most: Int = 3) -> String {
    let joined = { (terms: ArraySlice<String>) in
      terms.enumerated().map { index, term in
        // A term that begins with a minus is taken away rather than added.
        index == 0 ? term : term.hasPrefix("-") ? " - \(term.dropFirst())" : " + \(term)"
      }.joined()
    }
    guard terms.count > most + 1 else { return terms.isEmpty ? "0" : joined(terms[...]) }
    return joined(terms.prefix(most)) + " + \\dots\\text{ (\(grouped(terms.count)) terms)}"
  }

  private static func rounded(_ value: Double, decimals: Int) -> String {
    let scale = decimals == 4 ? 10_000.0 : 10
    let whole = (abs(value) * scale).rounded(.toNearestOrEven)
    var digits = String(Int(whole))
    while digits.count <= decimals { digits = "0" + digits }
    var text = digits.dropLast(decimals) + "." + digits.suffix(decimals)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return (value < 0 && whole != 0 ? "-" : "") + text
  }

  /// Four digits and a power of ten.
  private static func power(_ value: Double) -> String {
    var mantissa = abs(value), exponent = 0
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    var text = rounded((mantissa * 1000).rounded() / 1000, decimals: 4)
    if text == "10" { (text, exponent) = ("1", exponent + 1) }
    return (value < 0 ? "-" : "") + (text == "1" ? "" : "\(text) \\cdot ") + "10^{\(exponent)}"
  }
}
