import Engine
import Language

/// `show dense.kernel`: the numbers of a tensor.
enum ShowCommand {
  static let command = Command(
    .explain,
    Declaration<Action>(
      "show", "Prints the numbers of a tensor.",
      examples: [
        "input 2; layer dense 3; show dense.kernel", "input 2; layer dense 3; show dense.kernel[0, 1]",
        "input 40; layer dense 50; show dense.kernel[0:3, 10]",
      ],
      notes: """
        A tensor is a layer and its part: kernel, bias, gamma, beta, moving_mean, moving_variance, and of the mini-batch that the next `step` \
        takes its output and its gradient (of the loss by the output). Of more than 1,000 numbers those at the ends of the axes are printed, as \
        NumPy does; `[0:5, 1]` takes a part, `all=yes` prints all of up to 1,000,000. As JSON larger ones have null for values.
        """,
      .word("tensor", "the tensor, such as dense.kernel", from: .tensors),
      .boolean("all", "whether a large tensor is printed whole", default: false)
    ) { typed, all in
      let name = try TensorName(typed, allowsParts: true)
      func facts(_ tensor: Tensor) throws -> TensorFacts {
        let part = try name.pick(from: tensor)
        if all, part.count > JSONValue.mostNumbers { throw Complaint.largeTensor(typed, part.count) }
        return TensorFacts(name: typed, tensor: part, isWhole: all)
      }
      return Action { session, _ in
        let state = try session.model.ensureState(seed: session.settings.seed)
        if let tensor = state.parameters[name.name] { return try facts(tensor) }
        let parts = name.name.split(separator: ".", maxSplits: 1).map(String.init)
        let names = state.parameters.names
        // Names the unknown layer before anything is computed.
        let layer = try session.model.network.layer(LayerReference(parts.first ?? ""))
        guard parts.count == 2,
          ["output", "gradient", "kernel.gradient", "bias.gradient", "gamma.gradient", "beta.gradient"].contains(parts[1])
        else {
          let own = names.filter { $0.hasPrefix(layer.name + ".") } + ["output", "gradient"].map { "\(layer.name).\($0)" }
          throw Complaint.unknown("tensor", Word(name.name, at: 0..<0), among: own).withoutPlace
        }
        // An output needs no loss.
        let inspection = parts[1] == "output" ? try Training.outputs(&session).inspect() : try Training.inspect(&session)
        guard let tensor = inspection[name.name] else {
          throw Complaint.unknown("tensor", Word(name.name, at: 0..<0), among: inspection.names).withoutPlace
        }
        return try facts(tensor)
      }
    })
}

/// The numbers of a tensor.
public struct TensorFacts: Facts {
  /// The tensor as it was asked for.
  public let name: String
  /// Its shape and numbers.
  public let tensor: Tensor
  /// Whether it is printed whole, however large it is.
  var isWhole = false
  /// Whether one number was just put at all of its places.
  var isFilled = false
  /// The number at all of its places, where it was filled.
  public var fill: Float? { isFilled ? tensor.values.first : nil }

  /// NumPy prints tensors of so many numbers whole, and of larger ones so many at either end of an axis.
  private static let threshold = 1_000, edge = 3

  /// Whether only the numbers at the ends of the axes are shown.
  public var isElided: Bool { !isWhole && tensor.count > TensorFacts.threshold }
  /// The name without the place of a part.
  public var bareName: String { String(name.prefix { $0 != "[" }) }

  /// The places of each axis that are shown; nil stands for those that are left out.
  public var axes: [[Int?]] {
    tensor.shape.map { length in
      guard isElided, length > 2 * TensorFacts.edge else { return (0..<length).map { $0 } }
      return (0..<TensorFacts.edge).map { $0 } + [nil] + (length - TensorFacts.edge..<length).map { $0 }
    }
  }

  /// The numbers that are shown, in the tensor's order.
  public func numbersShown() -> [Float] {
    guard isElided else { return tensor.values }
    let axes = axes
    var offsets = [0]
    for (places, length) in zip(axes, tensor.shape) {
      offsets = offsets.flatMap { start in places.compactMap { $0.map { start * length + $0 } } }
    }
    return offsets.map { tensor.values[$0] }
  }

  /// Name, shape and nested values; null for the values of a tensor that would make a text of many megabytes.
  public var json: [(String, JSONValue)] {
    [("name", .string(name)), ("shape", .integers(tensor.shape)), ("values", .nested(tensor.values[...], shape: tensor.shape))]
  }
}

extension Complaint {
  /// The same complaint without a place in the line.
  var withoutPlace: Complaint {
    var copy = self
    copy.place = nil
    return copy
  }
}
