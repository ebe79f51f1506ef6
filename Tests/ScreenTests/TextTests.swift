import Testing

@testable import Screen

@Suite("Text in cells")
struct TextTests {
  @Test(
    "A text takes as many cells as a terminal gives it",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("👍", 2), ("👩‍🔬", 2), ("🇫🇷", 2), ("❤️", 2), ("1️⃣", 2), ("한", 2),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("∂J/∂w₁", 6), ("…", 1), ("\u{1B}[1mbold\u{1B}[0m", 4),
      ("\u{1B}]8;;https://a.b\u{1B}\\link\u{1B}]8;;\u{1B}\\", 4), ("ｗ", 2),
    ])
  func width(text: String, cells: Int) { #expect(text.cellWidth == cells) }

  @Test(
    "Truncation keeps within the cells and says that it cut",
    arguments: [("hello", 5, "hello"), ("hello", 4, "hel…"), ("日本語", 4, "日…"), ("ab", 0, ""), ("ab", 1, "…")])
  func truncation(text: String, width: Int, result: String) { #expect(text.truncated(to: width) == result) }

  @Test(
    "No control character of a stranger passes",
    arguments: [
      ("plain", "plain"), ("\u{1B}[31mred", "␛[31mred"), ("a\u{07}b", "a␇b"), ("\u{9B}31m", "‹U+009B›31m"), ("x\u{202E}y", "x‹U+202E›y"),
      ("a\tb", "a   b"), ("a\r\nb", "a b"), ("a\rb", "a␍b"), ("del\u{7F}", "del␡"), ("z\u{200B}z", "z‹U+200B›z"), ("été", "été"),
      ("co\u{AD}op", "coop"), ("\u{0}", "␀"),
    ])
  func sanitizing(text: String, result: String) { #expect(sanitized(text) == result) }

  @Test("Whatever comes in, nothing goes out that a terminal would obey")
  func sanitizingEverything() {
    for value in UInt32(0)...0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let result = sanitized("a\(Character(scalar))b\n", keepingLines: true)
      #expect(!result.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" }, "U+\(String(value, radix: 16))")
    }
  }

  @Test("A heap of marks on one letter is cut")
  func marks() {
    #expect(sanitized("e" + String(repeating: "\u{301}", count: 500)).unicodeScalars.count == 5)
  }

  @Test(
    "Text wraps at blanks, long words where the line ends, and French punctuation stays with its word",
    arguments: [
      ("one two three", 7, ["one two", "three"]), ("abcdefgh", 3, ["abc", "def", "gh"]), ("日本語", 4, ["日本", "語"]), ("", 5, [""]),
      ("les poids : oui", 9, ["les", "poids :", "oui"]), ("a\nb", 5, ["a", "b"]), ("  two blanks", 7, ["  two", "blanks"]),
      ("日", 1, ["日"]), ("a b", 1, ["a", "b"]),
    ])
  func wrapping(text: String, width: Int, lines: [String]) {
    #expect(StyledText(text).wrapped(to: width).map { $0.withoutTrailingBlanks.plain } == lines)
  }

  @Test("Styles go over line breaks and end with their line")
  func styledWrapping() {
    var text = StyledText("a ")
    text.append("bold words", Style(bold: true))
    #expect(text.wrapped(to: 6).rendered(.ansi) == "a \u{1B}[1mbold\u{1B}[0m\n\u{1B}[1mwords\u{1B}[0m\n")
    #expect(text.rendered(.plain) == "a bold words")
  }

  @Test("A table wraps its widest column until it fits")
  func table() {
    let table = TextTable(
      [.init("name"), .init("n", .right)], rows: [["a long text here", "1"], ["b", "12"]])
    #expect(
      table.lines(width: 20).rendered(.plain) == """
        ┌─────────────┬────┐
        │ name        │  n │
        ├─────────────┼────┤
        │ a long text │  1 │
        │ here        │    │
        │ b           │ 12 │
        └─────────────┴────┘

        """)
    #expect(
      table.lines(repertoire: .ascii).rendered(.plain) == """
        +------------------+----+
        | name             |  n |
        +------------------+----+
        | a long text here |  1 |
        | b                | 12 |
        +------------------+----+

        """)
  }

  @Test("A table that folds tells its rows as text where columns would break words, at any width without a broken word or an empty cell")
  func folding() {
    let table = TextTable(
      [.init("run", .right), .init("model"), .init("results"), .init(""), .init("seconds", .right)],
      rows: [["1", "2-8-1", "loss 0.5  accuracy 0.75", "best", "0.5"], ["12", "28x28x1-512-256-10", "", "", "1,000"]], frame: .none,
      folds: true)
    #expect(
      table.lines(width: 53).rendered(.plain) == """
        run  model               results              seconds
          1  2-8-1               loss 0.5       best      0.5
                                 accuracy 0.75
         12  28x28x1-512-256-10                         1,000

        """)
    #expect(
      table.lines(width: 40).rendered(.plain) == """
        run 1
          model 2-8-1,
          results loss 0.5  accuracy 0.75, best,
          seconds 0.5
        run 12
          model 28x28x1-512-256-10,
          seconds 1,000

        """)
    #expect(
      table.lines(width: 20).rendered(.plain) == """
        run 1
          model 2-8-1,
          results loss 0.5
          accuracy 0.75,
          best, seconds 0.5
        run 12
          model
          28x28x1-512-256-10
          seconds 1,000

        """)
  }

  @Test("The rows that lines take count those in which a wide line goes on, not the blanks at its end")
  func rows() {
    let lines: [StyledText] = ["", "1234567890", "1234567890   ", "12345678901", StyledText("日本語日本語", Style(bold: true))]
    #expect(lines.rows(width: 10) == 1 + 1 + 1 + 2 + 2)
  }

  @Test(
    "Sizes in memory are written as Keras writes them",
    arguments: [(0, "0.00 B"), (388, "388.00 B"), (1023, "1023.00 B"), (1024, "1.00 KB"), (545_796, "533.00 KB"), (17_203_624, "16.41 MB")])
  func sizes(bytes: Int, text: String) { #expect(memorySize(bytes) == text) }

}
