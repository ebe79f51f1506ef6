import Shell

/// Colours of pictures: those of Okabe and Ito, which the colour-blind tell apart, on white.
extension LayerFamily {
  /// The colour of a figure's edge.
  var colour: String {
    switch self {
    case .input: "#444444"
    case .dense: "#0072B2"
    case .convolution: "#56B4E9"
    case .pooling: "#D55E00"
    case .normalization: "#009E73"
    case .activation: "#E69F00"
    case .join: "#CC79A7"
    case .preparation: "#B8A800"
    case .regularization, .shaping, .other: "#888888"
    }
  }

  /// The colour within it: the same, mostly white.
  var fill: String { paler(colour, keeping: 0.3) }
}

/// Colours that belong to no family.
enum PictureColours {
  static let text = "#222222"
  static let muted = "#666666"
  static let line = "#9AA3AD"
  static let shape = "#00563F"
  /// Weights over and under 0, as in plots: orange over, blue under.
  static let positive = PlotColours.series(1).hexadecimal
  static let negative = PlotColours.series(0).hexadecimal
  /// The samples of a batch, one after the other.
  static let samples = ["#0072B2", "#E69F00", "#009E73", "#CC79A7"]
  /// The maps of a colour picture.
  static let channels = ["#F2B8A8", "#B5DDB9", "#B3CDE8"]
}

/// A colour mixed with white.
func paler(_ colour: String, keeping part: Double) -> String {
  let digits = Array(colour.dropFirst())
  guard digits.count == 6 else { return colour }
  return stride(from: 0, to: 6, by: 2).reduce("#") { text, start in
    let value = Double(Int(String(digits[start...start + 1]), radix: 16) ?? 0)
    let mixed = String(Int((255 - (255 - value) * part).rounded()), radix: 16, uppercase: true)
    return text + (mixed.count < 2 ? "0" + mixed : mixed)
  }
}
