import Engine
import Language

/// A tensor as one names it: `dense.kernel`, one number of it, `dense.kernel[0, 1]`, or a part, `dense.kernel[0:5, 1]`.
struct TensorName: Sendable, Equatable {
  /// What is taken of an axis.
  enum Pick: Sendable, Equatable {
    /// One place, which leaves no axis.
    case at(Int)
    /// From a place up to another one, which is not in it; nil for the axis' own ends.
    case range(from: Int?, to: Int?)
  }

  /// The layer and its part: "dense.kernel".
  let name: String
  /// What is taken of the first axes; nil for the whole.
  let picks: [Pick]?
  /// As typed, for complaints.
  let typed: String

  /// The place of one number, or of all numbers behind the first axes; nil for the whole.
  var index: [Int]? { picks?.compactMap { if case .at(let place) = $0 { place } else { nil } } }

  /// Reads `LAYER.PART` or `LAYER.PART[i, j]`, and where parts are allowed `LAYER.PART[i:j, k]`.
  init(_ text: String, allowsParts: Bool = false) throws {
    typed = text
    guard let bracket = text.firstIndex(of: "[") else {
      name = text
      picks = nil
      return
    }
    name = String(text[..<bracket])
    guard text.last == "]" else { throw Complaint.badIndex(text) }
    picks = try text[text.index(after: bracket)...].dropLast().split(separator: ",", omittingEmptySubsequences: false).map { word in
      let word = word.filter { !$0.isWhitespace }
      if let place = Int(word), place >= 0 { return .at(place) }
      let ends = word.split(separator: ":", omittingEmptySubsequences: false)
      guard ends.count == 2, ends.allSatisfy({ $0.isEmpty || Int($0) ?? -1 >= 0 }) else { throw Complaint.badIndex(text) }
      guard allowsParts else { throw Complaint.partOfTensor(text) }
      return .range(from: Int(ends[0]), to: Int(ends[1]))
    }
  }

  /// The whole tensor, or what is taken of it.
  func pick(from tensor: Tensor) throws -> Tensor {
    guard let picks else { return tensor }
    guard picks.count <= tensor.shape.count else { throw Complaint.indexOutside(typed, shape: tensor.shape) }
    let ranges = try zip(tensor.shape.indices, tensor.shape).map { axis, length -> Range<Int> in
      guard axis < picks.count else { return 0..<length }
      switch picks[axis] {
      case .at(let place):
        guard place < length else { throw Complaint.indexOutside(typed, shape: tensor.shape) }
        return place..<place + 1
      case .range(let start, let end):
        // An end beyond the axis is its end, as in Python.
        let range = (start ?? 0, min(end ?? length, length))
        guard range.0 < range.1 else { throw Complaint.indexOutside(typed, shape: tensor.shape) }
        return range.0..<range.1
      }
    }
    let shape = ranges.enumerated().compactMap { axis, range -> Int? in
      if axis < picks.count, case .at = picks[axis] { return nil }
      return range.count
    }
    var values: [Float] = []
    values.reserveCapacity(Tensor.count(of: shape))
    func take(_ axis: Int, _ offset: Int) {
      guard axis < ranges.count else { return values.append(tensor.values[offset]) }
      // What follows is whole: it lies in one piece.
      if zip(ranges[axis...], tensor.shape[axis...]).allSatisfy({ $0.count == $1 }) {
        let size = Tensor.count(of: Array(tensor.shape[axis...]))
        return values.append(contentsOf: tensor.values[(offset * size)..<((offset + 1) * size)])
      }
      for place in ranges[axis] { take(axis + 1, offset * tensor.shape[axis] + place) }
    }
    take(0, 0)
    return Tensor(shape: shape, values: values)
  }
}

extension Complaint {
  static func badIndex(_ text: String) -> Complaint {
    Complaint("`\(text)` does not name a number of a tensor", hint: "count from 0: `dense.kernel[0, 1]`")
  }
  static func partOfTensor(_ text: String) -> Complaint {
    Complaint("`\(text)` names a part of a tensor", hint: "`show` takes parts; here it is one number, as in `dense.kernel[0, 1]`")
  }
  static func indexOutside(_ text: String, shape: [Int]) -> Complaint {
    Complaint(
      "`\(text)` is outside of the tensor", hint: "its shape is (\(shape.map { String($0) }.joined(separator: ", "))), counted from 0")
  }
  static func largeTensor(_ name: String, _ count: Int) -> Complaint {
    Complaint(
      "`\(name)` has \(grouped(count)) numbers, more than the \(grouped(JSONValue.mostNumbers)) that are printed",
      hint: "`show` takes a part, such as [0:5]; `weights save FILE.npz` writes all for NumPy")
  }
}
