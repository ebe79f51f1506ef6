import Foundation
import Shell
import Testing

@MainActor @Suite struct CommandTableTests {
  @Test("Names and aliases are unique, and every command says what it is for")
  func names() {
    var seen = Set<String>()
    for command in Commands.all {
      let outline = command.declaration.outline
      for name in [outline.name] + outline.aliases {
        #expect(seen.insert(name).inserted, "\(name) stands twice")
      }
      #expect(
        outline.summary.hasSuffix(".") && outline.summary.first?.isUppercase == true,
        "\(outline.name): \(outline.summary)")
      for argument in outline.arguments {
        #expect(!argument.summary.isEmpty, "\(outline.name) \(argument.name)")
      }
    }
  }

  @Test("Every file of Commands is listed")
  func files() throws {
    let folder = projectRoot.appendingPathComponent("Sources/Shell/Commands")
    let listed = try String(
      contentsOf: projectRoot.appendingPathComponent("Sources/Shell/Commands.swift"),
      encoding: .utf8)
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let names = text.split(separator: "\n").filter {
        $0.hasPrefix("enum ") && $0.contains("Command")
      }.map { $0.split(separator: " ")[1] }
      #expect(!names.isEmpty, "\(file) declares no command")
      for name in names { #expect(listed.contains("\(name)."), "\(name) of \(file) is not listed") }
    }
  }

  @Test(
    "A question mark behind a declared kind asks for its page, wherever the kind stands",
    arguments: [
      ("eva?", "evaluate?", "evaluate"), ("layer dense?", "layer dense?", "layer dense"),
      ("lay dense ?", "layer dense ?", "layer dense"),
      ("layer insert 1 dense?", "layer insert 1 dense?", "layer insert dense"),
      ("compi adam 0.01 bce?", "compile adam 0.01 bce?", "compile bce"), ("? fit", "? fit", "fit"),
      ("set lr?", "set lr?", "set lr"),
    ])
  func questionMark(line: String, command: String, page: String) throws {
    let json = try TestShell().json(line)
    #expect(json["command"] as? String == command)
    #expect(json["name"] as? String == page)
  }

  @Test(
    "In free text a question mark is a question",
    arguments: ["cards what is a neuron?", "quiz neuron?"])
  func questions(line: String) throws { #expect(try TestShell().json(line)["usage"] == nil) }

  @Test("A line of twenty thousand commands takes time in proportion", .timeLimit(.minutes(5)))
  func longLine() throws {
    let shell = TestShell()
    try shell.run(String(repeating: "version;", count: 20_000))
    #expect(shell.reports.count == 20_000)
  }
}

@MainActor @Suite struct ModelCommandTests {
  @Test("The deck's model has 97 parameters, 81 of them trainable")
  func summary() throws {
    let json = try TestShell().json(
      "input 2; layer dense 8; layer batchnorm; layer dense 4; layer dense 1; summary")
    #expect(json["total"] as? Int == 97)
    #expect(json["trainable"] as? Int == 81)
    #expect(json["non_trainable"] as? Int == 16)
    #expect(json["bytes"] as? Int == 388)
    let layers = try #require(json["layers"] as? [[String: Any]])
    #expect(layers.map { $0["parameters"] as? Int } == [24, 32, 36, 5])
    #expect(
      layers.map { $0["name"] as? String } == [
        "dense", "batch_normalization", "dense_1", "dense_2",
      ])
    #expect(
      layers.map { $0["kind"] as? String } == ["Dense", "BatchNormalization", "Dense", "Dense"])
    let shape = try #require(layers[0]["output_shape"] as? [Any])
    #expect(shape[0] is NSNull && shape[1] as? Int == 8)
  }

  @Test(
    "Layers without a name of their own take the first free one, as Keras counts",
    arguments: [
      (
        "layer dense 1; layer dense 1; layer relu; layer relu; layer tanh; layer dense 1",
        ["dense", "dense_1", "re_lu", "re_lu_1", "activation", "dense_2"]
      ),
      (
        "layer dense 8 name=dense_1; layer dense 3; layer dense 4", ["dense_1", "dense", "dense_2"]
      ),
      (
        "layer dense 8 name=dense_9223372036854775807; layer dense 8",
        ["dense_9223372036854775807", "dense"]
      ),
      (
        "layer batchnorm; layer dropout 0.1; layer flatten; layer leakyrelu",
        ["batch_normalization", "dropout", "flatten", "leaky_re_lu"]
      ),
    ])
  func layerNames(line: String, names: [String]) throws {
    let shell = TestShell()
    try shell.run(line)
    #expect(shell.session.model.network.layers.map(\.name) == names)
  }

  @Test(
    "The rate is the only number of compile, wherever it stands; metrics keep the name that was typed",
    arguments: [
      "compile adam 0.02 bce acc mse", "compile adam bce 0.02 acc mse",
      "compile adam bce acc mse 0.02",
      "compile adam bce rate=0.02 acc mse",
    ])
  func compile(line: String) throws {
    let json = try TestShell().json(line)
    #expect(json["rate"] as? Double == 0.02)
    #expect(json["metrics"] as? [String] == ["acc", "mse"])
  }

  @Test("Until the input is known the summary is unbuilt")
  func unbuilt() { #expect(TestShell().text("layer dense 8; summary").contains("0 (unbuilt)")) }

  @Test("undo, redo and rewind go through the models")
  func history() throws {
    let shell = TestShell()
    try shell.run("input 2; layer dense 8; layer dense 1")
    try shell.run("undo")
    #expect(shell.session.model.network.layers.count == 1)
    try shell.run("redo")
    #expect(shell.session.model.network.layers.count == 2)
    let first = try shell.json("show dense.kernel")
    try shell.run("set dense.kernel 0.5; rewind")
    #expect(
      try shell.json("show dense.kernel")["values"] as? [[Double]] == first["values"] as? [[Double]]
    )
    try shell.run("undo")
    #expect((try shell.json("show dense.kernel")["values"] as? [[Double]])?[0][0] == 0.5)
  }

  @Test("Weights are set whole, by rows and by number")
  func sets() throws {
    let shell = TestShell()
    try shell.run(
      "input 2; layer dense 2; set dense.kernel [[0.1, 0.2], [0.3, 0.4]]; set dense.bias[1] 3")
    #expect(try shell.json("show dense.bias")["values"] as? [Double] == [0, 3])
    let kernel = try #require(try shell.json("show dense.kernel")["values"] as? [[Double]])
    #expect(kernel.flatMap { $0 }.map { ($0 * 1000).rounded() / 1000 } == [0.1, 0.2, 0.3, 0.4])
    #expect(try shell.json("show dense.kernel[1, 0]")["values"] as? Double == Double(Float(0.3)))
    #expect(try shell.json("show dense.kernel[1]")["shape"] as? [Int] == [2])
  }

  @Test(
    "Mistakes are told with what would be right, and change nothing",
    arguments: [
      ("layer dens 8", "there is no kind `dens`; did you mean `dense`?"),
      (
        "layer add dense 8",
        "`layer add` joins the output of an earlier layer; to append a layer: `layer dense 8`"
      ),
      ("fit 3", "no data yet; try `data moons`"),
      ("data moons; fit 3", "not compiled"),
      ("step", "no data yet"), ("redo", "nothing to redo"), ("show dense_9.kernel", "dense_9"),
      ("show dense.kernels", "dense.kernel"), ("show dense.kernel[7]", "outside"),
      ("set dense.kernel [[1, 2]]", "(2, 3)"),
      ("set dense.kernel[9, 9] 1", "outside"), ("set lrr 3", "lr"),
      ("predict 1", "2 numbers (2), not 1"), ("predict 1,2", "a point: 1.2; a blank parts numbers: 1 2"),
      ("predict 0.1,2", "a blank parts numbers: 0.1 2"),
      ("frobnicate", "there is no command"),
      ("plot loss", "no curve"), ("card ffff", "no card"), ("deck load nowhere.md", "nowhere.md"),
      ("replay nowhere.gradus", "nowhere.gradus"),
      ("data csv nowhere.csv target=y", "nowhere.csv"), ("quiz qqqqxyz", "qqqqxyz"),
      ("evaluate", "no data yet"), ("layer remove 7", "7"),
      ("layer dense 8 name=2x", "2x"), ("say \"what", "nothing closes"),
    ])
  func complains(line: String, expected: String) throws {
    let shell = TestShell()
    try shell.run("input 2; layer dense 3")
    let network = shell.session.model.network
    #expect(shell.text(line).contains(expected), "\(shell.text(line))")
    #expect(shell.session.model.network == network)
  }

  @Test(
    "A complaint points at the word that it quotes",
    arguments: [
      ("layer dense 3 name=input", "input"), ("layer remove nobody", "nobody"),
      ("show dense.kernels", "dense.kernels"),
      ("set dense.bias[9] 1", "dense.bias[9]"), ("data csv nowhere.csv target=y", "nowhere.csv"),
      ("card ffff", "ffff"),
      ("predict 1 2 3", "1 2 3"), ("predict 1e39 0", "1e39 0"), ("replay nowhere.md", "nowhere.md"),
    ])
  func places(line: String, word: String) throws {
    let shell = TestShell()
    try shell.run("input 2; layer dense 3")
    let error = try #require(try shell.json(line)["error"] as? [String: Any])
    #expect((error["where"] as? [String: Any])?["text"] as? String == word)
  }

  @Test(
    "Settings that are on or off take every word for it",
    arguments: [
      ("yes", "on"), ("on", "on"), ("true", "on"), ("no", "off"), ("off", "off"), ("FALSE", "off"),
    ])
  func booleans(word: String, value: String) throws {
    for name in ["live", "fuzz"] {
      #expect(
        (try TestShell().json("set \(name) \(word)")["settings"] as? [String: Any])?[name]
          as? String == value)
    }
  }

  @Test(
    "A settings file that was edited by hand may say yes for on",
    arguments: [("yes", true), ("on", true), ("no", false), ("off", false)])
  func stored(word: String, value: Bool) {
    var settings = Settings()
    settings.live = value ? [] : ["loss"]
    #expect(Preference.live.accepts(word))
    Preference.live.apply(word, to: &settings)
    #expect(settings.live == (value ? ["loss"] : []))
  }

  @Test(
    "A rate that 32 bits cannot hold is refused",
    arguments: ["compile sgd 1e39 mse", "compile adam 1e-60 mse", "set lr 1e39", "set lr 1e-60"])
  func rates(line: String) throws {
    let shell = TestShell()
    try shell.run("compile sgd 0.5 mse")
    #expect(shell.text(line).contains("32-bit"))
    #expect((try shell.json("set")["settings"] as? [String: Any])?["lr"] as? Double == 0.5)
  }

  @Test(
    "An option that 32 bits cannot hold is refused, and nothing is built",
    arguments: [
      "layer dense 8 l1=1e300", "layer dense 8 l2=1e-60", "layer batchnorm epsilon=1e-60",
      "layer rescale 1e300",
      "compile adam 0.1 epsilon=1e-60 mse",
    ])
  func options(line: String) throws {
    let shell = TestShell()
    try shell.run("input 8")
    #expect(shell.text(line).contains("must be a 32-bit number"))
    #expect(shell.session.model.network.layers.isEmpty && shell.session.model.settings == nil)
  }

  @Test("A model of frozen layers trains with a warning, and has no gradients to check")
  func frozen() throws {
    let shell = TestShell()
    try shell.run(
      "data moons 40; layer dense 3 tanh; layer dense 1; freeze dense; compile sgd mse; fit 1")
    #expect(shell.surroundings.warnings.isEmpty)
    try shell.run("freeze dense_1")
    for line in ["fit 1", "step"] {
      shell.surroundings.warnings = []
      try shell.run(line)
      #expect(
        shell.surroundings.warnings.map(\.what) == ["every layer with parameters is frozen"],
        "\(line)")
    }
    #expect(shell.text("check gradients").contains("no layer has a parameter that is trained"))
  }

  @Test(
    "A mini-batch larger than the data takes no more memory than the data need, and one update an epoch"
  )
  func largeBatch() throws {
    let shell = TestShell()
    try shell.run(
      "data digits; layer flatten; layer dense 512 relu; layer dense 10 softmax; compile sgd scce")
    let json = try shell.json("fit 1 batch=1000000")
    #expect(json["steps"] as? Int == 1)
    try shell.run("set batch 1000000")
    #expect(try shell.json("evaluate")["samples"] as? Int == 1797)
    #expect(shell.text("data xor 1").contains("1 sample of 2"))
    #expect(shell.text("layer remove flatten; data xor 4; fit 1").contains("1 update,"))
  }

  @Test("An object of JSON stands on one line, whatever a text holds")
  func oneLine() throws {
    let text = "a\n\r\u{B}\u{C}\u{1C}\u{7F}\u{85}\u{2028}\u{2029}é日🙂\"\\"
    let json = JSONValue.object([(text, .string(text))]).text
    #expect(!json.contains { $0.isNewline })
    let read = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String]
    #expect(read == [text: text])
  }

  @Test("The rate is told as it was typed")
  func rate() throws {
    let shell = TestShell()
    #expect(try shell.json("compile adam 0.01 mse")["rate"] as? Double == 0.01)
    #expect((try shell.json("set lr 0.1")["settings"] as? [String: Any])?["lr"] as? Double == 0.1)
  }

  @Test("A failed command keeps the session as it was, also halfway")
  func atomic() throws {
    let shell = TestShell()
    try shell.run("input 2; layer dense 3; data moons 50; compile adam mse")
    let before = shell.session.model
    _ = shell.text("fit 2 until nonsense>3")
    #expect(shell.session.model == before)
  }
}
