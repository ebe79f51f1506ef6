import Kernels
import Language

/// The mean absolute error as a metric: mean(|y - t|).
public struct MeanAbsoluteErrorMetric: MetricDescription {
  public var name: String
  public var isBetterHigher: Bool { false }

  /// The metric, under the name that was typed.
  public init(name: String = "mae") { self.name = name }

  public func makeMeter(for loss: any LossDescription, outputShape: [Int]) -> any MetricMeter {
    errorMeter(for: loss, outputShape) { abs($0) }
  }
}

/// The mean squared error as a metric: mean((y - t)²).
public struct MeanSquaredErrorMetric: MetricDescription {
  public var name: String
  public var isBetterHigher: Bool { false }

  /// The metric, under the name that was typed.
  public init(name: String = "mse") { self.name = name }

  public func makeMeter(for loss: any LossDescription, outputShape: [Int]) -> any MetricMeter {
    errorMeter(for: loss, outputShape) { $0 * $0 }
  }
}

/// The root of the mean squared error as a metric: sqrt(mean((y - t)²)).
public struct RootMeanSquaredErrorMetric: MetricDescription {
  public var name: String
  public var isBetterHigher: Bool { false }

  /// The metric, under the name that was typed.
  public init(name: String = "rmse") { self.name = name }

  public func makeMeter(for loss: any LossDescription, outputShape: [Int]) -> any MetricMeter {
    RootMeter(errorMeter(for: loss, outputShape) { $0 * $0 })
  }
}

private final class RootMeter: MetricMeter {
  private let squares: any MetricMeter

  init(_ squares: any MetricMeter) { self.squares = squares }

  func reset() { squares.reset() }
  func add(_ output: FloatBuffer, _ target: FloatBuffer, rows: Int) { squares.add(output, target, rows: rows) }
  var value: Double { squares.value.squareRoot() }
}

// The mean over the outputs; an index target is compared as the one-hot row that it stands for.
private func errorMeter(for loss: any LossDescription, _ outputShape: [Int], _ error: @escaping (Float) -> Float) -> any MetricMeter {
  let width = Tensor.count(of: outputShape), columns = outputShape.last ?? 1
  let isIndex = loss.targetKind == .index
  return MeanMeter { output, target, rows in
    var sum = 0.0
    for place in 0..<rows * width {
      let wanted = isIndex ? (target[place / columns] == Float(place % columns) ? 1 : 0) : target[place]
      sum += Double(error(output[place] - wanted))
    }
    return sum / Double(width)
  }
}

extension MeanAbsoluteErrorMetric {
  /// `compile ... mae` as a metric, under either name.
  public static let declarations: [Declaration<any MetricDescription>] = ["mae", "mean_absolute_error"].map { name in
    Declaration<any MetricDescription>(
      name, "The mean absolute error.", formula: "mean(|y - t|)", examples: ["compile adam mse \(name)"]
    ) { MeanAbsoluteErrorMetric(name: name) }
  }
}

extension MeanSquaredErrorMetric {
  /// `compile ... mse` as a metric, under either name.
  public static let declarations: [Declaration<any MetricDescription>] = ["mse", "mean_squared_error"].map { name in
    Declaration<any MetricDescription>(
      name, "The mean squared error.", formula: "mean((y - t)²)", examples: ["compile adam mae \(name)"]
    ) { MeanSquaredErrorMetric(name: name) }
  }
}

extension RootMeanSquaredErrorMetric {
  /// `compile ... rmse`, under either name.
  public static let declarations: [Declaration<any MetricDescription>] = ["rmse", "root_mean_squared_error"].map { name in
    Declaration<any MetricDescription>(
      name, "The root of the mean squared error, in the targets' own units.", formula: "sqrt(mean((y - t)²))",
      examples: ["compile adam mse \(name)"]
    ) { RootMeanSquaredErrorMetric(name: name) }
  }
}
