import Foundation
import Testing

@testable import Screen

@Suite("The user's deck in the terminal")
struct DeckViewTests {
  static let deck = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/decks/deep_learning.md").standardizedFileURL.path

  /// The texts of the cards: whatever stands between two question lines, comments dropped.
  static var cards: [String] {
    guard let text = try? String(contentsOfFile: deck, encoding: .utf8) else { return [] }
    var visible = ""
    var rest = text[...]
    while let open = rest.range(of: "<!--") {
      visible += rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      rest = rest.range(of: "-->").map { rest[$0.upperBound...] } ?? ""
    }
    return (visible + rest).components(separatedBy: "\nQuestion :").dropFirst().map {
      $0.replacingOccurrences(of: "\nAnswer *: *", with: "\n\n---\n\n", options: .regularExpression)
    }
  }

  @Test("Every formula is typeset: no backslash and no brace of LaTeX is left", .enabled(if: FileManager.default.fileExists(atPath: deck)))
  func formulas() throws {
    let formulas = Set(Self.cards.flatMap { MathProtection($0).formulas.map(\.formula) })
    #expect(formulas.count > 40)
    for formula in formulas.map({ Formula($0) }) {
      for repertoire in [Repertoire.unicode, .ascii] {
        let text = ([formula.line(repertoire)] + formula.block(width: 78, repertoire)).joined(separator: "\n")
        let isLeftOver = repertoire == .unicode && text.contains("\\") || text.contains("{") || text.contains("}")
        #expect(!isLeftOver && !text.contains("frac") && !text.contains("text"), "\(text)")
        #expect(repertoire == .unicode || text.utf8.allSatisfy { $0 < 0x80 }, "\(text)")
      }
    }
  }

  @Test(
    "Every card fits its page and shows no LaTeX", .enabled(if: FileManager.default.fileExists(atPath: deck)), arguments: [40, 80, 120])
  func cards(width: Int) throws {
    #expect(Self.cards.count == 79)
    var all = ""
    for card in Self.cards {
      let lines = MarkdownRenderer(width: width).lines(card)
      // Programs are never broken; all else fits.
      for line in lines where !(line.plain.hasPrefix("    ") && card.contains("```python")) {
        #expect(line.cellWidth <= width, "\(line.plain)")
      }
      let text = lines.rendered(.plain)
      all += lines.rendered(.ansi) + "\n"
      #expect(!text.contains("$") && !text.contains("\\frac") && !text.contains("\u{E000}"), "\(text)")
    }
    if let folder = ProcessInfo.processInfo.environment["SCREEN_TEST_OUTPUT"] {
      try all.write(toFile: "\(folder)/deck-\(width).txt", atomically: true, encoding: .utf8)
    }
  }
}
