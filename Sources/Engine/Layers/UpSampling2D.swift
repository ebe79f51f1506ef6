import Kernels
import Language

/// Each pixel becomes a block of equal ones.
///
///     y[r, c, k] = x[r / down, c / across, k];   dx = the sum of dy over the block
public struct UpSampling2D: LayerDescription {
  /// The height and width of a block.
  public var size: [Int]

  /// An enlargement by whole numbers.
  public init(size: [Int] = [2, 2]) { self.size = pair(size) }

  public var kind: String { "UpSampling2D" }
  public var baseName: String { "up_sampling2d" }

  public func outputShape(of input: [Int]) throws -> [Int] {
    let image = try input.image(for: "upsampling")
    return [image[0] * size[0], image[1] * size[1], image[2]]
  }

  public func makeStep(at site: LayerSite) -> any LayerStep { UpSampling2DStep(self, site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor {
    let from = Array(input.shape.dropFirst())
    let to = try outputShape(of: from)
    let values = (0..<input.shape[0] * Tensor.count(of: to)).map { place in
      let channel = place % to[2], column = place / to[2] % to[1], row = place / to[2] / to[1] % to[0], image = place / Tensor.count(of: to)
      return input.values[((image * from[0] + row / size[0]) * from[1] + column / size[1]) * from[2] + channel]
    }
    return ReferenceTensor(shape: [input.shape[0]] + to, values: values)
  }
}

extension UpSampling2D {
  /// `layer upsampling`.
  public static let declaration = Declaration<any LayerDescription>(
    "upsampling", aliases: ["upsampling2d"], "Each pixel becomes a block of equal ones.",
    formula: "y[r, c, k] = x[r / down, c / across, k]",
    examples: ["input 7x7x8; layer upsampling 2"],
    .size("size", "height and width of a block", axes: 1...2, each: 1...1000, default: [2])
  ) { size in UpSampling2D(size: size) }
}

final class UpSampling2DStep: LayerStep {
  private let site: LayerSite
  private let size: [Int]

  init(_ layer: UpSampling2D, _ site: LayerSite) {
    self.site = site
    size = layer.size
  }

  func forward(_ pass: Pass) {
    ImageKernel.upsample(site.input, into: site.output, rows: pass.rows, input: site.inputShape, by: size)
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    ImageKernel.upsampleBackward(outputGradient, into: inputGradient, rows: pass.rows, input: site.inputShape, by: size)
  }
}
