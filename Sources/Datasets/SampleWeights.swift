import Language

/// How much each sample counts in the loss: what a column of a table or an array says.
///
/// As Keras' `sample_weight`: the loss of a batch is sum(weight loss) over the number of its samples. Metrics count every sample alike.
public struct SampleWeights: Sendable, Equatable {
  /// The name of the column or the array.
  public let name: String
  /// One weight a sample, each at least 0 and not all 0.
  public let values: [Float]

  /// The weights of that name.
  ///
  /// Throws a `Complaint` with the file's name when no sample would count.
  ///
  /// - Precondition: each is finite and at least 0.
  init(name: String, values: [Float], in file: String) throws {
    guard values.contains(where: { $0 > 0 }) else { throw Complaint.weightsAllZero(name, file) }
    self.name = name
    self.values = values
  }
}

/// The wording of complaints about weights.
extension Complaint {
  static func weightsAllZero(_ name: String, _ file: String) -> Complaint {
    Complaint("every weight in `\(name)` of \(file) is 0", hint: "nothing would be learned: some sample must count")
  }

  static func weightMissing(_ place: CSVPlace) -> Complaint {
    Complaint(
      "the weight `\(place.column)` is missing in line \(place.line) of \(place.file)", hint: "write 1 where a sample counts like others")
  }

  static func badWeight(_ place: CSVPlace, _ text: String) -> Complaint {
    Complaint("`\(text)` in line \(place.line) of \(place.file), column `\(place.column)`, is no weight", hint: weightsAre)
  }

  static func badWeight(_ array: String, at place: [Int], _ value: Float) -> Complaint {
    let indices = place.map { String($0) }.joined(separator: ", ")
    return Complaint("\(array) holds \(value.isNaN ? "NaN" : numberText(value)) at [\(indices)], which is no weight", hint: weightsAre)
  }

  static func notWeights(_ array: String, shape: [Int]) -> Complaint {
    Complaint(
      "\(array) has the shape (\(shape.map { String($0) }.joined(separator: ", ")))", hint: "weights are one number a sample: (n) or (n, 1)"
    )
  }

  static func weightsAreTarget(_ name: String) -> Complaint {
    Complaint("`\(name)` is the target and cannot be the weights", hint: "name another column after weights=")
  }

  static func weightsDropped(_ name: String) -> Complaint {
    Complaint("`\(name)` holds the weights and cannot be dropped", hint: "it is no feature already")
  }

  private static var weightsAre: String { "weights are numbers from 0 on: 2 counts twice, 0 not at all" }
}
