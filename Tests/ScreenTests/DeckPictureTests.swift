import Foundation
import Testing

@testable import Screen

@Suite("Pictures of decks")
struct DeckPictureTests {
  let folder: URL
  let pictures = DeckPictures(manner: { .cells(PictureCells(palette: .shades, repertoire: .unicode)) }, rows: { 30 })

  /// A folder `deck` with pictures, and one picture beside it.
  init() throws {
    let outer = FileManager.default.temporaryDirectory.appendingPathComponent("deck-pictures-\(UUID().uuidString)")
    folder = outer.appendingPathComponent("deck")
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("images"), withIntermediateDirectories: true)
    let picture = PixelPicture(width: 40, height: 20, pixels: [UInt8](repeating: 255, count: 2400))
    for name in ["images/net.png", "a b.png", "../outside.png"] { try picture.png.write(to: folder.appendingPathComponent(name)) }
    try picture.png.prefix(60).write(to: folder.appendingPathComponent("cut.png"))
    try Data("no picture".utf8).write(to: folder.appendingPathComponent("words.png"))
    try FileManager.default.createSymbolicLink(
      at: folder.appendingPathComponent("link.png"), withDestinationURL: outer.appendingPathComponent("outside.png"))
    mkfifo(folder.appendingPathComponent("pipe.png").path, 0o600)
  }

  private func text(_ path: String, width: Int = 60) -> String? {
    pictures.lines(.init(path: path, description: "a net", width: width), in: folder)?.rendered(.plain)
  }

  @Test("A file in the deck's folder is drawn as wide as it is, its words below", arguments: ["images/net.png", "a b.png", "a%20b.png"])
  func drawn(path: String) {
    #expect(text(path) == String(repeating: String(repeating: "█", count: 40) + "\n", count: 10) + "a net\n")
    #expect(text(path, width: 20)?.hasPrefix(String(repeating: "█", count: 20) + "\n") == true)
    FileManager.default.cleanUp(folder)
  }

  @Test(
    "What is not there, not in the folder or no file is told by its name alone",
    arguments: [
      "gone.png", "../outside.png", "link.png", "images", "pipe.png", "https://example.org/x.png", "/etc/hostname", "",
      "images/../../outside.png",
      "data:image/png;base64,AAAA", "file:///etc/hostname",
    ])
  func names(path: String) {
    #expect(text(path) == nil)
    FileManager.default.cleanUp(folder)
  }

  @Test("A damaged file and one that is no picture say so", arguments: [("cut.png", "damaged"), ("words.png", "neither PNG nor JPEG")])
  func reasons(path: String, reason: String) {
    #expect(text(path)?.hasPrefix("[picture: a net - \(path): \(reason)") == true)
    FileManager.default.cleanUp(folder)
  }

  @Test("A picture of too many pixels is not decoded")
  func huge() throws {
    // The head of a file that promises 60,000 x 60,000 pixels.
    var bytes = PixelPicture(width: 1, height: 1, pixels: [0, 0, 0]).png
    bytes.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
    #expect(throws: PixelPicture.Failure.self) { try PixelPicture(file: bytes, mostPixels: 25_000_000) }
    FileManager.default.cleanUp(folder)
  }

  @Test("A text with pictures shows them between its lines, a terminal's sequence where it knows one")
  func inline() throws {
    let display = InlineDisplay(.kitty, cellWidth: 10, cellHeight: 20)
    var canvas = Canvas(width: 60)
    canvas.pictures = DeckPictures(manner: { .inline(display, identity: 3) }, rows: { 30 })
    let lines = MarkdownRenderer.lines(of: "before ![net](images/net.png) after\n\n![x](gone.png)", on: canvas, in: folder).rendered(.plain)
    // Four columns of ten pixels, one row of twenty, then the words below it.
    #expect(lines.hasPrefix("before\n\n\u{1B}D\u{1B}[1A\u{1B}7\u{1B}_Ga=T,C=1,i=3,f=100,q=2,c=4,r=1,m=0;"))
    #expect(lines.contains("\u{1B}\\\u{1B}8\nnet\n\nafter\n\n[picture: x — gone.png]\n"))
    #expect(!MarkdownRenderer.lines(of: "![net](images/net.png)", on: Canvas(width: 60), in: folder).rendered(.plain).contains("\u{1B}"))
    FileManager.default.cleanUp(folder)
  }
}

extension FileManager {
  /// Takes the folders of a test away.
  fileprivate func cleanUp(_ deck: URL) { try? removeItem(at: deck.deletingLastPathComponent()) }
}
