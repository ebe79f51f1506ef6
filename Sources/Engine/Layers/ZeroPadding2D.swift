import Kernels
import Language

/// Puts rows and columns of zeros around each image.
///
///     y[r + down, c + across, k] = x[r, c, k], and 0 elsewhere
public struct ZeroPadding2D: LayerDescription {
  /// How many rows above and below, and columns left and right.
  public var size: [Int]

  /// A padding with so many rows on either side, and columns.
  public init(size: [Int] = [1, 1]) { self.size = pair(size) }

  public var kind: String { "ZeroPadding2D" }
  public var baseName: String { "zero_padding2d" }

  public func outputShape(of input: [Int]) throws -> [Int] {
    let image = try input.image(for: "zeropadding")
    return [image[0] + 2 * size[0], image[1] + 2 * size[1], image[2]]
  }

  public func makeStep(at site: LayerSite) -> any LayerStep { ZeroPadding2DStep(self, site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor {
    let from = Array(input.shape.dropFirst())
    let to = try outputShape(of: from)
    var output = ReferenceTensor(shape: [input.shape[0]] + to, values: [Double](repeating: 0, count: input.shape[0] * Tensor.count(of: to)))
    for place in input.values.indices {
      let channel = place % from[2], column = place / from[2] % from[1], row = place / from[2] / from[1] % from[0]
      let image = place / Tensor.count(of: from)
      output.values[((image * to[0] + row + size[0]) * to[1] + column + size[1]) * to[2] + channel] = input.values[place]
    }
    return output
  }
}

extension ZeroPadding2D {
  /// `layer zeropadding`.
  public static let declaration = Declaration<any LayerDescription>(
    "zeropadding", aliases: ["zeropadding2d"], "Puts rows and columns of zeros around each image.",
    formula: "y[r + down, c + across, k] = x[r, c, k]", examples: ["input 28x28x1; layer zeropadding 2"],
    .size("size", "rows above and below, and columns left and right", axes: 1...2, each: 0...10_000, default: [1])
  ) { size in ZeroPadding2D(size: size) }
}

final class ZeroPadding2DStep: LayerStep {
  private let site: LayerSite
  private let before: [Int]

  init(_ layer: ZeroPadding2D, _ site: LayerSite) {
    self.site = site
    before = layer.size
  }

  func forward(_ pass: Pass) {
    ImageKernel.pad(site.input, into: site.output, rows: pass.rows, input: site.inputShape, output: site.outputShape, before: before)
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    ImageKernel.padBackward(
      outputGradient, into: inputGradient, rows: pass.rows, input: site.inputShape, output: site.outputShape, before: before)
  }
}
