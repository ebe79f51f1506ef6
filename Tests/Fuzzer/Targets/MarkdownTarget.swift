import Foundation
import Screen
import Shell

/// Markdown and HTML as a terminal shows them, and as cards of Anki hold them.
final class MarkdownTarget: FuzzTarget {
  static let name = "markdown"
  static let share = 60
  private let seeds: [[UInt8]]
  private let mutation = Mutation(words: Corpus.deckWords, brackets: Corpus.deckBrackets)
  private let pages = CardPages()

  init(_ place: FuzzPlace) throws {
    let more = [
      "# Title\ntext\n\n* a\n* b\n    * c\n\n9. a\n1. b\n\n> said\n> so\n\n- [x] done\n~~no~~ **yes** *so* `c`",
      "| name | n |\n|:--|--:|\n| a cell with **many** words | 1 |\n| $x_1$ | 22 |",
      "```python\nx = \"\"\"1\n\ny\n```\n```gradus\n> fit 3\n```",
      "<table><tr><td>a</td><td>b</td></tr></table><p align=\"center\"><img src=\"x.png\" alt=\"act\"/></p>&eacute;&#8594;<br><ul><li>o</ul>",
      "H<sub>2</sub>O [t](http://u.v) ![alt](a/b.png) $$\\frac{1}{2}$$ <https://u.v>",
      "<div>front {{c1::gap::hint}}<br>&nbsp;<img src=a.png></div>",
    ]
    // Pages of some lines: what is shown at once.
    let pages = try Corpus.sections(place).flatMap { section in
      String(decoding: section, as: UTF8.self).components(separatedBy: "\n\n").filter { (20..<2_000).contains($0.utf8.count) }
    }
    seeds = (more + pages).map { Array($0.utf8) }
  }

  func input(_ random: inout Randomness) -> [UInt8] { mutation.changed(random.member(of: seeds), seeds, &random) }

  func read(_ input: [UInt8]) -> Bool {
    var random = Randomness(of: input)
    let text = String(decoding: input, as: UTF8.self)
    let width = 8 + random.below(100)
    let repertoire: Repertoire = random.one(in: 3) ? .ascii : .unicode
    let lines = MarkdownRenderer(width: width, repertoire: repertoire, links: random.one(in: 2) ? .address : .clickable).lines(text)
    precondition(
      lines.allSatisfy { !$0.plain.unicodeScalars.contains { $0.properties.generalCategory == .control } }, "a control character is shown")
    _ = pages.html(of: text) { _ in nil }
    _ = pages.markdown(of: text) { $0 }
    return !lines.isEmpty
  }
}
