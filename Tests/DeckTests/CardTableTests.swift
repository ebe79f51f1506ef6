import Deck
import Testing

/// A small deck and what should be read from it.
struct Snippet: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  /// A card as "line|category|topic|question|answer", with `⏎` for a line end.
  let cards: [String]
  /// A finding as "line kind".
  let findings: [String]
  var testDescription: String { name }

  init(_ name: String, _ text: String, _ cards: [String], findings: [String] = []) {
    (self.name, self.text, self.cards, self.findings) = (name, text, cards, findings)
  }

  /// The cards of a document in the form of `cards`.
  static func described(_ document: Document) -> [String] {
    document.cards.map {
      "\($0.line)|\($0.category)|\($0.topic)|\($0.question)|\($0.answer)".replacing("\n", with: "⏎")
    }
  }
}

@Suite("Cards")
struct CardTableTests {
  static let markers: [Snippet] = [
    Snippet("plain", "Question : A - B - what?\nAnswer : so", ["1|A|B|what?|so"]),
    Snippet("any case, blanks and none", "  qUESTION\t:x\n\tANSWER:y", ["1||||".replacing("||||", with: "|||x|y")]),
    Snippet("no-break spaces before the colon", "Question\u{A0}: x\nAnswer\u{202F}:\u{A0}y", ["1|||x|y"]),
    Snippet("double blanks in the title", "Question : A  -  B -  what?\nAnswer : y", ["1|A|B|what?|y"]),
    Snippet("a hyphen of its own in the text", "Question : A - B - is x - y?\nAnswer : y", ["1|A|B|is x - y?|y"]),
    Snippet("one hyphen is no topic", "Question : A - what?\nAnswer : y", ["1|||A - what?|y"]),
    Snippet(
      "hyphens within words do not split", "Question : Mini-batch -well- what-not?\nAnswer : y", ["1|||Mini-batch -well- what-not?|y"]),
    Snippet("hyphens of later lines do not split", "Question : Which?\n\n* a - b\n* c - d\nAnswer : y", ["1|||Which?⏎⏎* a - b⏎* c - d|y"]),
    Snippet("title below the marker", "Question :\nA - B - what?\nAnswer :\ny", ["1|A|B|what?|y"]),
    Snippet("text below the title", "Question : A - B -\n* one\n* two\nAnswer : y", ["1|A|B|* one⏎* two|y"]),
    Snippet("nothing between the hyphens is no topic", "Question :  -  - what?\nAnswer : y", ["1|||-  - what?|y"]),
    Snippet(
      "words that only start so", "Question : x\nAnswers : no\nQuestionable: no\nAnswer : y\nQuestion marks: no",
      [
        "1|||x⏎Answers : no⏎Questionable: no|y⏎Question marks: no"
      ]),
    Snippet(
      "within a line or a quotation", "Question : x\n> Question : no\n* Answer : no\n**Answer** : no\nAnswer : y",
      [
        "1|||x⏎> Question : no⏎* Answer : no⏎**Answer** : no|y"
      ]),
    Snippet(
      "blank lines on both sides of an answer", "Question : x\n\nAnswer  : \n\n* a\n    * b  \n\n\nQuestion : z\nAnswer : w\n\n",
      [
        "1|||x|* a⏎    * b", "9|||z|w",
      ]),
    Snippet("the first line of a list keeps its indentation", "Question : x\nAnswer :\n  * a\n  * b", ["1|||x|  * a⏎  * b"]),
    Snippet("no line end at the end", "Question : x\nAnswer :", ["1|||x|"], findings: ["2 empty_answer"]),
    Snippet("carriage returns and a byte order mark", "\u{FEFF}Question : x\r\n\r\nAnswer : a\r\nb\r\n", ["1|||x|a⏎b"]),
    Snippet("carriage returns alone", "Question : x\rAnswer : a\rb", ["1|||x|a⏎b"]),
    Snippet("a zero byte", "Question : x\u{0}\nAnswer : y", ["1|||x\u{FFFD}|y"], findings: ["1 zero_byte"]),
    Snippet("nothing", "", []),
  ]

  static let comments: [Snippet] = [
    Snippet("a template in a comment", "<!--\nQuestion :\nAnswer :\n-->\nQuestion : x\nAnswer : y", ["5|||x|y"]),
    Snippet(
      "comments between cards", "Question : x\nAnswer : y\n\n<!--\n####\n## \n####\n-->\nQuestion : z\nAnswer : w <!-- aside -->",
      [
        "1|||x|y", "9|||z|w",
      ]),
    Snippet("a comment inside an answer", "Question : x\nAnswer : a\n<!-- one -->\nb <!-- two\nthree --> c", ["1|||x|a⏎b ⏎ c"]),
    Snippet("a card behind the end of a comment", "<!-- easy --> Question : x\nAnswer : y", ["1|||x|y"]),
    Snippet("short comments", "<!--> Question : x\n<!---> Answer : y", ["1|||x|y"]),
    Snippet(
      "a comment in code is code", "Question : x\nAnswer :\n```html\n<!--\n```\nb\nQuestion : z\nAnswer : w -->",
      [
        "1|||x|```html⏎<!--⏎```⏎b", "7|||z|w -->",
      ]),
    Snippet(
      "a code span is no comment", "Question : write `<!--` or ``a ` <!--``?\nAnswer : y -->", ["1|||write `<!--` or ``a ` <!--``?|y -->"]),
    Snippet("an escaped opening is no comment", "Question : \\<!-- x\nAnswer : y -->", ["1|||\\<!-- x|y -->"]),
    Snippet("a fence in a comment is no fence", "<!--\n```\n-->\nQuestion : x\nAnswer : y\n<!--\n```\n-->", ["4|||x|y"]),
    Snippet(
      "a comment that never ends", "Question : x\nAnswer : y\n<!-- z\nQuestion : no\nAnswer : no", ["1|||x|y"],
      findings: ["3 unclosed_comment"]),
    Snippet(
      "an arrow within a line hides nothing", "Question : x\nAnswer : a <!-- b\nQuestion : z\nAnswer : w", ["1|||x|a <!-- b", "3|||z|w"],
      findings: ["2 unclosed_comment"]),
  ]

  static let fences: [Snippet] = [
    Snippet(
      "markers in code", "Question : x\n```\nAnswer : no\n```\nAnswer :\n~~~ text\nQuestion : no\n```\n~~~\nQuestion : z\nAnswer : w",
      [
        "1|||x⏎```⏎Answer : no⏎```|~~~ text⏎Question : no⏎```⏎~~~", "10|||z|w",
      ]),
    Snippet(
      "a longer fence holds a shorter one", "Question : x\nAnswer :\n````\n```\nQuestion : no\n```\n`````\nQuestion : z\nAnswer : w",
      [
        "1|||x|````⏎```⏎Question : no⏎```⏎`````", "8|||z|w",
      ]),
    Snippet(
      "a closing holds nothing else", "Question : x\nAnswer :\n```\n``` python\nQuestion : no\n```\nQuestion : z\nAnswer : w",
      [
        "1|||x|```⏎``` python⏎Question : no⏎```", "7|||z|w",
      ]),
    Snippet(
      "a closing is indented by less than four", "Question : x\nAnswer :\n```\n    ```\nQuestion : no\n   ```\nQuestion : z\nAnswer : w",
      ["1|||x|```⏎    ```⏎Question : no⏎   ```", "7|||z|w"]),
    Snippet(
      "three backquotes around a word are a span", "Question : x\nAnswer :\n```word```\nQuestion : z\nAnswer : w",
      ["1|||x|```word```", "4|||z|w"]),
    Snippet(
      "a fence behind the marker", "Question : x\nAnswer : ```python\nQuestion : no\n```\nQuestion : z\nAnswer : w",
      [
        "1|||x|```python⏎Question : no⏎```", "5|||z|w",
      ]),
    Snippet(
      "a fence in a list", "Question : x\nAnswer :\n1. a\n   - b\n\n     ```\n     Question : no\n     ```\nQuestion : z\nAnswer : w",
      [
        "1|||x|1. a⏎   - b⏎⏎     ```⏎     Question : no⏎     ```", "9|||z|w",
      ]),
    Snippet(
      "a fence ends with its list", "Question : x\nAnswer :\n- ```\n  Question : no\nQuestion : z\nAnswer : w",
      [
        "1|||x|- ```⏎  Question : no", "5|||z|w",
      ]),
    Snippet(
      "indented by four it is no fence", "Question : x\nAnswer :\ntext\n\n    ```\nQuestion : z\nAnswer : w",
      ["1|||x|text⏎⏎    ```", "6|||z|w"]),
    Snippet(
      "a fence that never ends", "Question : x\nAnswer :\n````\nQuestion : no\n```", ["1|||x|````⏎Question : no⏎```"],
      findings: ["3 unclosed_fence"]),
  ]

  static let mistakes: [Snippet] = [
    Snippet("a draft", "Question : x\n\nQuestion : z\nAnswer : w", ["3|||z|w"], findings: ["1 draft"]),
    Snippet("a draft at the end", "Question : z\nAnswer : w\nQuestion : x", ["1|||z|w"], findings: ["3 draft"]),
    Snippet("both empty", "Question : \nAnswer : \n\nQuestion : z\nAnswer : w", ["4|||z|w"]),
    Snippet("an answer to nothing", "Question :\nAnswer : y", [], findings: ["1 empty_question"]),
    Snippet("a topic without a question", "Question : A - B - \nAnswer :", [], findings: ["1 empty_question"]),
    Snippet("an answer before any question", "Answer : y\nQuestion : z\nAnswer : w", ["2|||z|w"], findings: ["1 stray_answer"]),
    Snippet(
      "a second answer", "Question : x\nAnswer : y\nAnswer : no\nmore\nQuestion : z\nAnswer : w", ["1|||x|y", "5|||z|w"],
      findings: ["3 stray_answer"]),
    Snippet(
      "a card that stands twice", "Question : A - B - x\nAnswer : y\nQuestion : a -  B - X\nAnswer : z", ["1|A|B|x|y", "3|a|B|X|z"],
      findings: ["3 duplicate"]),
  ]

  @Test("are read as their author meant them", arguments: markers + comments + fences + mistakes)
  func cards(_ snippet: Snippet) {
    let document = Document(file: "deck.md", text: snippet.text)
    #expect(Snippet.described(document) == snippet.cards)
    #expect(document.findings.map { "\($0.line) \($0.kind.rawValue)" } == snippet.findings)
    #expect(document.findings.allSatisfy { $0.file == "deck.md" && !$0.says.isEmpty && !$0.right.isEmpty })
  }

  @Test("line ends do not change what is read", arguments: markers + comments + fences + mistakes)
  func lineEnds(_ snippet: Snippet) {
    let text = snippet.text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    let unix = Document(file: "deck.md", text: text)
    #expect(Document(file: "deck.md", text: text.replacing("\n", with: "\r\n")) == unix)
    #expect(Document(file: "deck.md", text: text.replacing("\n", with: "\r")) == unix)
  }

  @Test("a draft is kept with its words and its line")
  func drafts() {
    let document = Document(file: "deck.md", text: "Question : A - B - x\nmore\n\nQuestion :\nAnswer : y")
    #expect(
      document.drafts == [Draft(question: "A - B - x\nmore", file: "deck.md", line: 1), Draft(question: "", file: "deck.md", line: 4)])
    #expect(document.cards.isEmpty)
  }

  @Test("the two parts of a card have their lines")
  func lines() throws {
    let document = Document(file: "deck.md", text: "---\ntitle: t\n---\n\nQuestion : x\n\nAnswer : y")
    let card = try #require(document.cards.first)
    #expect(card.line == 5 && card.answerLine == 7 && card.file == "deck.md")
  }
}
