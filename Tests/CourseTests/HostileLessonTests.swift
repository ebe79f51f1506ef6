import Course
import Foundation
import Shell
import Testing

/// Lessons from somebody who means harm: whatever they try, nothing is run, read or written outside, and the terminal gets no control character.
@MainActor @Suite struct HostileLessonTests {
  /// A trick, and the lines of a lesson that tries it. `OUT` is a folder beside the lesson's.
  struct Trick: Sendable, CustomTestStringConvertible {
    var name: String
    var commands: [String]
    var testDescription: String { name }

    init(_ name: String, _ commands: String...) {
      self.name = name
      self.commands = commands
    }
  }

  nonisolated static let tricks: [Trick] = [
    Trick("reads a file by its full path", "data csv OUT/secret.csv target=t", "data describe"),
    Trick("reads a file by way of ..", "data csv ../out/secret.csv target=t"),
    Trick("reads a file through a link", "data csv link.csv target=t"),
    Trick("reads a folder through a link", "data images linked"),
    Trick("reads the home folder", "data csv ~/.profile target=1 header=no"),
    Trick("reads a device", "data csv /dev/zero target=t", "data npz /dev/random"),
    Trick("loads decks from outside", "deck load OUT", "deck load ..", "deck check OUT/secret.md"),
    Trick(
      "writes a plot outside", "data moons", "plot data file=OUT/made.svg", "plot data file=../out/made.png",
      "plot data file=/tmp/../OUT/made.pdf"),
    Trick("writes a drawing outside", "input 2; layer dense 1", "draw file=OUT/made.svg", "draw file=../out/made.svg"),
    Trick("writes through a link", "data moons", "plot data file=link.svg", "plot data file=linked/made.svg"),
    Trick("writes a recap or a recording", "lesson recap OUT/made.md", "record OUT/made.md", "record stop"),
    Trick("runs a script", "replay OUT/secret.gradus", "replay ../out/secret.gradus", "replay inside.gradus"),
    Trick("starts lessons and tries cards", "lesson start hostile", "next", "skip", "try 00", "hint", "lesson reset all"),
    Trick("leaves the shell", "quit", "exit"),
    Trick(
      "reaches gnuplot's system by names of files", "data moons", "plot data file='a\"; system \"touch OUT/made\"; \".svg'",
      "plot data file='`touch OUT/made`.svg'", "plot data file=\"x\\n!touch OUT/made.svg\""),
    Trick(
      "reaches gnuplot's system by names of columns", "data csv system.csv target=t", "compile sgd 0.1 mse; layer dense 1; fit 1",
      "plot data file=a.svg",
      "plot boundary file=b.svg", "plot confusion file=c.svg"),
    Trick("reaches the command line by names of layers", "layer dense 1 name=$(touch_OUT)", "layer dense 1 name='`id`'", "draw file=a.svg"),
    Trick("keeps settings for later", "set lang fr", "set color always", "set plot off", "set retention 0.71"),
    Trick("keeps reviews and runs for later", "quiz n=3", "data linear 64; layer dense 1; compile sgd 0.1 mse; fit 2", "runs"),
    Trick("trains for ever", "data moons 200; layer dense 8; layer dense 1 sigmoid; compile adam bce", "fit 1000000"),
    Trick("steps for ever", "data moons 200; layer dense 8; layer dense 1 sigmoid; compile adam bce", "step 1000000", "epoch 1000000"),
    Trick("wants all memory", "input 1000000", "layer dense 1000000", "layer dense 1000000", "summary", "predict 1", "show dense.kernel"),
    Trick("wants huge pictures", "input 100000x100000x1000", "layer conv2d 1000000 3x3", "summary", "draw", "predict 0"),
    Trick("wants huge data", "data moons 999999999999", "data glyphs 99999999 size=9999", "data linear 1000000000 features=1000000"),
    Trick(
      "writes huge numbers", "set batch 99999999999999999999", "set seed -1", "input 9223372036854775807", "layer dense 1e308",
      "predict 1e400",
      "set lr 1e-999"),
    Trick(
      "sends escape sequences", "apropos \u{1B}]0;owned\u{07}", "layer dense 1 name=\u{1B}[2J", "\u{1B}[31mred", "cards \u{9B}2J",
      "data csv \u{1B}c.csv target=t"),
    Trick("sends escape sequences from data", "data csv escapes.csv target=t", "data describe", "data show 2"),
    Trick(
      "is deeper than it looks", String(repeating: "[", count: 50_000), String(repeating: "version;", count: 2_000),
      "predict " + String(repeating: "[", count: 3_000)),
  ]

  private func course(_ trick: Trick) throws -> LessonFolder {
    let folder = try LessonFolder([
      "out/secret.csv": "x,t\n1234567,1\n", "out/secret.gradus": "input 77\n", "out/secret.md": "Question : s\nAnswer : secret\n",
      "in/inside.gradus": "input 77\n", "in/system.csv": "\"`touch made`\",\"x\"\"; system 'touch made'; \"\"\",t\n1,2,0\n2,3,1\n",
      "in/escapes.csv": "\u{1B}[2Jx,t\n1,\u{1B}]0;owned\u{07}\n2,\u{9B}2J\n",
    ])
    let out = folder.url.appendingPathComponent("out")
    let inside = folder.url.appendingPathComponent("in")
    try FileManager.default.createSymbolicLink(
      at: inside.appendingPathComponent("link.csv"), withDestinationURL: out.appendingPathComponent("secret.csv"))
    try FileManager.default.createSymbolicLink(at: inside.appendingPathComponent("linked"), withDestinationURL: out)
    try FileManager.default.createSymbolicLink(
      at: inside.appendingPathComponent("link.svg"), withDestinationURL: out.appendingPathComponent("made.svg"))
    let lines = trick.commands.map { "> " + $0.replacing("OUT", with: out.path) }
    // Every command in a fence of its own: one that fails ends its fence.
    let fences = lines.map { "```gradus\n\($0)\n```\n" }.joined(separator: "\nWords \u{1B}[2J\u{9B}31m.\n\n")
    let task =
      "```task\ngoal: \(trick.commands[0].replacing("OUT", with: out.path)) | x == 1\nhint: \u{1B}[2J\n\(lines.joined(separator: "\n"))\n```\n"
    let card = "Question : \u{1B}[2J - b - c\nAnswer : d\n```gradus\n\(lines.joined(separator: "\n"))\n```\n"
    let head = "---\ntitle: \u{1B}[2JT\nid: hostile\u{1B}]0;x\nlang: en\n---\n"
    try Data((head + "Welcome.\n\n" + fences + "\nTry.\n\n" + task + "\n" + card).utf8).write(
      to: inside.appendingPathComponent("hostile.md"))
    return folder
  }

  /// Asserts that the folder outside is as it was, and that a text holds no control character and no secret.
  private func expectHarmless(_ folder: LessonFolder, _ text: String) throws {
    let out = try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted()
    #expect(out == ["secret.csv", "secret.gradus", "secret.md"])
    let inside = try FileManager.default.contentsOfDirectory(atPath: folder.path("in")).sorted()
    #expect(inside == ["escapes.csv", "hostile.md", "inside.gradus", "link.csv", "link.svg", "linked", "system.csv"])
    #expect(!text.contains("1234567") && !text.contains("Answer : secret"))
    let controls = text.unicodeScalars.filter { ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) }
    #expect(controls.isEmpty, "control characters: \(controls.map(\.value))")
  }

  @Test("Checked, they stay harmless and come to an end", .timeLimit(.minutes(5)), arguments: tricks)
  func checked(trick: Trick) throws {
    let folder = try course(trick)
    let outcome = try folder.checker(limit: 0.3).check([folder.path("in/hostile.md")])
    try expectHarmless(folder, outcome.differences.flatMap(\.actual).joined(separator: "\n"))
    #expect(outcome.files == 1)
  }

  @Test("Played, they stay harmless, keep nothing but the progress, and can be stopped", .timeLimit(.minutes(5)), arguments: tricks)
  func played(trick: Trick) throws {
    let folder = try course(trick)
    let learner = Learner(folder)
    var text = learner.type("lesson start \(folder.path("in/hostile.md"))") + learner.session.prompt
    // Ctrl-C is pressed at once when something trains for ever.
    learner.isInterrupted = trick.name.hasSuffix("for ever")
    for line in ["hint", "next", "next", "skip", "next", "next", "skip", "next", "next", "skip", "next", "next", "lesson status", "lesson"]
    {
      text += learner.type(line) + learner.session.prompt
    }
    #expect(learner.session.settings.lang == "en" && learner.session.settings.plot == "auto" && !learner.session.wantsToLeave)
    text += learner.type("replay \(folder.path("in/hostile.md"))")
    text += learner.complaints.map { "\($0.what) \($0.hint)" }.joined().filter { !$0.isASCII || $0 >= " " }
    try expectHarmless(folder, text)
    #expect(learner.memory.count() == 0 && learner.keptRuns.newest(9).isEmpty)
    #expect(!learner.session.wantsToLeave)
  }
}
