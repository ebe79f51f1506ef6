/// What a kernel's library reports when it cannot do its work.
public enum KernelFailure: Error, Sendable, Equatable {
  /// oneDNN's status of a matrix product.
  case product(status: Int)
  /// oneDNN's status of a convolution.
  case convolution(status: Int)
}
