import Kernels
import Language

/// How arrays of numbers become features and targets.
enum ArrayDataset {
  /// Features of an array whose first axis is the samples: (n) and (n, f) are columns, (n, height, width) images of one channel and
  /// (n, height, width, channels) images. Bytes of images become intensities from 0 to 1.
  ///
  /// The array is emptied: its memory becomes the features'. Throws a `Complaint` when there are more axes, or a number is not finite.
  static func features(taking array: inout Tensor, areBytes: Bool, file: String) throws -> (features: Tensor, names: [String]) {
    let shape: [Int]
    switch array.shape.count {
    case 1: shape = [array.shape[0], 1]
    case 2, 4: shape = array.shape
    case 3: shape = array.shape + [1]
    default: throw Complaint.notSamples(file, shape: array.shape)
    }
    if let place = array.values.firstIndex(where: { !$0.isFinite }) {
      throw Complaint.notFinite(file, at: indices(of: place, in: array.shape), array.values[place])
    }
    let isImage = shape.count == 4
    var values: [Float] = []
    swap(&values, &array.values)
    if isImage, areBytes {
      values.withUnsafeMutableBufferPointer { for place in $0.indices { $0[place] /= 255 } }
    }
    let width = shape.last ?? 1
    let names = isImage ? channelNames(width) : (1...width).map { "x\($0)" }
    return (Tensor(shape: shape, values: values), names)
  }

  /// What the channels of an image are called.
  static func channelNames(_ channels: Int) -> [String] {
    switch channels {
    case 1: ["intensity"]
    case 3: ["red", "green", "blue"]
    default: (1...channels).map { "channel\($0)" }
    }
  }

  /// Classes named by the distinct numbers, in ascending order; nil when a number is no whole one or there are too many.
  static func classes(_ numbers: [Float]) -> Target? {
    guard let distinct = DistinctValues(numbers, atMost: TargetEncoding.mostClasses), distinct.areWhole else { return nil }
    return .classes(names: distinct.names, indices: distinct.indices(of: numbers))
  }

  /// The index of each axis for a place in row-major order.
  static func indices(of place: Int, in shape: [Int]) -> [Int] {
    var rest = place
    return shape.reversed().map { axis in
      defer { rest /= axis }
      return rest % axis
    }.reversed()
  }
}
