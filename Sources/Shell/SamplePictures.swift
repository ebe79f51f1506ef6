import Datasets

/// The samples of an image data set as pictures.
struct SamplePictures {
  private let dataset: Dataset
  private let low, high: Float

  /// Pictures of a data set whose samples have a height, a width and channels.
  ///
  /// Intensities from 0 to 1 are shown as they are, others from the least to the greatest of all samples.
  init(_ dataset: Dataset) {
    self.dataset = dataset
    let (low, high) = (dataset.features.values.min() ?? 0, dataset.features.values.max() ?? 1)
    (self.low, self.high) = low >= 0 && high <= 1 ? (0, 1) : (min(low, 0), max(high, low + 1e-30))
  }

  /// The picture of a row. Channels beyond the third are not shown, of two only the first.
  func picture(_ row: Int, caption: String) -> Plot.Picture {
    let shape = dataset.sampleShape
    let (height, width, channels) = (shape[0], shape[1], shape[2])
    let shown = channels >= 3 ? 3 : 1
    let start = row * height * width * channels
    let values = (0..<(height * width)).flatMap { pixel in
      (0..<shown).map { (dataset.features.values[start + pixel * channels + $0] - low) / (high - low) }
    }
    return Plot.Picture(width: width, height: height, channels: shown, values: values, caption: caption)
  }

  /// About so many rows that show every class: the first ones where they do, else the first ones of each class.
  static func rows(of dataset: Dataset, atMost count: Int) -> [Int] {
    let first = Array(0..<min(count, dataset.rows))
    let classes = Set((0..<dataset.rows).map(dataset.targetText))
    guard classes.count <= count, Set(first.map(dataset.targetText)).count < classes.count else { return first }
    var left = Dictionary(uniqueKeysWithValues: classes.map { ($0, count / classes.count) })
    var rows: [Int] = []
    for row in 0..<dataset.rows where left[dataset.targetText(row), default: 0] > 0 {
      left[dataset.targetText(row), default: 0] -= 1
      rows.append(row)
    }
    return rows
  }
}
