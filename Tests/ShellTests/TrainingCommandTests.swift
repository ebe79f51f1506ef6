import Foundation
import Shell
import Testing

@MainActor @Suite struct TrainingCommandTests {
  /// The deck's worked example: one sigmoid neuron, x = 2, w = 0.5, b = 0, target 1, rate 0.1.
  @Test("One step of the worked example gives w = 0.510575 and b = 0.005288")
  func workedExample() throws {
    let shell = TestShell()
    let folder = try TemporaryFolder(["neuron.csv": "x,t\n2,1\n"])
    shell.surroundings.files.folder = folder.url
    try shell.run(
      "input 1; layer dense 1 sigmoid; set dense.kernel 0.5; set dense.bias 0; data csv neuron.csv target=t; compile sgd 0.1 half_squared_error"
    )
    let y = 1 / (1 + Foundation.exp(-1.0))
    let outputs = try #require(try shell.json("predict 2")["outputs"] as? [[Double]])
    #expect(abs(outputs[0][0] - y) < 1e-6)
    let step = try shell.json("step")
    let loss = try #require((step["history"] as? [String: [Double]])?["loss"])
    #expect(loss.count == 1 && abs(loss[0] - (y - 1) * (y - 1) / 2) < 1e-6)
    let delta = (y - 1) * y * (1 - y)
    let w = try #require(try shell.json("show dense.kernel")["values"] as? [[Double]])
    let b = try #require(try shell.json("show dense.bias")["values"] as? [Double])
    #expect(abs(w[0][0] - (0.5 - 0.1 * delta * 2)) < 1e-6)
    #expect(abs(b[0] - (-0.1 * delta)) < 1e-6)
    #expect(String(format: "%.6f %.6f", w[0][0], b[0]) == "0.510575 0.005288")
  }

  static let moons =
    "input 2; layer dense 8 relu; layer batchnorm; layer dense 4 relu; layer dense 1 sigmoid; data moons 500; compile adam 0.01 bce accuracy"

  @Test("The first command of the README passes 95% accuracy")
  func moons() throws {
    let json = try TestShell().json(Self.moons + "; fit 30; evaluate")
    #expect(try #require(json["accuracy"] as? Double) > 0.95)
    #expect(json["samples"] as? Int == 500)
    #expect(json["on"] as? String == "train")
  }

  @Test("The same seed gives the same training, another seed another")
  func reproducible() throws {
    func losses(_ seed: Int) throws -> [Double] {
      let json = try TestShell().json("set seed \(seed); \(Self.moons); fit 3")
      return try #require((json["history"] as? [String: [Double]])?["loss"])
    }
    #expect(try losses(1) == losses(1))
    #expect(try losses(1) != losses(2))
  }

  @Test("fit tells its curves, updates and seconds; val= holds the last part out")
  func facts() throws {
    let shell = TestShell()
    let json = try shell.json("layer dense 1; data linear 100; compile sgd 0.05 mse mae; fit 4 val=0.25 batch=10")
    let history = try #require(json["history"] as? [String: [Double]])
    #expect(Set(history.keys) == ["loss", "mae", "val_loss", "val_mae"])
    #expect(history.values.allSatisfy { $0.count == 4 })
    #expect(json["steps"] as? Int == 4 * 8)
    #expect(try #require(json["seconds"] as? Double) >= 0)
    #expect(try shell.json("evaluate")["on"] as? String == "val")
    #expect(try shell.json("evaluate")["samples"] as? Int == 25)
    #expect(try shell.json("evaluate on=all")["samples"] as? Int == 100)
  }

  @Test("until ends the training when its bound is passed")
  func until() throws {
    let json = try TestShell().json("layer dense 1; data linear 200; compile sgd 0.1 mse; fit 500 until loss<0.05")
    #expect(json["ended"] as? String == "until")
    #expect(try #require(json["epochs"] as? Int) < 500)
  }

  @Test("A training that breaks off in its first epoch has an empty curve")
  func brokenOff() throws {
    let json = try TestShell().json("data moons 10; layer dense 1 l2=1e38; set dense.kernel 1e20; compile sgd mse; fit 3")
    #expect(json["ended"] as? String == "not_finite")
    #expect((json["history"] as? [String: [Double]])?["loss"] == [])
  }

  @Test("A metric is named once; the loss may be a metric too")
  func metricTwice() throws {
    let shell = TestShell()
    #expect(shell.text("compile adam bce accuracy mae accuracy").contains("measured already"))
    #expect(try shell.json("compile adam mse mse mae")["metrics"] as? [String] == ["mse", "mae"])
  }

  @Test("A bound is passed when it is over it, or met where = is written", arguments: [(">", 2), (">=", 1), ("<", 2), ("<=", 1)])
  func bound(sign: String, epochs: Int) throws {
    // All targets and outputs are 0: the loss is exactly 0 in every epoch.
    let shell = TestShell()
    let folder = try TemporaryFolder(["zero.csv": "x,t\n0,0\n0,0\n"])
    shell.surroundings.files.folder = folder.url
    let json = try shell.json("data csv zero.csv target=t; layer dense 1; compile sgd 0.1 mse; fit 2 until loss \(sign) 0")
    #expect(json["epochs"] as? Int == epochs)
  }

  @Test("fit holds out what it is told, nothing else; epoch and evaluate keep that part")
  func heldOut() throws {
    let shell = TestShell()
    try shell.run("layer dense 1; data linear 100; compile sgd 0.05 mse; fit 1 val=0.2")
    #expect((try shell.json("epoch")["history"] as? [String: Any])?["val_loss"] != nil)
    #expect(try shell.json("evaluate")["samples"] as? Int == 20)
    #expect((try shell.json("fit 1")["history"] as? [String: Any])?["val_loss"] == nil)
    let all = try shell.json("evaluate")
    #expect(all["samples"] as? Int == 100 && all["on"] as? String == "train")
  }

  @Test("step counts updates and goes on through the epoch; epoch passes over all data")
  func steps() throws {
    let shell = TestShell()
    #expect(try shell.json("layer dense 1; data linear 64; compile sgd 0.1 mse; step 3")["steps"] as? Int == 3)
    #expect(try shell.json("epoch 2")["steps"] as? Int == 4)
  }

  @Test("Ctrl-C ends a fit and keeps model and history")
  func interrupt() throws {
    let shell = TestShell()
    try shell.run(Self.moons)
    shell.surroundings.interruptsAfter = 2000
    let json = try shell.json("fit 100000")
    #expect(json["ended"] as? String == "interrupted")
    #expect(try #require(json["epochs"] as? Int) < 100_000)
    shell.surroundings.interruptsAfter = nil
    #expect(try shell.json("evaluate")["ok"] as? Bool == true)
  }

  @Test("Targets are given as the loss wants them")
  func encodings() throws {
    for line in [
      "data iris; layer dense 3 softmax; compile adam 0.05 cce accuracy; fit 2",
      "data iris; layer dense 3; compile adam scce accuracy from_logits=yes; fit 2",
      "data digits; layer flatten; layer dense 10 softmax; compile adam scce accuracy; fit 1",
      "data cancer; data standardize; layer dense 1 sigmoid; compile adam bce accuracy; fit 2",
      "data diabetes; data standardize; layer dense 1; compile adam mse mae; fit 2",
    ] { #expect(try TestShell().json(line)["ok"] as? Bool == true, "\(line)") }
    for line in [
      "data iris; layer dense 2 softmax; compile adam cce; fit 1", "data iris; layer dense 1 sigmoid; compile adam bce; fit 1",
      "input 3; layer dense 1; data moons; compile adam mse; fit 1",
    ] {
      #expect(try TestShell().json(line)["ok"] as? Bool == false, "\(line)")
    }
  }

  @Test("Standardized data keep raw units in predict")
  func standardized() throws {
    let shell = TestShell()
    try shell.run("data iris; data split 0.2; data standardize; layer dense 3 softmax; compile adam 0.05 scce accuracy; fit 60")
    let json = try shell.json("predict 5.1 3.5 1.4 0.2")
    #expect(json["classes"] as? [String] == ["setosa"])
    let accuracy = try #require(try shell.json("evaluate")["accuracy"] as? Double)
    #expect(accuracy > 0.85)
  }

  @Test("A plot is written as a picture of the kind its name says", arguments: ["png", "svg", "pdf"])
  func plots(ending: String) throws {
    let shell = TestShell()
    let folder = try TemporaryFolder([:])
    shell.surroundings.files.folder = folder.url
    let json = try shell.json("layer dense 1; data linear 64; compile sgd 0.1 mse; fit 5; plot loss file=curve.\(ending)")
    #expect(json["ok"] as? Bool == true)
    #expect(json["kind"] as? String == "loss")
    let series = try #require(json["series"] as? [[String: Any]])
    #expect((series[0]["y"] as? [Double])?.count == 5)
    let size = try FileManager.default.attributesOfItem(atPath: folder.url.appendingPathComponent("curve.\(ending)").path)[.size] as? Int
    #expect(try #require(size) > 500)
  }

  @Test("Gradients agree with finite differences")
  func gradients() throws {
    let json = try TestShell().json(
      "layer dense 4 tanh; layer batchnorm; layer dense 1 sigmoid; data moons 32; compile adam bce; check gradients")
    let tensors = try #require(json["tensors"] as? [[String: Any]])
    #expect(tensors.count == 6)
    for tensor in tensors { #expect(try #require(tensor["greatest"] as? Double) < 1e-4) }
  }
}

/// A folder with files that goes away with the test.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-test-\(UUID().uuidString)")
  init(_ files: [String: String]) throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: url.appendingPathComponent(name)) }
  }
  deinit { try? FileManager.default.removeItem(at: url) }
}
