import Foundation
import Kernels

/// Outputs as probabilities, and targets as one number an output, for metrics that count yes and no. It allocates nothing once it is made.
final class ProbabilityReader {
  private enum Form {
    case given
    case sigmoid
    case softmax
  }

  /// How many outputs a sample has.
  let width: Int
  /// How many values the last axis has.
  let columns: Int
  /// Whether each output answers on its own; else the greatest of a row is the answer.
  let answersAlone: Bool
  private let form: Form
  private let isIndex: Bool

  /// A reader of the outputs that a loss compares.
  init(for loss: any LossDescription, outputShape: [Int]) {
    width = Tensor.count(of: outputShape)
    columns = outputShape.last ?? 1
    isIndex = loss.targetKind == .index
    switch loss.targetKind {
    case .zeroOne:
      answersAlone = true
      form = loss.fromLogits ? .sigmoid : .given
    case .index, .oneHot:
      answersAlone = false
      form = loss.fromLogits ? .softmax : .given
    case .numbers:
      answersAlone = columns == 1
      form = .given
    }
  }

  /// The target of an output: 1 or 0 where it stands for a class.
  func target(_ target: FloatBuffer, at place: Int) -> Float {
    isIndex ? (target[place / columns] == Float(place % columns) ? 1 : 0) : target[place]
  }

  /// The probability that an output stands for.
  func probability(_ output: FloatBuffer, at place: Int) -> Float {
    switch form {
    case .given: return output[place]
    case .sigmoid: return 1 / (1 + exp(-output[place]))
    case .softmax:
      let first = place / columns * columns
      let greatest = output[greatestPlace(output, row: place / columns)]
      var sum: Float = 0
      var other = first
      while other < first + columns {
        sum += exp(output[other] - greatest)
        other += 1
      }
      return exp(output[place] - greatest) / sum
    }
  }

  /// Where a row of the last axis has its greatest value; the first of several.
  func greatestPlace(_ buffer: FloatBuffer, row: Int) -> Int {
    var best = row * columns, place = best + 1
    while place < (row + 1) * columns {
      if buffer[place] > buffer[best] { best = place }
      place += 1
    }
    return best
  }

  /// Where a row's target has its class.
  func targetPlace(_ target: FloatBuffer, row: Int) -> Int {
    isIndex ? row * columns + Int(target[row]) : greatestPlace(target, row: row)
  }
}
