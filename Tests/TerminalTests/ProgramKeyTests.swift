import Foundation
import Testing

/// The keys of the built program that no other suite presses: Tab again and again, Ctrl-L, Ctrl-Z and `fg`, keys of `~/.editrc`.
@Suite(.serialized) struct ProgramKeyTests {
  @Test func tabAgainTellsWhatTheNamesAre() throws {
    let shell = try ProgramHome().terminal()
    try shell.send("layer \t")
    try shell.expect("maxpool")
    try shell.expect("Tab again: what they are")
    try shell.expect("> layer ")
    try shell.send("\t")
    try shell.expect("dense            A fully connected layer: every unit sees every input.")
    try shell.expect("page 1 of 3; Tab again: the next")
    try shell.expect("> layer ")
    try shell.send("\t")
    try shell.expect("page 2 of 3")
    try shell.expect("> layer ")
    // What is typed starts anew.
    try shell.send("glob\t")
    try shell.expect("al")
    try shell.send("\t")
    try shell.expect("globalavgpool  Each channel of an image becomes its mean.")
    #expect(!(try shell.expect("> layer global")).contains("page"))
  }

  @Test(arguments: [
    (before: "input 2", told: "gradus 2 > ", keys: "layer dense 8 act\tre\t\r", shown: "24 parameters"),
    ("input 2", "gradus 2 > ", "layer dense activation=ta\t units=3\r", "9 parameters"),
    ("input 2; layer dense 8", "gradus 2-8 > ", "summary sty\tsh\t\r", "(None, 8)   24"),
    ("layer dense 1; compile sgd 0.1 mse; data linear 20; fit 1", " e1 ", "runs show \t\r", "optimizer"),
    ("input 2; save \"a b.session\"; reset", "gradus > ", "open a\t\r", "gradus 2 > "),
    ("let units=5; input 2", "gradus 2 > ", "layer dense $u\t\r", "15 parameters"),
    ("set lang fr", "gradus > ", "set lang \t", "French"),
  ])
  func tabCompletesWhereverAWordMayStand(_ before: String, _ told: String, _ keys: String, _ shown: String) throws {
    let home = try ProgramHome()
    let shell = try home.terminal("-i", "-c", "cd \(home.folder.path)")
    try shell.send(before + "\r")
    try shell.expect(told)
    try shell.send(keys)
    try shell.expect(shown)
  }

  @Test func controlLClearsTheScreenAndKeepsTheLine() throws {
    let shell = try ProgramHome().terminal()
    try shell.send("ver")
    try shell.expect("ver")
    try shell.send("\u{c}")
    try shell.expect("\u{1b}[H\u{1b}[2J")
    try shell.expect("gradus > ver")
    try shell.send("sion\r")
    try shell.expect("gradus 0.")
  }

  @Test("Ctrl-Z gives the shell back, and `fg` the line or the training", arguments: [false, true])
  func controlZ(trains: Bool) throws {
    let shell = try PtySession("/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "sh$ ", "NO_COLOR": "1"])
    try shell.expect("sh$ ")
    try shell.send(PtySession.products.appendingPathComponent("gradus").path + "\r")
    try shell.expect("gradus > ")
    if trains {
      try shell.send("data moons; layer dense 1 sigmoid; compile sgd bce; fit 1000000\r")
      try shell.expect("epoch")
    } else {
      try shell.send("inp")
      try shell.expect("inp")
    }
    try shell.send("\u{1a}")
    try shell.expect("Stopped")
    try shell.expect("sh$ ")
    try shell.send("fg\r")
    try shell.expect("gradus")
    if trains {
      // The line of the job comes before the program has the terminal again.
      try shell.expect("epoch")
      try shell.send("\u{3}")
      try shell.expect("gradus moons 2-1 e")
      try shell.expect("> ")
      try shell.send("version\r")
      try shell.expect("gradus 0.")
    } else {
      try shell.send("ut 2\r")
      try shell.expect("input (None, 2)")
    }
  }

  @Test(
    "The time for which Ctrl-Z stopped the program is no time of its training",
    arguments: [
      "fit 1000000", "sweep lr=0.1,0.2 epochs=1000000 seeds=1",
    ])
  func stoppedTime(_ command: String) throws {
    let home = try ProgramHome()
    let shell = try PtySession(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "sh$ ", "NO_COLOR": "1"], folder: home.folder)
    try shell.expect("sh$ ")
    try shell.send(PtySession.products.appendingPathComponent("gradus").path + "\r")
    try shell.expect("gradus > ")
    try shell.send("data moons; layer dense 1 sigmoid; compile sgd bce\r")
    try shell.expect("rate")
    let began = Date()
    try shell.send(command + "\r")
    try shell.expect(command.hasPrefix("fit") ? "epoch " : "training")
    try shell.send("\u{1a}")
    try shell.expect("Stopped")
    let stopped = Date()
    Thread.sleep(forTimeInterval: 2)
    let stillness = Date().timeIntervalSince(stopped)
    try shell.send("fg\r")
    try shell.expect(command.hasPrefix("fit") ? "epoch " : "training")
    try shell.send("\u{3}")
    try shell.expect(command.hasPrefix("fit") ? "interrupted" : "are left")
    let told = try #require(shell.transcript.matches(of: /, ([0-9.]+) (ms|s)\r\n/).last?.output)
    let seconds = try #require(Double(told.1)) / (told.2 == "s" ? 1 : 1000)
    // What is told has three digits.
    #expect(seconds <= (Date().timeIntervalSince(began) - stillness) * 1.01, "\(told)")
  }

  @Test func keysOfOnesOwnStandInEditrc() throws {
    let home = try ProgramHome()
    try home.write("bind -e\nbind ^G em-kill-line\ngradus:bind ^F ed-move-to-beg\n", to: ".editrc")
    let shell = try home.terminal(environment: ["HOME": home.folder.path], prompt: "gradus > ")
    try shell.send("rubbish\u{7}put 2\u{6}in\r")
    try shell.expect("input (None, 2)")
  }
}
