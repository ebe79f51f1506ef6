import Foundation
import Language
import Testing

@testable import Shell

@MainActor @Suite("set prompt") struct PromptSettingTests {
  @Test(
    "tells as much as it is set to, is kept, and its lines can be pasted back",
    arguments: [("full", "gradus moons 2 > ", "gradus moons 2 3 due > "), ("short", "gradus > ", "gradus > "), ("off", "> ", "> ")])
  func switches(value: String, prompt: String, due: String) throws {
    let shell = TestShell()
    try shell.run("input 2; data moons 40")
    let settings = try #require(try shell.json("set prompt \(value)")["settings"] as? [String: Any])
    #expect(settings["prompt"] as? String == value)
    #expect(shell.session.prompt == prompt && shell.session.prompt(due: 3) == due)
    #expect(shell.surroundings.kept == ["prompt \(value)"])
    #expect(Lexer.promptLength(of: prompt + "fit 3") == prompt.count)
    #expect(shell.candidates("set prompt \(value.dropLast())").map(\.text) == [value])
    try shell.run("set default prompt")
    #expect(shell.session.prompt == "gradus moons 2 > ")
  }

  @Test(
    "shows a loss in few characters",
    arguments: [
      (0.0, "0"), (0.000_31, "3.1e-4"), (0.0123, "0.012"), (1.5, "1.5"), (99.99, "99.99"), (1234.56, "1234.6"), (123_456, "1.2e5"),
      (1.0556e34, "1.1e34"), (9.99e29, "1e30"), (.infinity, "nan"),
    ])
  func loss(value: Double, shown: String) throws {
    let shell = TestShell()
    shell.session.model.history.append("loss", [value])
    #expect(shell.session.prompt == "gradus \(shown) > ")
  }

  @Test("takes nothing else")
  func refuses() {
    let shell = TestShell()
    #expect(shell.text("set prompt none").contains("full, short, off"))
    #expect(shell.session.settings.prompt == "full" && shell.surroundings.kept.isEmpty)
  }
}
