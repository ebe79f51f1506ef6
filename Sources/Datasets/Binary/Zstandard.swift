import CZstd
import Foundation

/// Data in the Zstandard format (RFC 8878).
public enum Zstandard {
  /// Why data cannot be unpacked.
  public enum Flaw: Error {
    /// It is cut short, or no such data, in the words of the library.
    case damaged(String)
    /// It would be larger than what is allowed.
    case tooLarge
  }

  /// The unpacked content.
  ///
  /// - Parameter most: How many bytes it may have: packed data of a few bytes can name any size.
  /// - Throws: A `Flaw`.
  public static func unpacked(_ packed: Data, most: Int) throws(Flaw) -> Data {
    guard let stream = ZSTD_createDStream() else { throw .damaged("no memory") }
    defer { ZSTD_freeDStream(stream) }
    var result = Data()
    var piece = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
    let failure: Flaw? = packed.withUnsafeBytes { bytes in
      var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
      while true {
        let (left, made) = piece.withUnsafeMutableBytes { room in
          var output = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
          return (ZSTD_decompressStream(stream, &output, &input), output.pos)
        }
        if ZSTD_isError(left) != 0 { return .damaged(String(cString: ZSTD_getErrorName(left))) }
        result.append(contentsOf: piece[..<made])
        if result.count > most { return .tooLarge }
        // A frame that is done asks for nothing; several may follow each other.
        if input.pos == input.size && made < piece.count { return left == 0 ? nil : .damaged("it ends too soon") }
      }
    }
    if let failure { throw failure }
    return result
  }
}
