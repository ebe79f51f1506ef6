import Engine
import Language

/// A model as the Python that builds, compiles and trains it with Keras 3.
struct KerasCode {
  /// The lines.
  private(set) var lines: [String] = []
  /// What Keras cannot say, or says in another way.
  private(set) var remarks: [String] = []
  /// Whether layers read others than the one before them.
  let isGraph: Bool

  /// The code of a session's model.
  ///
  /// - Throws: A `Complaint` when there is no layer, or a graph whose input is not known.
  init(_ session: Session) throws {
    let network = session.model.network
    guard !network.layers.isEmpty else { throw Complaint.noLayers() }
    isGraph = !network.isSequence
    if isGraph, network.inputShape == nil { throw Complaint.noInput() }
    let calls = try network.layers.map { named in
      guard let call = KerasLayers.call(for: named) else {
        throw Complaint("Keras has no layer such as `\(named.name)` (\(named.layer.kind))")
      }
      return call.text
    }
    let training = session.model.settings.map { KerasTraining(settings: $0, output: network.outputShape) }
    let fit = try session.model.settings.flatMap { settings in
      try session.model.lastFit.map { try KerasCode.fit($0, settings, session) }
    }
    if fit?.needsNumPy == true { lines += ["import numpy"] }
    lines += ["import keras", "from keras import layers", "", "keras.utils.set_random_seed(\(session.settings.seed % (1 << 32)))", ""]
    if let function = training?.lossFunction, !function.isEmpty { lines += [""] + function + ["", ""] }
    if let classes = fit?.classes, !classes.isEmpty { lines += [""] + classes + ["", ""] }
    lines += isGraph ? KerasCode.graph(network, calls) : KerasCode.sequence(network, calls)
    if let training, let settings = session.model.settings { try compile(training, settings) }
    if let fit { lines += ["", ""] + fit.function }
    remark(on: session)
  }

  private static func sequence(_ network: Network, _ calls: [String]) -> [String] {
    let input = network.inputShape.map { ["        keras.Input(\(Python.tuple($0))),"] } ?? []
    return ["model = keras.Sequential(", "    ["] + input + calls.map { "        \($0)," } + ["    ]", ")"]
  }

  private static func graph(_ network: Network, _ calls: [String]) -> [String] {
    var lines = ["inputs = keras.Input(\(Python.tuple(network.inputShape ?? [])))"]
    for ((named, reads), call) in zip(zip(network.layers, network.connections), calls) {
      let sources = reads.map { $0.map(Python.variable) ?? "inputs" }
      lines.append("\(Python.variable(named.name)) = \(call)(\(sources.count == 1 ? sources[0] : "[\(sources.joined(separator: ", "))]"))")
    }
    return lines + ["model = keras.Model(inputs, \(Python.variable(network.layers[network.layers.count - 1].name)))"]
  }

  private mutating func compile(_ training: KerasTraining, _ settings: TrainingSettings) throws {
    guard let optimizer = training.optimizer, let loss = training.lossText else {
      throw Complaint("Keras has no optimizer or loss such as `\(settings.optimizer.name)` and `\(settings.loss.name)`")
    }
    lines += ["model.compile(", "    optimizer=\(optimizer.text),", "    loss=\(loss),"]
    let metrics = settings.metrics.map { (name: $0.name, call: training.metric($0)) }
    let known = metrics.compactMap { $0.call?.text }
    if !known.isEmpty { lines += ["    metrics=["] + known.map { "        \($0)," } + ["    ],"] }
    lines.append(")")
    for metric in metrics where metric.call == nil {
      remarks.append("\(metric.name) is left out: Keras has none that counts it for this loss")
    }
  }

  private static func fit(_ request: TrainingRequest, _ settings: TrainingSettings, _ session: Session) throws -> KerasFit {
    let network = session.model.network
    let adaptations = zip(network.layers, network.connections).compactMap { named, reads -> String? in
      guard named.layer is Normalization else { return nil }
      let layer = "model.get_layer(\(Python.text(named.name)))"
      if reads == [nil] { return "    \(layer).adapt(x)" }
      return "    \(layer).adapt(keras.Model(model.inputs, \(layer).input).predict(x, verbose=0))"
    }
    let batch = request.batch ?? session.settings.batch
    return KerasFit(
      request: request, settings: settings, batch: session.data.map { min(batch, $0.dataset.rows) } ?? batch, held: request.held ?? 0,
      isSplit: session.data?.split != nil, adaptations: adaptations)
  }

  private mutating func remark(on session: Session) {
    if session.data?.isStandardized == true {
      remarks.append("the features are in standard units here (`data standardize`): bring x to them first")
    }
    if session.model.state != nil, !session.model.hasFirstWeights {
      remarks.append("the weights are not in it: Keras draws its own first ones")
    }
  }

  /// The lines as one text that ends in a newline.
  var text: String { lines.joined(separator: "\n") + "\n" }
}
