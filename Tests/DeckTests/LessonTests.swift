import Deck
import Testing

@Suite("Lessons")
struct LessonTests {
  static let lesson = """
    ---
    title: "The neuron: a start"
    id: neuron
    lang: fr-FR
    needs: [shell, 'data']
    # a remark
    author: someone
    ---

    # The neuron

    Prose with $x$. <!-- hidden -->
    <!--
    ```gradus
    > input 9
    ```
    -->

    ```python
    > not_a_command()
    ```

    ```gradus tol=1e-2 slow
    > input 1
    > layer dense 1; \\
    >   summary
    dense (Dense)   (None, 1)   2

    total 2

    > step

    ```
    More prose.
    ~~~ GRADUS
    > show dense.kernel
    ~~~

    Question : A - B - x
    Answer :
    1. Try it:
       ```gradus
       > step
         loss 1
       ```
    """

  @Test("are prose and experiments in their order")
  func blocks() throws {
    let document = Document(file: "l.md", text: LessonTests.lesson)
    #expect(document.findings.isEmpty)
    #expect(document.isLesson)
    let first = Fence(
      options: ["tol": "1e-2", "slow": "yes"], line: 23,
      steps: [
        .init(command: "input 1", line: 24),
        .init(
          command: "layer dense 1; summary", line: 25, expected: ["dense (Dense)   (None, 1)   2", "", "total 2"], expectedLines: 27..<31),
        .init(command: "step", line: 31, expected: [], expectedLines: 32..<33),
      ])
    let second = Fence(line: 35, steps: [.init(command: "show dense.kernel", line: 36)])
    #expect(
      document.blocks == [
        .prose("# The neuron\n\nProse with $x$. \n\n```python\n> not_a_command()\n```", line: 10), .experiment(first),
        .prose("More prose.", line: 34), .experiment(second),
      ])
    #expect(document.experiments == [first, second])
  }

  @Test("front matter is read")
  func frontMatter() {
    #expect(
      Document(file: "l.md", text: LessonTests.lesson).frontMatter
        == FrontMatter(title: "The neuron: a start", id: "neuron", lang: .french, needs: ["shell", "data"], other: ["author": "someone"]))
  }

  @Test("an answer holds its experiment, and its text too")
  func experiments() throws {
    let card = try #require(Document(file: "l.md", text: LessonTests.lesson).cards.first)
    #expect(card.lang == .french)
    #expect(card.experiments == [Fence(line: 42, steps: [.init(command: "step", line: 43, expected: ["  loss 1"])])])
    #expect(card.answer == "1. Try it:\n   ```gradus\n   > step\n     loss 1\n   ```")
  }

  struct Matter: Sendable, CustomTestStringConvertible {
    let text: String
    let matter: FrontMatter
    let findings: [String]
    var testDescription: String { text }
  }

  static let matters: [Matter] = [
    Matter(text: "---\n---\n", matter: FrontMatter(), findings: []),
    Matter(text: "--- \ntitle: a\n---  \n", matter: FrontMatter(title: "a"), findings: []),
    Matter(text: "\u{FEFF}---\r\nlang: EN\r\n---\r\n", matter: FrontMatter(lang: .english), findings: []),
    Matter(text: "---\nneeds: one\n---\n", matter: FrontMatter(needs: ["one"]), findings: []),
    Matter(text: "---\nneeds: []\n---\n", matter: FrontMatter(), findings: []),
    Matter(text: "---\nneeds: [a, , b\n---\n", matter: FrontMatter(), findings: ["2 front_matter"]),
    Matter(text: "---\nneeds: [a, , b]\n---\n", matter: FrontMatter(needs: ["a", "b"]), findings: ["2 front_matter"]),
    Matter(text: "---\nno pair\n: x\ntitle: t\n---\n", matter: FrontMatter(title: "t"), findings: ["2 front_matter", "3 front_matter"]),
    Matter(
      text: "---\ntitle: a\ntitle: b\nlang: de\n---\n", matter: FrontMatter(title: "a"), findings: ["3 front_matter", "4 front_matter"]),
    Matter(text: "---\ntitle: \"a\nid:\n---\n", matter: FrontMatter(title: "\"a"), findings: ["2 front_matter", "3 front_matter"]),
    Matter(text: "---\ntitle: a\nid: b\n", matter: FrontMatter(), findings: ["1 unclosed_front_matter"]),
    Matter(text: "\n---\ntitle: a\n---\n", matter: FrontMatter(), findings: []),
  ]

  @Test("front matter and its mistakes", arguments: matters)
  func matter(_ example: Matter) {
    let document = Document(file: "l.md", text: example.text)
    #expect(document.frontMatter == example.matter)
    #expect(document.findings.map { "\($0.line) \($0.kind.rawValue)" } == example.findings)
  }

  @Test("a rule above the first card is no front matter")
  func rule() {
    let document = Document(file: "l.md", text: "---\nQuestion : x\nAnswer : y\n\n---\nQuestion : z\nAnswer : w")
    #expect(Snippet.described(document) == ["2|||x|y⏎⏎---", "6|||z|w"])
    #expect(document.findings.isEmpty)
    #expect(document.blocks == [.prose("---", line: 1)])
  }

  static let commands: [(text: String, commands: [String], findings: [String])] = [
    ("> a\n> b", ["a", "b"], []), (">a", ["a"], []), (">  a  ", ["a"], []), (">", [""], []),
    ("> a \\\nb", ["a b"], []), ("> a\\\n>   b \\\n  c\nout", ["a b c"], []), ("> a \\\\\nout", ["a \\\\"], []),
    ("> a \\", ["a"], ["2 unfinished_command"]), ("loose\n> a", ["a"], ["2 output_without_command"]), ("\n\n> a", ["a"], []), ("", [], []),
  ]

  @Test("commands of a fence", arguments: commands)
  func steps(text: String, commands: [String], findings: [String]) throws {
    let document = Document(file: "l.md", text: "```gradus\n\(text)\n```")
    #expect(try #require(document.experiments.first).steps.map(\.command) == commands)
    #expect(document.findings.map { "\($0.line) \($0.kind.rawValue)" } == findings)
  }

  @Test("a fence that never ends still holds its steps")
  func unclosed() {
    let document = Document(file: "l.md", text: "text\n\n```gradus\n> step\nout")
    #expect(document.experiments == [Fence(line: 3, steps: [.init(command: "step", line: 4, expected: ["out"])])])
    #expect(document.findings.map(\.kind) == [.unclosedFence])
  }
}
