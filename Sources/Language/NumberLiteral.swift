/// A number or nested lists of numbers as typed: `0.5`, `[0.1, 0.2]`, `[[1, 2], [3, 4]]`.
public struct NumberLiteral: Sendable, Equatable {
  /// The length of each nested list; empty for a single number.
  public let shape: [Int]
  /// The numbers in order.
  public let values: [Double]
  /// Where it stands in the line.
  public let place: Range<Int>

  /// A literal of known values.
  public init(shape: [Int], values: [Double], place: Range<Int> = 0..<0) {
    self.shape = shape
    self.values = values
    self.place = place
  }

  /// Reads a word; a `Complaint` says where the lists do not fit.
  public init(_ word: Word) throws {
    var parser = Parser(text: Array(word.text), word: word)
    let shape = try parser.readValue(depth: 0)
    parser.skipBlanks()
    guard parser.position == parser.text.count else {
      throw parser.complaint("a number or a list such as [0.1, 0.2] is expected, not `\(word.text)`")
    }
    self.init(shape: shape, values: parser.values, place: word.place)
  }

  private struct Parser {
    let text: [Character]
    let word: Word
    var position = 0
    var values: [Double] = []

    mutating func skipBlanks() { while position < text.count, text[position].isWhitespace { position += 1 } }

    func complaint(_ what: String) -> Complaint {
      let start = word.isQuoted ? word.place.lowerBound : min(word.place.lowerBound + position, word.place.upperBound - 1)
      return Complaint(
        what, at: start..<max(start + 1, min(word.place.upperBound, start + 1)), hint: "write a matrix as [[0.1, 0.2], [0.3, 0.4]]")
    }

    mutating func readValue(depth: Int) throws -> [Int] {
      skipBlanks()
      guard depth <= 8 else { throw complaint("these lists are nested too deeply") }
      guard position < text.count, text[position] == "[" else { return try readNumber() }
      position += 1
      var length = 0
      var inner: [Int]?
      skipBlanks()
      if position < text.count, text[position] == "]" { throw complaint("this list is empty") }
      while true {
        skipBlanks()
        let start = position
        let shape = try readValue(depth: depth + 1)
        if let inner, inner != shape {
          position = start
          throw complaint("the lists inside are of different lengths")
        }
        inner = shape
        length += 1
        skipBlanks()
        guard position < text.count else { throw complaint("nothing closes this list") }
        let separator = text[position]
        if separator == "]" {
          position += 1
          return [length] + (inner ?? [])
        }
        // Blanks alone may separate numbers, as NumPy prints them.
        if separator == "," { position += 1 }
      }
    }

    mutating func readNumber() throws -> [Int] {
      let start = position
      while position < text.count, !text[position].isWhitespace, !"[],".contains(text[position]) { position += 1 }
      guard let value = decimal(String(text[start..<position])) else {
        let typed = String(text[start..<position])
        position = start
        throw complaint(typed.isEmpty ? "a number is missing here" : "`\(typed)` is not a number")
      }
      values.append(value)
      return []
    }
  }
}
