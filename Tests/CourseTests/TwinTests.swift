import Course
import Deck
import Foundation
import Testing

@MainActor @Suite struct TwinTests {
  static let english = """
    ---
    title: T
    id: t
    lang: en
    needs: [a]
    ---
    Prose.

    ```gradus
    > input 2
    > layer dense 3
    ```

    ```task
    goal: summary | total == 13
    hint: Add one.
    > layer dense 1
    ```

    Question : A - B - c?
    Answer : d
    ```gradus
    > version
    ```
    """
  static let french = english.replacing("lang: en", with: "lang: fr").replacing("Prose.", with: "Texte.")
    .replacing("Add one.", with: "Une de plus.").replacing("c?", with: "ç\u{202F}?")

  @Test("Two languages in step are no finding, whether the folder is checked or one file")
  func inStep() throws {
    let lessons = try LessonFolder(["en/t.md": TwinTests.english, "fr/t.md": TwinTests.french])
    #expect(try lessons.checker.check([lessons.url.path]).findings.isEmpty)
    #expect(try lessons.check("fr/t.md").findings.isEmpty)
  }

  @Test(
    "What is out of step is told at the line of the second language",
    arguments: [
      ("> layer dense 3", "> layer dense 3 relu", "`layer dense 3` there, `layer dense 3 relu` here", 9),
      ("> input 2\n", "", "`input 2` there", 9), ("total == 13", "total > 12", "another than", 14),
      ("hint: Une de plus.\n", "", "another than", 14),
      ("```gradus\n> input 2", "```gradus tol=1\n> input 2", "`nothing` there, `tol=1` here", 9),
      ("> version", "> settings", "the experiment of this card", 20),
      ("Question :", "Question : x\nAnswer : y\nQuestion :", "2 cards here and 1", 20),
      ("needs: [a]", "needs: [b]", "`needs` is another", 1),
      ("```task\ngoal: summary | total == 13\nhint: Une de plus.\n> layer dense 1\n```\n", "", "the task of", 9),
    ])
  func outOfStep(old: String, new: String, says: String, line: Int) throws {
    let lessons = try LessonFolder(["en/t.md": TwinTests.english, "fr/t.md": TwinTests.french.replacing(old, with: new)])
    for path in [[lessons.url.path], [lessons.path("en/t.md")]] {
      let findings = try lessons.checker.check(path).findings.filter { $0.kind == .outOfStep }
      #expect(findings.count == 1 && findings[0].says.contains(says), "\(findings)")
      #expect(findings.first?.line == line && findings.first?.file.hasSuffix("fr/t.md") == true, "\(findings)")
    }
  }

  @Test("A lesson in one language of the course alone is a remark; two lessons of one name are not")
  func alone() throws {
    let lessons = try LessonFolder([
      "en/t.md": TwinTests.english, "fr/t.md": TwinTests.french, "en/u.md": TwinTests.english.replacing("id: t", with: "id: u"),
    ])
    var outcome = try lessons.checker.check([lessons.url.path])
    #expect(outcome.findings.map(\.kind) == [.noTwin] && outcome.isFine)
    try Data(TwinTests.english.utf8).write(to: URL(fileURLWithPath: lessons.path("en/u.md")))
    outcome = try lessons.checker.check([lessons.url.path])
    #expect(outcome.findings.map(\.kind) == [.outOfStep] && !outcome.isFine)
  }

  @Test(
    "What an author forgot is told with file and line",
    arguments: [
      ("id: t\n", "", Finding.Kind.noFrontMatter, 1, true), ("Answer : d\n```gradus\n> version\n```", "Answer :", .emptyAnswer, 21, false),
      ("> input 2", "> inpt 2", nil, 10, false), ("Prose.", "```gradus\nlost\n```", .outputWithoutCommand, 8, false),
      ("Answer : d", "**Answer** : d\nAnswer : d", .strayText, 21, false), ("lang: en", "lang: de", .frontMatter, 4, false),
    ] as [(String, String, Finding.Kind?, Int, Bool)])
  func complaints(old: String, new: String, kind: Finding.Kind?, line: Int, isFine: Bool) throws {
    let outcome = try LessonFolder.outcome(of: TwinTests.english.replacing(old, with: new))
    if let kind {
      #expect(outcome.findings.contains { $0.kind == kind && $0.line == line }, "\(outcome.findings)")
    } else {
      #expect(outcome.differences.map(\.line) == [line] && outcome.differences[0].actual[0].contains("there is no command `inpt`"))
    }
    #expect(outcome.isFine == isFine, "\(outcome.findings)")
  }

  @Test("A fence that takes too long is ended and told; what comes behind it is not run")
  func limit() throws {
    let lessons = try LessonFolder([
      "l.md": """
      ---
      title: L
      id: l
      lang: en
      ---
      ```gradus
      > data moons 1000
      > layer dense 64 relu
      > layer dense 1 sigmoid
      > compile adam bce
      ```

      ```gradus
      > fit 1000000
      > summary
      nothing of the kind
      ```

      ```gradus
      > summary
      nothing of the kind
      ```
      """
    ])
    let outcome = try lessons.checker(limit: 0.3).check([lessons.path("l.md")])
    #expect(outcome.findings.map(\.kind) == [.timeLimit] && outcome.findings[0].line == 13, "\(outcome.findings)")
    #expect(outcome.findings[0].says.contains("0.3 seconds") && outcome.differences.isEmpty && outcome.commands == 4)
  }

  @Test(
    "A diff shows what agrees once, within the tolerance",
    arguments: [
      (["a", "b", "c"], ["a", "x", "c"], " a -b +x  c"), (["a"], ["a", "b"], " a +b"), ([], ["a"], "+a"),
      (["1.000"], ["1.0001"], " 1.0001"),
      (["a", "b"], ["b"], "-a  b"), (["x"], [], "-x"),
    ] as [([String], [String], String)])
  func diff(expected: [String], actual: [String], shown: String) {
    let lines = OutputDiff(expected: expected, actual: actual).lines.map { line in
      switch line {
      case .same(let text): " " + text
      case .expected(let text): "-" + text
      case .printed(let text): "+" + text
      }
    }
    #expect(lines.joined(separator: " ") == shown)
  }
}
