import Kernels
import Language

/// An activation as a layer of its own.
///
///     y = f(x),   dx = dy f'(x)
///
/// Keras has classes of their own for relu, leaky relu, elu and softmax; the others are an `Activation` layer.
public struct ActivationLayer: ActivatedLayer {
  /// The function.
  public var activation: Activation

  /// A layer that applies a function.
  public init(_ activation: Activation) { self.activation = activation }

  public var kind: String {
    switch activation {
    case .relu: "ReLU"
    case .leakyReLU: "LeakyReLU"
    case .elu: "ELU"
    case .softmax: "Softmax"
    default: "Activation"
    }
  }

  public var baseName: String {
    switch activation {
    case .relu: "re_lu"
    case .leakyReLU: "leaky_re_lu"
    case .elu: "elu"
    case .softmax: "softmax"
    default: "activation"
    }
  }

  public func outputShape(of input: [Int]) throws -> [Int] {
    if activation == .softmax, input.last == 1 { throw Complaint.softmaxOverOne }
    return input
  }

  public func makeStep(at site: LayerSite) -> any LayerStep { ActivationStep(activation, site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    let width = input.shape.last ?? 1
    let rows = input.values.count / width
    return ReferenceTensor(
      shape: input.shape, values: (0..<rows).flatMap { activation.reference(Array(input.values[$0 * width..<($0 + 1) * width])) })
  }
}

extension ActivationLayer {
  /// `layer relu`, `layer softmax`, ... and `layer leakyrelu`, which has a slope.
  public static let declarations: [Declaration<any LayerDescription>] =
    Activation.named.filter { $0.name != "leaky_relu" }.map { entry in
      Declaration<any LayerDescription>(
        entry.name, aliases: Activation.aliases.filter { $0.value == entry.name }.map(\.key).sorted(),
        "The activation \(entry.name) as a layer of its own.", formula: entry.formula, examples: ["layer \(entry.name)"]
      ) { ActivationLayer(entry.activation) }
    } + [leakyReLU]

  private static let leakyReLU = Declaration<any LayerDescription>(
    "leakyrelu", aliases: ["leaky_relu"], "Relu that lets a part of negative inputs through.", formula: "y = x for x > 0, else slope x",
    examples: ["layer leakyrelu", "layer leakyrelu 0.1"],
    .decimal("slope", "what negative inputs are multiplied by", .from(0, to: 1), default: 0.3)
  ) { slope in ActivationLayer(.leakyReLU(slope: Float(slope))) }
}

final class ActivationStep: LayerStep {
  private let activation: Activation
  private let site: LayerSite
  private let width: Int
  private let rowsPerSample: Int

  init(_ activation: Activation, _ site: LayerSite) {
    self.activation = activation
    self.site = site
    width = site.inputShape.last ?? 1
    rowsPerSample = site.inputCount / width
  }

  func forward(_ pass: Pass) {
    activation.forward(site.input, into: site.output, rows: pass.rows * rowsPerSample, columns: width)
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    activation.backward(
      site.input, site.output, outputGradient, into: inputGradient, rows: pass.rows * rowsPerSample, columns: width)
  }
}
