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
      ("H<sub>2</sub>O is x<sup>2</sup>, w<sub>initial</sub>", "H₂O is x², w_initial\n"), ("a &eacute;&#8594;&#x3B1; b", "a é→α b\n"),
      ("<p>Hello <b>wide</b> world<br>&eacute; &amp; so</p>", "Hello wide world\né & so\n"),
      ("<ul>\n<li>one</li>\n<li>two</li>\n</ul>", "• one\n• two\n"),
      ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a  b\nc  d\n"),
      ("<details><summary>More</summary>text</details>", "More\ntext\n"),
      ("a &nosuch; &#xFFFFFFFF; b", "a &nosuch; &#xFFFFFFFF; b\n".replacing("&#xFFFFFFFF;", with: "\u{FFFD}")),
      ("```\nthe name of a layer   its shape and more\n```", "    the name of a layer\n    ↪ its shape and more\n"),
      ("```bash\none two three four five six seven eight nine\n```", "  bash\n    one two three four five six seven\n    ↪ eight nine\n"),
      ("```python\none = two + three + four + five + six + seven\n```", "  python\n    one = two + three + four + five + six + seven\n"),
      (
        "```\n+--------------------+--------------------+\n| a                  |                  b |\n+--------------------+--------------------+\n```",
        "    +--------------------+-------------+\n    | a                  |           b |\n    +--------------------+-------------+\n"
      ),
      ("x $a*b*c$ y", "x a * b * c y\n"), ("**$x_1$**", "x₁\n"), ("", ""),
    ])
  func blocks(markdown: String, text: String) { #expect(plain(markdown) == text) }

  @Test("Where there are no colours, code in a line stands between backticks")
  func markedCode() {
    var renderer = MarkdownRenderer(width: 40)
    renderer.marksCode = true
    #expect(renderer.lines("- `quiz` asks\n\n```gradus\n> fit 1\n```").rendered(.plain) == "• `quiz` asks\n\n  gradus\n    > fit 1\n")
  }

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

  @Test(
    "Code of Python and of this shell is coloured by its words",
    arguments: [
      ("python", "x = 3e-5  # no", ["x = ": Style(.code), "3e-5": Style(.formula), "  ": Style(.code), "# no": .muted]),
      ("python", "from a import 'b\\'c' + f2", ["from": Style(.accent), "'b\\'c'": Style(.good), " + f2": Style(.code)]),
      ("py", "'never closed", ["'never closed": Style(.good)]),
      ("gradus", "> fit 30 # wait", ["> ": .muted, "fit": Style(.code, bold: true), " 30 ": Style(.code), "# wait": .muted]),
      ("gradus", "loss 0.1", ["loss 0.1": .muted]), ("bash", "for x in 3", ["for x in 3": Style(.code)]),
    ])
  func colours(language: String, line: String, spans: [String: Style]) {
    var colours = SyntaxColours(language: language)
    let text = colours.coloured(line)
    #expect(text.plain == line)
    for (part, style) in spans { #expect(text.spans.contains { $0.text == part && $0.style == style }, "\(part) in \(text.spans)") }
  }

  @Test("A string in three quotes goes on over lines")
  func longString() {
    var colours = SyntaxColours(language: "python")
    #expect(colours.coloured("a = \"\"\"text # not").spans.last?.style == Style(.good))
    #expect(colours.coloured("for more").spans.map(\.style) == [Style(.good)])
    #expect(colours.coloured("end\"\"\" # so").spans.last?.style == .muted)
  }

  @Test("A picture that can be drawn stands between the lines, another is one line with its text")
  func pictures() {
    var renderer = MarkdownRenderer(width: 30)
    renderer.pictures = { picture in picture.path == "there.png" ? [StyledText("<\(picture.description) \(picture.width)>")] : nil }
    #expect(renderer.lines("a ![b](there.png) c").rendered(.plain) == "a\n\n<b 30>\n\nc\n")
    #expect(renderer.lines("* ![b](there.png)").rendered(.plain) == "• <b 28>\n")
    #expect(renderer.lines("<p><img src=\"there.png\" alt=\"b\"/></p>").rendered(.plain) == "<b 30>\n")
    #expect(renderer.lines("a ![b](gone.png) c").rendered(.plain) == "a [picture: b — gone.png] c\n")
    #expect(renderer.lines("| x |\n|---|\n| ![b](there.png) |").rendered(.plain).contains("[picture: b — there.png]"))
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
