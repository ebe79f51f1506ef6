import Kernels

extension Tensor {
  /// The given rows (along the first axis) in the given order.
  ///
  /// - Precondition: the tensor has an axis and the numbers are within it.
  public func rows(_ numbers: [Int]) -> Tensor {
    let width = Tensor.count(of: Array(shape.dropFirst()))
    let picked = [Float](unsafeUninitializedCapacity: numbers.count * width) { buffer, count in
      values.withUnsafeBufferPointer { source in
        for (place, number) in numbers.enumerated() {
          precondition(number >= 0 && number < shape[0], "row \(number) of \(shape[0])")
          for column in 0..<width { buffer.initializeElement(at: place * width + column, to: source[number * width + column]) }
        }
      }
      count = numbers.count * width
    }
    return Tensor(shape: [numbers.count] + shape.dropFirst(), values: picked)
  }
}
