import Foundation
import Shell
import Testing

@MainActor @Suite struct PlotCommandTests {
  @Test("Every file of Plots declares a kind, and is listed")
  func files() throws {
    let folder = projectRoot.appendingPathComponent("Sources/Shell/Plots")
    let listed = try String(contentsOf: projectRoot.appendingPathComponent("Sources/Shell/PlotRecipe.swift"), encoding: .utf8)
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let names = text.split(separator: "\n").filter { $0.hasPrefix("enum ") && $0.contains("Plot") }.map { $0.split(separator: " ")[1] }
      #expect(!names.isEmpty, "\(file) declares no kind of plot")
      for name in names { #expect(listed.contains("\(name)."), "\(name) of \(file) is not listed") }
    }
  }

  @Test("Completion and help know the kinds, and the metrics that are measured")
  func kinds() throws {
    let shell = TestShell()
    try shell.run("layer dense 1; data linear 64; compile sgd 0.1 mse mae; fit 2")
    let words = shell.candidates("plot ").map(\.text)
    for word in ["loss", "lr", "mae"] { #expect(words.contains(word)) }
    #expect(shell.text("plot loss?").hasPrefix("plot loss"))
  }

  @Test("A metric is drawn by its bare name, with that of the held-out data", arguments: ["mae", "loss", "lr"])
  func metrics(name: String) throws {
    let json = try TestShell().json("layer dense 1; data linear 64; compile sgd 0.1 mse mae; fit 3 val=0.25; plot \(name)")
    #expect(json["kind"] as? String == name)
    let series = try #require(json["series"] as? [[String: Any]])
    #expect(series.map { $0["name"] as? String } == (name == "lr" ? ["lr"] : [name, "val_" + name]))
    for one in series { #expect(one["x"] as? [Double] == [1, 2, 3]) }
  }

  nonisolated static let moons = "data moons 60; layer dense 4 relu; layer dense 1 sigmoid; compile adam 0.05 bce"

  @Test(
    "What cannot be drawn is one clear line, and changes nothing",
    arguments: [
      ("plot loss", "there is no curve yet; `fit 10` draws one"), ("plot loss runs=7", "no run 7 is kept"),
      ("plot loss runs=x", "numbers such as 3,5"), ("plot boundry", "did you mean `boundary`?"), ("plot boundary", "no data yet"),
      ("data iris; plot boundary", "2 inputs, and these data have 4"), ("data glyphs 20; plot boundary", "a shape of 28x28x1"),
      ("data moons 20; plot boundary", "no layer yet"), ("input 3; layer dense 1; data moons 20; plot boundary", "takes 3"),
      ("\(moons); plot boundary units layer=nobody", "nobody"), ("\(moons); plot boundary layer=dense", "plot boundary units layer=dense"),
      ("data moons 20; layer dense 1; plot boundary units", "no hidden layer"), ("plot data", "no data yet"),
      ("data moons 20; plot data x=x9", "no column `x9`"), ("plot activation rellu", "did you mean `relu`"),
      ("plot gradients", "no data yet"), ("data linear 20; layer relu; compile sgd mse; plot gradients", "weights"),
      ("\(moons); plot surface dense.kernel[0,0] dense.kernel[0,0]", "named twice"),
      ("\(moons); plot surface dense.kernel dense.bias[0]", "one is needed"),
      ("\(moons); plot surface dense.kernel[9,9] dense.bias[0]", "outside"),
      ("\(moons); plot surface dropout.kernel[0] dense.bias[0]", "dropout"),
      ("plot schedule", "no fit with a schedule"), ("plot schedule cosine epochs=2 warmup=5", "leaves nothing"),
      ("\(moons); fit 1; plot loss file=/no/such/folder/a.png", "no folder"),
      ("\(moons); fit 1; plot loss file=a.jpeg2", ".png, .svg or .pdf"),
      ("find lr", "no data yet"), ("\(moons); find lr from=1 to=0.1", "must rise"), ("set live loss,surface", "cannot be drawn live"),
      ("set live los", "did you mean `loss`?"), ("set live foo", "`foo` cannot be drawn live; on, off, a metric"),
    ])
  func complaints(line: String, expected: String) throws {
    let shell = TestShell()
    var text = ""
    for part in line.split(separator: ";") {
      text = shell.text(String(part))
    }
    #expect(text.contains(expected), "\(text)")
    #expect(text.split(separator: "\n").count <= 2)
  }

  @Test("One epoch is drawn too, and an epoch whose loss is no number is a gap")
  func fewPoints() throws {
    let folder = try TemporaryFolder([:])
    let shell = TestShell()
    shell.surroundings.files.folder = folder.url
    #expect(try shell.json("\(Self.moons); fit 1; plot loss file=one.svg")["ok"] as? Bool == true)
    #expect(try shell.json("fit 2000; plot loss file=many.svg")["ok"] as? Bool == true)
    let size = try FileManager.default.attributesOfItem(atPath: folder.url.appendingPathComponent("many.svg").path)[.size] as? Int
    #expect(try #require(size) < 300_000)
  }

  @Test("The boundary is in the units of the data, whatever the network is given")
  func boundary() throws {
    let json = try TestShell().json(
      "data moons 60; data standardize; layer dense 4 tanh; layer dense 1 sigmoid; compile adam bce; plot boundary")
    let field = try #require((json["fields"] as? [[String: Any]])?.first)
    let x = try #require(field["x"] as? [Double])
    #expect(x[0] < -1 && x[1] > 1.9, "moons reach from -1 to 2")
    let values = try #require(field["values"] as? [[Double]])
    #expect(values.allSatisfy { $0.count == values[0].count && $0.allSatisfy { (0...1).contains($0) } })
    #expect((json["series"] as? [[String: Any]])?.count == 2)
  }

  @Test("The boundary agrees with predict, place by place")
  func agrees() throws {
    let shell = TestShell()
    let json = try shell.json(
      "data moons 60; data standardize; layer dense 4 tanh; layer dense 1 sigmoid; compile adam bce; fit 3; plot boundary")
    let field = try #require((json["fields"] as? [[String: Any]])?.first)
    let (x, y) = (try #require(field["x"] as? [Double]), try #require(field["y"] as? [Double]))
    let values = try #require(field["values"] as? [[Double]])
    for (row, column) in [(0, 0), (values.count / 2, 7), (values.count - 1, values[0].count - 1)] {
      let place = [
        x[0] + (Double(column) + 0.5) / Double(values[0].count) * (x[1] - x[0]),
        y[0] + (Double(row) + 0.5) / Double(values.count) * (y[1] - y[0]),
      ]
      let outputs = try #require(try shell.json("predict \(place[0]) \(place[1])")["outputs"] as? [[Double]])
      #expect(abs(outputs[0][0] - values[row][column]) < 1e-4)
    }
  }

  @Test("Several classes have regions, a hidden layer has a panel a unit")
  func regions() throws {
    let shell = TestShell()
    let line = "data spiral 90 classes=3; layer dense 5 relu; layer dense 3 softmax; compile adam scce; fit 2"
    let json = try shell.json("\(line); plot boundary")
    let field = try #require((json["fields"] as? [[String: Any]])?.first)
    #expect((field["classes"] as? [String])?.count == 3)
    #expect(Set(try #require(field["values"] as? [[Double]]).flatMap { $0 }).isSubset(of: [0, 1, 2]))
    let units = try #require(try shell.json("plot boundary units")["fields"] as? [[String: Any]])
    #expect(units.count == 5)
  }

  @Test("An activation is drawn with its derivative")
  func activation() throws {
    let json = try TestShell().json("plot activation sigmoid")
    let series = try #require(json["series"] as? [[String: Any]])
    let (x, slope) = (try #require(series[0]["x"] as? [Double]), try #require(series[1]["y"] as? [Double]))
    for (place, value) in zip(x, slope) {
      let y = 1 / (1 + exp(-place))
      #expect(abs(value - y * (1 - y)) < 1e-6)
    }
    #expect((try TestShell().json("plot activation")["series"] as? [[String: Any]])?.count == 22)
  }

  @Test("Gradients are told by layer, now and over the epochs")
  func gradients() throws {
    let shell = TestShell()
    let series = try #require(try shell.json("\(Self.moons); fit 5; plot gradients")["series"] as? [[String: Any]])
    #expect(series.map { $0["panel"] as? String }.prefix(3) == ["gradient by layer", "over the epochs", "over the epochs"])
    #expect(series.map { $0["name"] as? String } == ["gradient by layer", "dense", "dense_1", "dead relus"])
    #expect((series[1]["x"] as? [Double]) == [1, 2, 3, 4, 5])
    // Weights that let no relu through have no gradient in the first layer, and every unit is dead.
    let text = shell.text("set dense.kernel 0; set dense.bias -1; plot gradients")
    #expect(text.contains("dense: 100 % of the relus are dead") && text.contains("the gradient is 0 in dense: nothing there would change"))
    #expect(shell.text("set dense_1.kernel 0; set dense_1.bias 60; plot gradients").contains("gradient"))
  }

  @Test("A surface is the loss at its places, with the path of the training")
  func surface() throws {
    let shell = TestShell()
    let json = try shell.json(
      "layer dense 1; data linear 64; compile sgd 0.1 mse; fit 8; plot surface dense.kernel[0,0] dense.bias[0] points=9")
    let series = try #require(json["series"] as? [[String: Any]])
    let path = try #require(series[0]["x"] as? [Double])
    #expect(path.count == 9, "the start and eight epochs")
    let kernel = try #require(try shell.json("show dense.kernel[0,0]")["values"] as? Double)
    #expect(abs(path[8] - kernel) < 1e-6)
    let field = try #require((json["fields"] as? [[String: Any]])?.first)
    let (x, y) = (try #require(field["x"] as? [Double]), try #require(field["y"] as? [Double]))
    let values = try #require(field["values"] as? [[Double]])
    try shell.run("set dense.kernel \(x[0] + 4.5 / 9 * (x[1] - x[0])); set dense.bias \(y[0] + 2.5 / 9 * (y[1] - y[0]))")
    let loss = try #require(try shell.json("evaluate")["loss"] as? Double)
    #expect(abs(loss - values[2][4]) < 1e-4 * max(1, loss))
  }

  @Test("The trace of a long training stays small")
  func trace() throws {
    let shell = TestShell()
    let json = try shell.json(
      "layer dense 1; data linear 8; compile sgd 0.1 mse; fit 5000; plot surface dense.kernel[0,0] dense.bias[0] points=5")
    let path = try #require((json["series"] as? [[String: Any]])?.first?["x"] as? [Double])
    #expect((200...600).contains(path.count))
  }

  @Test("A schedule is drawn as it will be, and that of the last fit as it was")
  func schedule() throws {
    let shell = TestShell()
    let json = try shell.json("plot schedule cosine epochs=10 rate=0.1")
    let rates = try #require((json["series"] as? [[String: Any]])?.first?["y"] as? [Double])
    #expect(abs(rates[0] - 0.1) < 1e-6 && rates[rates.count - 1] < 1e-4)
    let last = try shell.json("layer dense 1; data linear 64; compile sgd 0.1 mse; fit 4 schedule=step every=2; plot schedule")
    #expect(Set(try #require((last["series"] as? [[String: Any]])?.first?["y"] as? [Double])) == [0.1, 0.05])
  }

  @Test("find lr suggests a rate between too small and too large, and changes nothing")
  func find() throws {
    let shell = TestShell()
    try shell.run("data linear 200; layer dense 1; compile sgd mse; set dense.kernel 3")
    let before = shell.session.model
    let json = try shell.json("find lr")
    #expect((0.001...2).contains(try #require(json["suggestion"] as? Double)))
    #expect(shell.session.model == before)
    shell.surroundings.interruptsAfter = 3
    #expect(shell.text("find lr").contains("the model is as it was"))
  }

  @Test("Live plots are made of the training as it stands")
  func live() throws {
    let shell = TestShell()
    try shell.run("set live loss,boundary,gradients; \(Self.moons); fit 3")
    let progress = try #require(shell.surroundings.moments.last)
    #expect(progress.liveCurves == ["loss"])
    let plots = try #require(progress.livePlots?())
    #expect(plots.count == 2 && plots[0].panels[0].field != nil)
    let final = try shell.json("plot boundary")
    let values = try #require(((final["fields"] as? [[String: Any]])?.first?["values"] as? [[Double]])?[0])
    #expect(plots[0].panels[0].field?.values.prefix(values.count).map { $0 } == values.map { Float($0) })
    try shell.run("set live off; fit 1")
    #expect(shell.surroundings.moments.last?.liveCurves == [] && shell.surroundings.moments.last?.livePlots == nil)
  }
}
