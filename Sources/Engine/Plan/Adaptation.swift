import Kernels
import Language

/// A step that takes something from the training data before it is first trained.
protocol AdaptiveStep: LayerStep {
  /// Whether it has not done so yet.
  var wantsData: Bool { get }
  /// Looks at the first rows of its input.
  func take(rows: Int)
  /// Sets its parameters by all that it has looked at.
  func adapt()
}

extension Plan {
  /// Lets the layers that have not adapted to the data yet do so, one after the other, since each changes what the next one sees.
  func adapt(to samples: Samples) throws {
    for case let step as any AdaptiveStep in steps where step.wantsData {
      _ = try eachBatch(of: samples.inputs) { rows in
        let pass = Pass(rows: rows.count, isTraining: false, dropsOut: false, key: 0)
        for before in steps {
          if before === step { break }
          do { try before.forward(pass) } catch is PassEnded { throw Interruption.complaint }
        }
        step.take(rows: rows.count)
        return true
      }
      parametersChange()
      step.adapt()
    }
  }
}
