import Engine
import Foundation
import Testing

@testable import Shell

/// The slopes that losses are written with, evaluated as they stand.
@MainActor @Suite("explain, the slope of a loss") struct LossSlopeTests {
  @Test("Numbers of the slope lead to the engine's", arguments: ExplainStepTests.losses.indices)
  func slopes(index: Int) throws {
    let (loss, last, data) = ExplainStepTests.losses[index]
    let shell = TestShell()
    try shell.run("set batch 5; data \(data); layer dense 4 tanh; layer \(last); compile sgd 0.1 \(loss)")
    let record = try Training.record(.next, &shell.session)
    for sample in 0..<5 {
      let scene = try UpdateScene(record, sample: sample, isLast: false)
      for unit in 0..<(scene.layers.last?.output[0] ?? 0) {
        let terms = try BackwardTerms(scene: scene).lossTerms(at: [unit])
        let slope = try scene.value("\(scene.outputName).gradient", [unit])
        let value = try Arithmetic(terms.slopeNumbers).value()
        // The numbers are rounded to four decimals.
        #expect(abs(value - slope) < 2e-3 * max(1, abs(slope)), "\(terms.slopeNumbers) is \(value), not \(slope)")
        let losses = LossExplanation.losses(scene)
        let own = try Arithmetic(terms.numbers).value()
        #expect(abs(own - losses[sample]) < 2e-3 * max(1, abs(losses[sample])), "\(terms.numbers) is \(own), not \(losses[sample])")
      }
    }
  }

  @Test(
    "Where a probability is so near to 0 or 1 that it is clipped, loss and slope are those of the clipped one",
    arguments: [
      ("dense 1 sigmoid", "bce", "xor 8"), ("dense 3 softmax", "cce", "blobs 24 classes=3"),
      ("dense 3 softmax", "scce", "blobs 24 classes=3"),
      ("dense 3 sigmoid", "cce", "blobs 24 classes=3"), ("dense 3 softmax", "kld", "blobs 24 classes=3"),
      ("dense 3 softmax", "cce label_smoothing=0.1", "blobs 24 classes=3"),
    ])
  func clipped(last: String, loss: String, data: String) throws {
    let shell = TestShell()
    try shell.run("set batch 8; data \(data); layer \(last); compile sgd 0.1 \(loss)")
    let kernel = last.contains("dense 1") ? "[[90], [40]]" : "[[90, -70, 5], [-50, 80, 3]]"
    try shell.run("set dense.kernel \(kernel)")
    let record = try Training.record(.next, &shell.session)
    var clipped = 0
    for sample in 0..<8 {
      let scene = try UpdateScene(record, sample: sample, isLast: false)
      for unit in 0..<(scene.layers.last?.output[0] ?? 0) {
        let backward = BackwardTerms(scene: scene), terms = try backward.lossTerms(at: [unit])
        if terms.hasClipped { clipped += 1 }
        let losses = LossExplanation.losses(scene), own = try Arithmetic(terms.numbers).value()
        #expect(abs(own - losses[sample]) < 2e-3 * max(1, abs(losses[sample])), "\(terms.numbers) is \(own), not \(losses[sample])")
        let slope = try scene.value("dense.gradient", [unit]), value = try Arithmetic(terms.slopeNumbers).value()
        #expect(abs(value - slope) < 1e-2 * max(1, abs(slope)), "\(terms.slopeNumbers) is \(value), not \(slope)")
        for quantity in try backward.sumGradient(of: scene.layers[0], at: [unit]) where !quantity.numbers.isEmpty {
          let shown = try #require(quantity.number), value = try Arithmetic(quantity.numbers).value()
          #expect(abs(value - shown) < 2e-3 * max(1, abs(shown)), "\(quantity.notation) = \(quantity.numbers) is \(value), not \(shown)")
        }
      }
    }
    #expect(clipped > 3)
    #expect(shell.text("explain step sample=0; explain step sample=1; explain step sample=2").contains("(clipped)"))
  }
}

/// Whatever numbers stand in a formula lead to the number behind it.
@MainActor @Suite("explain, the numbers in formulas") struct NumbersTests {
  nonisolated static let networks: [(layers: String, data: String)] = [
    ("layer dense 2 tanh; layer dense 1 sigmoid; compile adam 0.1 bce", "xor 3"),
    ("layer batchnorm; layer dense 2 sigmoid l2=0.1 l1=0.01; layer dense 1; compile sgd 0.1 mse momentum=0.9 nesterov=yes", "linear 3"),
    (
      "layer layernorm; layer dense 2; layer dropout 0.4; layer dense 3 softmax; compile nadam 0.1 cce weight_decay=0.1",
      "blobs 3 classes=3"
    ),
    ("layer dense 2 softplus; layer dense 1; compile rmsprop 0.1 huber momentum=0.5", "xor 3"),
    ("layer dense 2 swish; layer dense 1; compile adamax 0.1 half_squared_error clipvalue=0.1", "xor 3"),
    ("layer dense 2 sigmoid; layer dense 1 tanh; compile adagrad 0.1 mae", "xor 3"),
    ("layer dense 2 tanh; layer add input; layer dense 1 softplus; compile adadelta 1 poisson", "xor 3"),
  ]

  @Test("Numbers lead to the result", arguments: networks.indices)
  func numbers(index: Int) throws {
    let (layers, data) = Self.networks[index]
    let shell = TestShell()
    try shell.run("set batch 3; data \(data); \(layers); step 2")
    var checked = 0
    for sample in 0..<3 {
      let facts = try #require(try shell.run("explain step sample=\(sample)") as? ExplanationFacts)
      for quantity in facts.sections.flatMap(\.quantities) where !quantity.isSilent {
        guard !["", "\\text{", "dots"].contains(where: { $0.isEmpty ? quantity.numbers.isEmpty : quantity.numbers.contains($0) }),
          let shown = quantity.number
        else { continue }
        let value = try Arithmetic(quantity.numbers).value()
        // Each number is rounded to four decimals.
        #expect(abs(value - shown) < 2e-3 * max(1, abs(shown)), "\(quantity.notation) = \(quantity.numbers) is \(value), not \(shown)")
        checked += 1
      }
    }
    #expect(checked > 30, "\(checked)")
  }
}

/// Evaluates the arithmetic that explanations write, for tests.
struct Arithmetic {
  private var rest: Substring

  init(_ latex: String) {
    var text = latex
    for (from, to) in [
      ("\\frac{1}{2}", "0.5*"), ("\\frac{1}{3}", "(1/3)"), ("\\cdot", "*"), ("\\text{sign}", "sign"), ("\\text{clip}", "clip"),
      ("\\ln", "ln"), ("\\tanh", "tanh"), ("\\sqrt", "root"), ("\\sigma", "sigma"), ("\\max", "max"), ("\\pm", ""), ("{", "("), ("}", ")"),
      (" ", ""),
    ] { text = text.replacing(from, with: to) }
    rest = text[...]
  }

  mutating func take(_ word: String) -> Bool {
    guard rest.hasPrefix(word) else { return false }
    rest = rest.dropFirst(word.count)
    return true
  }

  func value() throws -> Double {
    var copy = self
    let value = try copy.sum()
    try #require(copy.rest.isEmpty, "what is `\(copy.rest)`?")
    return value
  }

  private mutating func sum() throws -> Double {
    var value = take("-") ? try -product() : try product()
    while true {
      if take("+") { value += try product() } else if take("-") { value -= try product() } else { return value }
    }
  }

  private mutating func product() throws -> Double {
    var value = try power()
    while let next = rest.first {
      if take("*") {
        value *= try power()
      } else if take("/") {
        value /= try power()
      } else if "0123456789(lsetr".contains(next) {
        value *= try power()
      } else {
        break
      }
    }
    return value
  }

  private mutating func power() throws -> Double {
    let base = try atom()
    guard take("^") else { return base }
    return pow(base, try atom())
  }

  private mutating func atom() throws -> Double {
    if take("-") { return try -atom() }
    if take("|") {
      let value = abs(try sum())
      _ = take("|")
      return value
    }
    if take("e^") { return exp(try atom()) }
    if take("ln") { return log(try power()) }
    if take("tanh") { return tanh(try atom()) }
    if take("root") { return try atom().squareRoot() }
    if take("sigma") { return 1 / (1 + exp(-(try atom()))) }
    if take("sign") {
      let value = try atom()
      return value > 0 ? 1 : value < 0 ? -1 : 0
    }
    if take("max(") {
      let first = try sum()
      _ = take(",")
      let second = try sum()
      _ = take(")")
      return max(first, second)
    }
    if take("clip(") {
      let first = try sum()
      _ = take(",")
      let limit = try sum()
      _ = take(")")
      return min(max(first, -limit), limit)
    }
    if take("(") {
      let value = try sum()
      _ = take(")")
      return value
    }
    let digits = rest.prefix { $0.isNumber || $0 == "." }
    rest = rest.dropFirst(digits.count)
    return try #require(Double(digits), "no number at `\(rest)`")
  }
}
