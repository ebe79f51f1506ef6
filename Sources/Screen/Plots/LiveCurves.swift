import Shell

/// The curves of a running training: what is asked for, epoch by epoch, in bounded memory.
struct LiveCurves {
  /// More points than these are thinned to half as many; a training may take millions of epochs.
  private static let most = 8192

  /// The names that were asked for, each a panel.
  private let names: [String]
  private var curves: [(name: String, x: [Double], y: [Double])]

  /// Curves of some names; each is joined by that of the held-out data.
  init(_ names: [String]) {
    self.names = names
    curves = names.flatMap { [($0, [], []), ("val_" + $0, [], [])] }
  }

  /// Whether there are two points to join.
  var areWorthDrawing: Bool { curves.contains { $0.x.count > 1 } }

  /// Takes in an epoch.
  mutating func append(epoch: Int, _ values: [(name: String, value: Double)]) {
    for index in curves.indices {
      guard let value = values.first(where: { $0.name == curves[index].name })?.value else { continue }
      curves[index].x.append(Double(epoch))
      curves[index].y.append(value)
      guard curves[index].x.count > LiveCurves.most else { continue }
      (curves[index].x, curves[index].y) = thinned(x: curves[index].x, y: curves[index].y, to: LiveCurves.most / 2)
    }
  }

  /// The panels as they are now.
  var panels: [Plot.Panel] {
    names.compactMap { name in
      let series = curves.enumerated().filter { ($0.element.name == name || $0.element.name == "val_" + name) && !$0.element.x.isEmpty }.map
      {
        Plot.Series(
          $0.element.name, x: $0.element.x, y: $0.element.y, look: $0.element.name == name ? .line : .dashed, group: $0.offset % 2)
      }
      return series.isEmpty ? nil : Plot.Panel(title: name, x: .init("epoch"), y: .init(name, scale: .automatic), series: series)
    }
  }
}
