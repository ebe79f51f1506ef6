import Engine
import Language

/// A tensor as one names it: `dense.kernel`, or one number of it, `dense.kernel[0, 1]`.
struct TensorName: Sendable, Equatable {
  /// The layer and its part: "dense.kernel".
  let name: String
  /// The place of one number; nil for the whole.
  let index: [Int]?
  /// As typed, for complaints.
  let typed: String

  /// Reads `LAYER.PART` or `LAYER.PART[i, j]`.
  init(_ text: String) throws {
    typed = text
    guard let bracket = text.firstIndex(of: "[") else {
      name = text
      index = nil
      return
    }
    name = String(text[..<bracket])
    guard text.last == "]" else { throw Complaint.badIndex(text) }
    let numbers = text[text.index(after: bracket)...].dropLast().split(separator: ",", omittingEmptySubsequences: false)
    let values = numbers.compactMap { Int($0.filter { !$0.isWhitespace }) }
    guard values.count == numbers.count, values.allSatisfy({ $0 >= 0 }) else { throw Complaint.badIndex(text) }
    index = values
  }

  /// The whole tensor, or the one number.
  func pick(from tensor: Tensor) throws -> Tensor {
    guard let index else { return tensor }
    guard index.count <= tensor.shape.count, zip(index, tensor.shape).allSatisfy({ $0 < $1 }) else {
      throw Complaint.indexOutside(typed, shape: tensor.shape)
    }
    let inner = Array(tensor.shape.dropFirst(index.count))
    let size = Tensor.count(of: inner)
    var offset = 0
    for (place, length) in zip(index, tensor.shape) { offset = offset * length + place }
    return Tensor(shape: inner, values: Array(tensor.values[(offset * size)..<((offset + 1) * size)]))
  }
}

extension Complaint {
  static func badIndex(_ text: String) -> Complaint {
    Complaint("`\(text)` does not name a number of a tensor", hint: "count from 0: `dense.kernel[0, 1]`")
  }
  static func indexOutside(_ text: String, shape: [Int]) -> Complaint {
    Complaint(
      "`\(text)` is outside of the tensor", hint: "its shape is (\(shape.map { String($0) }.joined(separator: ", "))), counted from 0")
  }
}
