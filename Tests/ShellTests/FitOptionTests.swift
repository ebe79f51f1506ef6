import Foundation
import Shell
import Testing

@MainActor @Suite struct FitOptionTests {
  @Test("A schedule's rates stand in lr, beside the history, and `plot lr` shows them")
  func schedules() throws {
    let shell = TestShell()
    let json = try shell.json("layer dense 1; data linear 64; compile sgd 0.1 mse; fit 4 schedule=step decay=0.5 every=2")
    #expect(Set(try #require(json["history"] as? [String: [Double]]).keys) == ["loss"])
    let rates = try #require(json["lr"] as? [Double])
    #expect(rates.map { Float($0) } == [0.1, 0.1, 0.05, 0.05])
    let plot = try shell.json("plot lr")
    let series = try #require(plot["series"] as? [[String: Any]])
    #expect((series.first?["y"] as? [Double])?.count == 4)
    #expect(shell.session.model.settings?.optimizer.rate == 0.1)
    // A warm-up alone: half the rate in the middle of it.
    let warm = try #require(try shell.json("fit 4 warmup=2")["lr"] as? [Double])
    #expect(warm[0] < 0.05 && Float(warm[2]) == 0.1)
  }

  @Test("early_stopping tells its best epoch and ends with its weights")
  func earlyStopping() throws {
    let shell = TestShell()
    let text = shell.text("layer dense 1; data linear 64; compile sgd 0.5 mse; fit 200 val=0.25 early_stopping=2; evaluate")
    #expect(text.contains("stopped early: val_loss has not improved since epoch"))
    #expect(text.contains("the weights are those of epoch"))
    let json = try shell.json("fit 200 val=0.25 early_stopping=2")
    #expect(json["ended"] as? String == "early_stopping" && json["restored"] as? Bool == true)
    let best = try #require(json["best"] as? [String: Any])
    let losses = try #require((json["history"] as? [String: [Double]])?["val_loss"])
    #expect(best["value"] as? Double == losses.min())
    #expect(try shell.json("evaluate")["loss"] as? Double == losses.min())
  }

  @Test("reduce_lr lowers the rate for good")
  func reduction() throws {
    let shell = TestShell()
    let json = try shell.json("layer dense 1; data linear 64; compile sgd 0.1 mse; fit 60 reduce_lr=2 min_lr=0.001")
    let rates = try #require(json["lr"] as? [Double])
    #expect(rates.first ?? 0 > rates.last ?? 1)
    #expect(abs((shell.session.model.settings?.optimizer.rate ?? 0) - 0.001) < 1e-6)
  }

  @Test("A loss that is no longer finite names the layer and the likely cause")
  func diagnosis() throws {
    let shell = TestShell()
    let line = "layer dense 4; layer dense 1; data linear 64; compile sgd 1000 mse; fit 20"
    let text = shell.text(line)
    #expect(text.contains("the loss is no longer finite") && text.contains("rate 1000 is too high"), "\(text)")
    let json = try TestShell().json(line)
    #expect(json["ended"] as? String == "not_finite")
    let diagnosis = try #require(json["diagnosis"] as? [String: String])
    #expect(diagnosis["cause"] == "rate" && diagnosis["layer"]?.hasPrefix("dense") == true)
  }

  nonisolated static let mistakes: [(line: String, expected: String)] = [
    ("fit 3 class_weight=often", "`often` is no class weights"),
    ("fit 3 class_weight=[1,2,3]", "3 class weights for 2 classes"),
    ("fit 3 monitor=val_loss early_stopping=2", "`val_loss` is not measured"),
    ("fit 3 schedule=cosine reduce_lr=2", "both set the learning rate"),
    ("fit 3 every=2", "`every=` has nothing to act on"),
    ("fit 3 schedule=cosine decay=0.5", "`decay=` has nothing to act on"),
    ("fit 3 warmup=3", "leaves nothing of 3"),
    ("fit 3 schedule=cosine min_lr=1", "lies above the rate"),
    ("compile adam bce clipnorm=1 clipvalue=1", "gradients are clipped in one way"),
    ("compile adam hinge", "ends in sigmoid"),
  ]

  @Test("Mistakes are told", arguments: mistakes.indices)
  func mistake(_ index: Int) throws {
    let shell = TestShell()
    try shell.run("layer dense 4 tanh; layer dense 1 sigmoid; data moons 64; compile adam bce accuracy")
    let text = shell.text(Self.mistakes[index].line)
    #expect(text.contains(Self.mistakes[index].expected), "\(text)")
  }
}
