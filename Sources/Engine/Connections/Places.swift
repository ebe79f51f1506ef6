import Kernels

// Places in a tensor: one number an axis, from 0.
extension Tensor {
  /// Every place of a tensor of that shape, in row-major order; a shape without axes has one place.
  public static func places(of shape: [Int]) -> [[Int]] { (0..<count(of: shape)).map { place($0, in: shape) } }

  /// The place that has that number in row-major order.
  public static func place(_ number: Int, in shape: [Int]) -> [Int] {
    var rest = number
    var result = [Int](repeating: 0, count: shape.count)
    for axis in shape.indices.reversed() {
      result[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    return result
  }

  /// The number of a place in row-major order.
  ///
  /// - Precondition: the place lies in the shape.
  public static func number(of place: [Int], in shape: [Int]) -> Int {
    zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  /// The value at a place.
  public subscript(place: [Int]) -> Double { Double(values[Tensor.number(of: place, in: shape)]) }
}
