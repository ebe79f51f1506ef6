import Foundation
import Kernels
import Language

/// Images and their labels in two files of the IDX format, as MNIST is distributed: plain or gzipped.
///
/// Intensities from 0 to 255 become 0 to 1; images of one channel get the shape (height, width, 1). Labels are classes, in ascending order.
public struct IDXFiles: DatasetRecipe, Equatable {
  /// The file of the images as the user named it.
  public var images: String
  /// The file of the labels.
  public var labels: String

  /// Two files.
  public init(images: String, labels: String) {
    self.images = images
    self.labels = labels
  }

  /// The name of the images' file without what says that it holds images: `train` for `train-images-idx3-ubyte.gz`.
  public var name: String {
    let file = URL(fileURLWithPath: images).lastPathComponent
    let stem = ["-images", ".images", "-idx", ".idx", ".gz"].reduce(file) { name, mark in
      name.range(of: mark).map { String(name[..<$0.lowerBound]) } ?? name
    }
    return stem.isEmpty ? file : stem
  }

  /// The command line that reads the files.
  public var description: String { "data idx \(commandWord(images)) \(commandWord(labels))" }

  /// Reads both files; throws a `Complaint` when one is damaged or they do not belong together.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let (imagesFile, labelsFile) = (environment.file(images), environment.file(labels))
    let labels = try IDXArray(
      environment.read(labelsFile), file: labelsFile.lastPathComponent, mostValues: environment.mostValues)
    var images = try IDXArray(
      environment.read(imagesFile), file: imagesFile.lastPathComponent, mostValues: environment.mostValues)
    let isSwapped = images.tensor.shape.count == 1 && labels.tensor.shape.count > 1
    guard !isSwapped else { throw Complaint.idxSwapped(images: imagesFile.lastPathComponent, labels: labelsFile.lastPathComponent) }
    guard labels.tensor.shape.count == 1 else {
      throw Complaint.notLabels(labelsFile.lastPathComponent, shape: labels.tensor.shape)
    }
    guard images.tensor.shape[0] == labels.tensor.shape[0] else {
      throw Complaint.countsDiffer(
        imagesFile.lastPathComponent, images.tensor.shape[0], labelsFile.lastPathComponent, labels.tensor.shape[0])
    }
    let (features, names) = try ArrayDataset.features(
      taking: &images.tensor, areBytes: images.kind.isByte, file: imagesFile.lastPathComponent)
    return Dataset(
      name: name, recipe: self, features: features, featureNames: names,
      target: labels.kind.isWhole
        ? ArrayDataset.classes(labels.tensor.values) ?? .numbers(labels.tensor.values)
        : .numbers(labels.tensor.values),
      targetName: "label")
  }
}

extension IDXFiles {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "idx", "Images and their labels from two IDX files, as MNIST is distributed; gzipped ones too.",
    examples: ["data idx Lessons/data/small/digits-images.idx3.gz Lessons/data/small/digits-labels.idx1"],
    notes: "Intensities from 0 to 255 become 0 to 1.",
    .word("images", "the file of the images", from: .files),
    .word("labels", "the file of the labels", from: .files)
  ) { images, labels in IDXFiles(images: images, labels: labels) }
}
