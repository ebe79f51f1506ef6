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
      if dataset.sampleShape.count > 1 { return try pictures(of: dataset) }
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
      return Plot(title: "\(dataset.name)   \(grouped(dataset.rows)) \(dataset.rows == 1 ? "sample" : "samples")", panels: [panel])
    }
  }

  /// Some images with their classes.
  private static func pictures(of dataset: Dataset) throws -> Plot {
    guard dataset.sampleShape.count == 3 else { throw Complaint.noImages(dataset.name) }
    let pictures = SamplePictures(dataset)
    let rows = SamplePictures.rows(of: dataset, atMost: 20)
    var panel = Plot.Panel()
    panel.pictures = rows.map { pictures.picture($0, caption: dataset.targetText($0)) }
    let shape = dataset.sampleShape.map { String($0) }.joined(separator: "x")
    return Plot(title: "\(dataset.name)   \(rows.count) of \(grouped(dataset.rows)) images of \(shape)", panels: [panel])
  }
}

extension Complaint {
  static func noColumn(_ name: String, _ names: [String]) -> Complaint {
    let near = NearNames.hint(for: name, among: names) ?? "there is " + names.prefix(12).joined(separator: ", ")
    return Complaint("the data have no column `\(name)`", hint: near)
  }
}
