import Datasets
import Language

/// `plot data`: the samples as points.
enum DataPlot {
  static let kind = Declaration<PlotRecipe>(
    "data", "The samples as points, a colour a class; images in a grid.",
    examples: ["data moons 64; plot data", "data iris; plot data x=petal_length y=petal_width", "data sine 64; plot data"],
    notes: "The first two columns where x= and y= name none; where the target is a number, the first column and the target.",
    .optional(.word("x", "the column across", from: .columns)).named, .optional(.word("y", "the column upwards", from: .columns)).named
  ) { x, y in
    PlotRecipe("data") { session, _ in
      guard let dataset = session.data?.dataset else { throw Complaint.noData() }
      if dataset.sampleShape.count > 1 { return pictures(of: dataset) }
      let points = DataPoints(dataset)
      let isNumber = dataset.classNames.isEmpty
      let names = dataset.featureNames + (isNumber ? [dataset.targetName] : [])
      func place(_ name: String) throws -> Int {
        guard let place = names.firstIndex(of: name) else { throw Complaint.noColumn(name, names) }
        return place
      }
      let across = try x.map(place) ?? 0
      let up = try y.map(place) ?? (isNumber ? names.count - 1 : min(across == 1 ? 0 : 1, names.count - 1))
      func values(_ place: Int) -> [Double] { place == dataset.featureNames.count ? points.targets : points.feature(place) }
      var panel = Plot.Panel(x: .init(names[across]), y: .init(names[up]))
      // A single column of classes has no second one: its points stand at the number of their class.
      let isAlone = names.count == 1 && y == nil
      if isAlone {
        panel.y = Plot.Axis(dataset.targetName, range: -0.5...Double(dataset.classNames.count) - 0.5)
        panel.y.names = dataset.classNames.enumerated().map { Plot.Axis.Name(Double($0), $1) }
      }
      panel.series = points.series(values(across), isAlone ? points.targets : values(up))
      return Plot(title: "\(dataset.name)   \(grouped(dataset.rows)) samples", panels: [panel])
    }
  }

  /// The first images with their classes.
  private static func pictures(of dataset: Dataset) -> Plot {
    let shape = dataset.sampleShape
    let size = shape.reduce(1, *)
    let greatest = max(dataset.features.values.max() ?? 1, 1e-30)
    var panel = Plot.Panel()
    guard shape.count == 3 else { return Plot(title: dataset.name, panels: []) }
    panel.pictures = (0..<min(20, dataset.rows)).map { row in
      let values = dataset.features.values[(row * size)..<((row + 1) * size)].map { greatest > 1 ? $0 / greatest : $0 }
      return Plot.Picture(width: shape[1], height: shape[0], channels: shape[2], values: values, caption: dataset.targetText(row))
    }
    return Plot(title: dataset.name, panels: [panel])
  }
}

extension Complaint {
  static func noColumn(_ name: String, _ names: [String]) -> Complaint {
    let near = NearNames.hint(for: name, among: names) ?? "there is " + names.prefix(12).joined(separator: ", ")
    return Complaint("the data have no column `\(name)`", hint: near)
  }
}
