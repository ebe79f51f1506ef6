import Language

/// The cells of a CSV file, the header apart.
struct CSVTable {
  /// The most columns that a table may have.
  static let mostColumns = 100_000

  let text: UTF8Text
  /// The names of the columns, all different.
  let names: [String]
  private let cells: [CSVCell]
  let rows: Int

  var file: String { text.file }

  /// Cuts the file into cells; the separator is the comma, the semicolon or the tab.
  ///
  /// Without a header the columns are named x1, x2, ... With `header` nil, a first line of numbers alone is refused rather than lost.
  /// Throws a `Complaint` with the line's number when a record is damaged or its number of fields differs from the first one's.
  init(_ text: UTF8Text, header: Bool?) throws {
    var cells: [CSVCell] = []
    var columns = 0
    var records = 0
    try text.bytes.withUnsafeBufferPointer { bytes in
      var scanner = CSVScanner(bytes, separator: CSVTable.separator(of: bytes))
      do {
        while let start = try scanner.nextRecord(into: &cells) {
          if records == 0 { columns = cells.count }
          records += 1
          try Interruption.check(every: 4096, at: records)
          guard cells.count == records * columns else {
            let found = cells.count - (records - 1) * columns
            throw Complaint.raggedRow(text.file, line: text.line(at: start), fields: found, expected: columns)
          }
        }
      } catch let flaw as CSVScanner.Flaw {
        throw Complaint.csvFlaw(text.file, line: text.line(at: flaw.place), flaw.kind)
      }
    }
    guard columns > 1 else { throw Complaint.oneColumn(text.file) }
    guard columns <= CSVTable.mostColumns else { throw Complaint.tooManyColumns(text.file, columns) }
    self.text = text
    if header == false {
      names = (1...columns).map { "x\($0)" }
      self.cells = cells
    } else {
      names = try CSVTable.names(of: cells.prefix(columns), in: text, isSure: header == true)
      self.cells = Array(cells.dropFirst(columns))
    }
    rows = self.cells.count / columns
    guard rows > 0 else { throw Complaint.onlyHeader(text.file) }
  }

  /// The bytes of a cell without its quotes.
  func withBytes<Result>(row: Int, column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try text.bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[cells[row * names.count + column].range])) }
  }

  /// The text of a cell.
  func string(row: Int, column: Int) -> String { CSVTable.string(cells[row * names.count + column], in: text) }

  /// The number of the line, from 1, in which a cell begins.
  func line(row: Int, column: Int) -> Int { text.line(at: cells[row * names.count + column].range.lowerBound) }

  private static func string(_ cell: CSVCell, in text: UTF8Text) -> String {
    let string = String(decoding: text.bytes[cell.range], as: UTF8.self)
    return cell.hasDoubledQuotes ? string.replacing("\"\"", with: "\"") : string
  }

  private static func names(of cells: ArraySlice<CSVCell>, in text: UTF8Text, isSure: Bool) throws -> [String] {
    let names = cells.enumerated().map { place, cell in
      let name = string(cell, in: text)
      return name.isEmpty ? "x\(place + 1)" : name
    }
    let allNumbers = cells.allSatisfy { cell in text.bytes.withUnsafeBufferPointer { decimalNumber(.init(rebasing: $0[cell.range])) != nil }
    }
    guard isSure || !allNumbers else { throw Complaint.headerOfNumbers(text.file) }
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted { throw Complaint.columnTwice(text.file, name) }
    return names
  }

  /// The separator that cuts the first records into the same number of fields, more than one: a tab or a semicolon rather than a comma,
  /// which may be a decimal sign. Where none does, the most frequent one of the first record.
  private static func separator(of bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let comma = UInt8(ascii: ",")
    let counts = [UInt8(ascii: "\t"), UInt8(ascii: ";"), comma].map { separator -> (separator: UInt8, fields: [Int]) in
      var scanner = CSVScanner(bytes, separator: separator)
      var fields: [Int] = []
      for _ in 0..<20 {
        var cells: [CSVCell] = []
        // A flaw ends the look at the file; it is complained of when the file is read.
        guard let start = try? scanner.nextRecord(into: &cells), start >= 0 else { break }
        fields.append(cells.count)
      }
      return (separator, fields)
    }
    if let even = counts.first(where: { $0.fields.first ?? 1 > 1 && Set($0.fields).count == 1 }) { return even.separator }
    let most = counts.max { ($0.fields.first ?? 0) < ($1.fields.first ?? 0) }
    return most.flatMap { $0.fields.first ?? 0 > 1 ? $0.separator : nil } ?? comma
  }
}
