import Foundation
import Language
import Testing

@testable import Screen
@testable import Shell

@Suite("Pictures in a terminal")
struct PictureTests {
  /// Two by two: black, red, green, white.
  static let square = PixelPicture(width: 2, height: 2, pixels: [0, 0, 0, 255, 0, 0, 0, 255, 0, 255, 255, 255])

  @Test("A small picture keeps its square pixels: a cell shows two of them above each other")
  func cells() {
    let line = PictureCells(palette: .trueColour, repertoire: .unicode).lines(Self.square, columns: 2, rows: 1)[0]
    // The upper half in the colour of the upper pixel, or the lower half in that of the lower one.
    let shown = line.spans.flatMap { span in span.text.map { ($0, span.style.colours) } }
    #expect(shown.count == 2)
    for (cell, pixels) in zip(shown, [(0x000000, 0x00FF00), (0xFF0000, 0xFFFFFF)]) {
      let (upper, lower) = (CellColour.rgb(UInt32(pixels.0)), CellColour.rgb(UInt32(pixels.1)))
      let expected =
        cell.0 == "▀" ? CellColours(foreground: upper, background: lower) : CellColours(foreground: lower, background: upper)
      #expect(cell.1 == expected && "▀▄".contains(cell.0))
    }
  }

  @Test(
    "Where there are no colours the lighter is the denser, in ASCII too", arguments: [(Repertoire.unicode, Character("█")), (.ascii, "@")])
  func shades(repertoire: Repertoire, densest: Character) {
    let grey = PixelPicture(width: 3, height: 1, pixels: [0, 0, 0, 128, 128, 128, 255, 255, 255])
    let text = PictureCells(palette: .shades, repertoire: repertoire).lines(grey, columns: 3, rows: 1)[0].plain
    #expect(text.first == " " && text.last == densest && text != " \(densest)\(densest)")
    #expect(repertoire == .unicode || text.allSatisfy(\.isASCII))
  }

  @Test("A cell's colours end with it, and blanks that are pixels stay")
  func styles() {
    let cell = StyledText(" ", Style(colours: CellColours(foreground: .index(1), background: .rgb(0x010203))))
    #expect([cell].rendered(.ansi) == "\u{1B}[38;5;1;48;2;1;2;3m \u{1B}[0m\n")
    #expect([StyledText("a", Style(picture: "\u{1B}7x"))].rendered(.plain) == "\u{1B}7x\n")
    #expect(["a", StyledText(" ", Style(picture: "\u{1B}7x"))].holdPictures && !["a", StyledText("b", Style(bold: true))].holdPictures)
  }

  @Test("kitty is given the whole file in pieces of 4,096 letters, of which only the last says that it is")
  func kitty() throws {
    var state: UInt32 = 1
    let noise = PixelPicture(
      width: 64, height: 64,
      pixels: (0..<(64 * 64 * 3)).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(state >> 24)
      })
    let room = InlineRoom(display: InlineDisplay(.kitty, cellWidth: 8, cellHeight: 16), columns: 8, rows: 4, identity: 7)
    let pieces = InlineSequence.sequence(noise, in: room).components(separatedBy: "\u{1B}_G").dropFirst()
    #expect(pieces.count > 2 && pieces.allSatisfy { $0.hasSuffix("\u{1B}\\") && $0.count < 4096 + 80 })
    #expect(pieces.first?.hasPrefix("a=T,C=1,i=7,f=100,q=2,c=8,r=4,m=1;") == true)
    #expect(pieces.dropFirst().dropLast().allSatisfy { $0.hasPrefix("q=2,m=1;") } && pieces.last?.hasPrefix("q=2,m=0;") == true)
    let letters = pieces.map { $0.dropLast(2).drop { $0 != ";" }.dropFirst() }.joined()
    #expect(try PixelPicture(file: try #require(Data(base64Encoded: letters)), mostPixels: 10_000) == noise)
  }

  @Test("Behind tmux each row of cells names its row, and the picture goes past tmux")
  func kittyInTmux() {
    let room = InlineRoom(display: InlineDisplay(.kittyInTmux, cellWidth: 8, cellHeight: 16), columns: 3, rows: 2, identity: 42)
    let text = InlineSequence.sequence(Self.square, in: room)
    #expect(text.hasPrefix("\u{1B}Ptmux;\u{1B}\u{1B}_Ga=T,U=1,i=42,f=100"))
    let rows = text.components(separatedBy: "\u{1B}[38;5;42m").dropFirst()
    #expect(rows.map { $0.unicodeScalars.filter { $0 == "\u{10EEEE}" }.count } == [3, 3])
    #expect(rows.map { Array($0.unicodeScalars)[1].value } == [0x305, 0x30D])
  }

  @Test("iTerm2 is given a file and its room, sixels are as large as their room")
  func others() throws {
    let iterm = InlineRoom(display: InlineDisplay(.iterm, cellWidth: 8, cellHeight: 16), columns: 3, rows: 2)
    let text = InlineSequence.sequence(Self.square, in: iterm)
    #expect(text.hasPrefix("\u{1B}]1337;File=inline=1;size=") && text.contains(";width=3;height=2;") && text.hasSuffix("\u{07}"))
    let sixel = InlineRoom(display: InlineDisplay(.sixel, cellWidth: 6, cellHeight: 12), columns: 10, rows: 5)
    let drawn = try InlineSequence.sequence(file: Self.square.enlarged(by: 20).png, in: sixel)
    #expect(drawn.hasPrefix("\u{1B}P") && drawn.hasSuffix("\u{1B}\\") && drawn.contains("\"1;1;60;60"))
  }

  @Test(
    "A room has the picture's shape and fits into what there is",
    arguments: [(80, 20, 2.0, 80, 20), (80, 5, 1.0, 10, 5), (10, 20, 1.0, 10, 5), (1, 1, 100, 1, 1), (200, 200, 0.1, 10, 48)])
  func rooms(columns: Int, rows: Int, aspect: Double, expectedColumns: Int, expectedRows: Int) {
    let room = InlineDisplay(.kitty, cellWidth: 10, cellHeight: 20).room(columns: columns, rows: rows, aspect: aspect)
    #expect((room.columns, room.rows) == (expectedColumns, expectedRows))
  }

  @Test(
    "A grid has the largest pictures that fit",
    arguments: [
      (count: 20, size: 8, columns: 79, rows: 20, across: 7, width: 8), (1, 28, 79, 20, 1, 28), (10, 28, 119, 38, 5, 21),
      (12, 3, 79, 20, 6, 6), (12, 3, 79, 21, 4, 12), (200, 28, 79, 20, 5, 13),
    ])
  func layout(count: Int, size: Int, columns: Int, rows: Int, across: Int, width: Int) {
    let pictures = [Plot.Picture](
      repeating: Plot.Picture(width: size, height: size, channels: 1, values: [Float](repeating: 0, count: size * size), caption: "x"),
      count: count)
    let layout = PictureCharacters.layout(pictures, columns: columns, rows: rows, hasCaptions: true)
    #expect(layout == PictureCharacters.Layout(across: across, width: width))
    #expect(layout.across * (layout.width + 1) <= columns + 1)
  }

  @MainActor @Test("Without gnuplot our own hand still draws fields and matrices in characters; curves say what is missing")
  func ownHand() throws {
    let pictures = Pictures(.init(path: "/no/such/folder", hasDisplay: false, isTerminal: true) { nil })
    var panel = Plot.Panel(title: "own")
    panel.field = Plot.Field("p", x: 0...1, y: 0...1, columns: 2, rows: 2, values: [0, 1, 1, 0])
    for style in ["auto", "ascii"] {
      let facts = PlotFacts(kind: "boundary", plot: Plot(panels: [panel]), file: nil, style: style)
      #expect(try pictures.shown(facts, width: 80, color: false).contains("own"))
    }
    #expect(throws: Complaint.self) {
      try pictures.shown(PlotFacts(kind: "loss", plot: PlotTests.loss, file: nil, style: "auto"), width: 80, color: false)
    }
  }

  @Test("A matrix is a table: true classes down, answers across", arguments: [false, true])
  func matrix(inColour: Bool) throws {
    let panel = try #require(PlotScriptTests.plots.first { $0.name == "confusion" }).plot.panels[0]
    let lines = try #require(MatrixCharacters(panel, columns: 60, inColour: inColour)).lines.map(\.plain)
    #expect(lines.map { $0.split(separator: " ").joined(separator: " ") } == ["predicted", "true cat dog", "cat 9 .", "dog 1 3"])
    #expect(MatrixCharacters(panel, columns: 8, inColour: inColour) == nil)
  }
}
