import Foundation
import Kernels
import Language
import Testing

@testable import Engine

/// What Keras 3's schedules and callbacks do; `scripts/golden` made it.
struct GoldenTraining: Decodable, Sendable {
  struct Schedule: Decodable, Sendable, CustomTestStringConvertible {
    let kind: String
    let rate: Float
    let batches: Int
    let all: Int
    let warmup: Double
    let floor: Double?
    let factor: Double?
    let epochs: Double?
    let rates: [Float]

    var testDescription: String { "\(kind) \(factor ?? floor ?? 0), warm-up \(warmup)" }

    var schedule: LearningRateSchedule {
      switch kind {
      case "cosine": LearningRateSchedule(.cosine(floor: floor ?? 0), warmup: warmup)
      case "exponential": LearningRateSchedule(.exponential(factor: factor ?? 1, epochs: epochs ?? 1), warmup: warmup)
      default: LearningRateSchedule(.step(factor: factor ?? 1, epochs: epochs ?? 1), warmup: warmup)
      }
    }
  }

  struct Watch: Decodable, Sendable, CustomTestStringConvertible {
    let values: [Double]
    let higher: Bool
    let patience: Int
    let stops: Int
    let best: Int
    let reduced: [Float]

    var testDescription: String { "patience \(patience), \(higher ? "higher" : "lower") is better, \(values.count) values" }
  }

  struct Metric: Decodable, Sendable, CustomTestStringConvertible {
    struct Batch: Decodable, Sendable {
      let y: Nested
      let p: Nested
    }

    let metric: String
    let loss: String
    let options: [String: Scalar]
    let batches: [Batch]
    let value: Double

    var testDescription: String { "\(metric) \(options.map { "\($0.key)=\($0.value)" }.joined()) with \(loss)" }
  }

  let metrics: [Metric]
  let schedules: [Schedule]
  let watches: [Watch]

  static let all = golden("training", as: GoldenTraining.self)
}

struct GoldenTrainingTests {
  @Test(arguments: GoldenTraining.all.schedules) func scheduleAgreesWithKeras(_ golden: GoldenTraining.Schedule) {
    let rates = golden.rates.indices.map {
      golden.schedule.rate(golden.rate, update: $0, batches: golden.batches, epochs: golden.all)
    }
    let excess = greatestExcess(rates, golden.rates, tolerance: 1e-6)
    #expect(excess <= 1, "\(rates) is not \(golden.rates)")
  }

  @Test(arguments: GoldenTraining.all.watches) func callbacksAgreeWithKeras(_ golden: GoldenTraining.Watch) {
    var stopping = EarlyStopping(patience: golden.patience, isBetterHigher: golden.higher)
    var reduction = PlateauReduction(patience: golden.patience, minimum: 1e-4, isBetterHigher: golden.higher)
    var stops = 0, best = 0
    var rate: Float = 1
    var reduced: [Float] = []
    for (index, value) in golden.values.enumerated() {
      rate = reduction.rate(after: value, rate: rate)
      reduced.append(rate)
      guard stops == 0 else { continue }
      let verdict = stopping.observe(value)
      if verdict.isBest { best = index + 1 }
      if verdict.stops { stops = index + 1 }
    }
    #expect(stops == golden.stops && best == golden.best)
    #expect(greatestExcess(reduced, golden.reduced, tolerance: 1e-6) <= 1, "\(reduced) is not \(golden.reduced)")
  }

  @Test(arguments: GoldenTraining.all.metrics) func metricAgreesWithKeras(_ golden: GoldenTraining.Metric) throws {
    let words = golden.options["k"].map { " k=\($0)" } ?? ""
    let metric = try typed(golden.metric + words, EngineDeclarations.metrics)
    let loss = try goldenLoss(golden.loss, golden.options)
    let meter = metric.makeMeter(for: loss, outputShape: Array(golden.batches[0].p.shape.dropFirst()))
    for round in 0..<2 {
      if round == 1 { meter.reset() }
      for batch in golden.batches {
        let output = FloatBuffer(count: batch.p.values.count), target = FloatBuffer(count: batch.y.values.count)
        output.load(batch.p.values)
        target.load(batch.y.values)
        meter.add(output, target, rows: batch.p.shape[0])
      }
      #expect(abs(meter.value - golden.value) < 1e-5 + 1e-5 * abs(golden.value), "\(meter.value) is not \(golden.value)")
    }
  }

  @Test func everyMetricButTheAliasesIsCompared() {
    let compared = Set(GoldenTraining.all.metrics.map(\.metric))
    let others: Set = [
      "accuracy", "acc", "top5", "sparse_top_k_categorical_accuracy", "f1", "mean_absolute_error", "mean_squared_error",
      "root_mean_squared_error", "r2",
    ]
    #expect(Set(EngineDeclarations.metrics.map(\.name)) == compared.union(others))
  }

  @Test func confusionMatricesCountByClass() throws {
    let outputs = Tensor(shape: [4, 3], values: [0.7, 0.2, 0.1, 0.1, 0.2, 0.7, 0.3, 0.4, 0.3, 0.2, 0.2, 0.6])
    let samples = try Samples(inputs: Tensor(shape: [4, 1]), targets: Tensor(shape: [4, 1], values: [0, 2, 1, 1]))
    let matrix = try ConfusionMatrix(outputs: outputs, samples: samples, loss: SparseCategoricalCrossentropy())
    #expect(matrix.counts == [[1, 0, 0], [0, 1, 1], [0, 0, 1]] && matrix.accuracy == 0.75)
    let binary = try Samples(inputs: Tensor(shape: [3, 1]), targets: Tensor(shape: [3, 1], values: [0, 1, 1]))
    let scores = Tensor(shape: [3, 1], values: [-1, 0.2, -3])
    #expect(try ConfusionMatrix(outputs: scores, samples: binary, loss: Hinge()).counts == [[1, 0], [1, 1]])
    #expect(throws: Complaint.self) { try ConfusionMatrix(outputs: scores, samples: binary, loss: MeanSquaredError()) }
  }
}
