import Foundation
import Kernels
import Language

/// Two arrays of an NPZ file, NumPy's archive of arrays: samples and their targets.
///
/// The samples are rows of numbers (n, f) or images (n, height, width) and (n, height, width, channels); images of bytes become intensities
/// from 0 to 1. The targets are one number a sample, (n) or (n, 1), or one-hot rows (n, classes). Whole numbers from 0 without a gap and
/// one-hot rows are classes, other targets numbers.
public struct NPZFile: DatasetRecipe, Equatable {
  /// The file as the user named it.
  public var path: String
  /// The name of the samples' array.
  public var samples: String
  /// The name of the targets' array.
  public var targets: String
  /// The name of the weights' array; nil where all samples count alike.
  public var weights: String?

  /// A file and the names of its arrays.
  public init(path: String, samples: String = "x", targets: String = "y", weights: String? = nil) {
    self.path = path
    self.samples = samples
    self.targets = targets
    self.weights = weights
  }

  /// The file's name without its ending.
  public var name: String { URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent }

  /// The command line that reads the file.
  public var description: String {
    "data npz \(commandWord(path))" + (samples == "x" ? "" : " x=\(commandWord(samples))")
      + (targets == "y" ? "" : " y=\(commandWord(targets))") + (weights.map { " weights=\(commandWord($0))" } ?? "")
  }

  /// Reads the file; throws a `Complaint` when it is damaged, or an array is missing or cannot be used.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let url = environment.file(path)
    let file = url.lastPathComponent
    let content = try environment.read(url)
    guard !content.isEmpty else { throw Complaint.idxEmpty(file) }
    do {
      let archive = try ZipArchive(content)
      let y = try array(targets, of: archive, file, environment)
      var x = try array(samples, of: archive, file, environment)
      guard x.tensor.shape[0] == y.tensor.shape[0] else {
        throw Complaint.countsDiffer("`\(samples)` of \(file)", x.tensor.shape[0], "`\(targets)`", y.tensor.shape[0])
      }
      let (features, names) = try ArrayDataset.features(taking: &x.tensor, areBytes: x.kind.isByte, file: "`\(samples)` of \(file)")
      return Dataset(
        name: name, recipe: self, features: features, featureNames: names, target: try target(y, file), targetName: targets,
        weights: try weights.map { try sampleWeights($0, of: archive, file, environment, rows: x.tensor.shape[0]) })
    } catch let flaw as ZipArchive.Flaw {
      switch flaw {
      case .notZip: throw Complaint.notNPZ(file)
      case .noMember(let member): throw Complaint.noArray(file, member, names: [])
      case .damaged(let member, let reason): throw Complaint.npzDamaged(file, member, reason)
      }
    }
  }

  private func array(_ name: String, of archive: ZipArchive, _ file: String, _ environment: DataEnvironment) throws -> NPYArray {
    let names = archive.names
    guard let member = [name + ".npy", name].first(where: names.contains) else {
      throw Complaint.noArray(file, name, names: names.map { $0.hasSuffix(".npy") ? String($0.dropLast(4)) : $0 })
    }
    return try archive.read(member) { try NPYArray(name: "`\(name)` of \(file)", mostValues: environment.mostValues, from: $0) }
  }

  private func sampleWeights(_ name: String, of archive: ZipArchive, _ file: String, _ environment: DataEnvironment, rows: Int) throws
    -> SampleWeights
  {
    let array = try array(name, of: archive, file, environment).tensor, title = "`\(name)` of \(file)"
    guard array.shape.count == 1 || (array.shape.count == 2 && array.shape[1] == 1) else {
      throw Complaint.notWeights(title, shape: array.shape)
    }
    guard array.shape[0] == rows else { throw Complaint.countsDiffer("`\(samples)` of \(file)", rows, "`\(name)`", array.shape[0]) }
    if let place = array.values.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw Complaint.badWeight(title, at: ArrayDataset.indices(of: place, in: array.shape), array.values[place])
    }
    return try SampleWeights(name: name, values: array.values, in: file)
  }

  private func target(_ array: NPYArray, _ file: String) throws -> Target {
    let shape = array.tensor.shape
    let values = array.tensor.values
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw Complaint.notFinite("`\(targets)` of \(file)", at: ArrayDataset.indices(of: place, in: shape), values[place])
    }
    if shape.count == 2, shape[1] > 1, let indices = NPZFile.oneHot(values, classes: shape[1]) {
      return .classes(names: (0..<shape[1]).map { String($0) }, indices: indices)
    }
    guard shape.count == 1 || (shape.count == 2 && shape[1] == 1) else {
      throw Complaint.notTargets("`\(targets)` of \(file)", shape: shape)
    }
    if array.kind.isWhole, let distinct = DistinctValues(values, atMost: TargetEncoding.mostClasses),
      distinct.values == (0..<distinct.values.count).map(Float.init)
    {
      return .classes(names: distinct.names, indices: distinct.indices(of: values))
    }
    return .numbers(values)
  }

  /// The place of the 1 in each row; nil when a row holds anything but zeros and a single 1.
  private static func oneHot(_ values: [Float], classes: Int) -> [Int]? {
    guard classes <= TargetEncoding.mostClasses else { return nil }
    var indices: [Int] = []
    for row in stride(from: 0, to: values.count, by: classes) {
      let cells = values[row..<row + classes]
      guard let one = cells.firstIndex(of: 1), cells.allSatisfy({ $0 == 0 || $0 == 1 }), cells.reduce(0, +) == 1 else { return nil }
      indices.append(one - row)
    }
    return indices
  }
}

extension NPZFile {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "npz", "Samples and targets from the arrays x and y of a NumPy archive.",
    examples: ["data npz Lessons/data/small/digits.npz", "data npz Lessons/data/small/digits.npz x=x y=y"],
    notes: """
      Samples are rows of numbers, or images (n, height, width, channels) whose intensities from 0 to 255 become 0 to 1 when they are bytes. \
      Targets are classes from 0, numbers, or one-hot rows. The array of weights= tells how much each sample counts in the loss.
      """,
    .word("file", "the file", from: .files(ending: "npz")),
    .word("x", "the name of the samples' array", from: .npzArrays, default: "x").named,
    .word("y", "the name of the targets' array", from: .npzArrays, default: "y").named,
    .optional(.word("weights", "the name of the array that tells how much each sample counts", from: .npzArrays).named)
  ) { file, samples, targets, weights in NPZFile(path: file, samples: samples, targets: targets, weights: weights) }
}
