/// A dense array of 32-bit floats in row-major order, the value that every room passes around.
///
/// The last axis varies fastest, as in NumPy. Data are laid out (batch, features) or (batch, height, width, channels); a dense kernel is
/// (in, out). An empty shape is a scalar with one value.
public struct Tensor: Sendable, Equatable {
  /// The length of each axis.
  public let shape: [Int]
  /// The values in row-major order; their count is the product of the shape.
  public var values: [Float]

  /// A tensor of the given shape and values.
  ///
  /// - Precondition: the number of values is the product of the shape.
  public init(shape: [Int], values: [Float]) {
    precondition(values.count == Tensor.count(of: shape), "\(values.count) values do not fill the shape \(shape)")
    self.shape = shape
    self.values = values
  }

  /// A tensor filled with one number.
  public init(shape: [Int], filledWith value: Float = 0) {
    self.shape = shape
    self.values = [Float](repeating: value, count: Tensor.count(of: shape))
  }

  /// The number of values.
  public var count: Int { values.count }

  /// The product of the axes: how many values a shape holds.
  public static func count(of shape: [Int]) -> Int { shape.reduce(1, *) }

  /// Whether both have the same shape and share their values' memory: a comparison that costs nothing, and misses equal copies.
  public func sharesValues(with other: Tensor) -> Bool {
    guard shape == other.shape else { return false }
    return values.withUnsafeBufferPointer { own in other.values.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress } }
  }
}
