import Testing

@testable import Course

@Suite struct OutputComparisonTests {
  @Test(
    "What a lesson expects is compared by its rules",
    arguments: [
      (["a b"], ["a   b"], true), (["a b"], ["  a b  "], true), (["a b"], ["a c"], false), (["a"], ["a", "", " "], true),
      (["a"], ["a", "b"], false), (["a", "b"], ["a"], false), ([], [], true),
      (["..."], [], true), (["..."], ["x", "y"], true), (["a", "...", "z"], ["a", "b", "c", "z"], true),
      (["a", "...", "z"], ["a", "z"], true),
      (["a", "...", "z"], ["a", "b"], false), (["loss ... end"], ["loss 3 and more end"], true),
      (["loss ...end"], ["loss beginning"], false),
      (["...0.0362..."], ["loss 0.0361646   (1 sample)"], true), (["...0.0362..."], ["loss 0.05"], false),
      (["97"], ["97"], true), (["97"], ["98"], false), (["97"], ["97.0"], true), (["97"], ["97.1"], false), (["1,000"], ["1000"], true),
      (["0.73"], ["0.7311"], true), (["0.73"], ["0.74"], false), (["0.7311"], ["0.73105"], true), (["0.7311"], ["0.7331"], false),
      (["1000.0"], ["1000.9"], true), (["1000.0"], ["1002.0"], false), (["-0.5"], ["0.5"], false), (["1e-05"], ["1.0e-5"], true),
      (["0.0000"], ["4.53979e-05"], true),
      (["conv2d_1"], ["conv2d_2"], false), (["dense_1"], ["dense_1"], true), (["3x3"], ["3x4"], false), (["v2"], ["v3"], false),
      (["(None, 8)"], ["(None, 8)"], true), (["(None, 8)"], ["(None, 9)"], false), (["2-8-1"], ["2-8-1"], true),
      (["2-8-1"], ["2-9-1"], false),
      (["[1.0, 2.0]"], ["[1.0001, 2.0001]"], true), (["388.00 B"], ["388.00 B"], true), (["é → à"], ["é → à"], true),
    ] as [([String], [String], Bool)])
  func compares(expected: [String], actual: [String], matches: Bool) {
    #expect(OutputComparison().matches(expected: expected, actual: actual) == matches)
  }

  @Test("The tolerance is the fence's")
  func tolerance() {
    #expect(OutputComparison(tolerance: 0.1).matches(expected: ["1.00"], actual: ["1.09"]))
    #expect(!OutputComparison(tolerance: 0.01).matches(expected: ["1.00"], actual: ["1.09"]))
  }

  @Test("Half a unit of the last digit", arguments: [("0.73", 0.005), ("12", 0.5), ("1.5e-3", 0.00005), ("2e2", 50)])
  func halfUnit(number: String, expected: Double) { #expect(abs(OutputComparison.halfUnit(of: number) - expected) < 1e-12) }
}
