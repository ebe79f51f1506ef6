import Engine
import Language

/// `plot confusion`: which class is taken for which.
enum ConfusionPlot {
  static let kind = Declaration<PlotRecipe>(
    "confusion", "How often each class is taken for each.",
    examples: ["data iris; data split 0.2; layer dense 3 softmax; compile adam 0.05 cce accuracy; fit 20; plot confusion"],
    notes: """
      A row is a true class, a column the class that the model answers. Held-out data where there is any; the title says which. The colour is the \
      share of the row.
      """
  ) {
    PlotRecipe(remarking: "confusion") { session, _ in
      let answers = try Answers(&session)
      let matrix = try ConfusionMatrix(outputs: answers.outputs, samples: answers.samples, loss: answers.loss)
      let count = matrix.counts.count
      let names = (0..<count).map { $0 < answers.classNames.count ? answers.classNames[$0] : "\($0)" }
      var panel = Plot.Panel(x: .init("predicted"), y: .init("true"))
      panel.x.names = names.enumerated().map { Plot.Axis.Name(Double($0), $1) }
      panel.y.names = names.enumerated().map { Plot.Axis.Name(Double(count - 1 - $0), $1) }
      let shares = matrix.counts.reversed().flatMap { row in
        row.map { Float($0) / Float(max(1, row.reduce(0, +))) }
      }
      var field = Plot.Field(
        "share of the true class", x: -0.5...Double(count) - 0.5, y: -0.5...Double(count) - 0.5, columns: count, rows: count, values: shares
      )
      field.range = 0...1
      panel.field = field
      panel.hasEqualUnits = true
      // More numbers than these could not be read.
      if count <= 30 {
        for (row, counts) in matrix.counts.enumerated() {
          for (column, value) in counts.enumerated() {
            panel.notes.append(Plot.Note(x: Double(column), y: Double(count - 1 - row), grouped(value), isCentred: true))
          }
        }
      }
      let right = matrix.counts.indices.reduce(0) { $0 + matrix.counts[$1][$1] }
      let title = "confusion on \(answers.part)"
      return DrawnPlot(
        plot: Plot(title: title, panels: [panel]),
        remarks: ["\(grouped(right)) of \(grouped(answers.rows.count)) are right"] + session.remarkOnUntrained)
    }
  }
}
