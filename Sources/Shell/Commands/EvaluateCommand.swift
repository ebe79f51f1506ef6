import Datasets
import Engine
import Language

/// `evaluate`: the loss and metrics, without learning.
enum EvaluateCommand {
  static let command = Command(
    .look,
    Declaration<Action>(
      "evaluate", "Measures loss and metrics without learning.",
      examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 5; evaluate"],
      notes: "It uses held-out data where there is any, and says which.",
      .optional(
        .choice(
          "on", "which samples", from: [("train", "the training part"), ("val", "the part held out"), ("all", "all samples")],
          noun: "part of the data"))
    ) { on in
      Action { session, surroundings in try Training.evaluate(on: on, &session, surroundings) }
    })
}

/// `predict 0.5 0.2`: what the model answers.
enum PredictCommand {
  static let command = Command(
    .look,
    Declaration<Action>(
      "predict", "Gives the model's outputs for one sample, or for several in brackets.",
      examples: ["input 2; layer dense 1 sigmoid; predict 0.5 0.2", "input 2; layer dense 1; predict [[0, 0], [1, 1]]"],
      notes:
        "It takes raw units, also where the data are standardized, and the columns that the data came with, also where others were added.",
      .numbersOrValues("inputs", "the numbers of one sample")
    ) { literal in
      Action { session, _ in
        let state = try session.model.ensureState(seed: session.settings.seed)
        let shape = session.model.network.inputShape ?? []
        let inputs = try inputs(of: literal, shape: shape, session)
        let units = try session.data.flatMap { try $0.standardization(heldOut: $0.heldByFit) }
        let predictor = try Predictor(network: session.model.network, batch: min(256, max(1, inputs.shape[0])))
        let outputs = try predictor.predict(
          state.parameters, units.map { $0.means.count == shape.last ? $0.forward(inputs) : inputs } ?? inputs)
        let width = outputs.count / max(1, inputs.shape[0])
        let rows = (0..<inputs.shape[0]).map { Array(outputs.values[($0 * width)..<(($0 + 1) * width)]) }
        return PredictionFacts(outputs: rows, classes: classes(of: rows, session))
      }
    })

  /// The samples as the network takes them, but for their units; columns that were added are computed.
  private static func inputs(of literal: NumberLiteral, shape: [Int], _ session: Session) throws -> Tensor {
    guard let dataset = session.data?.dataset, dataset.sampleShape == shape, dataset.hasComputedColumns else {
      return try tensor(of: literal, shape: shape, size: Tensor.count(of: shape))
    }
    let count = dataset.inputNames.count
    return try dataset.features(of: tensor(of: literal, shape: [count], size: count))
  }

  private static func tensor(of literal: NumberLiteral, shape: [Int], size: Int) throws -> Tensor {
    let values = literal.values.map { Float($0) }
    guard values.allSatisfy(\.isFinite) else { throw Complaint.tooLarge(at: literal.place) }
    // A flat list is one sample; a nested one is several, or one in the shape of the input.
    if literal.shape.count <= 1 || literal.shape == shape {
      guard values.count == size else { throw Complaint.wrongInputs(values.count, expected: size, shape: shape, at: literal.place) }
      return Tensor(shape: [1] + shape, values: values)
    }
    let one = literal.shape.dropFirst().reduce(1, *)
    guard one == size else { throw Complaint.wrongInputs(one, expected: size, shape: shape, at: literal.place) }
    return Tensor(shape: [literal.shape[0]] + shape, values: values)
  }

  /// The names of the most probable classes, where the data have classes and the outputs are one for each, or one for two.
  private static func classes(of rows: [[Float]], _ session: Session) -> [String] {
    guard let settings = session.model.settings, let data = session.data, data.dataset.sampleShape == session.model.network.inputShape
    else { return [] }
    let kind = settings.loss.targetKind
    guard kind != .numbers, let names = try? data.dataset.encodedTarget(TargetEncoding(kind)).classNames, !names.isEmpty else { return [] }
    return rows.compactMap { row in
      if kind == .zeroOne {
        let threshold: Float = settings.loss.fromLogits ? 0 : 0.5
        return row.count == 1 && names.count == 2 ? names[row[0] > threshold ? 1 : 0] : nil
      }
      guard row.count == names.count, let best = row.indices.max(by: { row[$0] < row[$1] }) else { return nil }
      return names[best]
    }
  }
}
