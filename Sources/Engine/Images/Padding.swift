import Kernels
import Language

/// What a window does at the edges of an image.
///
///     valid: out = floor((in - reach) / stride) + 1;   same: out = ceil(in / stride);   reach = dilation (window - 1) + 1
///
/// `same` puts max((out - 1) stride + reach - in, 0) zeros around the image, the odd one after it, as Keras does.
public enum Padding: String, Sendable, CaseIterable {
  /// The window stays on the image.
  case valid
  /// The image is padded so that a stride of 1 keeps its size.
  case same

  /// What may be typed.
  public static let choices: [(name: String, summary: String)] = [
    ("valid", "the window stays on the image"), ("same", "zeros around the image, so that a stride of 1 keeps its size"),
  ]

  /// The window at work on images of that height and width, and the height and width of what it gives.
  ///
  /// - Throws: A `Complaint` when the window is larger than the image.
  func window(size: [Int], stride: [Int], dilation: [Int] = [1, 1], on image: [Int]) throws -> (window: Window2D, output: [Int]) {
    var output: [Int] = [], before: [Int] = [], after: [Int] = []
    for axis in 0..<2 {
      let reach = dilation[axis] * (size[axis] - 1) + 1
      switch self {
      case .valid:
        guard reach <= image[axis] else { throw Complaint.largeWindow(size, dilation: dilation, input: image) }
        output.append((image[axis] - reach) / stride[axis] + 1)
        before.append(0)
        after.append(0)
      case .same:
        output.append((image[axis] + stride[axis] - 1) / stride[axis])
        let padding = max((output[axis] - 1) * stride[axis] + reach - image[axis], 0)
        before.append(padding / 2)
        after.append(padding - padding / 2)
      }
    }
    return (Window2D(size: size, stride: stride, dilation: dilation, before: before, after: after), output)
  }
}

/// Two lengths from one or two: 3 stands for 3x3.
func pair(_ sizes: [Int]) -> [Int] { sizes.count == 1 ? [sizes[0], sizes[0]] : sizes }

extension Array<Int> {
  /// The shape as height, width, channels.
  ///
  /// - Throws: A `Complaint` when it has not three axes.
  func image(for kind: String) throws -> [Int] {
    guard count == 3 else { throw Complaint.notImages(kind, got: self) }
    return self
  }

  /// The first two axes.
  var heightAndWidth: [Int] { Array(prefix(2)) }
}
