import Kernels
import Language

/// Samples with their targets, as the loss wants them.
public struct Samples: Sendable, Equatable {
  /// The inputs: (n, ...input shape).
  public let inputs: Tensor
  /// The targets: (n, outputs), or (n, 1) class indices, or (n).
  public let targets: Tensor
  /// What the loss of each is multiplied by; nil when they count alike.
  public let weights: [Float]?

  /// Samples with their targets, and weights where they do not count alike.
  ///
  /// - Throws: A `Complaint` when there are none, their numbers differ, or a value is not finite.
  public init(inputs: Tensor, targets: Tensor, weights: [Float]? = nil) throws {
    let rows = inputs.shape.first ?? 0
    guard rows > 0 else { throw Complaint.noSamples }
    guard rows == targets.shape.first else { throw Complaint.unequalRows(inputs: rows, targets: targets.shape.first ?? 0) }
    if let bad = inputs.values.firstIndex(where: { !$0.isFinite }) {
      throw Complaint.badSample(inputs.values[bad], row: bad / (inputs.count / rows))
    }
    if let bad = targets.values.firstIndex(where: { !$0.isFinite }) {
      throw Complaint.badTarget(targets.values[bad], row: bad / (targets.count / rows))
    }
    self.inputs = inputs
    self.targets = targets
    if let weights {
      guard weights.count == rows else { throw Complaint.badWeights(weights.count, samples: rows) }
      if let bad = weights.first(where: { !($0 >= 0 && $0.isFinite) }) { throw Complaint.badWeight(bad) }
    }
    self.weights = weights
  }

  /// How many samples there are.
  public var count: Int { inputs.shape[0] }
  /// How many values a sample has.
  var inputWidth: Int { inputs.count / count }
  /// How many values a target has.
  var targetWidth: Int { targets.count / count }

  /// Whether they fit a network and a loss.
  ///
  /// - Throws: A `Complaint` that says what does not.
  public func check(input: [Int], output: [Int], loss: any LossDescription) throws {
    let sample = Array(inputs.shape.dropFirst())
    // A sample of a single number may come without an axis of its own.
    guard sample == input || (sample.isEmpty && input == [1]) else { throw Complaint.wrongInputs(got: sample, wanted: input) }
    let wanted = loss.targetShape(for: output)
    guard targetWidth == Tensor.count(of: wanted) else {
      throw Complaint.wrongTargets(loss.name, got: Array(targets.shape.dropFirst()), wanted: wanted)
    }
    switch loss.targetKind {
    case .index:
      let classes = output.last ?? 1
      if let bad = targets.values.firstIndex(where: { !($0 >= 0 && $0 < Float(classes) && $0 == $0.rounded()) }) {
        throw Complaint.badClass(targets.values[bad], row: bad / targetWidth, classes: classes)
      }
    case .zeroOne, .oneHot, .numbers: try loss.check(targets: targets.values)
    }
  }
}

extension Plan {
  /// Takes in rows of the data: inputs, targets and weights.
  func gather(_ rows: ArraySlice<Int>, of samples: Samples) {
    input.gather(rows, of: samples.inputs.values, width: samples.inputWidth)
    target.gather(rows, of: samples.targets.values, width: samples.targetWidth)
    if let weights = samples.weights { self.weights.gather(rows, of: weights, width: 1) }
  }

  /// Runs `body` for one batch after the other, all in their order: the inputs are read where they are. Batches whose values would
  /// not stay in the processor's caches from one layer to the next are parted.
  ///
  /// - Returns: false when `body` ended it by returning false.
  func eachBatch(of inputs: Tensor, _ body: (Range<Int>) throws -> Bool) rethrows -> Bool {
    let count = inputs.shape.first ?? 0
    let width = inputs.count / max(count, 1)
    let rows = min(batch, max(8, Plan.cachedFloats / max(greatestWidth, 1)))
    return try input.standing(for: inputs.values) { move in
      for start in stride(from: 0, to: count, by: rows) {
        move(start * width)
        guard try body(start..<min(start + rows, count)) else { return false }
      }
      return true
    }
  }

  /// Takes in the targets and weights of rows that follow each other.
  func takeTargets(_ rows: Range<Int>, of samples: Samples) {
    let width = samples.targetWidth
    target.copy(samples.targets.values, from: rows.lowerBound * width, count: rows.count * width)
    if let weights = samples.weights { self.weights.copy(weights, from: rows.lowerBound, count: rows.count) }
  }
}
