import Kernels
import Language

/// Where each parameter lies in the plan's one buffer: trainable ones first, each beginning at a cache line.
struct ParameterLayout {
  private(set) var entries: [(parameter: NamedParameter, range: Range<Int>)] = []
  private var ranges: [String: Range<Int>] = [:]
  /// How many floats the buffer has.
  let count: Int
  /// How many of them, from the start, the optimizer changes.
  let trainableCount: Int

  init(_ parameters: [NamedParameter]) {
    var end = 0
    var trainable = 0
    for wantsTrainable in [true, false] {
      for parameter in parameters where parameter.spec.isTrainable == wantsTrainable {
        let range = end..<end + parameter.spec.count
        entries.append((parameter, range))
        ranges[parameter.name] = range
        end = (range.upperBound + 15) / 16 * 16
      }
      if wantsTrainable { trainable = end }
    }
    count = end
    trainableCount = trainable
  }

  /// A parameter's part of a buffer of this layout.
  func slice(_ name: String, of buffer: FloatBuffer) -> FloatBuffer { FloatBuffer(ranges[name] ?? 0..<0, of: buffer) }
}

extension Plan {
  /// Takes in a network's parameters.
  ///
  /// - Throws: A `Complaint` when they are another network's.
  public func load(_ values: Parameters) throws {
    if handedOut.holds(values, at: version.number) { return }
    version.change()
    for (parameter, range) in layout.entries {
      try Interruption.check()
      guard let tensor = values[parameter.name], tensor.shape == parameter.spec.shape else {
        throw Complaint.foreignParameters(parameter.name)
      }
      FloatBuffer(range, of: parameters).load(tensor.values)
    }
  }

  /// The parameters as they are now, in the network's order.
  public func currentParameters() throws -> Parameters {
    var result = Parameters()
    for parameter in try network.parameterSpecs() {
      result.append(parameter.name, Tensor(shape: parameter.spec.shape, values: layout.slice(parameter.name, of: parameters).values()))
    }
    handedOut.parameters = (result, version.number)
    return result
  }

  /// Takes in what the optimizer remembers; what is missing is 0.
  func load(_ state: OptimizerState, of optimizer: any OptimizerDescription) throws {
    if handedOut.holds(state, at: version.number) { return }
    // What was handed out is no longer what is here, also where the work ends on the way.
    handedOut.slots = nil
    for (name, slot) in zip(optimizer.slotNames, slots) {
      try Interruption.check()
      slot.fill(optimizer.slotStart)
      for (parameter, range) in layout.entries where parameter.spec.isTrainable {
        guard let tensor = state.slots["\(parameter.name)/\(name)"], tensor.count == range.count else { continue }
        try Interruption.check()
        FloatBuffer(range, of: slot).load(tensor.values)
      }
    }
  }

  /// What the optimizer remembers now.
  func currentState(of optimizer: any OptimizerDescription, updates: Int) -> OptimizerState {
    var result = Parameters()
    for (parameter, range) in layout.entries where parameter.spec.isTrainable {
      for (name, slot) in zip(optimizer.slotNames, slots) {
        result.append("\(parameter.name)/\(name)", Tensor(shape: parameter.spec.shape, values: FloatBuffer(range, of: slot).values()))
      }
    }
    handedOut.slots = (result, version.number)
    return OptimizerState(slots: result, updates: updates)
  }
}

/// What a plan has last handed out, by which it knows its own values when they come back: taking them in again would cost as much as a
/// few updates.
struct HandedOut {
  /// The parameters, and their version at that time.
  var parameters: (values: Parameters, version: Int)?
  /// What the optimizer remembered at that version.
  var slots: (values: Parameters, version: Int)?

  /// Whether these are the plan's parameters as they still are.
  func holds(_ values: Parameters, at version: Int) -> Bool {
    guard let parameters, parameters.version == version else { return false }
    return parameters.values.isSame(as: values)
  }

  /// Whether this is what the plan's slots still hold.
  func holds(_ state: OptimizerState, at version: Int) -> Bool {
    guard let slots, slots.version == version else { return false }
    return slots.values.isSame(as: state.slots)
  }
}
