import Engine
import Foundation
import Language

/// `plot loss`: a curve of the training.
enum PlotCommand {
  static let command = Command(
    .look, .writes,
    Declaration<Action>(
      "plot", "Draws a curve of the training.",
      examples: ["layer dense 1; data linear 64; compile sgd 0.1 mse; fit 5; plot loss"],
      notes: "It shows the training and, where data are held out, the validation curve. file= writes a picture: .png, .svg or .pdf.",
      .word("curve", "loss or a metric", from: .curves, default: "loss"),
      .optional(.word("file", "the picture to write", from: .files)).named
    ) { curve, file in
      Action { session, surroundings in
        let history = session.model.history
        let names = [curve, "val_" + curve].filter { !history[$0].isEmpty }
        guard !names.isEmpty else { throw Complaint.noCurve(curve, history.names.filter { !$0.hasPrefix("val_") }) }
        let target = try file.map { try surroundings.files.writable($0) }
        let series = names.map { name in
          PlotFacts.Series(name: name, x: (1...history[name].count).map(Double.init), y: history[name])
        }
        let facts = PlotFacts(
          kind: curve, title: session.title, xLabel: "epoch", yLabel: curve, series: series, file: target?.path,
          style: session.settings.plot)
        if let target { try surroundings.plotter.write(facts, to: target) }
        return facts
      }
    })
}

/// A plot: its series, and where it was written.
public struct PlotFacts: Facts {
  /// A curve.
  public struct Series: Sendable, Equatable {
    /// Its name, for the legend.
    public var name: String
    /// Where its points stand.
    public var x: [Double]
    /// Their values.
    public var y: [Double]
  }
  /// What is drawn.
  public let kind: String
  /// The title.
  public let title: String
  /// The name of the horizontal axis.
  public let xLabel: String
  /// The name of the vertical axis.
  public let yLabel: String
  /// The curves.
  public let series: [Series]
  /// The picture that was written; nil when the plot is to be shown.
  public let file: String?
  /// `auto`, `window`, `inline`, `ascii` or `off`.
  public let style: String

  /// Kind, file and series.
  public var json: [(String, JSONValue)] {
    [
      ("kind", .string(kind)), ("file", .optional(file)),
      ("series", .array(series.map { .object([("name", .string($0.name)), ("x", .numbers($0.x)), ("y", .numbers($0.y))]) })),
    ]
  }
}
