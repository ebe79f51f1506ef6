import Testing

@testable import Datasets

@Suite struct DecimalNumberTests {
  @Test(arguments: [
    ("5", 5.0), (" 5 ", 5), ("+3", 3), ("-0.25", -0.25), (".5", 0.5), ("5.", 5), ("1e-3", 0.001), ("1E+3", 1000), ("0", 0), ("-0", 0),
    ("3.4028235e38", 3.4028235e38), ("1e-400", 0), ("0e999999999", 0), ("123456789012345678901234567890", 1.2345678901234568e29),
    ("0.00000000000000000000012345", 1.2345e-22), ("inf", Double.infinity), ("-Infinity", -Double.infinity), ("1e400", Double.infinity),
  ])
  func numbersAreRead(_ text: String, _ value: Double) throws {
    let number = try #require(parsed(text))
    #expect(number == value || abs(number - value) < 1e-14 * abs(value))
  }

  @Test(arguments: ["", " ", "-", ".", "e5", "1e", "1e+", "1,5", "1_000", "0x1A", "1 2", "5a", "--1", "1.2.3", "nan", "١"])
  func everythingElseIsNone(_ text: String) { #expect(parsed(text) == nil) }

  @Test func agreesWithTheLibraryOnManyNumbers() throws {
    for i in 0..<2000 {
      let value = Double((i &* 7919) % 100_003) * 1.37e-7 * (i % 2 == 0 ? 1 : -1)
      #expect(Float(try #require(parsed("\(value)"))) == Float(value))
    }
  }

  private func parsed(_ text: String) -> Double? { Array(text.utf8).withUnsafeBufferPointer { decimalNumber($0) } }
}
