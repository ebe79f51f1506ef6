import Foundation
import Language
import Testing

@testable import Engine

struct DeclarationTests {
  /// The folder of the sources, found from this file.
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/Engine")

  @Test(arguments: ["Layers", "Losses", "Optimizers", "Metrics"]) func everyFileOfAFolderIsListed(_ folder: String) throws {
    let list = try String(contentsOf: Self.sources.appendingPathComponent("EngineDeclarations.swift"), encoding: .utf8)
    let files = try FileManager.default.contentsOfDirectory(
      at: Self.sources.appendingPathComponent(folder), includingPropertiesForKeys: nil)
    #expect(!files.isEmpty)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      // A folder also holds the protocol of its members.
      for type in text.matches(of: #/extension (\w+) \{\n  \/\/\/ `(?:layer|compile)/#).map(\.1) {
        #expect(list.contains("\(type).declaration"), "\(type) is not listed")
      }
      #expect(text.contains("static let declaration") || text.contains("public protocol"), "\(file.lastPathComponent) declares nothing")
    }
  }

  @Test func namesAreUniqueAndEverythingIsDescribed() {
    for outlines in [
      EngineDeclarations.layers.map(\.outline), EngineDeclarations.losses.map(\.outline), EngineDeclarations.optimizers.map(\.outline),
      EngineDeclarations.metrics.map(\.outline),
    ] {
      let names = outlines.flatMap { [$0.name] + $0.aliases }
      #expect(Set(names).count == names.count)
      #expect(outlines.allSatisfy { !$0.summary.isEmpty && !$0.formula.isEmpty && !$0.examples.isEmpty })
    }
  }

  static let typed: [(String, any LayerDescription)] = [
    ("dense 8", Dense(units: 8)),
    ("dense 8 relu", Dense(units: 8, activation: .relu)),
    ("dense 4 bias=no init=he_normal l1=0.5 l2=0.25", Dense(units: 4, useBias: false, initializer: .heNormal, l1: 0.5, l2: 0.25)),
    ("dense 4 activation=silu", Dense(units: 4, activation: .swish)),
    ("dense 4 leaky_relu", Dense(units: 4, activation: .leakyReLU(slope: 0.2))),
    ("batchnorm momentum=0.5 epsilon=0.25", BatchNormalization(momentum: 0.5, epsilon: 0.25)),
    ("dropout 0.25", Dropout(rate: 0.25)),
    ("flatten", Flatten()),
    ("leakyrelu", ActivationLayer(.leakyReLU(slope: 0.3))),
    ("leakyrelu 0.5", ActivationLayer(.leakyReLU(slope: 0.5))),
    ("softmax", ActivationLayer(.softmax)),
    ("silu", ActivationLayer(.swish)),
  ]

  @Test(arguments: typed.indices) func layersAreReadAsTyped(_ index: Int) throws {
    let (line, layer) = Self.typed[index]
    let words = try #require(try Lexer.commands(in: line).first).words
    let read = try DeclarationIndex(EngineDeclarations.layers).exactly(words[0], what: "layer").parse(words)
    #expect(read.isEqual(to: layer), "\(read)")
  }

  @Test func optimizersAndLossesAreReadAsTyped() throws {
    let words = try #require(try Lexer.commands(in: "sgd 0.5 momentum=0.25 nesterov=yes").first).words
    let sgd = try DeclarationIndex(EngineDeclarations.optimizers).exactly(words[0], what: "optimizer").parse(words)
    #expect(sgd.isEqual(to: SGD(rate: 0.5, momentum: 0.25, nesterov: true)))
    let adam = try #require(try Lexer.commands(in: "adam").first).words
    #expect(try DeclarationIndex(EngineDeclarations.optimizers).exactly(adam[0], what: "optimizer").parse(adam).isEqual(to: Adam()))
    let loss = try #require(try Lexer.commands(in: "binary_crossentropy from_logits=yes").first).words
    let read = try DeclarationIndex(EngineDeclarations.losses).exactly(loss[0], what: "loss").parse(loss)
    #expect(read.isEqual(to: BinaryCrossentropy(fromLogits: true)))
  }
}
