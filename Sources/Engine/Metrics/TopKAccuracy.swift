import Kernels
import Language

/// The share of samples whose class is among the k greatest outputs.
public struct TopKAccuracy: MetricDescription {
  /// Among how many.
  public var k: Int
  public var name: String

  /// The metric, under the name that was typed.
  public init(_ k: Int = 5, name: String = "top_k_categorical_accuracy") {
    self.k = k
    self.name = name
  }

  public func makeMeter(for loss: any LossDescription, outputShape: [Int]) -> any MetricMeter {
    let reader = ProbabilityReader(for: loss, outputShape: outputShape), k = k
    let places = reader.width / reader.columns
    return MeanMeter { output, target, rows in
      var hits = 0.0
      var row = 0
      while row < rows * places {
        let wanted = output[reader.targetPlace(target, row: row)]
        var greater = wanted.isNaN ? k : 0
        var place = row * reader.columns
        while place < (row + 1) * reader.columns {
          if output[place] > wanted { greater += 1 }
          place += 1
        }
        if greater < k { hits += 1 }
        row += 1
      }
      return hits / Double(places)
    }
  }
}

extension TopKAccuracy {
  /// `compile ... top5`, also under Keras' names.
  public static let declarations: [Declaration<any MetricDescription>] =
    [
      Declaration<any MetricDescription>(
        "top5", "The share of samples whose class is among the five greatest outputs.", formula: "right answers / answers",
        examples: ["compile adam cce top5"]
      ) { TopKAccuracy(5, name: "top5") }
    ]
    + ["top_k_categorical_accuracy", "sparse_top_k_categorical_accuracy"].map { name in
      Declaration<any MetricDescription>(
        name, "The share of samples whose class is among the k greatest outputs.", formula: "right answers / answers",
        examples: ["compile adam \(name.hasPrefix("sparse") ? "scce" : "cce") \(name) k=3"],
        .integer("k", "among how many", in: 1...1_000_000, default: 5).named
      ) { k in TopKAccuracy(k, name: name) }
    }
}
