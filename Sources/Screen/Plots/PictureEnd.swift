import Foundation

/// The last bytes of a picture's file: gnuplot does not tell that it could not write all of it.
enum PictureEnd {
  private static let marks = ["png": "IEND", "svg": "</svg>", "pdf": "%%EOF"]

  /// Whether a picture is whole, as far as its end tells; one of a kind that has no end is.
  static func isThere(in path: String, ending: String) -> Bool {
    guard let mark = marks[ending] else { return true }
    guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd() else { return false }
    defer { try? file.close() }
    guard (try? file.seek(toOffset: size - min(size, 64))) != nil, let tail = try? file.readToEnd() else { return false }
    return tail.range(of: Data(mark.utf8)) != nil
  }
}
