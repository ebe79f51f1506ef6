import Course
import Foundation
import Shell
import Testing

@MainActor @Suite struct LessonCheckerTests {
  @Test("The fences of a lesson share one session, whatever prose stands between them")
  func shared() throws {
    let outcome = try LessonFolder.outcome(
      of: """
        # A lesson

        ```gradus
        > input 2
        > layer dense 3
        ```

        Prose, and a block of another kind:

        ```python
        > summary
        ```

        ```gradus
        > summary style=short
        dense (Dense)   (None, 3)   9
        ```
        """)
    #expect(outcome.differences.isEmpty)
    #expect(outcome.commands == 3 && outcome.files == 1)
  }

  @Test(
    "`...` stands for any output of a command that works; a complaint that is meant is written out",
    arguments: [
      ("data nonsense", "...", false), ("nonsense", "...", false), ("nonsense", "", false),
      ("nonsense", "... no command ...", true),
      ("nonsense", "...\nthere is no command ...", true), ("version", "...", true), ("version", "", true),
    ])
  func failing(command: String, expected: String, isFine: Bool) throws {
    let outcome = try LessonFolder.outcome(of: "```gradus\n> \(command)\n\(expected)\n```\n")
    #expect(outcome.differences.isEmpty == isFine)
  }

  @Test("Each card's experiment runs in a session of its own, in the question and in the answer")
  func experiments() throws {
    let outcome = try LessonFolder.outcome(
      of: """
        ```gradus
        > input 7
        > layer dense 7
        ```

        Question : A - B - How many?
        ```gradus
        > input 2
        > layer dense 3
        ```
        Answer : Nine:
        ```gradus
        > summary style=short
        dense (Dense)   (None, 3)   9
        ```

        Question : A - B - And here?
        Answer : Nothing is left of the card before.
        ```gradus
        > layer dense 1
        > summary style=short
        dense (Dense)   ?   0 (unbuilt)
        ```
        """)
    #expect(outcome.differences.isEmpty, "\(outcome.differences)")
    #expect(outcome.commands == 7)
  }

  @Test("A difference names the command's line, both outputs, and the lines to replace")
  func difference() throws {
    let outcome = try LessonFolder.outcome(
      of: """
        ```gradus
        > input 2
        > layer dense 3
        ...
        > summary style=short
        dense (Dense)   (None, 3)   8
        ```
        """)
    let difference = try #require(outcome.differences.first)
    #expect(outcome.differences.count == 1)
    #expect(difference.line == 5 && difference.command == "summary style=short" && difference.expectedLines == 6..<7)
    #expect(difference.expected == ["dense (Dense)   (None, 3)   8"])
    #expect(difference.actual == ["dense (Dense)   (None, 3)   9"])
  }

  @Test(
    "A command that fails is a difference, unless its complaint is what the lesson expects",
    arguments: [
      ("> fit 3", 1), ("> fit 3\nno data yet; try `data moons`", 0), ("> fit 3\n...", 1), ("> fit 3\nsomething else", 1), ("> version", 0),
    ])
  func failures(commands: String, differences: Int) throws {
    #expect(try LessonFolder.outcome(of: "```gradus\n\(commands)\n```\n").differences.count == differences)
  }

  @Test("The tolerance stands at the fence and holds there alone")
  func tolerance() throws {
    let outcome = try LessonFolder.outcome(
      of: """
        ```gradus tol=0.1
        > input 1
        > layer dense 1
        > set dense.kernel 1.05
        1.00...
        ```

        ```gradus
        > set dense.kernel 1.05
        1.00...
        ```
        """)
    #expect(outcome.differences.map(\.line) == [9])
  }

  @Test("A command goes on over lines that end in a backslash, with or without a mark of their own")
  func continued() throws {
    let outcome = try LessonFolder.outcome(
      of: """
        ```gradus
        > layer dense 3 \\
        > relu; layer \\
          dense 1; input 2
        > summary style=short
        dense (Dense)     (None, 3)   9
        dense_1 (Dense)   (None, 1)   4
        ```
        """)
    #expect(outcome.differences.isEmpty, "\(outcome.differences)")
    #expect(outcome.commands == 2)
  }

  @Test("A lesson may not leave its folder, and quizzes and settings touch nothing of the user's")
  func confined() throws {
    let lessons = try LessonFolder([
      "l.md": """
      ```gradus
      > data csv ../outside.csv target=y
      a lesson may not touch `outside.csv`; ...
      > replay l.md
      a lesson may not run `replay`; ...
      > data csv inside.csv target=y
      inside: 2 samples ...
      ```
      """, "inside.csv": "x,y\n1,2\n2,3\n",
    ])
    let outcome = try lessons.check("l.md")
    #expect(outcome.differences.isEmpty, "\(outcome.differences)")
  }

  @Test("A folder is checked with all that is below it")
  func folder() throws {
    let lessons = try LessonFolder(["a.md": "```gradus\n> version\n```\n", "b.md": "No experiment.\n", "c.txt": "> nonsense\n"])
    let outcome = try lessons.checker.check([lessons.url.path])
    #expect(outcome.files == 2 && outcome.commands == 1 && outcome.differences.isEmpty)
  }

  @Test("What cannot be read is a complaint")
  func missing() throws {
    let lessons = try LessonFolder([:])
    #expect(throws: Complaint.self) { try lessons.check("nowhere.md") }
  }

  @Test("A rewritten lesson holds what was printed in the right lines and passes its check", arguments: ["\n", "\r\n", "\r"])
  func update(ending: String) throws {
    let before = """
      # A lesson

      ```gradus
      > input 2
      wrong
      lines
      > layer dense 3
      > summary style=short
      dense (Dense)   (None, 3)   8
      ```

      Question : A - B - c?
      Answer : yes
      ```gradus
      > fit 3
      > version
      gradus 9
      ```
      The end
      """
    let after =
      before.replacing("wrong\nlines", with: "input (None, 2)").replacing("3)   8", with: "3)   9")
      .replacing("> fit 3", with: "> fit 3\nno data yet; try `data moons`").replacing("gradus 9", with: "gradus \(VersionFacts.version)")
    let lessons = try LessonFolder(["l.md": before.replacing("\n", with: ending)])
    let outcome = try lessons.check("l.md")
    #expect(outcome.differences.map(\.line) == [4, 8, 15, 16])
    try LessonChecker.update(outcome.differences)
    #expect(try lessons.text("l.md") == after.replacing("\n", with: ending))
    #expect(try lessons.check("l.md").differences.isEmpty)
  }

  @Test("The lesson that one starts from passes its own check")
  func template() throws {
    let outcome = try LessonFolder.outcome(of: LessonTemplate.text(named: "été 1"))
    #expect(outcome.isFine && outcome.commands == 4 && outcome.tasks == 1)
  }
}
