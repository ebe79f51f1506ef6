import Datasets
import Engine
import Language

/// What the model answers on the samples that it is judged by: those held out where there are any, else the training part.
struct Answers {
  /// The rows of the data.
  let rows: [Int]
  /// `val` or `train`, as `evaluate` says it.
  let on: String
  /// Whether these are all rows, because none are held out.
  let isWhole: Bool
  /// The outputs, and the samples with their targets.
  let outputs: Tensor
  let samples: Samples
  let loss: any LossDescription
  /// The names of the classes; empty where there are none.
  let classNames: [String]

  /// The rows in words: "the 30 samples held out".
  var part: String {
    let samples = rows.count == 1 ? "sample" : "samples"
    return isWhole
      ? "all \(grouped(rows.count)) \(samples)"
      : "the \(grouped(rows.count)) \(samples) \(on == "val" ? "held out" : "of the training part")"
  }

  @MainActor init(_ session: inout Session) throws {
    guard let data = session.data else { throw Complaint.noData() }
    guard !session.model.network.layers.isEmpty else { throw Complaint.noLayers() }
    let settings = try session.compiled()
    if session.model.network.inputShape == nil { try session.model.edit { try $0.setInput(data.dataset.sampleShape) } }
    let state = try session.model.ensureState(seed: session.settings.seed)
    let split = try data.rows(heldOut: data.heldByFit)
    on = split.heldOut.isEmpty ? "train" : "val"
    isWhole = split.heldOut.isEmpty
    rows = split.heldOut.isEmpty ? split.training : split.heldOut
    samples = try data.samples(rows, units: try data.standardization(heldOut: data.heldByFit), for: settings.loss)
    loss = settings.loss
    let predictor = try Predictor(network: session.model.network, batch: min(256, rows.count))
    try samples.check(
      input: session.model.network.inputShape ?? [], output: session.model.network.outputShape ?? [], loss: settings.loss)
    outputs = try predictor.predict(state.parameters, samples.inputs)
    classNames = loss.targetKind == .numbers ? [] : try data.dataset.encodedTarget(TargetEncoding(loss.targetKind)).classNames
  }
}
