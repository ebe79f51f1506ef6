import Kernels
import Testing

@testable import Engine

/// A network whose layers join and branch, as Keras' functional models compute it: a run, and one pass with its gradients.
struct GoldenGraph: Decodable, Sendable, CustomTestStringConvertible {
  private struct Pass: Decodable {
    let inference: Nested
    let output: Nested
    let g: Nested
    let input_gradient: Nested
    let gradients: [String: Nested]
  }

  let run: GoldenRun
  private let pass: Pass

  var inference: Nested { pass.inference }
  var output: Nested { pass.output }
  var g: Nested { pass.g }
  var inputGradient: Nested { pass.input_gradient }
  var gradients: [String: Nested] { pass.gradients }

  var testDescription: String { run.name }

  init(from decoder: any Decoder) throws {
    run = try GoldenRun(from: decoder)
    pass = try Pass(from: decoder)
  }

  static let all = golden("graphs", as: [String: GoldenList<GoldenGraph>].self)["graphs"]?.members ?? []
}

struct GoldenGraphTests {
  private let tolerance: Float = 2e-5

  @Test func thereAreGraphs() {
    #expect(GoldenGraph.all.count >= 3)
    for graph in GoldenGraph.all { #expect(graph.run.layers.contains { $0.other != nil }) }
  }

  @Test(arguments: GoldenGraph.all) func aPassAgreesWithKeras(_ graph: GoldenGraph) throws {
    let network = try graph.run.network(isPenalised: false)
    #expect(!network.isSequence)
    var parameters = try Parameters(of: network, seed: 0)
    for (name, values) in graph.run.initial { try parameters.set(name, to: values.tensor) }
    expect(try Predictor(network: network).predict(parameters, graph.run.x.tensor).values, graph.inference, "inference")

    let rows = graph.run.batch
    let inputs = Array(graph.run.x.tensor.values.prefix(rows * Tensor.count(of: graph.run.input_shape)))
    for keepsEverything in [true, false] {
      let settings = TrainingSettings(optimizer: SGD(), loss: MeanSquaredError())
      let plan = try Plan(network, batch: rows, settings: settings, keepsEverything: keepsEverything)
      try plan.load(parameters)
      plan.input.load(inputs)
      let pass = Engine.Pass(rows: rows, isTraining: true, dropsOut: true, key: 0)
      try #require(try plan.forward(pass))
      expect(plan.output.values(), graph.output, "output")
      plan.outputGradient.load(graph.g.values)
      try #require(try plan.backward(pass))
      if keepsEverything {
        expect(try #require(plan.quantity("input.gradient", rows: rows)).values, graph.inputGradient, "input gradient")
      }
      for (name, values) in graph.gradients {
        expect(try #require(plan.quantity("\(name).gradient", rows: rows)).values, values, "gradient of \(name)")
      }
    }
  }

  // A value near 0 falls on this or that side of a relu by the order of a sum, and Adam takes a gradient near 0 for its sign: after some updates
  // the weights agree to three digits, while the losses agree to four.
  @Test(arguments: GoldenGraph.all) func aRunAgreesWithKeras(_ graph: GoldenGraph) throws { try graph.run.expectAgreement(tolerance: 1e-3) }

  private func expect(_ values: [Float], _ golden: Nested, _ what: String) {
    // A sum over a batch of images rounds as its largest terms do.
    let scale = max(1, golden.values.reduce(0) { max($0, abs($1)) })
    let excess = greatestExcess(values.map { $0 / scale }, golden.values.map { $0 / scale }, tolerance: tolerance)
    #expect(excess <= 1, "\(what): \(values.prefix(6)) is not \(golden.values.prefix(6)), \(excess) times the tolerance")
  }
}
