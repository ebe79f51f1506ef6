import Engine
import Language

/// What the quantities of a network are called: for scripts "z1", typeset "z_1".
///
/// A network with one layer that has parameters has w, b, z; one with several has W1, b1, z1, a1 and so on, by the layer's number. The last
/// output is y, the input x.
struct Notation {
  /// A name for scripts and as LaTeX.
  struct Name: Equatable {
    let symbol: String
    let latex: String

    /// The name with a place: "W_1[2,0]".
    func at(_ place: [Int]) -> String { place.isEmpty ? latex : "\(latex)[\(place.map { String($0) }.joined(separator: ","))]" }
    /// The same quantity after the update.
    var new: Name { Name(symbol: symbol + "'", latex: primed) }

    // A prime goes before an index: W'_1.
    private var primed: String {
      guard let underscore = latex.firstIndex(of: "_") else { return latex + "'" }
      return String(latex[..<underscore]) + "'" + latex[underscore...]
    }
  }

  private let places: [String: Int]
  private let last: String
  private let isPlain: Bool

  init(_ network: Network) {
    places = Dictionary(uniqueKeysWithValues: network.layers.enumerated().map { ($1.name, $0 + 1) })
    last = network.layers.last?.name ?? ""
    isPlain = network.summary.rows.count { $0.parameters > 0 } <= 1
  }

  /// The output of a layer, or the input.
  func output(_ layer: String) -> Name {
    if layer == Network.inputName { return Name(symbol: "x", latex: "x") }
    if layer == last { return Name(symbol: "y", latex: "y") }
    let number = places[layer] ?? 0
    return Name(symbol: "a\(number)", latex: "a_{\(number)}")
  }

  /// The weighted sum of a layer.
  func sum(_ layer: String) -> Name { numbered("z", "z", layer) }

  /// A value of its own between a layer's input and output.
  func inner(_ letter: String, _ latex: String, _ layer: String) -> Name { numbered(letter, latex, layer) }

  /// A parameter of a layer.
  func parameter(_ part: String, of layer: String) -> Name {
    switch part {
    case "kernel": return isPlain ? Name(symbol: "w", latex: "w") : numbered("W", "W", layer)
    case "bias": return numbered("b", "b", layer)
    case "gamma", "beta", "alpha": return numbered(part, "\\\(part)", layer)
    case "depthwise_kernel": return numbered("D", "D", layer)
    case "pointwise_kernel": return numbered("P", "P", layer)
    default: return numbered(part, "\\text{\(part.split(separator: "_").joined(separator: " "))}", layer)
    }
  }

  private func numbered(_ symbol: String, _ latex: String, _ layer: String) -> Name {
    guard !isPlain, let number = places[layer] else { return Name(symbol: symbol, latex: latex) }
    return Name(symbol: "\(symbol)\(number)", latex: "\(latex)_{\(number)}")
  }
}

/// A derivative, typeset on one line.
func derivative(_ above: String, by below: String) -> String { "\\partial \(above) / \\partial \(below)" }
