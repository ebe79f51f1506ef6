/// A window that moves over an image, as a layer declares it.
public struct SlidingWindow: Sendable, Equatable {
  /// Its height and width.
  public let size: [Int]
  /// How far it moves down and across.
  public let stride: [Int]
  /// How far its cells lie apart.
  public let dilation: [Int]
  /// What happens at the edges.
  public let padding: Padding

  /// A window.
  public init(size: [Int], stride: [Int], dilation: [Int] = [1, 1], padding: Padding) {
    self.size = size
    self.stride = stride
    self.dilation = dilation
    self.padding = padding
  }
}

/// The product of some lengths, which never overflows.
func product(_ lengths: [Int]) -> Double { lengths.reduce(1) { $0 * Double($1) } }
