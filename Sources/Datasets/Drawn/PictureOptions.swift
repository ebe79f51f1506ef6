import Kernels
import Language

/// What a drawn set of images is asked for: how many, how large, how noisy, how much turned, and from which seed.
public struct PictureOptions: Sendable, Equatable {
  /// The sizes that an image may have.
  static let sizes = 8...256

  /// How many images.
  public var count: Int
  /// Height and width of an image in pixels.
  public var size: Int
  /// The standard deviation of the noise that is added to every pixel; 0 for none.
  public var noise: Float
  /// By how many degrees an image is turned at most, to either side.
  public var rotation: Float
  /// The seed; nil takes the session's.
  public var seed: UInt64?

  /// Options of the given values.
  public init(count: Int = 1_000, size: Int = 28, noise: Float = 0.1, rotation: Float, seed: UInt64? = nil) {
    self.count = count
    self.size = size
    self.noise = noise
    self.rotation = rotation
    self.seed = seed
  }

  /// The words of the command line after the name.
  var words: String {
    "\(count) size=\(size) noise=\(numberText(noise)) rotation=\(numberText(rotation))" + (seed.map { " seed=\($0)" } ?? "")
  }

  /// The same with the session's seed where none was given.
  ///
  /// Throws a `Complaint` when a number is out of its range.
  func resolved(in environment: DataEnvironment) throws -> PictureOptions {
    guard DrawnOptions.counts.contains(count) else { throw Complaint.pictureCount(count) }
    guard PictureOptions.sizes.contains(size) else { throw Complaint.pictureSize(size) }
    guard noise >= 0 && noise <= 1 else { throw Complaint.pictureNoise(noise) }
    guard rotation >= 0 && rotation <= 180 else { throw Complaint.pictureRotation(rotation) }
    guard count * size * size <= DrawnOptions.mostValues else { throw Complaint.tooManyPictures(count: count, size: size) }
    var options = self
    options.seed = seed ?? environment.seed
    return options
  }

  /// Draws every image with a sketch and makes a data set of them: (n, size, size, 1).
  ///
  /// The images come in rounds in which every class comes once, so that all parts of the rows hold all classes; the first images of a
  /// longer set are those of a shorter one.
  func dataset(of recipe: any DatasetRecipe, classes: [String], draw: (_ label: Int, inout Sketch) -> Void) throws -> Dataset {
    var source = RandomSource(seed: seed ?? 0, stream: "data " + recipe.name)
    var labels: [Int] = []
    labels.reserveCapacity(count)
    var pixels = [Float](repeating: 0, count: count * size * size)
    var round = Array(classes.indices)
    try pixels.withUnsafeMutableBufferPointer { pixels in
      for image in 0..<count {
        try Interruption.check(every: 64, at: image)
        let place = image % classes.count
        if place == 0 { round.shuffle(using: &source) }
        labels.append(round[place])
        var sketch = Sketch(
          UnsafeMutableBufferPointer(rebasing: pixels[image * size * size..<(image + 1) * size * size]), options: self, seed: source.next())
        draw(round[place], &sketch)
        sketch.finish()
      }
    }
    return Dataset(
      name: recipe.name, recipe: recipe, features: Tensor(shape: [count, size, size, 1], values: pixels),
      featureNames: ArrayDataset.channelNames(1), target: .classes(names: classes, indices: labels), targetName: "class")
  }
}

extension PictureOptions {
  static let countArgument = Argument<Int>.integer("count", "how many images", in: DrawnOptions.counts, default: 1_000)

  static let sizeArgument = Argument<Int>.integer("size", "height and width in pixels", in: sizes, default: 28).named

  static let noiseArgument = Argument<Double>.decimal(
    "noise", "the standard deviation of the noise of a pixel", .from(0, to: 1), default: 0.1
  ).named

  static func rotationArgument(default degrees: Double) -> Argument<Double> {
    .decimal("rotation", "the greatest rotation, in degrees to either side", .from(0, to: 180), default: degrees).named
  }

  /// Options from what was typed.
  init(count: Int, size: Int, noise: Double, rotation: Double, seed: Int?) {
    self.init(count: count, size: size, noise: Float(noise), rotation: Float(rotation), seed: seed.map(UInt64.init))
  }
}
