import Language
import Testing

@testable import Engine

/// Whatever is declared is compared with Keras, unless it stands here with the reason why not.
struct GoldenCoverageTests {
  /// Layers whose output is chance's alone: Keras draws other numbers. Their own tests hold the distribution and the backward pass.
  static let chanceAlone: Set = ["spatialdropout", "gaussiannoise"]

  /// Metrics that are others under a second name, or take the form that the loss asks for.
  static let metricsByOtherNames = [
    "accuracy": "binary_accuracy", "acc": "binary_accuracy", "top5": "top_k_categorical_accuracy",
    "sparse_top_k_categorical_accuracy": "top_k_categorical_accuracy", "f1": "f1_score", "mean_absolute_error": "mae",
    "mean_squared_error": "mse", "root_mean_squared_error": "rmse", "r2": "r2_score",
  ]

  @Test func everyLayer() {
    let recorded = Set(
      GoldenParts.all.layers.map(\.layer.kind) + GoldenGraph.all.flatMap { $0.run.layers.map(\.kind) }
        + GoldenAugmentation.all.map(\.kind))
    expectAll(EngineDeclarations.layers.map(\.outline), in: recorded, but: Self.chanceAlone)
  }

  @Test func everyActivation() {
    #expect(Set(Activation.named.map(\.name)) == Set(GoldenParts.all.layers.compactMap(\.layer.activation)))
  }

  @Test func everyLoss() { expectAll(EngineDeclarations.losses.map(\.outline), in: Set(GoldenParts.all.losses.map(\.loss))) }

  @Test func everyOptimizerForFiveStepsAndOnIris() {
    let cases = GoldenParts.all.optimizers
    #expect(cases.allSatisfy { $0.values.count >= 5 })
    expectAll(EngineDeclarations.optimizers.map(\.outline), in: Set(cases.compactMap { $0.compile.members["optimizer"]?.description }))
    let runs = GoldenRun.all.filter { $0.name.hasPrefix("iris") }
    expectAll(EngineDeclarations.optimizers.map(\.outline), in: Set(runs.compactMap { $0.compile.members["optimizer"]?.description }))
  }

  @Test func everyMetric() {
    let recorded = Set(GoldenTraining.all.metrics.map(\.metric))
    #expect(Set(Self.metricsByOtherNames.values).isSubset(of: recorded))
    expectAll(EngineDeclarations.metrics.map(\.outline), in: recorded, but: Set(Self.metricsByOtherNames.keys))
  }

  @Test func everyRegulariserAndConstraint() {
    let layers = GoldenParts.all.layers.filter { $0.penalty != nil }.map(\.layer)
    for (l1, l2) in [(true, false), (false, true), (true, true)] {
      let recorded = layers.filter { (($0.l1 ?? 0) > 0) == l1 && (($0.l2 ?? 0) > 0) == l2 }
      #expect(!recorded.isEmpty, "l1 \(l1), l2 \(l2)")
    }
    let constrained = GoldenRun.all.flatMap(\.layers).filter { ($0.max_norm ?? 0) > 0 }
    #expect(!constrained.isEmpty)
  }

  // The names' aliases count: the recordings use Keras' long names for some losses. What needs no exception must not have one.
  private func expectAll(_ outlines: [DeclarationOutline], in recorded: Set<String>, but exceptions: Set<String> = []) {
    for outline in outlines {
      let isRecorded = !recorded.isDisjoint(with: [outline.name] + outline.aliases)
      #expect(isRecorded != exceptions.contains(outline.name), "\(outline.name)")
    }
  }
}
