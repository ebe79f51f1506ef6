import Foundation
import Language
import Testing

@testable import Shell

/// What is said of the state of things is so.
@MainActor @Suite("True words") struct TrueWordsTests {
  private nonisolated static let iris = "data iris; layer dense 3 softmax; compile adam 0.1 scce accuracy; "
  private nonisolated static let kernel = "input 4x4x1; layer conv2d 1 3x3; "
  private nonisolated static let line = "layer dense 1; data linear 64; compile sgd 0.05 mse; "
  private nonisolated static let six = "data linear 64; " + String(repeating: "layer dense 1; ", count: 6)
  private nonisolated static let steep =
    six
    + "set dense.kernel 3; set dense_1.kernel 3; set dense_2.kernel 3; set dense_3.kernel 3; set dense_4.kernel 3; set dense_5.kernel 3; "
  private nonisolated static let far = "data linear 64; layer dense 4 relu; layer dense 1; compile sgd 100 mse; step 30; "

  /// Commands, what the last one says, and what it does not say.
  nonisolated static let rows: [(setUp: String, command: String, says: [String], saysNot: [String])] = [
    // Nothing is held out: all samples were judged, whether they were trained on or not.
    (iris, "evaluate", ["(150 samples, none held out)"], ["trained on"]),
    (iris, "worst 2", ["of the 150 samples;"], ["trained on"]),
    (iris + "data split 0.2; ", "evaluate on=train", ["(120 samples of the training part)"], []),
    (iris + "data split 0.2; ", "evaluate", ["(30 samples held out)"], []),
    (iris + "data split 0.2; ", "worst 2", ["of the 30 samples held out"], []),
    // The split alone is news.
    ("data iris; ", "data split 0.2", ["training on 120, held out 30"], ["setosa"]),
    // Weights set by hand are no first weights.
    (kernel, "plot filters conv2d", ["first weights"], []),
    (kernel + "set conv2d.kernel 1; ", "plot filters conv2d", [], ["first weights"]),
    (kernel + "set conv2d.kernel 1; rewind; ", "plot filters conv2d", ["first weights"], []),
    // One line for a fill.
    (kernel, "set conv2d.kernel 1", ["conv2d.kernel  (3, 3, 1, 1), all 1"], ["[["]),
    // An output needs no loss, a gradient does.
    ("data glyphs 20; layer conv2d 2 3x3; ", "explain conv2d.output[0, 12, 7, 1]", ["the window"], []),
    ("data glyphs 20; layer conv2d 2 3x3; ", "show conv2d.output[0, 12, 7]", ["(2)"], []),
    ("data glyphs 20; layer conv2d 2 3x3; compile adam 0.1 scce; ", "show conv2d.output[0, 12, 7]", ["(2)"], []),
    // The course of the rate.
    (line + "fit 1; ", "explain lr", ["in the one epoch of `fit` so far"], ["times downwards"]),
    (line + "fit 2; ", "explain lr", ["in all 2 epochs"], ["times downwards"]),
    (line + "fit 2; compile sgd 0.1 mse; fit 2; ", "explain lr", ["it rose from 0.05 to 0.1"], ["downwards"]),
    (line + "fit 2; set lr 0.01; fit 2; ", "explain lr", ["it fell from 0.05 to 0.01"], ["downwards"]),
    (line + "fit 1; set lr 0.01; fit 1; set lr 0.05; fit 1; ", "explain lr", ["between 0.01 and 0.05"], ["in all"]),
    // Numbers of runs from the newest.
    (line + "fit 1; fit 2; fit 3; ", "compare -2 -1", ["run 2  run 3"], []),
    (line + "fit 1; fit 2; fit 3; ", "runs rm -1", ["run 3 is forgotten"], []),
    // Advice after a divergence.
    (far, "fit 1", ["before this training", "`rewind` goes back to the first weights"], ["draws new", "`undo`"]),
    ("data linear 64; layer dense 4 relu; layer dense 1; compile sgd 100 mse; ", "step 30", ["is too high", "`set lr`"], []),
    // Zeros.
    ("input 1; layer prelu; ", "predict -1", ["0"], ["-0"]),
    // Counts.
    ("input 13x13x8; layer flatten; layer dense 10; ", "explain params dense", ["10 units × (1,352 inputs + 1 bias)"], ["units: 10"]),
    ("preset alexnet; ", "summary style=short columns=share", ["Share", "60.5%"], ["┃"]),
    // Gradients on their way back.
    (steep + "compile sgd 0.01 mse; ", "plot gradients", ["explodes on its way back", "at dense it is 243 times"], ["vanishes"]),
    (
      six
        + "compile sgd 0.01 mse; set dense.kernel 1; set dense_1.kernel 1; set dense_2.kernel 1; set dense_3.kernel 1; set dense_4.kernel 1; set dense_5.kernel 1; ",
      "plot gradients", [], ["vanishes", "explodes"]
    ),
    (
      "data moons 64; " + String(repeating: "layer dense 8 sigmoid; ", count: 4) + "layer dense 1 sigmoid; compile sgd 0.01 bce; ",
      "plot gradients", ["vanishes on its way back"], ["explodes"]
    ),
    (
      "data moons 64; " + String(repeating: "layer dense 8 relu; ", count: 12) + "layer dense 1 sigmoid; compile sgd 0.01 bce; fit 3; ",
      "plot gradients", ["% of the relus are dead on this mini-batch in", "of 12 layers, most in"], []
    ),
  ]

  @Test("What is said is so, and no more", arguments: rows.indices)
  func words(index: Int) throws {
    let (setUp, command, says, saysNot) = Self.rows[index]
    let shell = TestShell()
    try shell.run(setUp)
    let text = shell.text(command)
    let joined = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for words in says {
      let wanted = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(joined.contains(wanted), "\(command): \(text)")
    }
    for words in saysNot { #expect(!joined.contains(words), "\(command): \(text)") }
  }

  nonisolated static let refused: [(setUp: String, command: String, message: String, hint: String)] = [
    ("layer dense 3 softmax; ", "compile adam scce from_logits=yes", "ends in softmax", "drop the softmax"),
    (iris, "evaluate on=accuracy", "no part of the data `accuracy`", "train, val, all"),
    (line + "fit 1; ", "compare -1 -2", "no run -2: one is kept", "-1 is the newest"),
    (line, "plot loss runs=0", "numbers such as 3,5", ""),
    (kernel, "set conv2d.kernel [[1, 2, 3], [1, 2, 3]]", "not (2, 3)", "a single number"),
    (far, "find lr", "too large", "`rewind`"),
    ("data glyphs 20; layer conv2d 2 3x3; ", "show conv2d.gradient", "not compiled", "compile"),
  ]

  @Test("What cannot be is refused with what is wrong", arguments: refused.indices)
  func refusals(index: Int) throws {
    let (setUp, command, message, hint) = Self.refused[index]
    let shell = TestShell()
    try shell.run(setUp)
    let complaint = #expect(throws: Complaint.self) { try shell.run(command) }
    #expect(complaint?.what.contains(message) == true, "\(complaint?.what ?? "")")
    #expect(complaint?.hint.contains(hint) == true || hint.isEmpty, "\(complaint?.hint ?? "")")
  }

  @Test("A loss that does not fit what is known later is warned of", arguments: ["layer dense 3 softmax", "data iris", "input 4"])
  func laterWarning(command: String) throws {
    let shell = TestShell()
    let isLayer = command.hasPrefix("layer")
    try shell.run(isLayer ? "compile adam scce from_logits=yes" : "layer dense 1; compile adam scce")
    let before = shell.surroundings.warnings.count
    try shell.run(command)
    #expect(shell.surroundings.warnings.count == before + 1)
  }

  @Test(
    "Titles say which samples, runs and layers a plot shows",
    arguments: [
      (iris, "plot confusion", "confusion on all 150 samples"), (line + "fit 1; fit 2; fit 3; ", "plot loss runs=-1,1", "runs 3, 1"),
      (
        "data moons 64; " + String(repeating: "layer dense 2 tanh; ", count: 8) + "layer dense 1 sigmoid; compile sgd 0.01 bce; fit 3; ",
        "plot gradients",
        "over the epochs, 7 of 9 layers"
      ),
    ])
  func titles(setUp: String, command: String, title: String) throws {
    let shell = TestShell()
    try shell.run(setUp)
    let plot = try #require(try shell.run(command) as? PlotFacts).plot
    #expect(([plot.title] + plot.panels.map(\.title)).contains(title), "\(plot.title)")
  }

  @Test("After a split missing numbers are filled with the mean of the training part, also under computed columns")
  func means() throws {
    let shell = TestShell()
    let rows = (0..<20).map { "\($0 == 3 || $0 == 8 ? "" : "\($0 * $0)"),\($0)" }
    let folder = try TemporaryFolder(["gaps.csv": "x,t\n" + rows.joined(separator: "\n") + "\n"])
    shell.surroundings.files.folder = folder.url
    func column(_ place: Int) throws -> [Double] {
      let samples = try #require(try shell.json("data show 20")["samples"] as? [[String: Any]])
      return samples.compactMap { ($0["features"] as? [Double])?[place] }
    }
    let known = (0..<20).filter { $0 != 3 && $0 != 8 }
    let whole = known.reduce(0.0) { $0 + Double($1 * $1) } / 18
    try shell.run("data csv gaps.csv target=t")
    #expect(abs(try column(0)[3] - whole) < 1e-3)
    try shell.run("data add x/2; data split 0.4")
    let training = try #require(shell.session.data).split?.training ?? []
    let inTraining = training.filter { $0 != 3 && $0 != 8 }
    let mean = inTraining.reduce(0.0) { $0 + Double($1 * $1) } / Double(inTraining.count)
    #expect(abs(mean - whole) > 1)
    let (x, half) = (try column(0), try column(1))
    for row in [3, 8] { #expect(abs(x[row] - mean) < 1e-3 && abs(half[row] - mean / 2) < 1e-3) }
    // A new split begins with what was read, not with what the last one filled in.
    try shell.run("set seed 5; data split 0.3; data remove x/2")
    let other = (try #require(shell.session.data).split?.training ?? []).filter { $0 != 3 && $0 != 8 }
    #expect(abs(try column(0)[8] - other.reduce(0.0) { $0 + Double($1 * $1) } / Double(other.count)) < 1e-3)
  }

  @Test("Numbers without the axes of length 1 go to the same places")
  func lists() throws {
    let shell = TestShell()
    try shell.run(Self.kernel + "set conv2d.kernel [[1, 2, 3], [4, 5, 6], [7, 8, 9]]")
    let values = try #require(try shell.json("show conv2d.kernel")["values"] as? [[[[Double]]]])
    #expect(values.flatMap { $0.flatMap { $0.flatMap { $0 } } } == [1, 2, 3, 4, 5, 6, 7, 8, 9])
  }

  @Test(
    "The way over the surface begins anew where the weights were set by hand, or the model compiled",
    arguments: [
      "set dense.kernel 0", "compile sgd 0.1 mse", "rewind",
    ])
  func path(command: String) throws {
    let shell = TestShell()
    try shell.run(Self.line + "fit 10; \(command); fit 3")
    let json = try shell.json("plot surface dense.kernel[0,0] dense.bias[0] points=5")
    let series = try #require(json["series"] as? [[String: Any]])
    #expect((series.first { $0["name"] as? String == "path of the training" }?["x"] as? [Double])?.count == 4)
  }
}
