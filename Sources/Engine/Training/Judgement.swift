import Kernels
import Language

/// How wrong the model is on one sample.
public struct Judgement: Sendable, Equatable {
  /// The sample's place among those that were judged, from 0.
  public let place: Int
  /// The loss of this sample alone, without penalties.
  public let loss: Double
  /// The class that it has and the one that it is taken for; nil where the loss knows no single class.
  public let classes: (truth: Int, answer: Int)?
  /// The probability that the model gives to its answer; nil without classes.
  public let probability: Double?
  /// The outputs.
  public let outputs: [Float]

  public static func == (left: Judgement, right: Judgement) -> Bool {
    left.place == right.place && left.loss == right.loss && left.classes?.truth == right.classes?.truth
      && left.classes?.answer == right.classes?.answer && left.probability == right.probability && left.outputs == right.outputs
  }

  /// The judgement of each sample, from outputs (n, ...) and targets as the loss takes them.
  public static func all(of outputs: Tensor, samples: Samples, loss: any LossDescription) throws -> [Judgement] {
    let shape = Array(outputs.shape.dropFirst())
    let reader = ProbabilityReader(for: loss, outputShape: shape)
    // A loss of numbers, or of several answers, has no single class.
    let truths = try? ClassIndex(samples, loss: loss, outputs: shape, what: "a judgement")
    let (output, target) = (FloatBuffer(count: reader.width), FloatBuffer(count: samples.targetWidth))
    let gradient = FloatBuffer(count: reader.width)
    return (0..<samples.count).map { row in
      let values = Array(outputs.values[(row * reader.width)..<((row + 1) * reader.width)])
      output.load(values)
      target.load(Array(samples.targets.values[(row * samples.targetWidth)..<((row + 1) * samples.targetWidth)]))
      var classes: (truth: Int, answer: Int)?
      var probability: Double?
      if let truths {
        let yes = reader.probability(output, at: 0)
        let answer = reader.columns == 1 ? (yes > 0.5 ? 1 : 0) : reader.greatestPlace(output, row: 0)
        classes = (truths.indices[row], answer)
        probability = Double(reader.columns == 1 ? (answer == 1 ? yes : 1 - yes) : reader.probability(output, at: answer))
      }
      let batch = LossBatch(
        output, target, gradient: gradient, rows: 1, width: reader.width, columns: reader.columns, kind: loss.targetKind)
      return Judgement(place: row, loss: loss.evaluate(batch), classes: classes, probability: probability, outputs: values)
    }
  }
}
