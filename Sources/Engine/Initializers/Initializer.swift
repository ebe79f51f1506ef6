import Foundation
import Kernels
import Language

/// How a parameter gets its first values, as in Keras 3.
///
/// With `in` and `out` the numbers of connections into and out of a unit: uniform in ±sqrt(3 s / n), or normal with variance s / n and cut
/// at two deviations, where glorot takes s = 1 and n = (in + out) / 2, he s = 2 and n = in, lecun s = 1 and n = in.
public enum Initializer: String, Sendable, CaseIterable {
  case glorotUniform = "glorot_uniform"
  case glorotNormal = "glorot_normal"
  case heUniform = "he_uniform"
  case heNormal = "he_normal"
  case lecunUniform = "lecun_uniform"
  case lecunNormal = "lecun_normal"
  case varianceScaling = "variance_scaling"
  case orthogonal
  case randomNormal = "random_normal"
  case randomUniform = "random_uniform"
  case truncatedNormal = "truncated_normal"
  case zeros
  case ones

  /// The name, as Keras writes it.
  public var name: String { rawValue }

  /// What may be typed as an initializer.
  public static var choices: [(name: String, summary: String)] { allCases.map { ($0.name, $0.summary) } }

  /// One sentence for the help.
  public var summary: String {
    switch self {
    case .glorotUniform: "uniform in ±sqrt(6 / (in + out)): Keras' default"
    case .glorotNormal: "normal with variance 2 / (in + out), cut at two deviations"
    case .heUniform: "uniform in ±sqrt(6 / in): for relu"
    case .heNormal: "normal with variance 2 / in, cut at two deviations: for relu"
    case .lecunUniform: "uniform in ±sqrt(3 / in)"
    case .lecunNormal: "normal with variance 1 / in, cut at two deviations: for selu"
    case .varianceScaling: "normal with variance 1 / in, cut at two deviations: Keras' defaults of it"
    case .orthogonal: "orthogonal rows or columns of length 1: keeps lengths through many layers"
    case .randomNormal: "normal with deviation 0.05"
    case .randomUniform: "uniform in ±0.05"
    case .truncatedNormal: "normal with deviation 0.05, cut at two deviations"
    case .zeros: "all 0"
    case .ones: "all 1"
    }
  }

  /// The values of a tensor. The last two axes are in and out; axes before them multiply both (a convolution's window).
  ///
  /// - Throws: When it is interrupted between two pieces.
  public func tensor(shape: [Int], from source: inout RandomSource) throws -> Tensor {
    let window = shape.dropLast(2).reduce(1, *)
    let fanIn = Double(max(1, shape.count > 1 ? shape[shape.count - 2] * window : shape.first ?? 1))
    let fanOut = Double(max(1, (shape.last ?? 1) * (shape.count > 1 ? window : 1)))
    switch self {
    case .zeros: return Tensor(shape: shape)
    case .ones: return Tensor(shape: shape, filledWith: 1)
    case .glorotUniform: return try uniform(shape, 6 / (fanIn + fanOut), &source)
    case .heUniform: return try uniform(shape, 6 / fanIn, &source)
    case .lecunUniform: return try uniform(shape, 3 / fanIn, &source)
    case .glorotNormal: return try normal(shape, 2 / (fanIn + fanOut), &source)
    case .heNormal: return try normal(shape, 2 / fanIn, &source)
    case .lecunNormal, .varianceScaling: return try normal(shape, 1 / fanIn, &source)
    case .randomUniform: return try uniform(shape, 0.05 * 0.05, &source)
    case .randomNormal: return try drawn(shape, &source) { 0.05 * $0.normal() }
    case .truncatedNormal: return try drawn(shape, &source) { 0.05 * cutNormal(&$0) }
    case .orthogonal: return try OrthogonalMatrix.tensor(shape: shape, from: &source)
    }
  }

  private func uniform(_ shape: [Int], _ squaredLimit: Double, _ source: inout RandomSource) throws -> Tensor {
    let limit = Float(squaredLimit.squareRoot())
    return try drawn(shape, &source) { $0.uniform(-limit, limit) }
  }

  private func normal(_ shape: [Int], _ variance: Double, _ source: inout RandomSource) throws -> Tensor {
    // A normal distribution cut at two deviations has 0.8796 of its deviation left.
    let deviation = Float(variance.squareRoot() / 0.87962566103423978)
    return try drawn(shape, &source) { cutNormal(&$0) * deviation }
  }

  // Millions of draws take seconds: it looks whether it shall go on every few thousand, a fraction of a millisecond.
  private func drawn(_ shape: [Int], _ source: inout RandomSource, _ draw: (inout RandomSource) -> Float) throws -> Tensor {
    let count = Tensor.count(of: shape), piece = 16384
    let values = try [Float](unsafeUninitializedCapacity: count) { values, filled in
      while filled < count {
        try Interruption.check()
        let end = min(filled + piece, count)
        for place in filled..<end { values[place] = draw(&source) }
        filled = end
      }
    }
    return Tensor(shape: shape, values: values)
  }

  private func cutNormal(_ source: inout RandomSource) -> Float {
    var draw = source.normal()
    while abs(draw) > 2 { draw = source.normal() }
    return draw
  }
}
