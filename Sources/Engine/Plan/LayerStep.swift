import Kernels
import Language

/// What holds for one pass through a plan.
public struct Pass: Sendable {
  /// How many samples the batch really has.
  public var rows: Int
  /// Whether batch statistics are taken.
  public var isTraining: Bool
  /// Whether dropout is active; only in training.
  public var dropsOut: Bool
  /// What dropout masks of this update are drawn from.
  public var key: UInt64
}

/// Thrown by a step that was ended between two pieces of long work: what it computes is not whole.
struct PassEnded: Error {
  /// To be called between the pieces.
  static func check() throws { if Interruption.isAsked { throw PassEnded() } }
}

/// A layer at work on the buffers of a plan. It allocates nothing once it is made.
public protocol LayerStep: AnyObject {
  /// Computes the output from the input. Where a person may have to wait for it, it looks between pieces whether it shall go on.
  func forward(_ pass: Pass) throws
  /// Computes the gradients of the parameters and the input from the output's; called after `forward` of the same pass.
  func backward(_ pass: Pass) throws
  /// Makes what the update has decided permanent: moving statistics. Called once the optimizer has run.
  func commit()
}

extension LayerStep {
  /// Most layers keep nothing between updates.
  public func commit() {}
}

/// The place of a layer in a plan: its buffers and the helpers to make more.
public struct LayerSite {
  /// The layer's name; random streams are drawn by it.
  public let name: String
  /// The shape of one sample's input.
  public let inputShape: [Int]
  /// The shape of one sample's output.
  public let outputShape: [Int]
  /// The most samples of a batch.
  public let batch: Int
  /// The input (batch, inputShape).
  public let input: FloatBuffer
  /// Where the loss's gradient by the input goes; nil when nobody asks for it.
  public let inputGradient: FloatBuffer?
  /// The output (batch, outputShape).
  public let output: FloatBuffer
  /// The loss's gradient by the output; nil in a plan that only predicts.
  public let outputGradient: FloatBuffer?
  /// What it reads besides the input: the layers that `joins` names.
  public let joined: [JoinedInput]
  /// Whether the reader of the output applies the slope of this layer's relu.
  public let leavesReLU: Bool
  /// Whether the input comes from a relu whose slope this layer applies: the input's gradient is 0 where the input is.
  public let takesOverReLU: Bool
  /// Whether the output's gradient takes the output's place on the way back.
  public var yieldsOutput: Bool { output === outputGradient }
  /// Memory at the side, used by one layer after the other.
  public let scratch: ScratchSpace
  /// Tells whether the parameters have changed.
  public let version: ParameterVersion
  /// Whether the plan backs up each intermediate value in a buffer of its own, so that all can be looked at.
  public let keepsEverything: Bool
  let parameterBuffers: [String: FloatBuffer]
  let gradientBuffers: [String: FloatBuffer]
  let quantities: QuantityTable

  /// How many values a sample's input has.
  public var inputCount: Int { Tensor.count(of: inputShape) }
  /// How many values a sample's output has.
  public var outputCount: Int { Tensor.count(of: outputShape) }

  /// What the layer's random numbers are drawn from, together with the update's key: each layer has its own, whatever stands before it.
  public var randomStream: UInt64 {
    var source = RandomSource(seed: 0, stream: name)
    return source.next()
  }

  /// A parameter's values.
  ///
  /// - Precondition: the layer has declared the part.
  public func parameter(_ part: String) -> FloatBuffer {
    guard let buffer = parameterBuffers[part] else { preconditionFailure("\(name) has not declared \(part)") }
    return buffer
  }

  /// The loss's gradient by a parameter; nil in a plan that only predicts.
  public func gradient(_ part: String) -> FloatBuffer? { gradientBuffers[part] }

  /// A buffer for a value between input and output, for one sample of that shape, which can be looked at under its name.
  public func intermediate(_ part: String, shape: [Int]) -> FloatBuffer {
    let buffer = FloatBuffer(count: batch * Tensor.count(of: shape))
    quantities.add("\(name).\(part)", buffer, shape: shape, perSample: true)
    return buffer
  }

  /// A buffer for a value of the whole batch, which can be looked at under its name.
  public func statistic(_ part: String, count: Int) -> FloatBuffer {
    let buffer = FloatBuffer(count: count)
    quantities.add("\(name).\(part)", buffer, shape: [count], perSample: false)
    return buffer
  }
}

extension LayerSite {
  /// The site of a layer's first part, which ends in a value of its own.
  func part(output: FloatBuffer, shape: [Int], outputGradient: FloatBuffer?) -> LayerSite {
    LayerSite(
      name: name, inputShape: inputShape, outputShape: shape, batch: batch, input: input, inputGradient: inputGradient, output: output,
      outputGradient: outputGradient, joined: [], leavesReLU: false, takesOverReLU: takesOverReLU, scratch: scratch, version: version,
      keepsEverything: false, parameterBuffers: parameterBuffers, gradientBuffers: gradientBuffers, quantities: quantities)
  }

  /// The site of its last part, which begins at that value.
  func part(input: FloatBuffer, shape: [Int], inputGradient: FloatBuffer?) -> LayerSite {
    LayerSite(
      name: name, inputShape: shape, outputShape: outputShape, batch: batch, input: input, inputGradient: inputGradient, output: output,
      outputGradient: outputGradient, joined: [], leavesReLU: leavesReLU, takesOverReLU: false, scratch: scratch, version: version,
      keepsEverything: keepsEverything, parameterBuffers: parameterBuffers, gradientBuffers: gradientBuffers, quantities: quantities)
  }
}

/// A further input of a layer.
public struct JoinedInput {
  /// The shape of one sample.
  public let shape: [Int]
  /// The values (batch, shape).
  public let values: FloatBuffer
  /// Where the loss's gradient by them goes; nil when nobody asks for it.
  public let gradient: FloatBuffer?
}

/// A number that changes whenever a plan's parameters do, so that a layer knows when what it has made of them is old.
public final class ParameterVersion {
  /// The number.
  public private(set) var number = 0

  func change() { number += 1 }
}

/// Which buffer holds which named value of a plan.
final class QuantityTable {
  struct Entry {
    let buffer: FloatBuffer
    let shape: [Int]
    let perSample: Bool
  }

  private(set) var names: [String] = []
  private var entries: [String: Entry] = [:]

  func add(_ name: String, _ buffer: FloatBuffer, shape: [Int], perSample: Bool) {
    if entries[name] == nil { names.append(name) }
    entries[name] = Entry(buffer: buffer, shape: shape, perSample: perSample)
  }

  /// The value under a name, of a batch of so many samples.
  func tensor(_ name: String, rows: Int) -> Tensor? {
    guard let entry = entries[name] else { return nil }
    let shape = entry.perSample ? [rows] + entry.shape : entry.shape
    return Tensor(shape: shape, values: entry.buffer.values(count: Tensor.count(of: shape)))
  }
}
