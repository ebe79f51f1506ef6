import CKernels

/// Which outputs of a relu are above 0, a bit each: all that its way back needs, so that the outputs' memory may serve for their gradient.
public final class SignKernel {
  private let count: Int
  private let signs: UnsafeMutablePointer<UInt16>

  /// Room for the signs of so many values.
  public init(count: Int) {
    precondition(count >= 0, "the signs of \(count) values")
    self.count = count
    signs = .allocate(capacity: (count + 15) / 16)
    signs.initialize(repeating: 0, count: (count + 15) / 16)
  }

  deinit { signs.deallocate() }

  /// Remembers the signs of y.
  public func keep(_ y: FloatBuffer, count wanted: Int) {
    precondition(wanted <= count, "\(wanted) signs of \(count)")
    gradus_keep_signs(wanted, y.checked(wanted), signs)
  }

  /// dy = dy where y was above 0, else 0.
  public func backward(_ dy: FloatBuffer, count wanted: Int) {
    precondition(wanted <= count, "\(wanted) signs of \(count)")
    gradus_pass_signs(wanted, signs, dy.checked(wanted))
  }
}
