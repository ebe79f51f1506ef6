import Engine
import Foundation
import Kernels
import Testing

@testable import Screen
@testable import Shell

private let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
private let hasGnuplot = (try? GnuplotSession.program(path: path)) != nil

@Suite("Pictures of networks") struct NetworkPictureTests {
  /// Weights that need no generator: 0.25, -0.5, 0.75, ...
  static func weights(of network: Network) throws -> Parameters {
    var values = try Parameters(of: network, seed: 0)
    for name in values.names {
      guard let old = values[name] else { continue }
      let numbers = (0..<old.count).map { (index: Int) -> Float in
        let size = Float(index % 4 + 1) * 0.25
        return index % 2 == 0 ? size : -size
      }
      try values.set(name, to: Tensor(shape: old.shape, values: numbers))
    }
    return values
  }

  static let networks: [(file: String, network: String, batch: Int?)] = [
    ("deck", DrawingTests.deck, 4), ("residual", DrawingTests.residual, nil), ("convolutions", DrawingTests.convolutions, nil),
    ("unbuilt", DrawingTests.unbuilt, nil), ("joined", DrawingTests.joined, nil),
  ]

  private func script(_ facts: DrawingFacts, _ terminal: String = "pngcairo", _ target: PlotTarget = .file("a.png")) -> String {
    PictureScript.commands(PictureLayout.picture(of: facts), terminal: terminal, target: target, output: "a.png")
  }

  @Test("The script is the one that was looked at", arguments: networks.indices)
  func goldenScript(_ index: Int) throws {
    let (file, network, batch) = Self.networks[index]
    try expectGolden(script(try drawing(network, batch: batch, title: file)), "draw-script-\(file)")
  }

  @Test("Weights are drawn by their sign and size")
  func weights() throws {
    let lines = "input 2; dense 2 tanh; dense 1 sigmoid"
    let values = try Self.weights(of: try network(lines))
    try expectGolden(script(try drawing(lines, values: values, title: "xor")), "draw-script-weights")
    let picture = PictureLayout.picture(of: try drawing(lines, values: values))
    let kernel = [0.25, -0.5, 0.75, -1]
    let sizes: [Double] = kernel.map { abs($0) } + [0.5, 1]
    let expected = sizes.map { 0.4 + 3.4 * $0 }
    // The last two lines are the legend.
    #expect(zip(picture.lines.map(\.width), expected).allSatisfy { abs($0 - $1) < 1e-6 } && picture.lines.count == expected.count + 2)
  }

  @Test("A weight that is no number does not spoil the others")
  func notFinite() throws {
    let lines = "input 2; dense 1"
    var values = try Self.weights(of: try network(lines))
    try values.set("dense.kernel", to: Tensor(shape: [2, 1], values: [.nan, 2]))
    #expect(PictureLayout.picture(of: try drawing(lines, values: values)).lines.prefix(2).map(\.width) == [0.4, 3.8])
  }

  @Test("gnuplot accepts the picture of every network", .enabled(if: hasGnuplot), .timeLimit(.minutes(5)))
  func accepted() throws {
    let session = try GnuplotSession(path: path)
    let folder = ProcessInfo.processInfo.environment["SCREEN_TEST_OUTPUT"] ?? NSTemporaryDirectory()
    var cases = Self.networks.map { ($0.file, $0.network, $0.batch) }
    cases += Preset.declarations.map { ($0.name, "preset \($0.name)", nil) }
    for (name, network, batch) in cases {
      let file = "\(folder)/gradus-draw-\(name).png"
      try session.draw(PictureLayout.picture(of: try drawing(network, batch: batch, title: name)), to: .file(file))
      #expect(FileManager.default.contents(atPath: file)?.prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]), "\(name)")
      if folder == NSTemporaryDirectory() { try FileManager.default.removeItem(atPath: file) }
    }
  }

  @Test(
    "A picture is drawn in every kind of file and inside a terminal", .enabled(if: hasGnuplot), .timeLimit(.minutes(5)),
    arguments: ["svg", "pdf"])
  func kinds(kind: String) throws {
    let session = try GnuplotSession(path: path)
    let picture = PictureLayout.picture(of: try drawing(DrawingTests.deck, batch: 4))
    let file = "\(NSTemporaryDirectory())/gradus-draw-\(UUID().uuidString).\(kind)"
    try session.draw(picture, to: .file(file))
    let text = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    #expect(kind == "svg" ? text.contains("normalization") : text.hasPrefix("%PDF"))
    try FileManager.default.removeItem(atPath: file)
    if session.terminals.contains("pngcairo") {
      let room = InlineRoom(display: InlineDisplay(.sixel, cellWidth: 10, cellHeight: 20), columns: 60, rows: 20)
      #expect(try session.draw(picture, to: .inline(room)).contains("\u{1B}P"))
    }
  }

  @Test(
    "No name of a layer is a command", .enabled(if: hasGnuplot), .timeLimit(.minutes(5)),
    arguments: [
      "\"; system('touch /tmp/gradus-hostile-draw'); print \"", "'; !touch /tmp/gradus-hostile-draw; '",
      "`touch /tmp/gradus-hostile-draw`", "@GPVAL_PWD", "a\nset output\nplot x", "back\\slash \\\" end\\", "{/Symbol a}_b^c", "%d %s",
    ])
  func hostileNames(name: String) throws {
    let layer = DrawingFacts.Layer(
      name: name, kind: name, family: .dense, shape: [2], parameters: 1, activation: name, window: nil, reads: [], isFrozen: false,
      kernel: nil)
    let facts = DrawingFacts(layers: [layer], batch: nil, file: nil, placement: .auto, style: "auto", title: name)
    let file = "\(NSTemporaryDirectory())/gradus-draw-\(UUID().uuidString).svg"
    let session = try GnuplotSession(path: path)
    try session.draw(PictureLayout.picture(of: facts), to: .file(file))
    #expect(!FileManager.default.fileExists(atPath: "/tmp/gradus-hostile-draw"))
    #expect(FileManager.default.contents(atPath: file)?.isEmpty == false)
    try FileManager.default.removeItem(atPath: file)
  }

  @Test(
    "Colours are mixed with white",
    arguments: [("#000000", 0.5, "#808080"), ("#0072B2", 1, "#0072B2"), ("#0072B2", 0, "#FFFFFF"), ("red", 0.5, "red")])
  func colours(colour: String, part: Double, mixed: String) { #expect(paler(colour, keeping: part) == mixed) }

  @Test("No two families that stand side by side look alike")
  func palette() {
    let families: [LayerFamily] = [.input, .dense, .convolution, .pooling, .normalization, .activation, .join, .preparation]
    #expect(Set(families.map(\.colour)).count == families.count)
  }
}
