/// What the text of a long walk leaves out; scripts get all.
struct StepShape {
  private let stops: [UpdatePath.Stop]

  init(_ stops: [UpdatePath.Stop]) { self.stops = stops }

  private var isLong: Bool { stops.count > 6 }
  private var isVeryLong: Bool { stops.count > 12 }

  // The layers next to the output, and the first ones that learn.
  private func isShown(_ index: Int) -> Bool {
    let deepest = stops.lastIndex { !$0.layer.specs.isEmpty } ?? 0
    return !isVeryLong || index < 3 || (deepest - 2...deepest).contains(index)
  }

  func abridged(_ quantities: [Quantity], at index: Int) -> [Quantity] { isShown(index) ? quantities : silenced(quantities) { _ in true } }

  /// Without the slopes of activations, and without what a layer only passes on.
  func withoutSlopes(_ quantities: [Quantity], moves: Bool = false) -> [Quantity] {
    isLong ? silenced(quantities) { moves || !$0.symbol.hasPrefix("dJ/") } : quantities
  }

  /// Without the biases.
  func withoutBias(_ part: String, _ quantities: [Quantity]) -> [Quantity] {
    isLong && part == "bias" ? silenced(quantities) { _ in true } : quantities
  }

  /// Whether a gradient is shown, so that its finite difference is worth its time.
  func differs(_ part: String, at index: Int) -> Bool { isShown(index) && !(isLong && part == "bias") }

  private func silenced(_ quantities: [Quantity], where isLeftOut: (Quantity) -> Bool) -> [Quantity] {
    quantities.map { quantity in
      var copy = quantity
      if isLeftOut(quantity) { copy.isSilent = true }
      return copy
    }
  }

  var notes: [String] {
    let hidden = stops.indices.filter { !isShown($0) }.map { stops[$0].layer.name }
    if hidden.isEmpty { return [] }
    return ["left out, as they work alike: \(hidden.count) layers from \(hidden.last ?? "") to \(hidden.first ?? "")"]
  }
}
