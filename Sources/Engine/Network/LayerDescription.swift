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

  /// The names of earlier layers whose outputs it reads besides its first input: `add` and `concat` have them.
  var joins: [String] { get }
  /// The same layer as it runs while it is frozen.
  var frozen: any LayerDescription { get }
  /// Whether it ends in a relu whose slope its only reader may apply in its stead; see `takesOverReLU`.
  var leavesReLU: Bool { get }
  /// Whether its step can apply the slope of a relu before it at less cost than that layer could.
  var takesOverReLU: Bool { get }

  /// Whether its step is done with its input before it writes the gradient by it, which may then take the input's place.
  var releasesInput: Bool { get }
  /// Whether its step can do without its output on the way back, which may then be overwritten by the gradient.
  var yieldsOutput: Bool { get }

  /// How many numbers a sample its step keeps besides input, output and the gradients by them.
  func keptCount(for input: [Int], trains: Bool) -> Int

  /// The shape of one sample's output.
  ///
  /// - Throws: A `Complaint` that says what would fit; the network adds which layer it is.
  func outputShape(of input: [Int]) throws -> [Int]
  /// The same for a layer that joins several inputs.
  func outputShape(joining inputs: [[Int]]) throws -> [Int]
  /// The parameters for inputs of that shape, in Keras' order.
  func parameterSpecs(for input: [Int]) -> [ParameterSpec]
  /// The window that it moves over its input; nil for a layer that looks at its input as a whole.
  var slidingWindow: SlidingWindow? { get }
  /// How many products a sample's forward pass adds up: those of dense layers and convolutions. Biases, activations, normalisations and poolings
  /// are not counted, as is usual. Not an integer, because what may be typed can outgrow 64 bits.
  func multiplyAdds(for input: [Int]) -> Double
  /// What runs it on the buffers of a site.
  func makeStep(at site: LayerSite) throws -> any LayerStep
  /// The same forward pass in training mode without dropout, slowly and in double precision.
  func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor
  /// The same for a layer that joins several inputs.
  func reference(joining inputs: [ReferenceTensor], _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor
}

extension LayerDescription {
  /// Most layers write outputs of their own.
  public var sharesInput: Bool { false }
  /// Most layers read one input.
  public var joins: [String] { [] }
  /// Most layers run the same frozen or not.
  public var frozen: any LayerDescription { self }
  /// Most layers apply their own slopes.
  public var leavesReLU: Bool { false }
  /// Most layers leave other layers' slopes to them.
  public var takesOverReLU: Bool { false }
  /// Some layers need input and gradient side by side.
  public var releasesInput: Bool { false }
  /// Some layers need their output on the way back.
  public var yieldsOutput: Bool { false }
  /// Many layers keep nothing, or little.
  public func keptCount(for input: [Int], trains: Bool) -> Int { 0 }
  /// What holds for a single input.
  public func outputShape(joining inputs: [[Int]]) throws -> [Int] { try outputShape(of: inputs[0]) }
  /// What holds for a single input.
  public func reference(joining inputs: [ReferenceTensor], _ parameter: (String) -> ReferenceTensor) throws -> ReferenceTensor {
    try reference(inputs[0], parameter)
  }
  /// Many layers have no parameters.
  public func parameterSpecs(for input: [Int]) -> [ParameterSpec] { [] }

  /// Many layers look at their input as a whole.
  public var slidingWindow: SlidingWindow? { nil }
  /// Most layers multiply no matrices.
  public func multiplyAdds(for input: [Int]) -> Double { 0 }

  /// Whether another layer is of the same type and equal.
  public func isEqual(to other: any LayerDescription) -> Bool { (other as? Self) == self }
}
