import Course
import Foundation
import Language
import Testing

@MainActor @Suite struct ScriptTests {
  @Test(
    "A script is read into commands with their lines",
    arguments: [
      ("a\nb\n", ["1 a", "2 b", "3 "]), ("", ["1 "]), ("a \\\nb\nc", ["1 a  b", "3 c"]), ("a\r\nb", ["1 a", "2 b"]),
      ("a\\\\\nb", ["1 a\\\\", "2 b"]),
      ("a \\\n b \\\n c", ["1 a   b   c"]), ("a \\", ["1 a "]),
    ])
  func commands(text: String, expected: [String]) {
    #expect(Script.commands(in: text).map { "\($0.line) \($0.text)" } == expected)
  }

  @Test("A lesson is read into prose and commands with their output and tolerance")
  func lesson() throws {
    let lessons = try LessonFolder([
      "l.md": """
      Before
      ```gradus tol=0.5
      > input 2
      input (None, 2)
      ```
      After
      ```gradus tol=nonsense
      > version
      ```

      Question : A - B - c?
      Answer : no part of the lesson
      ```gradus
      > quit
      ```
      """
    ])
    let script = try Script(contentsOf: lessons.url.appendingPathComponent("l.md"))
    #expect(script.isLesson && script.file == "l.md")
    let parts = script.parts.map { part in
      switch part {
      case .prose(let text): text
      case .command(let text, let line, let expected, let tolerance): "\(line) \(text) \(expected) \(tolerance)"
      }
    }
    #expect(parts == ["Before", "3 input 2 [\"input (None, 2)\"] 0.5", "After", "8 version [] 0.001"])
  }

  @Test("What is no text, or no file, is a complaint", arguments: ["nowhere.gradus", "binary.gradus", ".", "binary.md", "nowhere.md"])
  func unreadable(name: String) throws {
    let lessons = try LessonFolder([:])
    for file in ["binary.gradus", "binary.md"] { try Data([0xFF, 0xFE, 0x0A]).write(to: lessons.url.appendingPathComponent(file)) }
    #expect(throws: Complaint.self) { try Script(contentsOf: lessons.url.appendingPathComponent(name)) }
  }
}
