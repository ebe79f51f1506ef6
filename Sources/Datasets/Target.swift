/// What is to be predicted: one class or one number a sample.
public enum Target: Sendable, Equatable {
  /// Classes by their place in the sorted list of names.
  case classes(names: [String], indices: [Int])
  /// Plain numbers.
  case numbers([Float])

  /// The number of samples.
  public var count: Int {
    switch self {
    case .classes(_, let indices): indices.count
    case .numbers(let values): values.count
    }
  }

  /// The names of the classes in order, empty for numbers.
  public var classNames: [String] {
    switch self {
    case .classes(let names, _): names
    case .numbers: []
    }
  }

  /// The groups that a stratified split keeps in proportion: the classes, or the distinct values of a numeric target that has at most
  /// `limit` of them and whole ones only (such as 0 and 1); nil where a number is a measurement.
  func groups(atMost limit: Int = 20) -> (names: [String], indices: [Int])? {
    switch self {
    case .classes(let names, let indices): return (names, indices)
    case .numbers(let values):
      guard let distinct = DistinctValues(values, atMost: limit), distinct.areWhole else { return nil }
      return (distinct.names, distinct.indices(of: values))
    }
  }
}
