import Deck
import Foundation
import Testing

@Suite("A check of a deck")
struct CheckTests {
  /// A deck and its findings as "line kind".
  static let decks: [(text: String, findings: [String])] = [
    ("Question : x\nAnswer : y\n", []),
    ("Question : x\nAnswer :\n\n<img src=\"here.png\" alt=\"a\"/>\n", ["2 picture_only"]),
    ("Question : x\nAnswer :\n<p align=\"center\">\n<img src=\"here.png\">\n</p>\n", ["2 picture_only"]),
    ("Question : x\nAnswer : ![a b](here.png)\n![](here.png \"title\")\n", ["2 picture_only"]),
    ("Question : x\nAnswer : see\n\n![a](gone.png)\n", ["4 missing_picture"]),
    ("Question : x\n<IMG width=1 SRC='gone.png'>\nAnswer : <img src=gone2.png>y\n", ["2 missing_picture", "3 missing_picture"]),
    ("Question : x\nAnswer : ![a](<with blank.png>) and ![b](with%20blank.png)\n", []),
    ("Question : x\nAnswer : y ![a](https://a.b/c.png) ![b](data:image/png;base64,AAAA)\n", []),
    ("Question : x\nAnswer : write `![a](gone.png)`\n```\n<img src=\"gone.png\">\n```\n<!-- ![a](gone.png) -->\n", []),
    ("![a](gone.png)\n\nQuestion : x\nAnswer : y\n", ["1 missing_picture"]),
    ("Question : x\nAnswer :\n", ["2 empty_answer"]),
    ("Question : x\n\nQuestion : z\nAnswer : w\n", ["1 draft"]),
    ("Question :\nAnswer : y\n", ["1 empty_question"]),
    ("Answer : y\n", ["1 stray_answer"]),
    ("Question : x\nAnswer : y\nAnswer : no\nmore\n", ["3 stray_answer"]),
    ("Question : x\nAnswer : y\nQuestion : X\nAnswer : y\n", ["3 duplicate"]),
    ("Question : x\nAnswer :\n```\ny\n", ["3 unclosed_fence"]),
    ("---\nlang: de\n---\nQuestion : x\nAnswer : y\n", ["2 front_matter"]),
    ("---\ntitle: t\nQuestion : x\nAnswer : y\n", ["1 unclosed_front_matter"]),
    // Headings between cards would be a part of the answer above them.
    ("Question : x\nAnswer : y\n\n## Losses\n\nQuestion : z\nAnswer : w\n", ["4 stray_text"]),
    ("Question : x\nAnswer : y\n# A\n## B\n", ["3 stray_text"]),
    ("Question : x\nAnswer : y\n# A\ntext\n", []),
    ("Question : x\nAnswer : y\n# A\n```\ncode\n```\n", []),
    ("Question : x\nAnswer : # of layers\n", []),
    // What seems to be meant as a marker.
    ("Question : x\n**Answer** : y\nAnswer : z\n", ["2 stray_text"]),
    ("Question : x\nAnswer : y\n# Question : z\n", ["3 stray_text", "3 stray_text"]),
    ("Question : x\nAnswer : y\n- Question 3 : z\n", ["3 stray_text"]),
    ("Question : x\nAnwser : y\nAnswer : z\n", ["2 stray_text"]),
    ("Question : x\nAnswers: y\nAnswer : z\n", ["2 stray_text"]),
    ("Question : x\nR\u{E9}ponse : y\nAnswer : z\n", ["2 stray_text"]),
    ("Question : x\nAnswer\nAnswer : z\n", ["2 stray_text"]),
    ("Question : x\nAnswer : y\nThe answer : 42\nanswered: no\nQuestion it\n", []),
    ("Question : x\nAnswer : y\n```\nAnwser : z\n```\n", []),
  ]

  @Test("finds what its author should look at, on the line where it stands", arguments: decks)
  func findings(text: String, findings: [String]) throws {
    for ends in ["\n", "\r\n"] {
      let check = try DeckCheck(file: "d.md", bytes: Array(text.replacing("\n", with: ends).utf8)) {
        ["here.png", "with blank.png"].contains($0)
      }
      #expect(check.findings.map { "\($0.line) \($0.kind.rawValue)" } == findings)
      #expect(check.findings.allSatisfy { $0.file == "d.md" && !$0.says.isEmpty && !$0.right.isEmpty })
      #expect(check.document == Document(file: "d.md", text: text))
      #expect(check.confirmed.isEmpty)
    }
  }

  @Test("says how much a second Answer leaves out")
  func lost() {
    let text = "Question : x\nAnswer : y\nAnswer : no\n\n* a\n```\nb\n```\nQuestion : z\nAnswer : w\nAnswer : v\n"
    let says = Document(file: "d.md", text: text).findings.map(\.says)
    #expect(
      says == [
        "this Answer belongs to no Question: it and the 4 lines below it are left out",
        "this Answer belongs to no Question: it is left out",
      ])
  }

  @Test("looks for pictures from the folder of the file, where it may")
  func pictures() throws {
    let folder = try FileTests.Folder([
      "d/d.md": Array("Question : x\nAnswer : a ![](p.png) ![](../q.png) ![](r.png)\n".utf8), "d/p.png": [1], "q.png": [1],
    ])
    let file = folder.path + "/d/d.md"
    #expect(try DeckCheck(file: file).findings.map(\.says) == ["the picture `r.png` is not there"])
    #expect(try DeckCheck(file: file, permits: { $0.lastPathComponent != "q.png" }).findings.count == 2)
  }

  @Test(
    "reads bytes that are not UTF-8 as Windows-1252 and tells the first of their lines",
    arguments: [
      ("Question : \u{E9}t\u{E9} ?\nAnswer : un c\u{F4}t\u{E9}\n", 1, "this line and 1 more are"),
      ("Question : x\nAnswer : na\u{EF}f\n", 2, "this line is"),
    ])
  func latin1(text: String, line: Int, says: String) throws {
    let bytes = text.unicodeScalars.map { UInt8($0.value) }
    let document = try Document(file: "d.md", bytes: bytes)
    #expect(document.cards == Document(file: "d.md", text: text).cards)
    #expect(document.findings.map { "\($0.line) \($0.kind.rawValue)" } == ["\(line) not_utf8"])
    #expect(document.findings[0].says.hasPrefix(says))
  }

  @Test("UTF-8 beside other bytes stays, and Windows' quotes are quotes")
  func mixed() throws {
    let bytes = Array("Question : d\u{E9}j\u{E0} ".utf8) + [0x93, 0xE9, 0x94, 0x0A] + Array("Answer : y".utf8)
    #expect(try Document(file: "d.md", bytes: bytes).cards.map(\.question) == ["d\u{E9}j\u{E0} “\u{E9}”"])
  }
}
