import Testing

@testable import Screen

@Suite("Markdown in the terminal")
struct MarkdownTests {
  private func plain(_ markdown: String, width: Int = 40) -> String {
    MarkdownRenderer(width: width).lines(markdown).rendered(.plain)
  }

  @Test(
    "Each kind of block has its look",
    arguments: [
      ("# Title\ntext", "Title\n━━━━━\ntext\n"), ("## Two", "Two\n───\n"), ("#### Four", "▸ Four\n"),
      ("* a\n* b\n    * c\n", "• a\n• b\n  ◦ c\n"), ("* a\n\n* b", "• a\n\n• b\n"), ("9. a\n1. b", " 9. a\n10. b\n"),
      ("> said\n> so", "│ said so\n"), ("```python\nx = 1\n\ny\n```", "  python\n    x = 1\n\n    y\n"), ("a  \nb", "a\nb\n"),
      ("- [x] done\n- [ ] open", "☑ done\n☐ open\n"), ("~~no~~ **yes** *so* `c`", "no yes so c\n"), ("a\nb", "a b\n"),
      ("[t](http://u.v)", "t (http://u.v)\n"), ("<http://u.v>", "http://u.v\n"), ("![alt](a/b.png)", "[picture: alt — a/b.png]\n"),
      ("<p align=\"center\">\n<img src=\"../x.png\" alt=\"act\" width=\"5\"/>\n</p>", "[picture: act — ../x.png]\n"),
      ("a <b>bold</b> <!-- gone --> word", "a bold word\n"), ("<script>alert(1)</script>", ""), ("<!-- gone\n\nall -->\nb", "b\n"),
      ("price $5 and $6", "price $5 and $6\n"), ("`$x$`", "$x$\n"),
      ("    $x$ code", "        $x$ code\n".replacing("        ", with: "    ")),
      ("x $a*b*c$ y", "x a * b * c y\n"), ("**$x_1$**", "x₁\n"), ("", ""),
    ])
  func blocks(markdown: String, text: String) { #expect(plain(markdown) == text) }

  @Test("Tables are drawn, aligned and wrapped")
  func table() {
    #expect(
      plain("| name | n |\n|:--|--:|\n| a cell with many words in it | 1 |\n| $x_1$ | 22 |", width: 30) == """
        ┌───────────────────────┬────┐
        │ name                  │  n │
        ├───────────────────────┼────┤
        │ a cell with many      │  1 │
        │ words in it           │    │
        │ x₁                    │ 22 │
        └───────────────────────┴────┘

        """)
  }

  @Test("Styles become colours, and links clickable where that is asked for")
  func styles() {
    #expect(MarkdownRenderer(width: 40).lines("**b** `c`").rendered(.ansi) == "\u{1B}[1mb\u{1B}[0m \u{1B}[33mc\u{1B}[0m\n")
    let link = MarkdownRenderer(width: 40, links: .clickable).lines("[t](https://u.v)").rendered(.ansi)
    #expect(link == "\u{1B}]8;;https://u.v\u{1B}\\\u{1B}[4mt\u{1B}[0m\u{1B}]8;;\u{1B}\\\n")
    #expect(!MarkdownRenderer(width: 40, links: .clickable).lines("[t](javascript:x)").rendered(.ansi).contains("]8;;"))
  }

  @Test("Without Unicode the frames and bullets are ASCII")
  func ascii() {
    let lines = MarkdownRenderer(width: 30, repertoire: .ascii).lines("# T\n* a\n\n> q\n\n| a |\n|---|\n| b |\n\n---\n\n![p](q)")
    #expect(lines.rendered(.plain).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test(
    "Nothing in a stranger's text is obeyed by the terminal",
    arguments: [
      "a\u{1B}[2Jb", "&#27;[2J", "`\u{1B}c`", "```\n\u{1B}]0;x\u{07}\n```", "[x](http://a\u{1B}[2J)", "![\u{1B}](\u{9B}2J)",
      "<img alt=\"\u{1B}[2J\" src=x>",
      "$\\text{\u{1B}[2J}$", "# \u{202E}x", "| \u{1B} |\n|---|\n| \u{9B} |", "```\u{1B}[2J\nx\n```", "\u{E000}0\u{E001} $x$",
      "[x](https://a&#27;]8;;b)",
    ])
  func hostile(markdown: String) {
    for links in [MarkdownRenderer.Links.address, .clickable] {
      let text = MarkdownRenderer(width: 40, links: links).lines(markdown).rendered(.plain)
      #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
      #expect(!text.contains("\u{202E}") && !text.contains("\u{E000}"))
    }
  }

  @Test("Nesting without end ends", arguments: ["> ", "* ", "1. "])
  func nesting(mark: String) {
    let text = MarkdownRenderer(width: 40).lines(String(repeating: mark, count: 3000) + "x").rendered(.plain)
    #expect(text.count < 20_000)
  }
}
