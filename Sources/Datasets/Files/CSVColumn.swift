import Language

/// A column of a CSV file with its kind found out: numbers when every cell that is not missing is one, else text.
enum CSVColumn {
  /// Not a number (NaN) where the cell is missing.
  case numbers([Float], missing: Int)
  /// Classes by their place among the sorted names; a missing cell belongs to the class `missing`.
  case text(names: [String], indices: [Int], missing: Int)

  /// The class of a cell that holds nothing.
  static let missingClass = "missing"

  /// Reads one column; a text column may have `mostValues` different values.
  ///
  /// Throws a `Complaint` when nearly all cells are numbers (a mistyped one would turn the column into text), a number has a decimal
  /// comma or does not fit in 32 bits, or there are too many different texts.
  init(_ table: CSVTable, _ column: Int, mostValues: Int) throws {
    var numbers: [Float] = []
    numbers.reserveCapacity(table.rows)
    var missing = 0
    var firstText: Int?
    for row in 0..<table.rows {
      try Interruption.check(every: 4096, at: row)
      let cell = table.withBytes(row: row, column: column) { CSVColumn.kind(of: $0) }
      switch cell {
      case .missing:
        missing += 1
        numbers.append(.nan)
      case .number(let value):
        guard Float(value).isFinite else {
          throw Complaint.numberTooLarge(table.place(row, column), table.string(row: row, column: column))
        }
        numbers.append(Float(value))
      case .text: firstText = row
      }
      if firstText != nil { break }
    }
    guard let firstText else {
      self = .numbers(numbers, missing: missing)
      return
    }
    try CSVColumn.checkNumbers(table, column, firstText: firstText)
    self = try CSVColumn.texts(table, column, firstText: firstText, mostValues: mostValues)
  }

  /// How many cells are missing.
  var missing: Int {
    switch self {
    case .numbers(_, let missing), .text(_, _, let missing): missing
    }
  }

  private enum Kind { case missing, number(Double), text }

  private static func kind(of bytes: UnsafeBufferPointer<UInt8>) -> Kind {
    if let number = decimalNumber(bytes) { return .number(number) }
    return isMissing(bytes) ? .missing : .text
  }

  /// True for an empty cell, blanks, `?`, `NA`, `N/A`, `NaN` and `null`, in any case.
  static func isMissing(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= 4 else { return bytes.allSatisfy(isBlank) }
    // Up to four letters are compared as one number; 0x20 makes a letter small and leaves `/` and `?` alone.
    let word = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1 | 0x20) }
    return missingWords.contains(word) || bytes.allSatisfy(isBlank)
  }

  private static let missingWords = ["?", "na", "n/a", "nan", "null"].map { $0.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }

  /// Refuses a column of numbers with a decimal comma, and one that is text only because of a few cells.
  private static func checkNumbers(_ table: CSVTable, _ column: Int, firstText: Int) throws {
    var numbers = 0
    var commas = 0
    var texts = 0
    for row in 0..<table.rows {
      try Interruption.check(every: 4096, at: row)
      table.withBytes(row: row, column: column) { bytes in
        switch kind(of: bytes) {
        case .missing: return
        case .number: numbers += 1
        case .text: if hasDecimalComma(bytes) { commas += 1 } else { texts += 1 }
        }
      }
    }
    let cell = table.string(row: firstText, column: column)
    if texts == 0 { throw Complaint.decimalComma(table.place(firstText, column), cell) }
    if numbers >= 10, numbers >= 9 * (texts + commas) {
      throw Complaint.notANumber(table.place(firstText, column), cell, numbers: numbers)
    }
  }

  /// True for a number when its one comma is taken for a point.
  private static func hasDecimalComma(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let comma = UInt8(ascii: ",")
    guard bytes.count(where: { $0 == comma }) == 1 else { return false }
    return bytes.map { $0 == comma ? UInt8(ascii: ".") : $0 }.withUnsafeBufferPointer { decimalNumber($0) != nil }
  }

  private static func texts(_ table: CSVTable, _ column: Int, firstText: Int, mostValues: Int) throws -> CSVColumn {
    var missing = 0
    var places: [String: Int] = [:]
    var indices: [Int] = []
    indices.reserveCapacity(table.rows)
    for row in 0..<table.rows {
      try Interruption.check(every: 4096, at: row)
      var value = table.string(row: row, column: column)
      if table.withBytes(row: row, column: column, isMissing) {
        missing += 1
        value = missingClass
      }
      let place = places[value] ?? places.count
      if place == places.count {
        guard place < mostValues else {
          throw Complaint.tooManyTexts(table.place(firstText, column), table.string(row: firstText, column: column), most: mostValues)
        }
        places[value] = place
      }
      indices.append(place)
    }
    // By the order of Unicode's code points, the same in every locale.
    let names = places.keys.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    var rank = [Int](repeating: 0, count: names.count)
    for (sorted, name) in names.enumerated() { if let first = places[name] { rank[first] = sorted } }
    return .text(names: names, indices: indices.map { rank[$0] }, missing: missing)
  }
}

/// Where a cell stands, for complaints.
struct CSVPlace: Equatable {
  let file: String
  let line: Int
  let column: String
}

extension CSVTable {
  /// The file, line and column of a cell.
  func place(_ row: Int, _ column: Int) -> CSVPlace { CSVPlace(file: file, line: line(row: row, column: column), column: names[column]) }

  /// The column that a user names: by its name, or by its number from 1.
  ///
  /// Throws a `Complaint` with the nearest names when there is none.
  func column(named name: String) throws -> Int {
    if let place = names.firstIndex(of: name) { return place }
    if let number = Int(name), (1...names.count).contains(number) { return number - 1 }
    throw Complaint.noColumn(file, name, names: names)
  }
}
