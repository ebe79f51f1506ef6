import Kernels
import Language

/// How targets are given to a loss.
public enum TargetEncoding: Sendable, Equatable, CaseIterable {
  /// A row of zeros with a one at the class (a "dummy"): (n, classes). For categorical_crossentropy.
  case oneHot
  /// The place of the class among the classes: (n, 1). For sparse_categorical_crossentropy.
  case index
  /// 0 for the first class and 1 for the second: (n, 1). For binary_crossentropy; numbers within 0...1 are taken as probabilities.
  case binary
  /// The number itself, or the place of the class: (n, 1). For mse and the other losses.
  case numbers

  /// How many classes there may be.
  public static let mostClasses = 1_000
}

/// The targets of all rows as a loss takes them.
public struct EncodedTarget: Sendable, Equatable {
  /// The values, a row a sample: (n, classes) or (n, 1).
  public let values: Tensor
  /// The classes in the order of their places; empty where the targets are numbers.
  public let classNames: [String]
  /// How they were encoded.
  public let encoding: TargetEncoding
}

extension Dataset {
  /// The targets of all rows for a loss.
  ///
  /// A numeric column becomes classes by its distinct values in ascending order, which must be whole. Encode the whole data set and pick
  /// rows afterwards, so that every part has the same classes.
  ///
  /// Throws a `Complaint` when the loss cannot take such targets.
  public func encodedTarget(_ encoding: TargetEncoding) throws -> EncodedTarget {
    switch encoding {
    case .numbers: return EncodedTarget(values: column(targetNumbers), classNames: classNames, encoding: encoding)
    case .binary: return try binaryTarget()
    case .index:
      let (names, indices) = try targetClasses()
      return EncodedTarget(values: column(indices.map(Float.init)), classNames: names, encoding: encoding)
    case .oneHot:
      let (names, indices) = try targetClasses()
      guard rows * names.count <= DrawnOptions.mostValues * 10 else { throw Complaint.tooManyClasses(column: targetName) }
      var values = Tensor(shape: [rows, names.count])
      for (row, index) in indices.enumerated() { values.values[row * names.count + index] = 1 }
      return EncodedTarget(values: values, classNames: names, encoding: encoding)
    }
  }

  /// The target as numbers: the places of classes.
  var targetNumbers: [Float] {
    switch target {
    case .classes(_, let indices): indices.map(Float.init)
    case .numbers(let values): values
    }
  }

  private func column(_ values: [Float]) -> Tensor { Tensor(shape: [values.count, 1], values: values) }

  private func targetClasses() throws -> (names: [String], indices: [Int]) {
    switch target {
    case .classes(let names, let indices): return (names, indices)
    case .numbers(let values):
      if let fraction = values.first(where: { $0.rounded() != $0 }) { throw Complaint.notWhole(column: targetName, fraction) }
      guard let distinct = DistinctValues(values, atMost: TargetEncoding.mostClasses) else {
        throw Complaint.tooManyClasses(column: targetName)
      }
      return (distinct.names, distinct.indices(of: values))
    }
  }

  private func binaryTarget() throws -> EncodedTarget {
    switch target {
    case .classes(let names, let indices):
      guard names.count == 2 else { throw Complaint.notTwoClasses(names, column: targetName) }
      return EncodedTarget(values: column(indices.map(Float.init)), classNames: names, encoding: .binary)
    case .numbers(let values):
      let distinct = DistinctValues(values, atMost: TargetEncoding.mostClasses)
      if let distinct, distinct.values.count == 2 {
        return EncodedTarget(values: column(distinct.indices(of: values).map(Float.init)), classNames: distinct.names, encoding: .binary)
      }
      if let beyond = values.first(where: { !(0...1).contains($0) }) {
        if let distinct, distinct.areWhole, distinct.values.count <= 20 {
          throw Complaint.notTwoClasses(distinct.names, column: targetName)
        }
        throw Complaint.notProbabilities(column: targetName, beyond)
      }
      return EncodedTarget(values: column(values), classNames: [], encoding: .binary)
    }
  }
}
