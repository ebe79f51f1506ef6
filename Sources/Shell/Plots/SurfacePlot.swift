import Engine
import Foundation
import Language

/// `plot surface dense.kernel[0, 0] dense.bias[0]`: the loss over two weights, and the way that training took.
enum SurfacePlot {
  static let kind = Declaration<PlotRecipe>(
    "surface", "The loss over two weights, the others kept, with the way that training took.",
    examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 10; plot surface dense.kernel[0,0] dense.bias[0]"],
    notes: "The loss is that of the first 512 samples in training. The way is kept of networks up to some 45,000 parameters.",
    .word("w1", "a weight, such as dense.kernel[0,0]", from: .parameters), .word("w2", "another", from: .parameters),
    .integer("points", "how many places an axis has", in: 5...101, default: 41).named
  ) { w1, w2, points in
    PlotRecipe("surface") { session, surroundings in
      let samples = try Training.sample(&session, atMost: 512)
      let settings = try session.compiled()
      let state = try session.model.ensureState(seed: session.settings.seed)
      let weights = [try Weight(w1, state.parameters), try Weight(w2, state.parameters)]
      guard weights[0].name != weights[1].name || weights[0].offset != weights[1].offset else { throw Complaint.sameWeight(w1) }
      let paths = weights.map { weight in session.model.trace?.path(of: weight.name, at: weight.offset).map { Double($0.value) } ?? [] }
      let x = range(around: paths[0] + [weights[0].value])
      let y = range(around: paths[1] + [weights[1].value])
      let trainer = try Trainer(network: session.model.network, settings: settings, batch: min(512, samples.count))
      var values: [Float] = []
      var parameters = state.parameters
      for row in 0..<points {
        for column in 0..<points {
          if surroundings.isInterrupted { throw Complaint("interrupted: nothing is drawn") }
          try weights[0].set(Plot.Field.middle(column, of: points, in: x), in: &parameters)
          try weights[1].set(Plot.Field.middle(row, of: points, in: y), in: &parameters)
          let loss = try trainer.evaluate(parameters, on: samples).first?.value ?? .nan
          values.append(Float(loss))
        }
      }
      var field = Plot.Field("loss", x: x, y: y, columns: points, rows: points, values: values)
      field.levels = levels(values)
      field.range = range(of: values)
      var panel = Plot.Panel(x: .init(w1), y: .init(w2), field: field)
      if paths[0].count > 1 {
        panel.series = [Plot.Series("path of the training", x: paths[0], y: paths[1], look: .linePoints, group: 1)]
        panel.notes.append(Plot.Note(x: paths[0][0], y: paths[1][0], "start"))
      }
      panel.series.append(Plot.Series("now", x: [weights[0].value], y: [weights[1].value], look: .points, group: 4))
      return Plot(title: session.title + "   loss", panels: [panel])
    }
  }

  /// A number of a parameter.
  private struct Weight {
    let name: String
    let offset: Int
    let value: Double

    init(_ typed: String, _ parameters: Parameters) throws {
      let tensor = try TensorName(typed)
      guard let values = parameters[tensor.name] else {
        throw Complaint.unknown("weight", Word(tensor.name, at: 0..<0), among: parameters.names).withoutPlace
      }
      let part = try tensor.pick(from: values)
      guard part.count == 1 else { throw Complaint.severalWeights(typed, values.shape) }
      var offset = 0
      for (place, length) in zip(tensor.index ?? [], values.shape) { offset = offset * length + place }
      // Further axes can only be of length 1.
      (name, self.offset, value) = (tensor.name, offset, Double(part.values[0]))
    }

    func set(_ value: Double, in parameters: inout Parameters) throws {
      guard var tensor = parameters[name] else { return }
      tensor.values[offset] = Float(value)
      try parameters.set(name, to: tensor)
    }
  }

  /// The way and room around it.
  private static func range(around values: [Double]) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    let room = max((high - low) * 0.4, abs(high) * 0.5, 0.5)
    return low - room...high + room
  }

  /// The scale of colours: it ends where nineteen of twenty values lie below, so that a steep wall does not take all of it.
  private static func range(of values: [Float]) -> ClosedRange<Double>? {
    let sorted = values.filter(\.isFinite).sorted()
    guard let low = sorted.first, case let high = sorted[(sorted.count - 1) * 19 / 20], low < high else { return nil }
    return Double(low)...Double(high)
  }

  /// Lines that are closer where the loss is low: a tenth of the values lies between two of them.
  private static func levels(_ values: [Float]) -> [Double] {
    let sorted = values.filter(\.isFinite).sorted()
    guard let low = sorted.first, let high = sorted.last, low < high else { return [] }
    return (1...9).map { Double(sorted[$0 * (sorted.count - 1) / 10]) }
  }
}

extension Plot.Field {
  /// The middle of a cell along an axis.
  static func middle(_ index: Int, of count: Int, in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (Double(index) + 0.5) / Double(count) * (range.upperBound - range.lowerBound)
  }
}

extension Complaint {
  static func severalWeights(_ name: String, _ shape: [Int]) -> Complaint {
    let zeros = shape.map { _ in "0" }.joined(separator: ",")
    return Complaint(
      "`\(name)` is \(shape.map { String($0) }.joined(separator: "x")) weights, and one is needed",
      hint: "such as `\(name.prefix { $0 != "[" })[\(zeros)]`")
  }
  static func sameWeight(_ name: String) -> Complaint { Complaint("`\(name)` is named twice", hint: "a surface lies over two weights") }
}
