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
    let words = Completer(session: shell.session, files: shell.surroundings.files).complete("plot ").candidates.map(\.text)
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

  @Test(
    "What cannot be drawn is one clear line",
    arguments: [
      ("plot loss", "there is no curve yet; `fit 10` draws one"), ("plot loss runs=7", "no run 7 is kept"),
      ("plot loss runs=x", "numbers such as 3,5"), ("plot losss", "did you mean `loss`?"),
    ])
  func complaints(line: String, expected: String) {
    let text = TestShell().text(line)
    #expect(text.contains(expected), "\(text)")
    #expect(text.split(separator: "\n").count <= 2)
  }
}
