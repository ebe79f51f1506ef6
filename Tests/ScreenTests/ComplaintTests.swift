import Language
import Screen
import Testing

@MainActor @Suite struct ComplaintTests {
  private static func source(_ line: String) throws -> CommandText { try #require(try Lexer.commands(in: line).last) }

  private static func text(_ complaint: Complaint, in line: String) throws -> String {
    ReportText.lines(of: complaint, in: try source(line)).rendered(.plain)
  }

  @Test("Without a place a complaint takes one line, with its hint behind")
  func placeless() throws {
    #expect(try Self.text(Complaint("no data yet", hint: "try `data moons`"), in: "fit 3") == "no data yet; try `data moons`\n")
  }

  @Test(
    "With a place it takes two: the command, and the message behind a caret under the wrong word",
    arguments: [
      ("layer dens 8", 6..<10, "  layer dens 8\n        ^^^^ no\n"),
      ("summary; layer dens 8", 15..<19, "  layer dens 8\n        ^^^^ no\n"),
      ("> fit x", 6..<7, "  fit x\n      ^ no\n"), ("layer", 5..<6, "  layer\n       ^ no\n"),
      ("été 日本 x", 4..<6, "  été 日本 x\n      ^^^^ no\n"),
      ("due \u{7}\u{202E} x", 4..<6, "  due ␇‹U+202E› x\n      ^^^^^^^^^ no\n"),
    ])
  func placed(line: String, place: Range<Int>, expected: String) throws {
    #expect(try Self.text(Complaint("no", at: place), in: line) == expected)
  }

  @Test("Of a very long line the part around the wrong word is shown, and a very long message is cut in its middle")
  func long() throws {
    let line = String(repeating: "a ", count: 100_000) + "wrong " + String(repeating: "b ", count: 100_000)
    let lines = try Self.text(Complaint("`" + String(repeating: "x", count: 100_000) + "`", at: 200_000..<200_005), in: line)
      .split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.count < 1000 })
    let column = try #require(lines[1].firstIndex(of: "^")).utf16Offset(in: lines[1])
    #expect(lines[0].dropFirst(column).hasPrefix("wrong "))
  }

  @Test("Under a line that was just typed the caret stands after the prompt")
  func typed() throws {
    let lines = ReportText.lines(
      of: Complaint("no", at: 6..<10), in: try Self.source("layer dens 8"), afterPrompt: 9, on: Canvas(width: 80))
    #expect(lines.rendered(.plain) == "               ^^^^\nno\n")
  }
}
