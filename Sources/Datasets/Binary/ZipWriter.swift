import CZip
import Foundation

/// Writes ZIP archives.
public enum ZipWriter {
  /// Why an archive cannot be written: what libzip says.
  public struct Failure: Error, Sendable {
    /// In its words.
    public let reason: String
  }

  /// Writes an archive of members in order, in the place of a file that is there; the file appears when it is whole.
  public static func write(_ members: [(name: String, content: Data)], to file: URL) throws(Failure) {
    var code: Int32 = 0
    guard let archive = zip_open(file.resolvingSymlinksInPath().path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw Failure(reason: String(cString: zip_error_strerror(&error)))
    }
    for (name, content) in members {
      // libzip reads the bytes when it closes the archive, and frees them.
      let bytes = malloc(max(content.count, 1))
      content.withUnsafeBytes { if let from = $0.baseAddress { bytes?.copyMemory(from: from, byteCount: content.count) } }
      guard let source = zip_source_buffer(archive, bytes, UInt64(content.count), 1) else {
        free(bytes)
        throw discarded(archive)
      }
      guard zip_file_add(archive, name, source, UInt32(ZIP_FL_ENC_UTF_8)) >= 0 else {
        zip_source_free(source)
        throw discarded(archive)
      }
    }
    guard zip_close(archive) == 0 else { throw discarded(archive) }
  }

  private static func discarded(_ archive: OpaquePointer) -> Failure {
    let reason = String(cString: zip_strerror(archive))
    zip_discard(archive)
    return Failure(reason: reason)
  }
}
