import Engine
import Foundation
import Screen
import Shell
import Testing

@MainActor @Suite("explain") struct ExplainTests {
  static let network = "input 2; layer dense 3 tanh; layer dense 1 sigmoid; data xor 4; compile adam 0.01 bce accuracy"

  nonisolated static let goldens: [(name: String, files: [String: String], setUp: String, command: String)] = [
    (
      "neuron", ["one.csv": "x,t\n2,1\n"],
      "input 1; layer dense 1 sigmoid; set dense.kernel 0.5; set dense.bias 0; data csv one.csv target=t; compile sgd 0.1 half_squared_error",
      "explain step"
    ),
    (
      "network_2-3-1", ["two.csv": "a,b,t\n0.5,-1,1\n2,0.25,0\n"],
      "input 2; layer dense 3 tanh; layer dense 1 sigmoid; data csv two.csv target=t; compile sgd 0.2 mse; set dense.kernel [[0.1, -0.2, 0.3], [0.4, 0.5, -0.6]]; set dense.bias [0.1, 0, -0.1]; set dense_1.kernel [[0.7], [-0.8], [0.9]]; set dense_1.bias 0.05",
      "explain step sample=1"
    ),
    (
      "convolution", ["image.csv": "a,b,c,d,e,f,g,h,i,t\n0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.25\n"],
      "input 9; layer reshape 3x3x1; layer conv2d 1 2x2 sigmoid; layer flatten; layer dense 1; data csv image.csv target=t; compile sgd 0.5 half_squared_error; set conv2d.kernel [[[[0.3]], [[-0.2]]], [[[0.5]], [[0.1]]]]; set dense.kernel [[0.4], [-0.3], [0.2], [0.6]]",
      "explain step; explain conv2d.output[0, 1, 0, 0]; explain conv2d.kernel[1, 0, 0, 0]"
    ),
    (
      "batch_normalization", ["four.csv": "x,t\n1,0.5\n2,0.25\n4,1\n-1,0\n"],
      "input 1; layer batchnorm momentum=0.9; layer dense 1; data csv four.csv target=t; compile sgd 0.1 mse; set batch_normalization.gamma 1.5; set batch_normalization.beta 0.25; set dense.kernel 0.7",
      "explain step; explain batch_normalization.moving_variance[0]"
    ),
    (
      "adam", ["one.csv": "x,t\n2,1\n"],
      "input 1; layer dense 1 sigmoid; set dense.kernel 0.5; data csv one.csv target=t; compile adam 0.1 half_squared_error; step",
      "explain step; explain lr"
    ),
    (
      "softmax", ["classes.csv": "a,b,t\n1,0,red\n0,1,green\n0.5,0.5,blue\n"],
      "input 2; layer dense 3 softmax; data csv classes.csv target=t; compile sgd 0.1 cce accuracy; set dense.kernel [[0.1, 0.2, 0.3], [0.4, -0.5, 0.6]]",
      "explain step; explain loss; explain accuracy; explain dense"
    ),
    ("params", [:], "preset lenet", "explain params; explain params conv2d_1; explain conv2d"),
  ]

  /// RECORD_EXPLAIN=1 writes the files anew, and fails, so that nothing wrong is blessed by accident.
  @Test("Golden texts", arguments: goldens.indices)
  func golden(index: Int) throws {
    let (name, files, setUp, command) = Self.goldens[index]
    let (shell, folder) = try shell(files)
    defer { withExtendedLifetime(folder) {} }
    try shell.run(setUp)
    let text = shell.text(command)
    let file = projectRoot.appendingPathComponent("Tests/ShellTests/Golden/explain/\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD_EXPLAIN"] != nil {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name)")
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test("Names are looked up in order, and `term` forces a term")
  func order() throws {
    let shell = TestShell()
    try shell.run(Self.network)
    for (line, subject) in [
      ("explain step", "step"), ("explain loss", "loss"), ("explain accuracy", "accuracy"), ("explain lr", "lr"),
      ("explain dense.kernel[0,1]", "dense.kernel[0, 1]"), ("expl dense.output[ 1, 2 ]", "dense.output[1, 2]"),
      ("explain dense.kernel.gradient[0,1]", "dense.kernel[0, 1]"),
    ] { #expect(try shell.json(line)["subject"] as? String == subject, "\(line)") }
    #expect(try shell.json("explain dense")["kind"] as? String == "Dense")
    #expect(try shell.json("explain 2")["name"] as? String == "dense_1")
    #expect(try shell.json("explain params dense")["total"] as? Int == 13)
    let loss = try shell.json("explain loss"), losses = try #require(loss["losses"] as? [Double])
    #expect(abs(losses.reduce(0, +) / 4 - (try #require(loss["loss"] as? Double))) < 1e-6)
    let share = try shell.json("explain accuracy")
    #expect(try #require(share["right"] as? Int) <= 4 && share["answers"] as? Int == 4)
  }

  nonisolated static let mistakes: [(line: String, says: String)] = [
    ("explain", "needs"), ("explain step", "try `data moons`"), ("explain params", "the network has no layer yet"),
    ("layer dense 3; explain params", "the input shape is not known yet"), ("explain lr", "not compiled"),
    ("input 2; layer dense 1; data xor 4; explain loss", "not compiled"), ("NET; explain step sample=4", "sample=0 to sample=3"),
    ("NET; explain step last", "no update has been made yet"), ("NET; fit 2 class_weight=balanced; explain step last", "was not kept"),
    ("NET; explain step first", "`explain step last`"), ("NET; explain dense.kernel[2, 0]", "[0 to 1, 0 to 2]"),
    ("NET; explain dense.kernel[0]", "has 1 place, a number of this tensor 2; its shape is (2, 3): [0 to 1, 0 to 2]"),
    ("NET; explain dense.output[4, 0]", "[0 to 3, 0 to 2]"),
    ("NET; explain dense.output[1, 0] sample=2", "leave sample= out"), ("NET; explain dense.kernl[0, 0]", "did you mean `dense.kernel`?"),
    ("explain loss", "`explain term loss`"), ("layer dense 1; data xor 8; explain accuracy", "`explain term accuracy`"),
    ("NET; explain dens.kernel[0, 0]", "did you mean `dense`"), ("NET; explain dens", "dense layer"),
    ("NET; explain params dens", "did you mean `dense`"), ("NET; explain dense[0]", "`explain dense`"),
    ("NET; explain dense.kernel[a]", "count from 0"), ("NET; explain lr sample=1", "`sample=` has nothing to pick"),
    ("NET; explain term nothing of the kind", "nothing to explain"), ("NET; layer flatten; explain flatten.kernel[0]", "flatten.output"),
  ]

  @Test("Mistakes are answered in one line, and change nothing", arguments: mistakes.indices)
  func answers(index: Int) throws {
    let (line, says) = Self.mistakes[index]
    let shell = TestShell()
    let words = line.replacing("NET", with: Self.network).split(separator: ";").map(String.init)
    for command in words.dropLast() { try shell.run(command) }
    let before = shell.session.model
    let last = try #require(words.last)
    let complaint = #expect(throws: Complaint.self) { try shell.run(last) }
    let said = "\(complaint?.what ?? ""); \(complaint?.hint ?? "")"
    #expect(said.contains(says))
    #expect(shell.session.model == before)
  }

  @Test("An explanation changes neither weights nor the place in the data")
  func harmless() throws {
    let shell = TestShell(), other = TestShell()
    for shell in [shell, other] { try shell.run(Self.network + "; step") }
    try shell.run(
      "explain step; explain step last; explain dense.kernel[0,0]; explain loss; explain accuracy; explain lr; explain dense; explain params"
    )
    try shell.run("step 3")
    try other.run("step 3")
    #expect(try shell.json("show dense.kernel")["values"] as? [[Double]] == other.json("show dense.kernel")["values"] as? [[Double]])
  }

  nonisolated static let presets = Preset.declarations.map(\.name)

  @Test("The formula of every count gives the count", arguments: presets)
  func counts(name: String) throws {
    let json = try TestShell().json("preset \(name); explain params")
    let layers = try #require(json["layers"] as? [[String: Any]])
    var total = 0
    for layer in layers {
      let parts = try #require(layer["formula"] as? String).components(separatedBy: " = ")
      let count = try #require(layer["parameters"] as? Int)
      total += count
      #expect(Int(parts[parts.count - 1]) == count)
      if parts.count == 2 {
        let source = parts[0].replacing("x", with: "*").replacing(" ", with: "")
        #expect(Int(try product(source)) == count, "\(parts[0])")
      }
    }
    #expect(total == json["total"] as? Int)
  }

  /// Sums, products and brackets of whole numbers.
  private func product(_ text: String) throws -> Double {
    var rest = text[...]
    func factor() throws -> Double {
      if rest.first == "(" {
        rest.removeFirst()
        let value = try sum()
        rest.removeFirst()
        return value
      }
      let digits = rest.prefix { $0.isNumber }
      rest = rest.dropFirst(digits.count)
      return try #require(Double(digits))
    }
    func term() throws -> Double {
      var value = try factor()
      while rest.first == "*" {
        rest.removeFirst()
        value *= try factor()
      }
      return value
    }
    func sum() throws -> Double {
      var value = try term()
      while rest.first == "+" {
        rest.removeFirst()
        value += try term()
      }
      return value
    }
    return try sum()
  }

  @Test("A large preset's counts cost no weights")
  func large() throws {
    let shell = TestShell()
    let text = shell.text("preset vgg16; explain params")
    #expect(text.contains("138,357,544") && text.contains("3 × 3 × 3 channels + 1 bias"))
    #expect(shell.session.model.state == nil)
    #expect(shell.text("explain params max_pooling2d").contains("floor((224 - 2) / 2) + 1 = 112"))
  }

  @Test(
    "Completion follows what was typed",
    arguments: [
      ("explain ste", ["step"]), ("explain step l", ["last"]), ("explain step s", ["sample="]), ("explain params d", ["dense", "dense_1"]),
      ("explain dense.k", ["dense.kernel"]), ("explain lo", ["loss", "logits"]), ("explain step sample=", []),
    ])
  func completion(line: String, candidates: [String]) throws {
    let shell = TestShell()
    try shell.run("input 2; layer dense 3 tanh; layer dense 1 sigmoid")
    #expect(shell.candidates(line).map(\.text) == candidates)
  }

  nonisolated static let looks = [
    "explain step", "explain step sample=2", "explain dense.kernel[1, 2]", "explain dense_1.bias", "explain dense.output[3, 1]",
    "explain loss",
    "explain accuracy", "explain lr", "explain dense", "explain params", "explain batch_normalization",
    "explain batch_normalization.gamma[1]",
    "explain conv2d.output[1, 2, 3, 1]", "explain conv2d.kernel[0, 1, 0, 2]", "explain max_pooling2d.output[1, 0, 1, 2]", "explain flatten",
    "explain dropout.output[0, 1, 1, 1]", "explain params batch_normalization", "explain conv2d.gradient[0, 1, 1, 1]",
  ]

  @Test("No line is wider than the screen, and a plain terminal gets plain characters", arguments: looks)
  func widths(line: String) throws {
    let shell = TestShell()
    if line.contains("dense_1") {
      try shell.run(Self.network)
    } else {
      try shell.run("set batch 4; data digits; layer conv2d 4 3x3 l2=0.01; layer batchnorm; layer relu; layer maxpool 2; layer dropout 0.3")
      try shell.run("layer flatten; layer dense 10 softmax; compile nadam scce accuracy weight_decay=0.01 clipnorm=0.1")
    }
    let facts = try shell.run(line)
    for width in [40, 80, 120] {
      for line in ReportText.lines(of: facts, on: Canvas(width: width)) { #expect(line.cellWidth <= width, "\(width): \(line.plain)") }
      for line in ReportText.lines(of: facts, on: Canvas(width: width, repertoire: .ascii)) {
        #expect(line.cellWidth <= width && line.plain.allSatisfy { $0.isASCII && $0 != "?" }, "\(width): \(line.plain)")
      }
    }
    #expect(shell.text(line).contains("\\") == false)
  }
}
