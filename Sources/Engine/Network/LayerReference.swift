/// How a layer is pointed at: by its name, or by its number from 1.
public enum LayerReference: Sendable, Equatable {
  case name(String)
  case number(Int)

  /// A word of digits is a number, any other a name.
  public init(_ word: String) {
    if !word.isEmpty, word.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(word) {
      self = .number(number)
    } else {
      self = .name(word)
    }
  }
}
