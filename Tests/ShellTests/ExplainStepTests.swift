import Engine
import Foundation
import Testing

@testable import Shell

/// A shell whose folder holds files.
@MainActor func shell(_ files: [String: String]) throws -> (TestShell, TemporaryFolder) {
  let shell = TestShell(), folder = try TemporaryFolder(files)
  shell.surroundings.files.folder = folder.url
  return (shell, folder)
}

/// The quantities of an explanation by their symbols.
struct Explained {
  let values: [String: Any]
  let numerical: [String: Double]

  @MainActor init(_ shell: TestShell, _ line: String) throws {
    let json = try shell.json(line)
    #expect(json["ok"] as? Bool == true, "\(line): \(json)")
    var values: [String: Any] = [:], numerical: [String: Double] = [:]
    for quantity in json["quantities"] as? [[String: Any]] ?? [] {
      let symbol = try #require(quantity["symbol"] as? String)
      #expect(values[symbol] == nil, "\(symbol) stands twice in \(line)")
      values[symbol] = quantity["value"]
      numerical[symbol] = quantity["numerical"] as? Double
      for key in ["meaning", "formula"] { #expect((quantity[key] as? String)?.isEmpty == false, "\(symbol) has no \(key)") }
    }
    self.values = values
    self.numerical = numerical
  }

  func number(_ symbol: String) throws -> Double { try #require(values[symbol] as? Double, "\(symbol)") }
  func list(_ symbol: String) throws -> [Double] { try #require(values[symbol] as? [Double], "\(symbol)") }
  func rows(_ symbol: String) throws -> [[Double]] { try #require(values[symbol] as? [[Double]], "\(symbol)") }
  func close(_ symbol: String, _ wanted: Double, _ tolerance: Double = 1e-5) throws {
    let value = try number(symbol)
    #expect(abs(value - wanted) <= tolerance * max(1, abs(wanted)), "\(symbol) is \(value), not \(wanted)")
  }
  func close(_ symbol: String, _ wanted: [Double]) throws {
    let values = flat(values[symbol])
    #expect(values.count == wanted.count, "\(symbol): \(values) instead of \(wanted)")
    for (value, wanted) in zip(values, wanted) {
      #expect(abs(value - wanted) <= 1e-5 * max(1, abs(wanted)), "\(symbol): \(value), not \(wanted)")
    }
  }
  func flat(_ value: Any?) -> [Double] {
    if let number = value as? Double { return [number] }
    return (value as? [Any] ?? []).flatMap { flat($0) }
  }
}

/// Each number recomputed here, in double precision.
@MainActor @Suite("explain step, recomputed") struct ExplainStepTests {
  nonisolated static let neurons: [(w: Double, b: Double, x: Double, t: Double, rate: Double)] = [
    (0.5, 0, 2, 1, 0.1), (-0.25, 0.75, 1.5, 0, 0.5), (1.25, -1, -0.5, 1, 0.05), (0, 0, 4, 0.5, 1),
  ]

  @Test("The single neuron", arguments: neurons.indices)
  func neuron(index: Int) throws {
    let (w, b, x, t, rate) = Self.neurons[index]
    let (shell, folder) = try shell(["one.csv": "x,t\n\(x),\(t)\n"])
    defer { withExtendedLifetime(folder) {} }
    try shell.run(
      "input 1; layer dense 1 sigmoid; set dense.kernel \(w); set dense.bias \(b); data csv one.csv target=t; compile sgd \(rate) half_squared_error"
    )
    let explained = try Explained(shell, "explain step")
    let z = w * x + b, y = 1 / (1 + exp(-z)), outer = y - t, slope = y * (1 - y)
    for (symbol, value) in [
      ("x", x), ("t", t), ("w", w), ("b", b), ("z", z), ("y", y), ("J", outer * outer / 2), ("dJ/dy", outer), ("dy/dz", slope),
      ("dJ/dz", outer * slope), ("dz/dw", x), ("dJ/dw", outer * slope * x), ("dJ/db", outer * slope), ("w'", w - rate * outer * slope * x),
      ("b'", b - rate * outer * slope),
    ] { try explained.close(symbol, value) }
    #expect(abs((explained.numerical["dJ/dw"] ?? .nan) - outer * slope * x) < 1e-6)
    // Nothing has changed, and the step ends where it was said to end; afterwards it can be told again.
    #expect(try Explained(shell, "explain step").number("w'") == explained.number("w'"))
    try shell.run("step")
    #expect((try shell.json("show dense.kernel")["values"] as? [[Double]])?[0][0] == (try explained.number("w'")))
    #expect(try Explained(shell, "explain step last").number("w'") == explained.number("w'"))
    #expect(try Explained(shell, "explain step").number("w") == explained.number("w'"))
  }

  @Test("A 2-3-1 network on a batch of two, with sums over the batch")
  func hidden() throws {
    let (shell, folder) = try shell(["two.csv": "a,b,t\n0.5,-1,1\n2,0.25,0\n"])
    defer { withExtendedLifetime(folder) {} }
    try shell.run(
      "input 2; layer dense 3 tanh; layer dense 1 sigmoid; data csv two.csv target=t; compile sgd 0.2 mse; set seed 3; set batch 2")
    try shell.run("set dense.kernel [[0.1, -0.2, 0.3], [0.4, 0.5, -0.6]]; set dense.bias [0.1, 0, -0.1]")
    try shell.run("set dense_1.kernel [[0.7], [-0.8], [0.9]]; set dense_1.bias 0.05")
    let explained = try Explained(shell, "explain step")
    let x = try explained.rows("x"), t = explained.flat(explained.values["t"])
    let w1 = [[0.1, -0.2, 0.3], [0.4, 0.5, -0.6]], b1 = [0.1, 0, -0.1], w2 = [0.7, -0.8, 0.9], b2 = 0.05
    let z1 = x.map { row in (0..<3).map { u in row[0] * w1[0][u] + row[1] * w1[1][u] + b1[u] } }
    let a1 = z1.map { $0.map { tanh($0) } }
    let z2 = a1.map { row in zip(row, w2).reduce(b2) { $0 + $1.0 * $1.1 } }
    let y = z2.map { 1 / (1 + exp(-$0)) }
    let dy = zip(y, t).map { 2 * ($0 - $1) / 2 }
    let dz2 = zip(dy, y).map { $0 * $1 * (1 - $1) }
    let dw2 = (0..<3).map { u in dz2[0] * a1[0][u] + dz2[1] * a1[1][u] }
    let da1 = dz2.map { d in w2.map { d * $0 } }
    let dz1 = zip(da1, a1).map { zip($0, $1).map { $0 * (1 - $1 * $1) } }
    let dw1 = (0..<2).map { i in (0..<3).map { u in dz1[0][u] * x[0][i] + dz1[1][u] * x[1][i] } }
    let db1 = (0..<3).map { dz1[0][$0] + dz1[1][$0] }
    try explained.close("z1", z1.flatMap(\.self))
    try explained.close("a1", a1.flatMap(\.self))
    try explained.close("z2", z2)
    try explained.close("y", y)
    try explained.close("J", ((y[0] - t[0]) * (y[0] - t[0]) + (y[1] - t[1]) * (y[1] - t[1])) / 2)
    try explained.close("dJ/dy", dy)
    try explained.close("dJ/dz2", dz2)
    try explained.close("dJ/dW2", dw2)
    try explained.close("dJ/db2", dz2[0] + dz2[1])
    try explained.close("dJ/da1", da1.flatMap(\.self))
    try explained.close("dJ/dz1", dz1.flatMap(\.self))
    try explained.close("dJ/dW1", dw1.flatMap(\.self))
    try explained.close("W1'", zip(w1, dw1).flatMap { zip($0, $1).map { $0 - 0.2 * $1 } })
    try explained.close("b1'", zip(b1, db1).map { $0 - 0.2 * $1 })
    try explained.close("W2'", zip(w2, dw2).map { $0 - 0.2 * $1 })
    try explained.close("b2'", b2 - 0.2 * (dz2[0] + dz2[1]))
    // A sample of the batch: its own numbers, the batch's gradients.
    let second = try Explained(shell, "explain step sample=1")
    try second.close("y", y[1])
    try second.close("z1", z1[1])
    try second.close("dJ/dW2", dw2)
    // One weight, and one output.
    let weight = try Explained(shell, "explain dense.kernel[1, 2]")
    try weight.close("dJ/dW1", dw1[1][2])
    try weight.close("W1'", w1[1][2] - 0.2 * dw1[1][2])
    #expect(abs((weight.numerical["dJ/dW1"] ?? .nan) - dw1[1][2]) < 1e-6)
    try Explained(shell, "explain dense.output[1, 0]").close("a1", a1[1][0])
  }

  @Test("One convolution: windows, sums over the places")
  func convolution() throws {
    let (shell, folder) = try shell(["image.csv": "a,b,c,d,e,f,g,h,i,t\n0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.25\n"])
    defer { withExtendedLifetime(folder) {} }
    try shell.run("input 9; layer reshape 3x3x1; layer conv2d 1 2x2 sigmoid; layer flatten; layer dense 1; data csv image.csv target=t")
    try shell.run("compile sgd 0.5 half_squared_error; set conv2d.kernel [[[[0.3]], [[-0.2]]], [[[0.5]], [[0.1]]]]; set conv2d.bias 0.05")
    try shell.run("set dense.kernel [[0.4], [-0.3], [0.2], [0.6]]; set dense.bias 0")
    let explained = try Explained(shell, "explain step")
    let image: [[Double]] = [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]]
    let kernel: [Double] = [0.3, -0.2, 0.5, 0.1], w: [Double] = [0.4, -0.3, 0.2, 0.6]
    // The image under the cell of the window at a place.
    func seen(_ place: Int, _ cell: Int) -> Double { image[place / 2 + cell / 2][place % 2 + cell % 2] }
    var z = [Double](repeating: 0.05, count: 4)
    for place in 0..<4 { for cell in 0..<4 { z[place] += seen(place, cell) * kernel[cell] } }
    let a = z.map { 1 / (1 + exp(-$0)) }
    var y = 0.0
    for place in 0..<4 { y += a[place] * w[place] }
    var dz = [Double](repeating: 0, count: 4), gradient = dz
    for place in 0..<4 { dz[place] = (y - 0.25) * w[place] * a[place] * (1 - a[place]) }
    for place in 0..<4 { for cell in 0..<4 { gradient[cell] += dz[place] * seen(place, cell) } }
    try explained.close("z2", z)
    try explained.close("a2", a)
    try explained.close("y", y)
    try explained.close("dJ/dz2", dz)
    try explained.close("dJ/dW2", gradient)
    try explained.close("W2'", zip(kernel, gradient).map { $0 - 0.5 * $1 })
    try explained.close("b2'", 0.05 - 0.5 * dz.reduce(0, +))
    let weight = try Explained(shell, "explain conv2d.kernel[1, 0, 0, 0]")
    try weight.close("dJ/dW2", gradient[2])
    #expect(abs((weight.numerical["dJ/dW2"] ?? .nan) - gradient[2]) < 1e-6)
    let text = shell.text("explain conv2d.output[0, 1, 0, 0]")
    for part in ["0.3", "0.5", "products", "sum"] { #expect(text.contains(part), "\(part)\n\(text)") }
    try Explained(shell, "explain conv2d.output[0, 1, 0, 0]").close("z2", z[2])
  }

  @Test("One batch normalisation: mean, variance, scale, shift, the moving statistics")
  func normalisation() throws {
    let (shell, folder) = try shell(["four.csv": "x,t\n1,0.5\n2,0.25\n4,1\n-1,0\n"])
    defer { withExtendedLifetime(folder) {} }
    try shell.run("input 1; layer batchnorm momentum=0.9; layer dense 1; data csv four.csv target=t; compile sgd 0.1 mse; set batch 4")
    try shell.run(
      "set batch_normalization.gamma 1.5; set batch_normalization.beta 0.25; set dense.kernel 0.7; set dense.bias -0.1; set batch_normalization.moving_mean 0.5"
    )
    let explained = try Explained(shell, "explain step")
    let x = explained.flat(explained.values["x"]), t = explained.flat(explained.values["t"])
    let mean = x.reduce(0, +) / 4, variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
    let hat = x.map { ($0 - mean) / (variance + 0.001).squareRoot() }
    let a = hat.map { 1.5 * $0 + 0.25 }, y = a.map { 0.7 * $0 - 0.1 }
    let dy = zip(y, t).map { 2 * ($0 - $1) / 4 }
    let da = dy.map { 0.7 * $0 }
    let scale = zip(da, hat).reduce(0) { $0 + $1.0 * $1.1 }, shift = da.reduce(0, +)
    try explained.close("mu1", mean)
    try explained.close("var1", variance)
    try explained.close("a1", a)
    try explained.close("y", y)
    try explained.close("dJ/dgamma1", scale)
    try explained.close("dJ/dbeta1", shift)
    try explained.close("gamma1'", 1.5 - 0.1 * scale)
    try explained.close("beta1'", 0.25 - 0.1 * shift)
    try explained.close("moving_mean1'", 0.9 * 0.5 + 0.1 * mean)
    try explained.close("moving_variance1'", 0.9 + 0.1 * variance)
    try Explained(shell, "explain batch_normalization.moving_mean[0]").close("moving_mean1'", 0.9 * 0.5 + 0.1 * mean)
    let slope = try Explained(shell, "explain batch_normalization.gamma[0]")
    #expect(abs((slope.numerical["dJ/dgamma1"] ?? .nan) - scale) < 1e-6)
  }

  @Test("adam, in its second update: means, corrections, step")
  func adam() throws {
    let (shell, folder) = try shell(["one.csv": "x,t\n2,1\n"])
    defer { withExtendedLifetime(folder) {} }
    try shell.run(
      "input 1; layer dense 1 sigmoid; set dense.kernel 0.5; set dense.bias 0; data csv one.csv target=t; compile adam 0.1 half_squared_error; step"
    )
    let explained = try Explained(shell, "explain step")
    func gradient(_ w: Double, _ b: Double) -> Double {
      let y = 1 / (1 + exp(-(w * 2 + b)))
      return (y - 1) * y * (1 - y)
    }
    let first = gradient(0.5, 0)
    func moved(_ g: Double) -> Double { 0.1 * g / (abs(g) + 1e-7 / (0.001).squareRoot()) }
    let w = 0.5 - moved(2 * first), b = -moved(first)
    let g = 2 * gradient(w, b)
    let m = 0.9 * 0.1 * 2 * first + 0.1 * g, v = 0.999 * 0.001 * 4 * first * first + 0.001 * g * g
    let mHat = m / (1 - 0.81), vHat = v / (1 - 0.999 * 0.999)
    let step = 0.1 * mHat / (vHat.squareRoot() + 1e-7 / (1 - 0.999 * 0.999).squareRoot())
    try explained.close("w", w)
    try explained.close("dJ/dw", g)
    try explained.close("m_w", m)
    try explained.close("v_w", v)
    try explained.close("m_hat_w", mHat)
    try explained.close("v_hat_w", vHat)
    try explained.close("step_w", step)
    try explained.close("w'", w - step)
  }

  @Test(
    "The last update of a training is told as it was",
    arguments: ["fit 3", "fit 2 batch=3 shuffle=no", "fit 3 schedule=cosine", "fit 2 val=0.25", "epoch", "epoch 2", "step 3", "step"])
  func last(line: String) throws {
    let shell = TestShell()
    try shell.run("input 2; layer dense 3 tanh; layer dropout 0.2; layer dense 1 sigmoid; data xor 20; compile adam 0.05 bce; set batch 8")
    try shell.run(line)
    let explained = try Explained(shell, "explain step last")
    for (layer, symbol) in [("dense", "W1"), ("dense_1", "W3")] {
      let after = explained.flat(try shell.json("show \(layer).kernel")["values"])
      let said = explained.flat(explained.values["\(symbol)'"])
      #expect(said.count == after.count && zip(said, after).allSatisfy { abs($0 - $1) <= 1e-6 }, "\(layer): \(said), not \(after)")
    }
  }

  @Test(
    "However a training ends, its last whole update is kept",
    arguments: [(40, "fit 50"), (53, "fit 50"), (61, "step 50"), (110, "fit 50 val=0.2")])
  func interruptedLast(looks: Int, line: String) throws {
    let shell = TestShell()
    try shell.run("input 2; layer dense 3 tanh; layer dropout 0.2; layer dense 1 sigmoid; data xor 20; compile adam 0.05 bce; set batch 8")
    shell.surroundings.interruptsAfter = looks
    try shell.run(line)
    shell.surroundings.interruptsAfter = nil
    let updates = try #require(shell.session.model.state?.updates)
    #expect((2..<50).contains(updates))
    let explained = try shell.json("explain step last")
    #expect(explained["update"] as? Int == updates)
    let symbols = try Explained(shell, "explain step last")
    for (layer, symbol) in [("dense", "W1"), ("dense_1", "W3")] {
      let after = symbols.flat(try shell.json("show \(layer).kernel")["values"]), said = symbols.flat(symbols.values["\(symbol)'"])
      #expect(said.count == after.count && zip(said, after).allSatisfy { abs($0 - $1) <= 1e-6 }, "\(layer): \(said), not \(after)")
    }
  }

  @Test("After early stopping the last update is told, and that other weights came back")
  func stoppedLast() throws {
    let shell = TestShell()
    try shell.run("layer dense 3 tanh; layer dense 1 sigmoid; data moons 60; compile adam 0.2 bce; set batch 8")
    try shell.run("fit 500 val=0.3 early_stopping=1")
    let updates = try #require(shell.session.model.state?.updates), epochs = shell.session.model.epochs
    #expect(epochs < 500)
    let before = try shell.json("show dense.kernel")["values"]
    let explained = try shell.json("explain step last")
    #expect(explained["update"] as? Int == updates)
    #expect(shell.text("explain step last").contains("the weights of epoch"))
    #expect("\(try shell.json("show dense.kernel")["values"] ?? 0)" == "\(before ?? 1)", "explaining changes nothing")
  }

  @Test("A training that makes no update keeps what the one before it left")
  func nothingMade() throws {
    let shell = TestShell()
    try shell.run("layer dense 1 sigmoid; data xor 20; compile sgd 0.5 bce; step 2")
    let before = try shell.json("explain step last")["update"] as? Int
    shell.surroundings.interruptsAfter = 0
    try shell.run("fit 3")
    shell.surroundings.interruptsAfter = nil
    #expect(before == 2)
    #expect(try shell.json("explain step last")["update"] as? Int == before)
  }

  nonisolated static let losses: [(loss: String, last: String, data: String)] = [
    ("mse", "dense 1", "xor 6"), ("mae", "dense 1 tanh", "xor 6"), ("huber", "dense 1", "linear 6"),
    ("half_squared_error", "dense 1 sigmoid", "xor 6"), ("bce", "dense 1 sigmoid", "xor 6"), ("bce from_logits=yes", "dense 1", "xor 6"),
    ("cce", "dense 3 softmax", "blobs 9 classes=3"), ("cce from_logits=yes", "dense 3", "blobs 9 classes=3"),
    ("cce label_smoothing=0.1", "dense 3 softmax", "blobs 9 classes=3"), ("scce", "dense 3 softmax", "blobs 9 classes=3"),
    ("scce from_logits=yes", "dense 3", "blobs 9 classes=3"), ("hinge", "dense 1 tanh", "xor 6"),
    ("kld", "dense 3 softmax", "blobs 9 classes=3"),
    ("poisson", "dense 1 softplus", "xor 6"),
  ]
  nonisolated static let optimizers = [
    "sgd 0.1", "sgd 0.1 momentum=0.9", "sgd 0.1 momentum=0.9 nesterov=yes clipnorm=0.01", "adam 0.01 weight_decay=0.1", "adamw 0.01",
    "rmsprop 0.01", "rmsprop 0.01 clipvalue=0.001", "adagrad 0.1", "adadelta 1 global_clipnorm=0.01", "adamax 0.01", "nadam 0.01",
  ]
  nonisolated static let activations = Activation.named.map(\.name)

  @Test("What is said of w' is what the step gives, and the optimizer's lines lead to it", arguments: 0..<33)
  func everyKind(index: Int) throws {
    let (loss, last, data) = Self.losses[index % Self.losses.count]
    let activation = Self.activations[index % Self.activations.count]
    let words = Self.optimizers[index % Self.optimizers.count].split(separator: " ")
    let optimizer = words.prefix(2).joined(separator: " "), options = words.dropFirst(2).joined(separator: " ")
    let shell = TestShell()
    try shell.run("set batch 5; data \(data); layer dense 4 \(activation) l1=0.01 l2=0.02; layer \(last)")
    try shell.run("compile \(optimizer) \(loss) \(options); step 2")
    let explained = try Explained(shell, "explain step")
    let record = try Training.record(.next, &shell.session)
    let scene = try UpdateScene(record, sample: nil, isLast: false)
    for layer in scene.layers {
      for spec in layer.specs {
        for number in 0..<spec.count {
          let lines = try ParameterTerms(scene: scene).update(of: layer, spec.part, at: Tensor.place(number, in: spec.shape), isFull: true)
          let steps = lines.last?.numbers ?? ""
          #expect(!steps.isEmpty)
        }
      }
    }
    try shell.run("step")
    for (number, layer) in ["dense", "dense_1"].enumerated() {
      for (part, symbol) in [("kernel", "W"), ("bias", "b")] {
        let after = explained.flat(try shell.json("show \(layer).\(part)")["values"])
        let said = explained.flat(explained.values["\(symbol)\(number + 1)'"])
        #expect(said.count == after.count && zip(said, after).allSatisfy { abs($0 - $1) <= 1e-6 }, "\(layer).\(part) \(said) \(after)")
      }
    }
    // The rule's own arithmetic, in double precision, against what the engine made.
    for (name, tensor) in scene.update.before.names.map({ ($0, scene.update.before[$0]) }) {
      let before = try #require(tensor), after = try #require(scene.update.after[name]), gradient = try scene.tensor("\(name).gradient")
      for place in 0..<before.count {
        func slots(_ parameters: Parameters) -> [String: Double] {
          Dictionary(
            uniqueKeysWithValues: scene.update.optimizer.slotNames.compactMap { slot in
              parameters["\(name)/\(slot)"].map { (slot, Double($0.values[place])) }
            })
        }
        let lines = UpdateRule.lines(
          scene.update.optimizer,
          UpdateRule.Place(
            w: Double(before.values[place]), g: Double(gradient.values[place]), before: slots(scene.update.remembered),
            after: slots(scene.update.remembers), rate: Double(scene.update.optimizer.rate), number: scene.update.number),
          clipping: scene.update.clipping[name])
        let value = try #require(lines.last?.value)
        #expect(abs(value - Double(after.values[place])) < 2e-6, "\(name) \(place): \(value), not \(after.values[place])")
      }
    }
    // Each gradient of the path beside its finite difference.
    #expect(explained.numerical.count >= 2)
    for (symbol, slope) in explained.numerical {
      let all = explained.flat(explained.values[symbol])
      #expect(all.contains { abs($0 - slope) < 2e-4 * max(1, abs(slope)) }, "\(symbol): \(slope) is none of \(all)")
    }
  }
}
