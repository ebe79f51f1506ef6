import Kernels
import Language

/// A parameter that a layer needs: a name of its own within the layer, a shape, and how it starts.
public struct ParameterSpec: Sendable, Equatable {
  /// What it is called in its layer: kernel, bias, gamma, beta, moving_mean, moving_variance.
  public let part: String
  /// Its shape, in Keras' layout.
  public let shape: [Int]
  /// Whether the optimizer changes it.
  public let isTrainable: Bool
  /// How it gets its first values.
  public let initializer: Initializer
  /// The penalty l1 sum|w| + l2 sum(w²) that it adds to the loss.
  public let l1: Float
  /// See `l1`.
  public let l2: Float
  /// After an update, the norm over all axes but the last is at most this; 0 when it is not limited.
  public let maxNorm: Float

  /// A parameter's description.
  public init(
    _ part: String, _ shape: [Int], isTrainable: Bool = true, _ initializer: Initializer, l1: Float = 0, l2: Float = 0, maxNorm: Float = 0
  ) {
    self.part = part
    self.shape = shape
    self.isTrainable = isTrainable
    self.initializer = initializer
    self.l1 = l1
    self.l2 = l2
    self.maxNorm = maxNorm
  }

  /// How many numbers it holds.
  public var count: Int { Tensor.count(of: shape) }
}

/// A layer as a value: what it is, not how it runs.
///
/// A new layer is one file: this protocol, a `LayerStep` that runs it, a reference pass, and a line in `LayerDeclarations`.
public protocol LayerDescription: Sendable, Equatable {
  /// Keras' class name, as the summary shows it: "Dense", "BatchNormalization".
  var kind: String { get }
  /// What Keras names such a layer: "dense", "batch_normalization"; a number is added from the second on.
  var baseName: String { get }
  /// Whether the output is the input's own memory under another shape.
  var sharesInput: Bool { get }

  /// The shape of one sample's output.
  ///
  /// - Throws: A `Complaint` that says what would fit; the network adds which layer it is.
  func outputShape(of input: [Int]) throws -> [Int]
  /// The parameters for inputs of that shape, in Keras' order.
  func parameterSpecs(for input: [Int]) -> [ParameterSpec]
  /// What runs it on the buffers of a site.
  func makeStep(at site: LayerSite) -> any LayerStep
  /// The same forward pass in training mode without dropout, slowly and in double precision.
  func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor
}

extension LayerDescription {
  /// Most layers write outputs of their own.
  public var sharesInput: Bool { false }
  /// Many layers have no parameters.
  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] { [] }

  func isEqual(to other: any LayerDescription) -> Bool { (other as? Self) == self }
}

/// A layer at its place in a network.
public struct NamedLayer: Sendable, Equatable {
  /// Its name, unique in the network and kept for its life.
  public let name: String
  /// What it is.
  public let layer: any LayerDescription

  /// Equal names and equal layers.
  public static func == (left: NamedLayer, right: NamedLayer) -> Bool { left.name == right.name && left.layer.isEqual(to: right.layer) }
}
