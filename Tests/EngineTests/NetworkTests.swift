import Kernels
import Language
import Testing

@testable import Engine

struct NetworkTests {
  @Test func theDecksNetworkHas97Parameters() throws {
    var network = try Network(inputShape: [2])
    for layer in [Dense(units: 8), BatchNormalization(), Dense(units: 4), Dense(units: 1)] as [any LayerDescription] {
      try network.append(layer)
    }
    let summary = network.summary
    #expect(summary.rows.map(\.name) == ["dense", "batch_normalization", "dense_1", "dense_2"])
    #expect(summary.rows.map(\.kind) == ["Dense", "BatchNormalization", "Dense", "Dense"])
    #expect(summary.rows.map(\.parameters) == [24, 32, 36, 5])
    #expect(summary.rows.map(\.outputShape) == [[nil, 8], [nil, 8], [nil, 4], [nil, 1]])
    #expect([summary.total, summary.trainable, summary.nonTrainable, summary.bytes] == [97, 81, 16, 388])
  }

  @Test func withoutAnInputShapeASummaryIsUnbuilt() throws {
    var network = Network()
    try network.append(Dense(units: 3))
    #expect(
      network.summary.rows == [
        NetworkSummary.Row(
          name: "dense", kind: "Dense", outputShape: nil, parameters: 0, trainable: 0, reads: [nil], isFrozen: false, multiplyAdds: 0,
          window: nil, activation: "linear")
      ])
    #expect(network.outputShape == nil)
    #expect(throws: Complaint.self) { try network.shapes() }
  }

  @Test func layersAreNamedAsKerasNamesThem() throws {
    var network = Network()
    let layers: [(any LayerDescription, String, String)] = [
      (ActivationLayer(.relu), "re_lu", "ReLU"), (ActivationLayer(.relu), "re_lu_1", "ReLU"),
      (ActivationLayer(.leakyReLU(slope: 0.3)), "leaky_re_lu", "LeakyReLU"), (ActivationLayer(.elu(alpha: 1)), "elu", "ELU"),
      (ActivationLayer(.softmax), "softmax", "Softmax"), (ActivationLayer(.sigmoid), "activation", "Activation"),
      (ActivationLayer(.tanh), "activation_1", "Activation"), (Dropout(rate: 0.1), "dropout", "Dropout"), (Flatten(), "flatten", "Flatten"),
    ]
    for (layer, name, kind) in layers {
      let named = try network.append(layer)
      #expect(named.name == name)
      #expect(named.layer.kind == kind)
    }
  }

  @Test func editsKeepTheOthersNames() throws {
    var network = try Network(inputShape: [2])
    for units in [8, 4, 1] { try network.append(Dense(units: units)) }
    try network.remove(.name("dense_1"))
    #expect(try network.append(Dense(units: 2)).name == "dense_3")
    #expect(try network.insert(Dropout(rate: 0.5), at: .number(2)).name == "dropout")
    #expect(network.layers.map(\.name) == ["dense", "dropout", "dense_2", "dense_3"])
    #expect(try network.replace(.name("dense_2"), with: Dense(units: 5)).name == "dense_2")
    #expect(try network.replace(.name("dense_2"), with: BatchNormalization()).name == "batch_normalization")
    #expect(try network.append(Dense(units: 1), name: "head").name == "head")
    #expect(try network.shapes().last == [1])
  }

  @Test func equalNetworksAreEqual() throws {
    var one = try Network(inputShape: [2])
    try one.append(Dense(units: 8, activation: .relu))
    var other = one
    #expect(one == other)
    try other.replace(.number(1), with: Dense(units: 8, activation: .elu(alpha: 1)))
    #expect(one != other)
    try other.replace(.number(1), with: Dropout(rate: 0.5), name: "dense_9")
    #expect(one != other)
  }

  static let mistakes: [(what: String, words: String, edit: @Sendable (inout Network) throws -> Void)] = [
    ("an unknown layer", "there is no layer `dens`", { _ = try $0.remove(.name("dens")) }),
    ("a number beyond", "there is no layer 7", { _ = try $0.remove(.number(7)) }),
    ("number 0", "there is no layer 0", { _ = try $0.remove(.number(0)) }),
    ("a bad name", "cannot name a layer", { _ = try $0.append(Dense(units: 1), name: "2nd") }),
    ("a reserved name", "cannot name a layer", { _ = try $0.append(Dense(units: 1), name: "loss") }),
    ("a taken name", "already", { _ = try $0.append(Dense(units: 1), name: "dense") }),
    ("softmax over one unit", "softmax over one unit", { _ = try $0.append(Dense(units: 1, activation: .softmax)) }),
    ("a length of 0", "cannot have the shape 2x0", { try $0.setInput([2, 0]) }),
    ("an overflowing shape", "holds more than", { try $0.setInput([Int.max, Int.max]) }),
  ]

  @Test(arguments: mistakes.indices) func aMistakeChangesNothingAndIsExplained(_ index: Int) throws {
    var network = try Network(inputShape: [2])
    try network.append(Dense(units: 4))
    let before = network
    let mistake = Self.mistakes[index]
    let complaint = #expect(throws: Complaint.self) { try mistake.edit(&network) }
    #expect(complaint?.what.contains(mistake.words) == true, "\(mistake.what): \(complaint?.what ?? "")")
    #expect(network == before)
  }
}
