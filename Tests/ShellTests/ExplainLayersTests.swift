import Engine
import Foundation
import Shell
import Testing

/// Every kind of layer, asked about in every way.
@MainActor @Suite("explain, layer by layer") struct ExplainLayersTests {
  nonisolated static let words = [
    "dense 3 tanh", "conv2d 3 3x3 relu stride=2 padding=same l1=0.01", "depthwiseconv2d 3x3 sigmoid multiplier=2",
    "separableconv2d 3 2x2 tanh", "conv2dtranspose 2 3x3 stride=2 padding=same", "maxpool 3 stride=2 padding=same", "avgpool 2",
    "globalavgpool",
    "globalmaxpool", "flatten", "reshape 2x8x2", "zeropadding 1", "upsampling 2", "batchnorm", "layernorm", "dropout 0.5",
    "spatialdropout 0.5", "gaussiannoise 0.1", "add conv2d", "concat conv2d", "add input", "prelu", "flip both", "rotate 0.1",
    "translate 0.1",
    "zoom 0.1", "contrast 0.2", "brightness 0.2", "rescale 2 offset=1", "normalize", "leakyrelu 0.1", "softmax", "gelu", "elu", "selu",
  ]

  /// Six pictures of 4x4 in two classes.
  nonisolated static let images: String = {
    let head = (0..<16).map { "p\($0)" }.joined(separator: ",") + ",t\n"
    return head
      + (0..<6).map { row in
        (0..<16).map { "\(Double((row * 7 + $0 * 5) % 11) / 10)" }.joined(separator: ",") + (row % 2 == 0 ? ",even\n" : ",odd\n")
      }.joined()
  }()

  @Test("Every declared kind is in the table")
  func complete() {
    let listed = Set(Self.words.map { String($0.split(separator: " ")[0]) })
    let activations = Set(Activation.named.map(\.name))
    for declaration in EngineDeclarations.layers where !activations.contains(declaration.outline.name) {
      #expect(listed.contains(declaration.outline.name), "\(declaration.outline.name)")
    }
  }

  @Test("Steps, weights, outputs and the layer itself are explained", arguments: words)
  func layer(words: String) throws {
    let (shell, folder) = try shell(["images.csv": Self.images])
    defer { withExtendedLifetime(folder) {} }
    try shell.run("set batch 3; data csv images.csv target=t; layer reshape 4x4x1; layer conv2d 2 1x1 tanh; layer conv2d 2 1x1 name=second")
    try shell.run(words == "add input" ? "layer conv2d 1 1x1; layer add reshape" : "layer \(words)")
    let name = try #require(shell.session.model.network.layers.last?.name)
    try shell.run("layer flatten name=flat; layer dense 2 softmax; compile adam 0.01 scce accuracy")
    for line in ["explain step", "explain step sample=1", "explain \(name)", "explain params \(name)", "explain \(name).output"] {
      try shell.run(line)
      #expect(!shell.text(line).contains("\\"), "\(line)")
    }
    try shell.run("step; explain step last")
    let said = try Explained(shell, "explain step")
    for row in shell.session.model.network.summary.rows where row.parameters > 0 {
      let parts = try shell.session.model.network.parameterSpecs().filter { $0.layer == row.name }
      for parameter in parts where !parameter.spec.shape.isEmpty {
        let place = parameter.spec.shape.map { "\($0 - 1)" }.joined(separator: ", ")
        let weight = try Explained(shell, "explain \(parameter.name)[\(place)]")
        guard parameter.spec.isTrainable else { continue }
        // The number of one weight is the one in the walk's tensor.
        let symbol = try #require(weight.values.keys.first { $0.hasSuffix("'") })
        let all = said.flat(said.values[symbol])
        #expect(all.last == (try weight.number(symbol)), "\(parameter.name)")
        for (symbol, slope) in weight.numerical {
          #expect(abs(slope - (try weight.number(symbol))) < 2e-4 * max(1, abs(slope)), "\(parameter.name) \(symbol)")
        }
      }
    }
    // A place in the middle of the output, and its gradient.
    let shape = try shell.session.model.network.shapes()[words == "add input" ? 4 : 3]
    let place = ([1] + shape.map { $0 / 2 }).map { String($0) }.joined(separator: ", ")
    let output = try #require(try shell.json("show \(name).output[\(place)]")["values"] as? Double)
    let quantities = try #require(try shell.json("explain \(name).output[\(place)]")["quantities"] as? [[String: Any]])
    #expect(quantities.contains { $0["value"] as? Double == output }, "\(name).output[\(place)] is \(output)")
    try shell.run("explain \(name).gradient[\(place)]")
  }

  @Test("Whatever the shape of a sample, and whatever the weights")
  func odd() throws {
    let shell = TestShell()
    try shell.run(
      "input 12; layer reshape 3x4; layer dense 2 relu; layer batchnorm; layer flatten; layer dense 1; data linear 5 features=12")
    try shell.run("compile sgd 0.1 mse; explain step; explain dense.output[4, 2, 1]; explain dense.kernel[3, 1]")
    for value in ["1e30", "0", "-1e-30"] {
      try shell.run("set dense.kernel \(value)")
      for line in ["explain step", "explain dense.kernel[3, 1]", "explain loss", "explain dense", "explain dense_1.output[0, 0]"] {
        #expect(!shell.text(line).isEmpty)
      }
    }
    try shell.run("freeze 2; freeze 3; freeze 5")
    #expect(shell.text("explain step").contains("no layer learns"))
  }
}
