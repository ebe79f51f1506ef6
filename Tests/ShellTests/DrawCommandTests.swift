import Engine
import Foundation
import Shell
import Testing

@MainActor @Suite struct DrawCommandTests {
  @Test("The facts of the deck's network with a batch of 4 hold its tensors")
  func tensors() throws {
    let json = try TestShell().json("input 2; layer dense 8; layer batchnorm; layer dense 4; layer dense 1; draw batch=4")
    #expect(json["kind"] as? String == "network" && json["batch"] as? Int == 4 && json["file"] is NSNull)
    let layers = try #require(json["layers"] as? [[String: Any]])
    #expect(layers.map { $0["shape"] as? [Int] } == [[4, 2], [4, 8], [4, 8], [4, 4], [4, 1]])
    #expect(layers.map { $0["name"] as? String } == ["input", "dense", "batch_normalization", "dense_1", "dense_2"])
    #expect(layers.dropFirst().map { $0["parameters"] as? Int } == [24, 32, 36, 5])
    let edges = try #require(json["edges"] as? [[String: Int]])
    #expect(edges == (0..<4).map { ["from": $0, "to": $0 + 1] })
  }

  @Test("An unbuilt network is drawn as far as it is known")
  func unbuilt() throws {
    let text = TestShell().text("layer dense 8 relu; layer conv2d 4 3x3; draw")
    for part in ["?x?x4", "dense", "the input is not known yet"] { #expect(text.contains(part), "\(part)\n\(text)") }
  }

  nonisolated static let mistakes: [(line: String, what: String)] = [
    ("draw", "no layer yet"), ("preset xor; draw file=/no/such/x.png", "there is no folder"),
    ("preset xor; draw file=x.bmp", "no kind of picture"),
    ("preset xor; draw batch=0", "batch"), ("preset xor; draw style=round", "style"), ("preset xor; draw file=/proc/x.png", "cannot write"),
  ]

  @Test("Mistakes are answered in a line", arguments: mistakes.indices)
  func mistake(index: Int) {
    let (line, what) = Self.mistakes[index]
    let complaint = #expect(throws: Complaint.self) { try TestShell().run(line) }
    let words = "\(complaint?.what ?? "") \(complaint?.hint ?? "")"
    #expect(words.contains(what), "\(words)")
  }

  @Test("A lesson draws into its scratch folder only")
  func confined() throws {
    let shell = TestShell()
    shell.surroundings.files = shell.surroundings.files.confined(
      to: FileManager.default.temporaryDirectory, scratch: FileManager.default.temporaryDirectory)
    #expect(throws: Complaint.self) { try shell.run("preset xor; draw file=/etc/gradus.png") }
  }

  @Test("Drawing changes nothing, and makes no weights")
  func changesNothing() throws {
    let shell = TestShell()
    try shell.run("preset vgg16; draw")
    #expect(shell.session.model.state == nil)
  }

  @Test("Every layer that can be typed has its place among the families")
  func families() throws {
    var kinds: Set<String> = []
    for declaration in EngineDeclarations.layers {
      for example in declaration.outline.examples {
        let shell = TestShell()
        try shell.run(example)
        kinds.formUnion(shell.session.model.network.layers.map(\.layer.kind))
      }
    }
    #expect(kinds.count > 20)
    for kind in kinds { #expect(LayerFamily(kind: kind) != .other, "\(kind) has no family") }
  }
}

@MainActor @Suite struct SummaryColumnTests {
  @Test("The facts of a summary hold shares, multiply-adds, bytes and windows")
  func facts() throws {
    let json = try TestShell().json("preset lenet; summary")
    #expect(json["multiply_adds"] as? Int == 416_520)
    let layers = try #require(json["layers"] as? [[String: Any]])
    #expect(layers.map { $0["multiply_adds"] as? Int } == [117_600, 0, 240_000, 0, 0, 48_000, 10_080, 840])
    #expect(layers[0]["kernel"] as? [Int] == [5, 5] && layers[1]["stride"] as? [Int] == [2, 2] && layers[4]["kernel"] is NSNull)
    #expect(layers[0]["activation_bytes"] as? Int == 4 * 28 * 28 * 6 && layers[0]["parameter_bytes"] as? Int == 624)
    #expect(layers.compactMap { $0["share"] as? Double }.reduce(0, +).rounded() == 1)
  }

  @Test("Columns are named with commas between, each once")
  func columns() {
    let text = TestShell().text("preset lenet; summary columns=share,kernel,share")
    #expect(text.contains("Share") && text.contains("Kernel") && !text.contains("Stride"))
  }

  nonisolated static let mistakes = [
    ("summary columns=shares", "share, macs"), ("summary columns=share,", "share, macs"),
    ("summary style=classic columns=share", "style=keras"),
  ]

  @Test("A column that is none is answered with those that are", arguments: mistakes.indices)
  func mistake(index: Int) {
    let complaint = #expect(throws: Complaint.self) { try TestShell().run(Self.mistakes[index].0) }
    #expect(complaint?.hint.contains(Self.mistakes[index].1) == true)
  }
}
