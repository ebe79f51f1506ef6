import Engine
import Testing

@testable import Screen
@testable import Shell

private let model =
  "layer dense 10 tanh; layer batchnorm; layer dense 3 relu; layer dense 1 sigmoid; data moons 60; compile adam bce"

@MainActor @Suite("What each hidden unit sees, in the drawing") struct UnitViewTests {

  @Test("Shown units of dense layers show what the network gives there, in the data's units")
  func values() throws {
    let shell = TestShell()
    for line in [model, "data standardize", "fit 2"] { try shell.run(line) }
    let facts = try #require(try shell.run("draw") as? DrawingFacts)
    #expect(facts.layers.map { $0.views.keys.sorted() } == [[], [0, 1, 2, 3, 9], [], [0, 1, 2], [0]])
    let view = try #require(facts.layers[4].views[0])
    let plane = try Plane(shell.session, for: "draw", columns: view.side, rows: view.side)
    // The lower left cell's middle, asked as a user would.
    let step = [plane.x, plane.y].map { ($0.upperBound - $0.lowerBound) / Double(view.side) }
    let corner = [plane.x.lowerBound + step[0] / 2, plane.y.lowerBound + step[1] / 2]
    let answer = try #require(try shell.run("predict \(corner[0]) \(corner[1])") as? PredictionFacts).outputs[0][0]
    #expect(abs(answer - view.values[0]) < 1e-5)
    let picture = PictureLayout.picture(of: facts)
    #expect(picture.texts.contains { $0.text.contains("what a unit gives") })
  }

  @Test(
    "Without weights, a plane or data, neurons are plain",
    arguments: [model, "\(model); input 3", "preset xor", "data iris; layer dense 2; layer dense 3"])
  func none(lines: String) throws {
    let shell = TestShell()
    _ = shell.text(lines)
    let facts = try #require(try shell.run("draw") as? DrawingFacts)
    #expect(facts.layers.allSatisfy { $0.views.isEmpty })
  }
}
