import Engine
import Foundation
import Kernels
import Testing

@testable import Screen
@testable import Shell

/// A network of lines that one would type after `layer`; a first word `input` gives the shape, `preset` a whole network.
func network(_ lines: String) throws -> Network {
  var network = Network()
  for words in try Lexer.commands(in: lines).map(\.words) {
    switch words[0].text {
    case "input": try network.setInput(words[1].text.split(separator: "x").compactMap { Int($0) })
    case "preset":
      network = try DeclarationIndex(Preset.declarations).exactly(words[1], what: "preset").parse(Array(words.dropFirst())).network
    default: try network.append(try DeclarationIndex(EngineDeclarations.layers).exactly(words[0], what: "kind").parse(words))
    }
  }
  return network
}

/// The facts of a network's drawing.
func drawing(
  _ lines: String, values: Parameters? = nil, batch: Int? = nil, placement: DrawingFacts.Placement = .auto, title: String = ""
) throws -> DrawingFacts {
  DrawingFacts(try network(lines), values: values, batch: batch, file: nil, placement: placement, style: "auto", title: title)
}

@Suite("Drawings in characters") struct DrawingTests {
  static let deck = "input 2; dense 8; batchnorm; dense 4; dense 1"
  static let convolutions =
    "input 100x100x3; "
    + [32, 64, 64, 128].map { "conv2d \($0) 3x3 relu stride=2 padding=same; " }.joined() + "flatten; dense 1"
  static let residual = "input 8x8x1; conv2d 4 3x3 padding=same; conv2d 4 3x3 padding=same; add conv2d; relu"
  static let joined = "input 6; dense 6 relu; dense 6; add dense; dense 3 tanh; concat add; dense 2 softmax"
  static let unbuilt = "dense 8 relu; batchnorm; conv2d 32 3x3"

  static let goldens: [(file: String, network: String, batch: Int?, placement: DrawingFacts.Placement, canvas: Canvas)] = [
    ("deck-80", deck, nil, .auto, Canvas(width: 80)), ("deck-batch-80", deck, 4, .auto, Canvas(width: 80)),
    ("deck-40", deck, nil, .auto, Canvas(width: 40)), ("deck-120", deck, nil, .auto, Canvas(width: 120)),
    ("deck-ascii-80", deck, nil, .auto, Canvas(width: 80, repertoire: .ascii)),
    ("deck-batch-ascii-80", deck, 32, .auto, Canvas(width: 80, repertoire: .ascii)),
    ("deck-list-80", deck, 4, .list, Canvas(width: 80)),
    ("convolutions-80", convolutions, nil, .auto, Canvas(width: 80)), ("convolutions-40", convolutions, nil, .auto, Canvas(width: 40)),
    ("convolutions-ascii-120", convolutions, 4, .auto, Canvas(width: 120, repertoire: .ascii)),
    ("residual-80", residual, nil, .auto, Canvas(width: 80)),
    ("residual-ascii-80", residual, nil, .auto, Canvas(width: 80, repertoire: .ascii)),
    ("residual-40", residual, nil, .auto, Canvas(width: 40)), ("joined-120", joined, nil, .auto, Canvas(width: 120)),
    ("joined-list-80", joined, nil, .list, Canvas(width: 80)), ("joined-columns-40", joined, nil, .columns, Canvas(width: 40)),
    ("xor-80", "input 2; dense 2 tanh; dense 1 sigmoid", nil, .auto, Canvas(width: 80)),
    ("lenet-80", "preset lenet", nil, .auto, Canvas(width: 80)), ("lenet-120", "preset lenet", nil, .auto, Canvas(width: 120)),
    ("resnet50-80", "preset resnet50", nil, .auto, Canvas(width: 80)),
    ("resnet50-ascii-80", "preset resnet50", nil, .auto, Canvas(width: 80, repertoire: .ascii)),
    ("resnet50-40", "preset resnet50", nil, .auto, Canvas(width: 40)), ("vgg16-80", "preset vgg16", nil, .auto, Canvas(width: 80)),
    ("mlp-80", "preset mlp", 256, .auto, Canvas(width: 80)), ("one-80", "input 1; dense 1", nil, .auto, Canvas(width: 80)),
    ("unbuilt-80", unbuilt, nil, .auto, Canvas(width: 80)), ("unbuilt-list-80", unbuilt, nil, .list, Canvas(width: 80)),
  ]

  @Test("The drawing is the one that was looked at", arguments: goldens.indices)
  func goldenDrawing(_ index: Int) throws {
    let (file, network, batch, placement, canvas) = Self.goldens[index]
    let text = CharacterDrawing.lines(of: try drawing(network, batch: batch, placement: placement), on: canvas).rendered(.plain)
    try expectGolden(text, "draw-\(file)")
  }

  @Test("No line is wider than the terminal, whatever the network", arguments: [40, 60, 80, 120], [Repertoire.unicode, .ascii])
  func fits(width: Int, repertoire: Repertoire) throws {
    let names = Preset.declarations.map { "preset \($0.name)" }
    for network in names + [Self.deck, Self.convolutions, Self.residual, Self.joined, Self.unbuilt] {
      for batch in [nil, 4, 1_000_000] {
        for placement in DrawingFacts.Placement.allCases {
          let facts = try drawing(network, batch: batch, placement: placement)
          let lines = CharacterDrawing.lines(of: facts, on: Canvas(width: width, repertoire: repertoire)).map(\.withoutTrailingBlanks)
          let widest = lines.map(\.cellWidth).max() ?? 0
          #expect(widest <= width, "\(network), batch \(String(describing: batch)), \(placement)")
          if repertoire == .ascii { #expect(lines.allSatisfy { $0.plain.allSatisfy(\.isASCII) }, "\(network)") }
        }
      }
    }
  }

  @Test("Every unit of a small layer is drawn, of a wide one the first four and the last", arguments: [(1, 1), (8, 8), (9, 5), (4096, 5)])
  func units(count: Int, shown: Int) throws {
    let layer = try #require(try drawing("input 2; dense \(count)").layers.last)
    #expect(layer.shownUnits.count == shown)
    #expect(layer.shownUnits.first == 0 && layer.shownUnits.last == count - 1)
    #expect(layer.slots.count == (count > 8 ? 6 : count))
  }

  @Test("Every connection of a network is in its drawing's facts")
  func edges() throws {
    let facts = try drawing(Self.joined)
    #expect(facts.edges.map { [$0.from, $0.to] } == [[0, 1], [1, 2], [2, 3], [1, 3], [3, 4], [4, 5], [3, 5], [5, 6]])
    #expect(!facts.isSequence)
    #expect(try drawing(Self.deck).isSequence)
  }

  @Test("A wide dense network in one row draws a line for each pair of shown units")
  func picturesOfConnections() throws {
    let picture = PictureLayout.picture(of: try drawing("input 3; dense 9; dense 2"))
    #expect(picture.lines.count == 3 * 5 + 5 * 2)
    #expect(picture.figures.count == 3 + (5 + 3) + 2)
  }

  @Test("A hostile name cannot speak to the terminal")
  func hostileName() throws {
    let facts = DrawingFacts(
      layers: [
        .init(
          name: "a\u{1B}[2Jb", kind: "\u{07}", family: .dense, shape: [2], parameters: 1, activation: nil, window: nil, reads: [],
          isFrozen: false, kernel: nil)
      ], batch: nil, file: nil, placement: .auto, style: "auto", title: "")
    for placement in DrawingFacts.Placement.allCases {
      let copy = DrawingFacts(layers: facts.layers, batch: nil, file: nil, placement: placement, style: "auto", title: "")
      let text = CharacterDrawing.lines(of: copy, on: Canvas()).rendered(.plain)
      #expect(!text.contains("\u{1B}") && !text.contains("\u{07}"))
    }
  }
}

@Suite("Folding a deep network") struct NetworkOutlineTests {
  @Test(
    "What repeats is drawn once, with its count",
    arguments: [
      ("preset resnet50", [2, 3, 5, 2]), ("preset resnet18", [2]), ("preset vgg16", [3]), ("preset lenet", []),
      ("input 4; dense 4; dense 4; dense 4; dense 4", [4]), ("input 4; dense 4; dense 4", []),
    ])
  func repeats(network: String, counts: [Int]) throws {
    #expect(NetworkOutline(folded: try drawing(network)).repeats.map(\.count) == counts)
  }

  @Test("No layer is lost: the folded entries stand for all of them", arguments: Preset.declarations.map(\.name))
  func complete(preset: String) throws {
    let facts = try drawing("preset \(preset)")
    let outline = NetworkOutline(folded: facts)
    let layers = outline.entries.enumerated().reduce(0) { total, item in
      total + item.element.layers.count * (outline.repeats.first { $0.entries.contains(item.offset) }?.count ?? 1)
    }
    #expect(layers == facts.layers.count)
    for (index, entry) in outline.entries.enumerated() { #expect(entry.reads.allSatisfy { $0 < index }) }
  }

  @Test("Thin layers go with the layer before them unless somebody else reads it")
  func thin() throws {
    let facts = try drawing("input 4; dense 4; batchnorm; relu; dense 4; add re_lu; relu; dense 2; dropout 0.5")
    #expect(NetworkOutline(folded: facts).entries.map(\.layers.count) == [1, 3, 1, 2, 2])
    #expect(NetworkOutline(folded: try drawing("input 4; dense 4; relu; concat dense")).entries.map(\.layers.count) == [1, 1, 1, 1])
  }
}

@Suite("Names in pieces") struct WrappedNameTests {
  @Test(arguments: [
    ("dense", ["dense"]), ("batch_normalization", ["batch_", "normalization"]), ("zero_padding2d_1", ["zero_", "padding2d_1"]),
    ("global_average_pooling2d", ["global_", "average_", "pooling2d"]), ("averylongnamewithoutany", ["averylongname", "withoutany"]),
    ("", [""]), ("a_", ["a_"]),
  ])
  func pieces(name: String, lines: [String]) { #expect(wrappedName(name, to: 13) == lines) }
}

/// Compares with a golden file; with RECORD_DRAWINGS set it writes the file instead, and fails so that nothing is blessed unseen.
func expectGolden(_ text: String, _ name: String) throws {
  if ProcessInfo.processInfo.environment["RECORD_DRAWINGS"] != nil {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
    try text.write(to: folder.appendingPathComponent("\(name).txt"), atomically: true, encoding: .utf8)
    Issue.record("recorded \(name): look at it, then run the tests without RECORD_DRAWINGS")
    return
  }
  #expect(text == (try golden(name)), "\(name)")
}
