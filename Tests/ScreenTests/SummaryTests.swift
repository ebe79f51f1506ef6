import Foundation
import Testing

@testable import Screen
@testable import Shell

@Suite("Summary tables")
struct SummaryTests {
  /// The model of the deck's summary card: two inputs, 97 parameters.
  static func deckModel(names: [String] = ["dense", "batch_normalization", "dense_1", "dense_2"], optimizer: Int? = nil) -> SummaryTable {
    let rows = zip(names, [("Dense", 8, 24), ("BatchNormalization", 8, 32), ("Dense", 4, 36), ("Dense", 1, 5)])
      .map { SummaryTable.Row(name: $0, kind: $1.0, outputShape: [nil, $1.1], parameters: $1.2) }
    return SummaryTable(modelName: "sequential", rows: rows, trainable: 81, nonTrainable: 16, optimizer: optimizer)
  }

  static let unbuilt = SummaryTable(
    modelName: "sequential",
    rows: ["dense", "dense_1"].map { SummaryTable.Row(name: $0, kind: "Dense", outputShape: nil, parameters: nil) }, trainable: 0,
    nonTrainable: 0)

  static let long = SummaryTable(
    modelName: "sequential",
    rows: [
      .init(name: "a_very_long_name_of_a_convolution_which_wraps", kind: "Conv2D", outputShape: [nil, 49, 49, 32], parameters: 896),
      .init(name: "max_pooling2d", kind: "MaxPooling2D", outputShape: [nil, 24, 24, 32], parameters: 0),
      .init(name: "global_average_pooling2d", kind: "GlobalAveragePooling2D", outputShape: [nil, 32], parameters: 0),
      .init(name: "dense", kind: "Dense", outputShape: [nil, 100_000], parameters: 3_300_000),
      .init(name: "dense_1", kind: "Dense", outputShape: [nil, 10], parameters: 1_000_010),
    ], trainable: 4_300_906, nonTrainable: 0)

  static let residual = SummaryTable(
    modelName: "functional",
    rows: [
      .init(name: "input_layer", kind: "InputLayer", outputShape: [nil, 32, 32, 16], parameters: 0),
      .init(name: "conv2d", kind: "Conv2D", outputShape: [nil, 32, 32, 16], parameters: 2320, connectedTo: ["input_layer[0][0]"]),
      .init(
        name: "add", kind: "Add", outputShape: [nil, 32, 32, 16], parameters: 0, connectedTo: ["conv2d[0][0]", "input_layer[0][0]"]),
      .init(name: "flatten", kind: "Flatten", outputShape: [nil, 16384], parameters: 0, connectedTo: ["add[0][0]"]),
      .init(name: "dense", kind: "Dense", outputShape: [nil, 10], parameters: 163_850, connectedTo: ["flatten[0][0]"]),
    ], trainable: 166_170, nonTrainable: 0, showsConnections: true)

  /// The files were printed by Keras 3.15 on its JAX back end, the classic one is that of the deck's card.
  @Test(
    "The table is that of Keras to the last character",
    arguments: [
      ("keras-deck-88", deckModel(), 92), ("keras-deck-76", deckModel(), 80), ("keras-deck-40", deckModel(), 44),
      ("keras-deck-trained", deckModel(optimizer: 164), 120), ("keras-unbuilt", unbuilt, 120), ("keras-long-88", long, 120),
      ("keras-long-60", long, 64), ("keras-residual-108", residual, 120), ("keras-residual-76", residual, 80),
    ])
  func keras(file: String, table: SummaryTable, columns: Int) throws {
    var table = table
    table.cutsNames = true
    #expect(table.lines(.keras, columns: columns).rendered(.plain) == (try golden(file)))
  }

  @Test(
    "Where every name fits, the shell's own table is Keras' too",
    arguments: [
      ("keras-deck-88", deckModel(), 92), ("keras-deck-76", deckModel(), 80), ("keras-deck-trained", deckModel(optimizer: 164), 120),
      ("keras-unbuilt", unbuilt, 120), ("keras-residual-108", residual, 120),
    ])
  func kerasWhole(file: String, table: SummaryTable, columns: Int) throws {
    #expect(table.lines(.keras, columns: columns).rendered(.plain) == (try golden(file)))
  }

  @Test("No name is cut: its column widens, and where the terminal ends the name goes on in the next line", arguments: [40, 64, 92, 120])
  func longNames(columns: Int) {
    let lines = Self.long.lines(.keras, columns: columns)
    let text = lines.rendered(.plain)
    #expect(!text.contains("…"))
    #expect(lines.allSatisfy { $0.cellWidth <= columns })
    let letters = lines.map { $0.plain.split(separator: "│").first ?? "" }.joined().filter { $0 != " " }
    #expect(letters.contains("a_very_long_name_of_a_convolution_which_wraps"))
    if columns == 120 { #expect(text.contains("│ a_very_long_name_of_a_convolution_which_wraps │")) }
  }

  @Test("Further columns stand at the right, in the order in which they were asked for", arguments: [80, 120])
  func extraColumns(width: Int) throws {
    let facts = SummaryFacts(
      summary: try network("preset lenet").summary, style: .keras, columns: [.share, .macs, .memory, .kernel, .stride, .activation],
      memory: nil)
    let lines = ModelText.lines(of: facts, on: Canvas(width: width))
    #expect(lines.allSatisfy { $0.cellWidth <= width })
    try expectGolden(lines.rendered(.plain), "summary-columns-\(width)")
  }

  @Test("An unbuilt layer shows what is known of it")
  func unbuiltColumns() throws {
    let facts = SummaryFacts(
      summary: try network("conv2d 4 3x3 relu").summary, style: .keras, columns: [.share, .macs, .kernel], memory: nil)
    let text = ModelText.lines(of: facts, on: Canvas()).rendered(.plain)
    #expect(text.contains("3x3") && text.contains("│     ? │") && !text.contains("Multiply-adds:"))
  }

  @Test("The classic table is the one of the deck")
  func classic() throws {
    var table = Self.deckModel(names: ["dense_74", "batch_normalization_16", "dense_75", "dense_76"])
    table.modelName = "sequential_13"
    #expect(table.lines(.classic).rendered(.plain) == (try golden("classic-deck")))
  }

  @Test("The short form is a line a layer")
  func short() {
    #expect(
      Self.deckModel().lines(.short).rendered(.plain) == """
        dense (Dense)                              (None, 8)   24
        batch_normalization (BatchNormalization)   (None, 8)   32
        dense_1 (Dense)                            (None, 4)   36
        dense_2 (Dense)                            (None, 1)    5

        """)
    #expect(Self.unbuilt.lines(.short).rendered(.plain).hasPrefix("dense (Dense)     ?   0 (unbuilt)\n"))
  }

  @Test("A layer's name from a stranger's file cannot speak to the terminal", arguments: SummaryTable.Layout.allCases)
  func hostileName(layout: SummaryTable.Layout) {
    let row = SummaryTable.Row(name: "a\u{1B}[2Jb", kind: "Dense", outputShape: [nil, 1], parameters: 1)
    let text = SummaryTable(modelName: "\u{07}", rows: [row], trainable: 1, nonTrainable: 0).lines(layout).rendered(.plain)
    #expect(!text.contains("\u{1B}") && !text.contains("\u{07}"))
  }
}

/// The text of a golden file.
func golden(_ name: String) throws -> String {
  let url = try #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: "txt"))
  return try String(contentsOf: url, encoding: .utf8)
}
