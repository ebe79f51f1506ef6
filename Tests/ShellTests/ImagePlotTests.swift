import Foundation
import Shell
import Testing

/// Plots that are made of images, and `worst`.
@MainActor @Suite struct ImagePlotTests {
  nonisolated static let digits = "data digits; layer flatten; layer dense 10 softmax; compile adam 0.01 scce accuracy"
  nonisolated static let convolution =
    "data digits; layer conv2d 6 3x3 relu; layer maxpool 2; layer flatten; layer dense 10 softmax; compile adam 0.01 scce accuracy"

  private func pictures(_ line: String) throws -> [[String: Any]] {
    try #require(try TestShell().json(line)["pictures"] as? [[String: Any]])
  }

  /// Height, width and channels of nested values.
  private func shape(_ picture: [String: Any]) -> [Int] {
    let rows = picture["values"] as? [[[Any]]] ?? []
    return [rows.count, rows.first?.count ?? 0, rows.first?.first?.count ?? 0]
  }

  @Test(
    "Each kind draws as many pictures as there are, of the right size",
    arguments: [
      ("data digits; plot data", 20, [8, 8, 1], "0"), ("\(digits); plot weights dense", 10, [8, 8, 1], "0"),
      ("\(convolution); plot filters conv2d", 6, [3, 3, 1], "0"), ("input 28x28x3; layer conv2d 4 5x5; plot filters 1", 4, [5, 5, 3], "0"),
      ("input 9x9x4; layer conv2d 100 3x3; plot filters conv2d", 64, [3, 3, 1], "0"),
      ("\(convolution); plot features conv2d sample=3", 7, [8, 8, 1], "sample 3: 3"),
      ("input 8x8x2; layer depthwiseconv2d 3x3; plot filters 1", 2, [3, 3, 1], "0"),
    ])
  func counts(line: String, count: Int, size: [Int], caption: String) throws {
    let pictures = try pictures(line)
    #expect(pictures.count == count)
    #expect(shape(try #require(pictures.first)) == size)
    #expect(pictures.first?["caption"] as? String == caption)
  }

  @Test("Images sorted by class show every class")
  func classes() throws {
    let captions = try pictures("data glyphs 200; plot data").map { $0["caption"] as? String }
    #expect(Set(captions).count == 10)
  }

  @Test("The image of a unit is its column of the kernel")
  func weights() throws {
    let shell = TestShell()
    try shell.run("\(Self.digits); fit 1")
    let pictures = try #require(try shell.json("plot weights dense")["pictures"] as? [[String: Any]])
    let kernel = try #require(try shell.json("show dense.kernel")["values"] as? [[Double]])
    let image = try #require(pictures[4]["values"] as? [[[Double]]])
    for row in 0..<8 { for column in 0..<8 { #expect(abs(image[row][column][0] - kernel[row * 8 + column][4]) < 1e-6) } }
  }

  @Test("A dense layer on a table is a map with the first input at the top; other layers are histograms that count every number")
  func maps() throws {
    let shell = TestShell()
    let json = try shell.json("data iris; layer dense 3; plot weights dense")
    let field = try #require((json["fields"] as? [[String: Any]])?.first)
    let kernel = try #require(try shell.json("show dense.kernel")["values"] as? [[Double]])
    #expect(field["values"] as? [[Double]] == kernel.reversed())
    // On an image a dense layer works on the channels, pixel by pixel.
    let channels = try TestShell().json("data digits; layer dense 4; plot weights dense")
    let values = try #require((channels["fields"] as? [[String: Any]])?.first?["values"] as? [[Double]])
    #expect(values.map(\.count) == [4] && channels["pictures"] == nil)
    let histogram = try shell.json("layer batchnorm; plot weights batch_normalization")
    let counts = try #require(histogram["series"] as? [[String: Any]]).map { ($0["y"] as? [Double] ?? []).reduce(0, +) / 2 }
    #expect(counts == [3, 3, 3, 3])
  }

  @Test("The maps of a layer are what it gives for that sample")
  func features() throws {
    let shell = TestShell()
    try shell.run("data digits; layer conv2d 2 3x3; layer flatten; layer dense 10; compile sgd 0.1 scce from_logits=yes")
    let pictures = try #require(try shell.json("plot features conv2d sample=5")["pictures"] as? [[String: Any]])
    #expect(pictures.count == 3 && shape(pictures[1]) == [6, 6, 1])
    let kernel = try #require(try shell.json("show conv2d.kernel")["values"] as? [[[[Double]]]])
    let input = try #require(pictures[0]["values"] as? [[[Double]]])
    let map = try #require(pictures[2]["values"] as? [[[Double]]])
    var sum = 0.0
    for row in 0..<3 { for column in 0..<3 { sum += kernel[row][column][0][1] * input[2 + row][1 + column][0] } }
    #expect(abs(map[2][1][0] - sum) < 1e-5)
  }

  @Test("The matrix counts every held-out sample once, and agrees with the accuracy")
  func confusion() throws {
    let shell = TestShell()
    try shell.run("data iris; data split 0.2; layer dense 3 softmax; compile adam 0.05 cce accuracy; fit 20")
    let json = try shell.json("plot confusion")
    let field = try #require((json["fields"] as? [[String: Any]])?.first)
    let shares = try #require(field["values"] as? [[Double]])
    #expect(shares.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-6 })
    let diagonal = (0..<3).reduce(0.0) { $0 + shares[2 - $1][$1] } / 3
    let accuracy = try #require(try shell.json("evaluate")["accuracy"] as? Double)
    #expect(abs(diagonal - accuracy) < 1e-6)
    #expect(shell.text("plot confusion").contains("of 30 are right"))
  }

  @Test("The worst come first, with their classes, probabilities and losses")
  func worst() throws {
    let shell = TestShell()
    try shell.run("data iris; data split 0.2; layer dense 3 softmax; compile adam 0.05 cce accuracy; fit 5")
    let json = try shell.json("worst 4")
    let rows = try #require(json["rows"] as? [[String: Any]])
    let losses = rows.compactMap { $0["loss"] as? Double }
    #expect(losses.count == 4 && losses == losses.sorted(by: >) && json["on"] as? String == "val" && json["samples"] as? Int == 30)
    for row in rows {
      let truth = try #require(row["true"] as? String)
      let probability = try #require(row["probability"] as? Double)
      let loss = try #require(row["loss"] as? Double)
      #expect(["setosa", "versicolor", "virginica"].contains(truth))
      // A right answer's loss is minus the logarithm of its probability.
      if truth == row["predicted"] as? String { #expect(abs(loss + log(probability)) < 1e-4) }
    }
    let mean = try #require(try shell.json("worst 1000")["rows"] as? [[String: Any]]).reduce(0) { $0 + ($1["loss"] as? Double ?? 0) } / 30
    #expect(abs(mean - (try #require(try shell.json("evaluate")["loss"] as? Double))) < 1e-5)
  }

  @Test("Numbers have no class, and images are shown beside the table")
  func otherSamples() throws {
    let shell = TestShell()
    let text = shell.text("data linear 40; layer dense 1; compile sgd 0.1 mse; fit 3; worst 2")
    #expect(text.contains("output") && !text.contains("probability"))
    #expect(
      try shell.json("\(Self.digits.replacing("data digits; ", with: "data digits; reset; data digits; ")); worst 2")["ok"] as? Bool == true
    )
  }

  @Test(
    "What cannot be drawn is one clear line, and changes nothing",
    arguments: [
      ("plot weights dense", "no layer yet"), ("\(convolution); plot weights flatten", "has no weights; these have: conv2d, dense"),
      ("\(convolution); plot weights nobody", "nobody"), ("\(digits); plot filters dense", "no convolution; `layer conv2d 8 3x3 relu`"),
      ("\(convolution); plot filters dense", "these are: conv2d"), ("input 3; layer dense 2; plot features dense", "no data yet"),
      ("data moons 20; layer dense 2; plot features dense", "`moons` holds no images"),
      ("\(convolution); plot features dense", "`dense` gives 10 numbers, no maps"),
      ("\(convolution); plot features conv2d sample=1797", "no sample 1,797; the data have 0 to 1,796"),
      ("\(convolution); plot features conv2d sample=-1", "sample"), ("plot confusion", "no data yet"),
      ("data iris; layer dense 3; plot confusion", "not compiled yet"),
      ("data linear 20; layer dense 1; compile sgd mse; plot confusion", "no classes for a confusion matrix"),
      ("data iris; layer dense 2 softmax; compile sgd cce; plot confusion", "targets"), ("worst", "no data yet"),
      ("worst 0", "from 1 to 1,000"),
      ("data iris; worst", "no layer yet"), ("layer dense 2; plot weights dense", "input shape is not known"),
      ("\(digits); plot weights dense file=/no/such/folder/a.png", "no folder"),
    ])
  func complaints(line: String, expected: String) throws {
    let shell = TestShell()
    var text = ""
    for part in line.split(separator: ";") { text = shell.text(String(part)) }
    #expect(text.contains(expected), "\(text)")
    #expect(text.split(separator: "\n").count <= 2)
  }
}
