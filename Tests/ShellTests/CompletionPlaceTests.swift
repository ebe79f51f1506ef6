import Testing

@testable import Shell

/// Completion where the cursor stands inside of something: in brackets, in the quotes of a command line, behind a lesson's name.
@MainActor @Suite("Completion inside of words") struct CompletionPlaceTests {
  private func shell() throws -> TestShell {
    let shell = TestShell.withSmallCourse()
    try shell.run("input 3; layer dense 12 relu; layer dense 1; data linear 8 features=3")
    return shell
  }

  /// The line with a candidate in its place.
  private func completed(_ line: String, _ shell: TestShell) -> [String] {
    let completion = Completer.complete(line, on: &shell.session, shell.surroundings)
    let characters = Array(line)
    return completion.candidates.map {
      String(characters[..<completion.replacing.lowerBound]) + $0.text + String(characters[completion.replacing.upperBound...])
    }
  }

  @Test(
    "The places of a tensor's axes, up to the last of them",
    arguments: [
      ("show dense.kernel[", ["show dense.kernel[0,", "show dense.kernel[1,", "show dense.kernel[2,"]),
      ("show dense.kernel[1", ["show dense.kernel[1,"]),
      ("show dense.kernel[2,1", ["show dense.kernel[2,1]", "show dense.kernel[2,10]", "show dense.kernel[2,11]"]),
      ("show dense.kernel[2, 11", ["show dense.kernel[2, 11]"]), ("show dense.kernel[2, 12", []), ("show dense.kernel[2,3,", []),
      ("show dense_1.bias[", ["show dense_1.bias[0]"]), ("set dense_1.bias[", ["set dense_1.bias[0]"]),
      ("explain dense.kernel[0,9", ["explain dense.kernel[0,9]"]), ("show nosuch.kernel[", []), ("show dense.output[", []),
      ("show dense.output[0,1", ["show dense.output[0,1]", "show dense.output[0,10]", "show dense.output[0,11]"]),
      ("set dense.kernel [[0.1, ", []),
    ])
  func places(line: String, lines: [String]) throws { #expect(completed(line, try shell()) == lines) }

  @Test("A place that ends the tensor ends the word, another one does not")
  func ends() throws {
    let shell = try shell()
    #expect(shell.candidates("show dense.kernel[0").map(\.isOpen) == [true])
    #expect(shell.candidates("show dense.kernel[0,2").map(\.isOpen) == [false])
    for line in completed("show dense.kernel[2,1", shell) { try shell.run(line) }
  }

  @Test("Of a very long axis no more are offered than can be read")
  func many() throws {
    let shell = TestShell()
    try shell.run("input 5000; layer dense 2")
    #expect(shell.candidates("show dense.kernel[").count == 100)
    #expect(shell.candidates("show dense.kernel[499").map(\.text) == ["499,", "4990,", "4991,", "4992,"] + (3...9).map { "499\($0)," })
  }

  @Test(
    "The quotes of a command line hold lines like any other",
    arguments: [
      ("repeat 2 \"rewi", "repeat 2 \"rewind"), ("repeat 2 \"rewind; layer dropo", "repeat 2 \"rewind; layer dropout"),
      ("repeat 2 'layer dense 3 rel", "repeat 2 'layer dense 3 relu"),
      ("repeat 2 repeat 3 \"layer dropo", "repeat 2 repeat 3 \"layer dropout"),
      ("repeat 2 \"show dense.kernel[0,9", "repeat 2 \"show dense.kernel[0,9]"), ("repeat 2 layer dropo", "repeat 2 layer dropout"),
      ("repe 2 \"fit 1 shuff", "repe 2 \"fit 1 shuffle="),
    ])
  func quoted(line: String, wanted: String) throws { #expect(completed(line, try shell()) == [wanted]) }

  @Test("What cannot stand there is not offered, and what is quoted elsewhere stays one word")
  func others() throws {
    let shell = try shell()
    #expect(completed("repeat 2 \"runs note 1 \\\"layer dro", shell).isEmpty)
    #expect(completed("repeat 2 \"layer dense $", shell).isEmpty)
    #expect(completed("runs note 1 \"rewi", shell).isEmpty)
    #expect(shell.offers("repeat 2 \"").contains("step") && shell.offers("repeat 2 \"step; ").contains("fit"))
  }

  @Test("The steps of a lesson behind its name, each with what it is about", arguments: ["neuron", "neur", "1", "Lessons/en/neuron.md"])
  func steps(lesson: String) throws {
    let shell = try shell()
    let steps = shell.candidates("lesson start \(lesson) ")
    let all = try #require(try shell.json("lesson start neuron")["steps"] as? Int)
    #expect(all > 9 && steps.map(\.text).prefix(all) == (1...all).map { "\($0)" }[...])
    #expect(steps.prefix(all).allSatisfy { !$0.summary.isEmpty && !$0.summary.hasPrefix("#") && !$0.summary.contains("\n") })
    #expect(shell.candidates("lesson start \(lesson) 1").prefix(2).map(\.text) == ["1", "10"])
    #expect(shell.candidates("lesson start nosuch ").allSatisfy { Int($0.text) == nil })
  }
}
