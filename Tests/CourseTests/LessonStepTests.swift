import Deck
import Testing

@testable import Course

@Suite("The steps of a lesson")
struct LessonStepTests {
  @Test(
    "Each heading of the second level begins a step, but for those in fenced code; blank pieces are none",
    arguments: [
      ("one", ["one"]), ("one\n## two", ["one", "## two"]), ("## one\ntext\n## two\n\ntext", ["## one\ntext", "## two\n\ntext"]),
      ("### one\n##two\n## three", ["### one\n##two", "## three"]), ("\n \n## one\n## \ntext", ["## one", "## \ntext"]),
      ("one\n```\n## no\n```\n## two", ["one\n```\n## no\n```", "## two"]),
      ("one\n~~~\n```\n## no\n~~~\n## two", ["one\n~~~\n```\n## no\n~~~", "## two"]),
      ("one\n  ```python\n## no", ["one\n  ```python\n## no"]), ("é\n## œuvre\n\n", ["é", "## œuvre"]),
    ])
  func sections(text: String, steps: [String]) {
    let document = Document(file: "a.md", text: "---\nid: a\ntitle: A\n---\n\(text)")
    #expect(LessonStep.steps(of: document).map(\.prose) == steps)
  }
}
