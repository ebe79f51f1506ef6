import Foundation
import Language
import Testing

@testable import Shell

@MainActor @Suite("let, $name and repeat") struct VariableTests {
  @Test(
    "A name stands for its word in bare and double-quoted words",
    arguments: [
      ("layer dense $n", "layer dense 8"), ("layer dense ${n} $k", "layer dense 8 relu"), ("layer dense units=$n", "layer dense units=8"),
      ("data csv ${f}", "data csv \"my data.csv\""), ("data csv \"in/$f\"", "data csv \"in/my data.csv\""),
      ("save ${k}1.session", "save relu1.session"), ("set dense.kernel [[$n, $n]]", "set dense.kernel [[8, 8]]"),
      ("set dense.kernel $l", "set dense.kernel [1, 2]"), ("layer dense '$n'", "layer dense '$n'"), ("layer dense $", "layer dense $"),
      ("layer dense a$", "layer dense a$"), ("show \"$q\"", "show \"say \\\"hi\\\"\""), ("layer dense name='$n'", "layer dense name='$n'"),
      ("layer dense $3", "layer dense $3"), ("  layer   dense   $n  ", "layer   dense   8"),
    ])
  func expansion(typed: String, meant: String) throws {
    var variables = Variables()
    for (name, value) in [("n", "8"), ("k", "relu"), ("f", "my data.csv"), ("l", "[1, 2]"), ("q", "say \"hi\"")] { variables[name] = value }
    let text = try #require(try Lexer.commands(in: typed).first)
    let expanded = try variables.expanding(text, leavesUnknown: false)
    #expect(expanded.typed == meant)
    #expect(expanded.words.map(\.text) == (try Lexer.commands(in: meant)[0].words.map(\.text)))
    #expect(expanded.words.map(\.place) == text.words.map(\.place), "complaints point at what was typed")
  }

  @Test(
    "Mistakes are told with a place and what would be right",
    arguments: [
      ("let n=8; layer dense $m", "there is no variable `m`", "did you mean `n`?"),
      ("layer dense $n", "there is no variable `n`", "`let n=8` makes one"),
      ("let f=\"a b\"; save x${f}y", "has blanks or signs", "double quotes"),
      ("let 3=4", "`3` is no name", "such as `let n=8`"), ("let a b", "no variable `a`", "`let` lists them"),
      ("let n8=1; let n9=", "there is no variable `n9`", "did you mean `n8`?"),
      ("repeat 0 step", "from 1", "`0`"), ("repeat 2", "needs the command", "repeat COUNT"),
      ("repeat 2 stepp", "no command `stepp`", "`step`"),
      ("repeat 2 \"\"", "there is no command to repeat", "`repeat 5 step`"),
      ("repeat 2 layer dense 0", "pass 1 of 2: units must be", "from 1"),
    ])
  func mistakes(line: String, what: String, hint: String) throws {
    let shell = TestShell()
    let text = shell.text(line)
    #expect(text.contains(what) && text.contains(hint), "\(text)")
    #expect(shell.session.model.network.layers.isEmpty)
  }

  @Test("Names are kept in their order, asked for, given by default and taken away")
  func names() throws {
    let shell = TestShell()
    try shell.run("let b=2 a=\"x y\"; let c?=3 b?=4")
    #expect(shell.session.variables.names == ["b", "a", "c"])
    #expect(try shell.json("let a b")["variables"] as? [String: String] == ["b": "2", "a": "x y"])
    #expect(shell.text("let b=") == "b is gone\n")
    #expect(try shell.json("let")["variables"] as? [String: String] == ["a": "x y", "c": "3"])
  }

  @Test("Text may hold a dollar sign that is no name")
  func text() {
    #expect(TestShell().text("explain term $x$").contains("under `$x$`"))
    #expect(TestShell().text("cards $w$").contains("$w$") || !TestShell().text("cards $w$").contains("variable"))
  }

  @Test("repeat counts its passes in $i, restores it, and is one step for undo")
  func passes() throws {
    let shell = TestShell()
    try shell.run("let i=up; input 2; repeat 3 layer dense $i")
    #expect(shell.session.prompt.contains("2-1-2-3"))
    #expect(shell.session.variables["i"] == "up")
    try shell.run("repeat 2 \"repeat 2 'layer dense ${i}'; layer dense 1${i}\"")
    #expect(try shell.json("summary")["total"] as? Int ?? 0 > 0)
    try shell.run("undo")
    #expect(shell.session.model.network.layers.count == 3)
    try shell.run("undo")
    #expect(shell.session.model.network.layers.isEmpty)
  }

  @Test("A pass that fails leaves the session as it was before the first")
  func failure() throws {
    let shell = TestShell()
    try shell.run("input 8x8x1; layer flatten")
    let text = shell.text("repeat 4 \"layer insert 1 maxpool 2\"")
    #expect(text.contains("pass 4 of 4: "), "\(text)")
    #expect(shell.session.model.network.layers.count == 1)
  }

  @Test("Ctrl-C ends the passes; what was done stays")
  func interruption() throws {
    let shell = TestShell()
    try shell.run("data moons 40; layer dense 1 sigmoid; compile sgd bce")
    shell.surroundings.interruptsAfter = 2
    let facts = try shell.json("repeat 1000 let n=$i")
    let passes = try #require(facts["passes"] as? Int)
    #expect(facts["count"] as? Int == 1000 && passes > 0 && passes < 1000)
    #expect(shell.session.variables["n"] == "\(passes)")
  }

  @Test("The same numbers come by repeating and by hand")
  func numbers() throws {
    let one = TestShell(), other = TestShell()
    let start = "data moons 60; layer dense 4 relu; layer dense 1 sigmoid; compile adam 0.01 bce"
    try one.run(start + "; repeat 3 fit 1")
    try other.run(start + "; fit 1; fit 1; fit 1")
    #expect(one.text("show dense.kernel") == other.text("show dense.kernel"))
  }

  @Test("Completion knows names after a dollar sign, and the command inside of repeat")
  func completion() throws {
    let shell = TestShell()
    try shell.run("let units=8 kind=relu")
    func candidates(_ line: String) -> [String] {
      shell.candidates(line).map(\.text)
    }
    #expect(candidates("layer dense $") == ["$units", "$kind"])
    #expect(candidates("layer dense $u") == ["$units"])
    #expect(candidates("let ki") == ["kind="])
    #expect(candidates("repeat 3 ste") == ["step"])
    #expect(candidates("repeat 3 layer den") == ["dense"])
  }
}
