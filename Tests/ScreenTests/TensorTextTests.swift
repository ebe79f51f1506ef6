import Engine
import Kernels
import Testing

@testable import Screen
@testable import Shell

@MainActor @Suite("The numbers of a tensor") struct TensorTextTests {
  private func text(_ shape: [Int], whole: Bool = false, width: Int = 80) -> [String] {
    let values = (0..<Tensor.count(of: shape)).map { Float($0) }
    let facts = TensorFacts(name: "a.kernel", tensor: Tensor(shape: shape, values: values), isWhole: whole)
    return TensorText.lines(of: facts, on: Canvas(width: width)).map(\.plain)
  }

  @Test("A small one is printed whole")
  func small() { #expect(text([2, 3]) == ["a.kernel  (2, 3)", "[[0  1  2]", " [3  4  5]]"]) }

  @Test("Of a large one the numbers at the ends of each axis, as NumPy prints it")
  func large() {
    #expect(
      text([1001]) == [
        "a.kernel  (1001)", "[   0     1     2  ...   998   999  1000]",
        "1,001 numbers; a part is `show a.kernel[0:5]`, `all=yes` prints all",
      ])
    let lines = text([100, 2, 40])
    #expect(lines.count == 15, "\(lines)")
    #expect(
      lines[1] == "[[[   0     1     2  ...    37    38    39]" && lines[2] == "  [  40    41    42  ...    77    78    79]]", "\(lines)")
    #expect(lines[7] == " ..." && lines[13] == "  [7960  7961  7962  ...  7997  7998  7999]]]", "\(lines)")
  }

  @Test("All of it where that is asked for")
  func whole() {
    let lines = text([1001], whole: true)
    #expect(!lines.joined().contains("...") && lines.dropFirst().allSatisfy { $0.count <= 80 } && lines.last?.hasSuffix("1000]") == true)
  }

  @Test("What is shown of a hundred million numbers costs no time")
  func huge() {
    let facts = TensorFacts(name: "a.kernel", tensor: Tensor(shape: [10_000, 1_000], filledWith: 1))
    let clock = ContinuousClock()
    let start = clock.now
    #expect(TensorText.lines(of: facts, on: Canvas()).count == 9)
    #expect(facts.json.last?.1 == .null)
    #expect(clock.now - start < .seconds(1))
  }

  @Test(
    "A part is taken as NumPy takes it",
    arguments: [
      ("k[0:2, 1]", [2], [1, 4]), ("k[1:]", [1, 3], [3, 4, 5]), ("k[:, 2]", [2], [2, 5]), ("k[:1, :2]", [1, 2], [0, 1]),
      ("k[1]", [3], [3, 4, 5]),
      ("k[0:99, 0:1]", [2, 1], [0, 3]), ("k[1, 2]", [], [5]),
    ] as [(String, [Int], [Float])])
  func parts(name: String, shape: [Int], values: [Float]) throws {
    let tensor = Tensor(shape: [2, 3], values: [0, 1, 2, 3, 4, 5])
    #expect(try TensorName(name, allowsParts: true).pick(from: tensor) == Tensor(shape: shape, values: values))
  }

  @Test(
    "What is no part, or lies outside, is complained of",
    arguments: ["k[2:]", "k[1:1]", "k[0:1:2]", "k[-1:]", "k[a:b]", "k[0, 0, 0:1]", "k[2]"])
  func wrong(name: String) {
    #expect(throws: Complaint.self) {
      try TensorName(name, allowsParts: true).pick(from: Tensor(shape: [2, 3], values: [0, 1, 2, 3, 4, 5]))
    }
  }

  @Test("Only `show` takes a part") func onlyShow() { #expect(throws: Complaint.self) { try TensorName("k[0:1]") } }
}
