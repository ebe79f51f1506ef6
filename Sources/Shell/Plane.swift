import Datasets
import Engine
import Language

/// The plane of a network's two inputs, in the units that the data came with: where it lies, and what the network makes of it.
struct Plane {
  /// How many places are computed from left to right and from bottom to top.
  let columns, rows: Int
  let x, y: ClosedRange<Double>
  /// What the axes are called.
  let names: [String]
  /// The places as the network takes them.
  private let inputs: Tensor

  /// The plane around the data of a session.
  @MainActor init(_ session: Session, for what: String, columns: Int = 160, rows: Int = 120) throws {
    (self.columns, self.rows) = (columns, rows)
    guard let data = session.data else { throw Complaint.noData() }
    guard data.dataset.sampleShape.count == 1, data.dataset.inputNames.count == 2 else {
      throw Complaint.notAPlane(what, inputs: data.dataset.inputNames.count, shape: data.dataset.sampleShape)
    }
    if let shape = session.model.network.inputShape, shape != data.dataset.sampleShape {
      throw Complaint.otherInput(shape, data: data.dataset.sampleShape)
    }
    let points = DataPoints(data.dataset)
    names = data.dataset.inputNames
    (x, y) = (Plane.range(points.inputs(0)), Plane.range(points.inputs(1)))
    var values: [Float] = []
    values.reserveCapacity(2 * columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        values.append(Float(Plane.place(column, of: columns, in: x)))
        values.append(Float(Plane.place(row, of: rows, in: y)))
      }
    }
    let raw = Tensor(shape: [columns * rows, 2], values: values)
    let features = try data.dataset.features(of: raw)
    inputs = try data.standardization(heldOut: data.heldByFit)?.forward(features) ?? features
  }

  /// What a network gives at each place.
  func outputs(of network: Network, _ parameters: Parameters) throws -> Tensor {
    try Predictor(network: network, batch: 512).predict(parameters, inputs)
  }

  /// A field over the plane.
  func field(_ name: String, _ values: [Float], _ meaning: Plot.Field.Meaning = .numbers) -> Plot.Field {
    Plot.Field(name, x: x, y: y, columns: columns, rows: rows, values: values, meaning: meaning)
  }

  private static func place(_ index: Int, of count: Int, in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (Double(index) + 0.5) / Double(count) * (range.upperBound - range.lowerBound)
  }

  /// The range of some values with a rim around it.
  private static func range(_ values: [Double]) -> ClosedRange<Double> {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let rim = low < high ? (high - low) * 0.08 : 1
    return low - rim...high + rim
  }
}

/// The samples of a data set as points: the columns that they are given by, and what they belong to.
struct DataPoints {
  /// More than these would only cover each other.
  private static let most = 1500

  private let dataset: Dataset
  private let rows: [Int]

  init(_ dataset: Dataset) {
    self.dataset = dataset
    let step = max(1, (dataset.rows + DataPoints.most - 1) / DataPoints.most)
    rows = Array(stride(from: 0, to: dataset.rows, by: step))
  }

  /// The values of a column of those that the data came with, of the samples that are shown.
  func inputs(_ column: Int) -> [Double] {
    guard let place = dataset.featureNames.firstIndex(of: dataset.inputNames[column]) else { return [] }
    return feature(place)
  }

  /// The values of a column as the network sees it, in raw units.
  func feature(_ column: Int) -> [Double] {
    let width = dataset.featureNames.count
    return rows.map { Double(dataset.features.values[$0 * width + column]) }
  }

  /// The targets as numbers; classes by their place.
  var targets: [Double] {
    switch dataset.target {
    case .classes(_, let indices): rows.map { Double(indices[$0]) }
    case .numbers(let values): rows.map { Double(values[$0]) }
    }
  }

  /// The name of a class in a picture; a number alone would say nothing.
  static func shown(_ name: String) -> String { Int(name) == nil ? name : "class " + name }

  /// The points of two columns, a series a class; one series where the target is a number.
  func series(_ x: [Double], _ y: [Double]) -> [Plot.Series] {
    guard case .classes(let names, let indices) = dataset.target else { return [Plot.Series("", x: x, y: y, look: .points, group: 6)] }
    return names.indices.map { index in
      let own = rows.indices.filter { indices[rows[$0]] == index }
      return Plot.Series(DataPoints.shown(names[index]), x: own.map { x[$0] }, y: own.map { y[$0] }, look: .points, group: index)
    }
  }
}

extension Complaint {
  static func notAPlane(_ what: String, inputs: Int, shape: [Int]) -> Complaint {
    let count = shape.count > 1 ? "a shape of \(shape.map { String($0) }.joined(separator: "x"))" : "\(inputs)"
    return Complaint("`plot \(what)` draws a plane of 2 inputs, and these data have \(count)", hint: "try it with `data moons`")
  }
  static func otherInput(_ shape: [Int], data: [Int]) -> Complaint {
    let words = { (shape: [Int]) in shape.map { String($0) }.joined(separator: "x") }
    return Complaint("the network takes \(words(shape)), and a sample of the data has \(words(data))", hint: "`input \(words(data))` fits")
  }
}
