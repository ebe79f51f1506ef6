import Kernels

/// A dense array in double precision, for the reference pass alone.
public struct ReferenceTensor: Sendable, Equatable {
  /// The length of each axis, the batch first where there is one.
  public var shape: [Int]
  /// The values in row-major order.
  public var values: [Double]

  /// An array of that shape and those values.
  public init(shape: [Int], values: [Double]) {
    self.shape = shape
    self.values = values
  }

  /// The same numbers as a tensor's.
  public init(_ tensor: Tensor) {
    self.init(shape: tensor.shape, values: tensor.values.map(Double.init))
  }
}
