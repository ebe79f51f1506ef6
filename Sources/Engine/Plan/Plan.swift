import Kernels
import Language

/// A network compiled for a batch size: buffers and steps made once, so that nothing is allocated while it runs.
///
/// Parameters lie in one buffer, those that the optimizer changes first, so that an update is a single pass. A plan with settings trains; one
/// without predicts. A batch may be smaller than the plan's: everything is computed over its rows alone. With `keepsEverything` no buffer is
/// shared by two quantities; the numbers are the same.
public final class Plan {
  /// What is compiled.
  public let network: Network
  /// The most samples of a batch.
  public let batch: Int
  /// The input (batch, ...input shape).
  public let input: FloatBuffer
  /// The output (batch, ...output shape).
  public let output: FloatBuffer
  /// The targets as the loss wants them; empty in a plan that only predicts.
  public let target: FloatBuffer
  /// The weights of the samples, for losses that are weighted.
  public let weights: FloatBuffer
  /// The shape of one sample's output.
  public let outputShape: [Int]

  /// How many floats of a layer's output are best passed on at once: measured on two Zen 4 cores with 1 MB each.
  static let cachedFloats = 640 * 1024

  let inputShape: [Int]
  let outputCount: Int
  // The most values that a sample has at any layer.
  let greatestWidth: Int
  private let outputColumns: Int
  let layout: ParameterLayout
  let parameters: FloatBuffer
  let gradients: FloatBuffer
  let slots: [FloatBuffer]
  let quantities: QuantityTable
  let version = ParameterVersion()
  var lent = LentValues()
  // What an interrupted pass over the parameters left to do.
  var owed: OwedUpdate?
  let steps: [any LayerStep]
  private let penalties: [Penalty]
  private let normLimits: [NormLimit]
  private let gradientTensors: [FloatBuffer]
  let outputGradient: FloatBuffer
  private let loss: (any LossDescription)?

  /// Compiles a network.
  ///
  /// - Throws: A `Complaint` when something does not fit, or memory would not hold it.
  public init(_ network: Network, batch: Int, settings: TrainingSettings? = nil, keepsEverything: Bool = false) throws {
    guard batch > 0 else { throw Complaint.badBatch(batch) }
    let shapes = try network.shapes()
    guard let inputShape = network.inputShape, let outputShape = shapes.last else { throw Complaint.noLayers }
    try network.checkReaders()
    try settings?.check(network)
    let layout = ParameterLayout(try network.parameterSpecs())
    let slotCount = settings?.optimizer.slotNames.count ?? 0
    try MemoryEstimate.check(try network.memoryNeed(batch: batch, settings: settings))

    self.network = network
    self.batch = batch
    self.inputShape = inputShape
    self.outputShape = outputShape
    self.layout = layout
    outputCount = Tensor.count(of: outputShape)
    greatestWidth = shapes.reduce(Tensor.count(of: inputShape)) { max($0, Tensor.count(of: $1)) }
    outputColumns = outputShape.last ?? 1
    parameters = FloatBuffer(count: layout.count)
    gradients = FloatBuffer(count: settings == nil ? 0 : layout.trainableCount)
    // Half a gigabyte each in a large network.
    slots = try (0..<slotCount).map { _ in
      try Interruption.check()
      return FloatBuffer(count: layout.trainableCount)
    }
    loss = settings?.loss
    let slopes = gradients
    gradientTensors =
      settings == nil ? [] : layout.entries.filter(\.parameter.spec.isTrainable).map { FloatBuffer($0.range, of: slopes) }
    input = FloatBuffer(count: batch * Tensor.count(of: inputShape))
    target = FloatBuffer(count: settings.map { batch * Tensor.count(of: $0.loss.targetShape(for: outputShape)) } ?? 0)

    weights = FloatBuffer(count: settings == nil ? 0 : batch, filledWith: 1)

    var builder = PlanBuilder(
      network: network, shapes: shapes, layout: layout, parameters: parameters, gradients: gradients, batch: batch, trains: settings != nil,
      keepsEverything: keepsEverything, input: input, inputShape: inputShape, version: version)
    for index in network.layers.indices {
      try Interruption.check()
      try builder.add(index)
    }
    steps = builder.steps
    penalties = builder.penalties
    normLimits = builder.normLimits
    quantities = builder.quantities
    output = builder.output.buffer
    outputGradient = builder.output.gradient ?? FloatBuffer(count: settings == nil ? 0 : builder.output.buffer.count)
  }

  /// Computes the output of what is in `input`.
  ///
  /// - Returns: false when it was interrupted between two layers.
  public func forward(_ pass: Pass, interrupted: () -> Bool = { false }) throws -> Bool {
    // Indices, here and below: in a debug build an iterator would allocate.
    var index = 0
    while index < steps.count {
      if interrupted() { return false }
      if index == 0 { settleUpdate() }
      do { try steps[index].forward(pass) } catch is PassEnded { return false }
      index += 1
    }
    return true
  }

  /// The mean loss of the batch, penalties included; the gradient by the output is kept for `backward`.
  ///
  /// - Parameter isWeighted: Whether each sample's loss is multiplied by its weight.
  public func evaluateLoss(rows: Int, isWeighted: Bool = false) -> Double {
    guard let loss else { return .nan }
    var value = loss.evaluate(
      LossBatch(
        output, target, gradient: outputGradient, weights: isWeighted ? weights : nil, rows: rows, width: outputCount,
        columns: outputColumns, kind: loss.targetKind))
    var index = 0
    while index < penalties.count {
      let penalty = penalties[index]
      value += Sums.penalty(of: penalty.values, l1: penalty.l1, l2: penalty.l2)
      index += 1
    }
    return value
  }

  /// Computes the gradient of the loss by everything, after `forward` and `evaluateLoss`.
  ///
  /// - Returns: false when it was interrupted between two layers.
  public func backward(_ pass: Pass, interrupted: () -> Bool = { false }) throws -> Bool {
    var index = steps.count
    while index > 0 {
      index -= 1
      if interrupted() { return false }
      do { try steps[index].backward(pass) } catch is PassEnded { return false }
    }
    while index < penalties.count {
      let penalty = penalties[index]
      Sums.addPenaltyGradient(of: penalty.values, l1: penalty.l1, l2: penalty.l2, to: penalty.gradient)
      index += 1
    }
    return true
  }

  /// Computes the output of what is in `input`, or fails: also when the person asks to stop.
  public func computeOutput(_ pass: Pass) throws {
    guard try forward(pass, interrupted: { Interruption.isAsked }) else { throw Interruption.complaint }
  }

  /// Computes the gradients after `computeOutput` and `evaluateLoss`, or fails: also when the person asks to stop.
  public func computeGradients(_ pass: Pass) throws {
    guard try backward(pass, interrupted: { Interruption.isAsked }) else { throw Interruption.complaint }
  }

  /// Changes the parameters along the gradients, keeps their constraints, and lets the layers' statistics follow.
  ///
  /// - Parameters:
  ///   - update: The number of this update, from 1.
  ///   - rate: The learning rate of this update; the optimizer's own where nil.
  ///   - interrupted: Asked between pieces of very many parameters. What is left then is made when it is needed: the update counts.
  public func update(
    _ optimizer: any OptimizerDescription, update: Int, rate: Float? = nil, interrupted: () -> Bool = { false }
  ) {
    parametersChange()
    let count = layout.trainableCount
    if count > 0 {
      let pass = UpdatePass(
        parameters: parameters, gradients: gradients, slots: slots, optimizer: optimizer, number: update, rate: rate ?? optimizer.rate,
        scale: clipNorms(optimizer.options.clipping), count: count)
      var done = 0
      while done < count {
        if done > 0, interrupted() {
          owed = OwedUpdate(pass, from: done, normLimits, steps)
          return
        }
        let next = min(count, done + UpdatePass.atOnce)
        pass.apply(done..<next)
        done = next
      }
    }
    UpdatePass.finish(normLimits, steps)
  }

  /// Makes what is left of an update.
  func settleUpdate() {
    guard let owed else { return }
    owed.settle()
    self.owed = nil
  }

  // Brings single tensors to the wanted norm at once, all of them together through the factor that it returns.
  private func clipNorms(_ clipping: GradientClipping?) -> Float {
    switch clipping {
    case .norm(let limit):
      var index = 0
      while index < gradientTensors.count {
        let tensor = gradientTensors[index]
        let norm = NormKernel.norm(of: tensor, count: tensor.count)
        if norm > Double(limit) { NormKernel.scale(tensor, by: Float(Double(limit) / norm)) }
        index += 1
      }
      return 1
    case .globalNorm(let limit):
      let norm = NormKernel.norm(of: gradients, count: layout.trainableCount)
      return norm > Double(limit) ? Float(Double(limit) / norm) : 1
    case .value, nil: return 1
    }
  }

  /// The names of everything that can be looked at: "dense.output", "dense.gradient" (the loss by the output), "dense.kernel.gradient", ...
  public var quantityNames: [String] { quantities.names }

  /// A quantity after a pass over so many rows.
  public func quantity(_ name: String, rows: Int) -> Tensor? {
    settleUpdate()
    return quantities.tensor(name, rows: rows)
  }
}
