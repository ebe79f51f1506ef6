import Engine
import Language

/// What completes the names of a model's parts, and of what its training measures.
@MainActor struct ModelCandidates {
  let session: Session

  private var network: Network { session.model.network }

  func candidates(of source: CandidateSource, typed: String) -> [Candidate] {
    if [.parameters, .tensors, .explainable].contains(source), let bracket = typed.firstIndex(of: "[") {
      return places(typed, bracket)
    }
    switch source {
    case .layers: return layers
    case .parameters: return parameters
    case .tensors: return parameters + outputs
    case .explainable:
      return ExplainCommand.candidates(after: source.before, typed: typed, in: session, layers: layers, tensors: parameters + outputs)
    case .curves: return measures.filter { !$0.text.hasPrefix("val_") }
    case .measures: return measures
    case .livePlots: return livePlots(typed)
    case .summaryColumns: return SummaryFacts.Column.allCases.map { Candidate($0.rawValue, $0.meaning) }
    case .sweepAxes: return SweepTarget.candidates(typed, after: source.before, in: session)
    default: return []
    }
  }

  /// The layers, each with its kind and the shape of its output.
  private var layers: [Candidate] {
    let rows = network.summary.rows
    return network.layers.enumerated().map { place, layer in
      let shape = rows.indices.contains(place) ? rows[place].outputShape : nil
      let words = [layer.layer.kind, shape.map(ModelCandidates.shape), layer.isFrozen ? "frozen" : nil].compactMap(\.self)
      return Candidate(layer.name, words.joined(separator: " "))
    }
  }

  private var parameters: [Candidate] {
    ((try? network.parameterSpecs()) ?? []).map { Candidate($0.name, ModelCandidates.shape($0.spec.shape)) }
  }

  private var outputs: [Candidate] {
    network.layers.flatMap { layer in
      [Candidate("\(layer.name).output", "what the layer gives"), Candidate("\(layer.name).gradient", "of the loss, by the output")]
    }
  }

  /// So many places of an axis are offered.
  private static let mostPlaces = 100

  /// The places along the axis that is being typed: `dense.kernel[0, `. Of the first axis of an output, its samples, none is known.
  private func places(_ typed: String, _ bracket: String.Index) -> [Candidate] {
    let axes = axes(of: String(typed[..<bracket]))
    let axis = typed[bracket...].count { $0 == "," }
    guard axes.indices.contains(axis), let length = axes[axis] else { return [] }
    let start = typed.lastIndex { !$0.isNumber }.map { typed.index(after: $0) } ?? typed.startIndex
    let isLast = axis == axes.count - 1
    return (0..<length).lazy.map(String.init).filter { $0.hasPrefix(typed[start...]) }.prefix(ModelCandidates.mostPlaces).map { place in
      var candidate = Candidate(typed[..<start] + place + (isLast ? "]" : ","))
      candidate.isOpen = !isLast
      return candidate
    }
  }

  /// The lengths of a tensor's axes, nil for one that is not known.
  private func axes(of tensor: String) -> [Int?] {
    if let spec = (try? network.parameterSpecs())?.first(where: { $0.name == tensor }) { return spec.spec.shape.map { $0 } }
    let rows = network.summary.rows
    let layer = network.layers.firstIndex { ["\($0.name).output", "\($0.name).gradient"].contains(tensor) }
    return layer.flatMap { rows.indices.contains($0) ? rows[$0].outputShape : nil } ?? []
  }

  private static func shape(_ shape: [Int]) -> String { shape.map { "\($0)" }.joined(separator: " x ") }

  private static func shape(_ shape: [Int?]) -> String {
    "(" + shape.map { $0.map { "\($0)" } ?? "None" }.joined(separator: ", ") + ")"
  }

  /// The curves that are there, and those that the next training makes.
  private var measures: [Candidate] {
    let named = ["loss"] + (session.model.settings?.metrics.map(\.name) ?? [])
    let next = session.model.settings == nil ? [] : named.flatMap { [$0, "val_" + $0] }
    var seen = Set<String>()
    return (session.model.history.names.filter { $0 != "lr" } + next).filter { seen.insert($0).inserted }.map { name in
      let last = session.model.history[name].last
      return Candidate(
        name, last.map { "\(shortNumber($0)) in the last epoch" } ?? (name.hasPrefix("val_") ? "of the part held out" : "of the training"))
    }
  }

  private func livePlots(_ typed: String) -> [Candidate] {
    let switches = [Candidate("on", "the loss"), Candidate("off", "nothing")]
    let kinds = PlotKinds.all.filter { LivePlots.kinds.contains($0.name) }.map { Candidate($0.name, $0.outline.summary) }
    return switches + kinds
  }
}
