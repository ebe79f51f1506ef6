import Foundation
import Shell
import Testing

/// A column of weights from the file to the loss.
@MainActor @Suite struct SampleWeightTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-weights-\(UUID().uuidString)")

  private func shell(_ table: String) throws -> TestShell {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try table.write(to: folder.appendingPathComponent("t.csv"), atomically: true, encoding: .utf8)
    let shell = TestShell()
    shell.surroundings.files = FileAccess(folder: folder, lessons: nil)
    return shell
  }

  @Test("The weighted loss is averaged over the samples, metrics count them alike, in training, validation and evaluation")
  func weightedLoss() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let shell = try shell("x,w,y\n1,2,3\n2,0,9\n3,0.5,1\n4,4,2\n")
    let described = try shell.json("data csv t.csv target=y weights=w; data describe")
    #expect(described["weights"] as? String == "w" && described["columns"] as? [String] == ["x"])
    #expect((described["weights_range"] as? [String: Any])?["max"] as? Double == 4)
    #expect(shell.text("data describe").contains("w (weights)"))
    #expect(shell.text("data csv t.csv target=y weights=w").contains("weighted by w"))
    try shell.run("layer dense 1; compile sgd 1e-20 mse mae; set dense.kernel 0; set dense.bias 0")
    // Outputs are 0: the squares are 9, 81, 1 and 4, the weights 2, 0, 0.5 and 4, the amounts 3, 9, 1 and 2: (18 + 0 + 0.5 + 16) / 4.
    let judged = try shell.json("evaluate on=all")
    #expect(judged["loss"] as? Double == 8.625)
    #expect(judged["mae"] as? Double == 3.75)
    let history = try #require(try shell.json("fit 1 val=0.5 shuffle=no")["history"] as? [String: [Double]])
    #expect(history["loss"] == [9] && history["val_loss"] == [8.25] && history["val_mae"] == [1.5])
  }

  @Test("Class weights on top of the data's own are refused, and nothing is trained")
  func weighedTwice() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let shell = try shell("x,w,y\n1,2,no\n2,1,yes\n3,0.5,no\n4,4,yes\n")
    try shell.run("data csv t.csv target=y weights=w; layer dense 1 sigmoid; compile sgd bce")
    let text = shell.text("fit 1 class_weight=balanced")
    #expect(text.contains("the data's own weights and class weights would both weigh the samples"), "\(text)")
    #expect(shell.session.model.epochs == 0)
  }
}
