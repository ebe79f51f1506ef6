/// The distinct values of a list of numbers in ascending order.
struct DistinctValues {
  let values: [Float]

  /// The distinct values, or nil when there are more than `limit`.
  init?(_ numbers: [Float], atMost limit: Int) {
    var seen: Set<Float> = []
    for number in numbers where seen.insert(number).inserted && seen.count > limit { return nil }
    values = seen.sorted()
  }

  /// True when every value is a whole number, as the number of a class is.
  var areWhole: Bool { values.allSatisfy { $0.rounded() == $0 } }

  /// The values as a reader writes them: `3`, not `3.0`.
  var names: [String] { values.map(numberText) }

  /// The place of each number among the distinct values.
  func indices(of numbers: [Float]) -> [Int] {
    let places = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
    return numbers.map { places[$0] ?? 0 }
  }
}

/// A number without a needless fraction: `3` rather than `3.0`.
func numberText(_ value: Float) -> String {
  if value.rounded() == value, abs(value) < 1e9 { return String(Int(value)) }
  return "\(value)"
}
