import Engine
import Language

/// `show dense.kernel`: the numbers of a tensor.
enum ShowCommand {
  static let command = Command(
    .explain,
    Declaration<Action>(
      "show", "Prints the numbers of a tensor.",
      examples: ["input 2; layer dense 3; show dense.kernel", "input 2; layer dense 3; show dense.kernel[0, 1]"],
      notes: """
        A tensor is a layer and its part: kernel, bias, gamma, beta, moving_mean, moving_variance, and of the mini-batch that the next `step` \
        takes its output and its gradient (of the loss by the output).
        """,
      .word("tensor", "the tensor, such as dense.kernel", from: .tensors)
    ) { typed in
      let name = try TensorName(typed)
      return Action { session, _ in
        let state = try session.model.ensureState(seed: session.settings.seed)
        if let tensor = state.parameters[name.name] { return TensorFacts(name: typed, tensor: try name.pick(from: tensor)) }
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
        return TensorFacts(name: typed, tensor: try name.pick(from: tensor))
      }
    })
}

/// The numbers of a tensor.
public struct TensorFacts: Facts {
  /// The tensor as it was asked for.
  public let name: String
  /// Its shape and numbers.
  public let tensor: Tensor
  /// Whether one number was just put at all of its places.
  var isFilled = false
  /// The number at all of its places, where it was filled.
  public var fill: Float? { isFilled ? tensor.values.first : nil }
  /// Name, shape and nested values.
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
