import Kernels
import Language

/// The change of units that gives every feature the mean 0 and the deviation 1.
///
///     forward:  z = (x - mean) / deviation        inverse:  x = z deviation + mean
///
/// Mean and population deviation (divided by n) are taken over the training rows, for each place of the last axis: a column of a table, a
/// channel of an image. Where the deviation is 0, values are centred only.
public struct Standardization: Sendable, Equatable {
  /// The mean of each feature.
  public let means: [Float]
  /// The population deviation of each feature, 0 for a constant one.
  public let deviations: [Float]

  /// A standardization of known means and deviations.
  ///
  /// - Precondition: there are as many means as deviations.
  public init(means: [Float], deviations: [Float]) {
    precondition(means.count == deviations.count, "\(means.count) means and \(deviations.count) deviations")
    self.means = means
    self.deviations = deviations
  }

  /// The standardization that fits the given rows of the features; all rows when none are named.
  public init(fitting features: Tensor, rows: [Int]? = nil) {
    let columns = features.columnStatistics(rows: rows)
    means = columns.map { Float($0.mean) }
    deviations = columns.map { Float($0.deviation) }
  }

  /// The values in standard units.
  ///
  /// - Precondition: the last axis is as long as there are means.
  public func forward(_ features: Tensor) -> Tensor { transformed(features) { ($0 - $1) / ($2 == 0 ? 1 : $2) } }

  /// The values in their own units again.
  ///
  /// - Precondition: the last axis is as long as there are means.
  public func inverse(_ features: Tensor) -> Tensor { transformed(features) { $0 * ($2 == 0 ? 1 : $2) + $1 } }

  private func transformed(_ features: Tensor, _ change: (_ value: Float, _ mean: Float, _ deviation: Float) -> Float) -> Tensor {
    precondition(features.shape.last == means.count, "\(means.count) means for the shape \(features.shape)")
    var result = features
    let width = means.count
    result.values.withUnsafeMutableBufferPointer { values in
      var column = 0
      for place in values.indices {
        values[place] = change(values[place], means[column], deviations[column])
        column = column + 1 == width ? 0 : column + 1
      }
    }
    return result
  }
}

/// The range, mean and population deviation of a list of numbers.
struct ColumnStatistics {
  var minimum = Float.infinity
  var maximum = -Float.infinity
  var mean = 0.0
  var deviation = 0.0
}

extension Tensor {
  /// The statistics of each place of the last axis over the given rows, in double precision and two passes.
  func columnStatistics(rows: [Int]? = nil) -> [ColumnStatistics] {
    let width = shape.last ?? 1
    let sample = Tensor.count(of: Array(shape.dropFirst()))
    let rows = rows ?? Array(0..<(shape.first ?? 0))
    var columns = [ColumnStatistics](repeating: ColumnStatistics(), count: width)
    let count = Double(rows.count * (sample / max(width, 1)))
    guard count > 0 else { return columns }
    values.withUnsafeBufferPointer { values in
      for row in rows {
        for place in 0..<sample {
          let value = values[row * sample + place]
          columns[place % width].mean += Double(value) / count
          columns[place % width].minimum = min(columns[place % width].minimum, value)
          columns[place % width].maximum = max(columns[place % width].maximum, value)
        }
      }
      var squares = [Double](repeating: 0, count: width)
      for row in rows {
        for place in 0..<sample {
          let distance = Double(values[row * sample + place]) - columns[place % width].mean
          squares[place % width] += distance * distance
        }
      }
      for column in 0..<width {
        // A constant column has the deviation 0 exactly, whatever its mean is rounded to.
        let isConstant = columns[column].minimum == columns[column].maximum
        if isConstant { columns[column].mean = Double(columns[column].minimum) }
        columns[column].deviation = isConstant ? 0 : (squares[column] / count).squareRoot()
      }
    }
    return columns
  }
}
