import Engine
import Foundation
import Screen
import Testing

@testable import Shell

/// Explanations where the samples do not count alike: the loss, its slope and the finite differences all know the weights.
@MainActor @Suite("explain, of weighted samples") struct ExplainWeightsTests {
  nonisolated static let table = "a,b,w,y\n1,2,3,0\n2,1,0.5,1\n0,1,0,1\n3,3,4,0\n"
  nonisolated static let networks = [
    "layer dense 1; compile sgd 0.1 mse", "layer dense 1 sigmoid; compile adam 0.1 bce", "layer dense 1; compile sgd 0.1 mae",
    "layer dense 2 tanh; layer dense 1; compile rmsprop 0.1 bce from_logits=yes", "layer dense 2 softmax; compile sgd 0.1 cce",
    "layer dense 2; compile sgd 0.1 scce from_logits=yes", "layer dense 1 l2=0.1; compile sgd 0.1 half_squared_error",
  ]

  @Test("Whatever numbers stand in a formula lead to the number behind it, and gradients to their finite differences", arguments: networks)
  func numbers(network: String) throws {
    let (shell, folder) = try shell(["t.csv": Self.table])
    defer { withExtendedLifetime(folder) {} }
    // First a mini-batch of one sample, what is left after three.
    try shell.run("data csv t.csv target=y weights=w; \(network); set batch 3")
    // Outputs near 0 or 1 would leave few digits of what is rounded.
    try shell.run("set \(shell.layer).kernel 0.1; step")
    try check(try #require(try shell.run("explain step") as? ExplanationFacts))
    try shell.run("rewind; set batch 4; set \(shell.layer).kernel 0.1")
    for sample in 0..<4 {
      for line in ["explain step sample=\(sample)", "explain loss sample=\(sample)", "explain \(shell.layer).kernel[0,0] sample=\(sample)"]
      {
        try check(try #require(try shell.run(line) as? ExplanationFacts))
      }
    }
  }

  private func check(_ facts: ExplanationFacts) throws {
    for quantity in facts.sections.flatMap(\.quantities) where !quantity.isSilent {
      guard let shown = quantity.number else { continue }
      if let difference = quantity.difference {
        #expect(abs(difference - shown) < 1e-4 * max(1, abs(shown)), "\(quantity.notation): \(shown), by differences \(difference)")
      }
      guard !quantity.numbers.isEmpty, !quantity.numbers.contains("\\text{"), !quantity.numbers.contains("dots") else { continue }
      let value = try Arithmetic(quantity.numbers).value()
      // Numbers are written with four decimals: 0.0075 for 0.00754.
      #expect(abs(value - shown) < 1e-2 * max(1, abs(shown)), "\(quantity.notation) = \(quantity.numbers) is \(value), not \(shown)")
    }
  }

  @Test("Loss and slope, recomputed; the weights stand among what is given")
  func recomputed() throws {
    let (shell, folder) = try shell(["t.csv": Self.table])
    defer { withExtendedLifetime(folder) {} }
    try shell.run("data csv t.csv target=y weights=w; layer dense 1; compile sgd 0.1 mse; set batch 4; set seed 3")
    try shell.run("set dense.kernel [[0.5], [-1]]; set dense.bias 0.25")
    let explained = try Explained(shell, "explain step")
    // y = a / 2 - b + 1 / 4, told apart by the inputs, whatever the order.
    let weights = ["1 2": 3.0, "2 1": 0.5, "0 1": 0, "3 3": 4], targets = ["1 2": 0.0, "2 1": 1, "0 1": 1, "3 3": 0]
    let rows = try explained.rows("x"), names = rows.map { "\(Int($0[0])) \(Int($0[1]))" }
    #expect(try explained.list("omega") == names.map { weights[$0] })
    let errors = zip(rows, names).map { row, name in row[0] / 2 - row[1] + 0.25 - (targets[name] ?? 0) }
    let slopes = zip(errors, names).map { 2 * $0 * (weights[$1] ?? 0) / 4 }
    try explained.close("J", zip(errors, names).reduce(0) { $0 + (weights[$1.1] ?? 0) * $1.0 * $1.0 } / 4)
    try explained.close("dJ/dy", slopes)
    try explained.close("dJ/db", slopes.reduce(0, +))
    try explained.close("dJ/dw", [0, 1].map { column in zip(slopes, rows).reduce(0) { $0 + $1.0 * $1.1[column] } })
    let text = shell.text("explain step")
    #expect(text.contains("J = ¼ ∑ₛ ωₛJₛ"), "\(text)")
    #expect(text.contains("∂J/∂y = ω · 2(y − t)/n"), "\(text)")
    // Where all count alike nothing speaks of weights.
    #expect(!(try TestShell.ofMoons()).text("explain step").contains("ω"))
  }
}

/// What scripts read of a step.
@MainActor @Suite("explain step, for scripts") struct ExplainForScriptsTests {
  @Test("What has a value for each sample or each weight is a nested list: normalised values, penalties")
  func nested() throws {
    let shell = TestShell()
    try shell.run("set batch 5; data moons 20; layer dense 3; layer batchnorm; layer layernorm; layer dense 1 sigmoid l2=0.1")
    try shell.run("compile sgd 0.1 bce")
    let explained = try Explained(shell, "explain step")
    let values = try explained.rows("a1"), hats = try explained.rows("xhat2"), means = try explained.list("mu2")
    let variances = try explained.list("var2")
    #expect(hats.count == 5 && hats.allSatisfy { $0.count == 3 })
    try explained.close("xhat2", values.flatMap { row in row.indices.map { (row[$0] - means[$0]) / (variances[$0] + 1e-3).squareRoot() } })
    let normalized = try explained.rows("a2").flatMap { row -> [Double] in
      let mean = row.reduce(0, +) / 3, variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
      return row.map { ($0 - mean) / (variance + 1e-3).squareRoot() }
    }
    try explained.close("xhat3", normalized)
    try explained.close("penalty_W4", try explained.rows("W4").map { 0.2 * $0[0] })
  }

  @Test("Layers beside the followed path have their values and gradients too")
  func besideThePath() throws {
    let shell = TestShell()
    try shell.run("set batch 3; data sine 20; layer dense 2 tanh; layer dense 2 tanh; layer add dense; layer dense 1; compile sgd 0.1 mse")
    let explained = try Explained(shell, "explain step")
    let z = try explained.rows("z2"), W = try explained.rows("W2"), b = try explained.list("b2"), a = try explained.rows("a1")
    try explained.close("z2", a.flatMap { row in [0, 1].map { row[0] * W[0][$0] + row[1] * W[1][$0] + b[$0] } })
    try explained.close("a2", z.flatMap { $0.map { tanh($0) } })
    let slopes = try explained.rows("dJ/dz2"), outer = try explained.rows("dJ/da2")
    try explained.close("dJ/dz2", zip(outer, z).flatMap { zip($0, $1).map { $0 * (1 - tanh($1) * tanh($1)) } })
    try explained.close("dJ/db2", [0, 1].map { unit in slopes.reduce(0) { $0 + $1[unit] } })
    // What two layers read is told by what comes back from each of them.
    let quantities = try #require(try shell.json("explain step")["quantities"] as? [[String: Any]])
    let shared = try #require(quantities.first { $0["symbol"] as? String == "dJ/da1" }?["formula"] as? String)
    #expect(shared.contains(#"\sum W_{2} \cdot \partial J / \partial z_{2} + \partial J / \partial a_{3}"#), "\(shared)")
  }

  @Test("The difference beside a gradient follows it, however large the weight")
  func largeWeights() throws {
    let shell = TestShell()
    try shell.run("data linear 8; layer dense 1; compile sgd 0.1 mse; set dense.kernel 3e18; set dense.bias -2e19")
    let quantities = try #require(try shell.json("explain step")["quantities"] as? [[String: Any]])
    for symbol in ["dJ/dw", "dJ/db"] {
      let quantity = try #require(quantities.first { $0["symbol"] as? String == symbol })
      let value = try #require(quantity["value"] as? Double), numerical = try #require(quantity["numerical"] as? Double)
      #expect(value != 0 && abs(value - numerical) < 1e-3 * abs(value), "\(symbol): \(value), \(numerical)")
    }
  }

  @Test("A crossentropy of logits is the negative logarithm of the softmax", arguments: ["cce", "scce"])
  func logits(loss: String) throws {
    let shell = TestShell()
    try shell.run("data blobs 9 classes=3; layer dense 3; compile sgd 0.1 \(loss) from_logits=yes")
    let text = shell.text("explain loss")
    #expect(text.contains("= −∑ᵢ tᵢ ln softmax(y)ᵢ"), "\(text)")
  }
}

extension TestShell {
  /// A small network on moons.
  fileprivate static func ofMoons() throws -> TestShell {
    let shell = TestShell()
    try shell.run("data moons 8; layer dense 1 sigmoid; compile sgd 0.1 bce")
    return shell
  }
  fileprivate var layer: String { session.model.network.layers.last?.name ?? "" }
}
