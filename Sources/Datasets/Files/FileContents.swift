import Foundation
import Language

/// What completion tells of a file before it is read.
extension CandidateSource {
  /// The columns of the table that an earlier argument, `file`, names.
  public static let csvColumns = CandidateSource("columns of a table")
  /// The arrays of the archive that an earlier argument, `file`, names.
  public static let npzArrays = CandidateSource("arrays of an archive")
}

extension CSVFile {
  /// The first bytes of a file, which hold the names of its columns and a row.
  private static let head = 1 << 16

  /// The columns of a table, each with its value in the first row; where no line holds names, their numbers. None of a file that is no table.
  public static func columns(of file: URL, isHeaded: Bool) -> [(name: String, example: String)] {
    guard let handle = try? FileHandle(forReadingFrom: file) else { return [] }
    defer { try? handle.close() }
    guard let bytes = try? handle.read(upToCount: head), let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    guard let text = try? UTF8Text(bytes[...end], file: file.lastPathComponent), let table = try? CSVTable(text, header: isHeaded) else {
      return []
    }
    return table.names.enumerated().map { place, name in
      (isHeaded ? name : "\(place + 1)", table.rows > 0 ? table.string(row: 0, column: place) : "")
    }
  }
}

extension NPZFile {
  /// The names of the arrays in an archive; none of a file that is no archive.
  public static func arrays(in file: URL) -> [String] {
    guard let content = try? Data(contentsOf: file, options: .mappedIfSafe), let archive = try? ZipArchive(content) else { return [] }
    return archive.names.map { $0.hasSuffix(".npy") ? String($0.dropLast(4)) : $0 }
  }
}
