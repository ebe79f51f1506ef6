import CZip
import Foundation

/// A ZIP archive in memory, whose members are read from start to end.
public final class ZipArchive {
  /// Why something cannot be read.
  public enum Flaw: Error {
    /// It is no archive.
    case notZip
    /// It has no member of that name.
    case noMember(String)
    /// A member cannot be read, in the words of the library.
    case damaged(member: String, String)
  }

  private let archive: OpaquePointer
  // libzip reads from this memory for as long as the archive is open.
  private let bytes: UnsafeMutableRawBufferPointer

  /// Opens an archive; throws a `Flaw` when it is none.
  public init(_ data: Data) throws {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(data.count, 1), alignment: 1)
    data.withUnsafeBytes { bytes.copyMemory(from: $0) }
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(bytes.baseAddress, UInt64(data.count), 0, &error) else {
      bytes.deallocate()
      throw Flaw.notZip
    }
    guard let archive = zip_open_from_source(source, Int32(ZIP_RDONLY), &error) else {
      zip_source_free(source)
      bytes.deallocate()
      throw Flaw.notZip
    }
    self.archive = archive
    self.bytes = bytes
  }

  deinit {
    zip_discard(archive)
    bytes.deallocate()
  }

  /// The names of the members, in the order of the archive.
  public var names: [String] {
    (0..<max(0, zip_get_num_entries(archive, 0))).compactMap { zip_get_name(archive, UInt64($0), 0).map { String(cString: $0) } }
  }

  /// Reads a member through a function that fills a buffer and returns how many bytes it got, fewer than asked for at the end only.
  ///
  /// Throws a `Flaw` when there is no such member or it is damaged, and what the body throws.
  public func read<Result>(_ name: String, _ body: ((UnsafeMutableRawBufferPointer) throws -> Int) throws -> Result) throws -> Result {
    guard zip_name_locate(archive, name, 0) >= 0 else { throw Flaw.noMember(name) }
    guard let file = zip_fopen(archive, name, 0) else { throw Flaw.damaged(member: name, String(cString: zip_strerror(archive))) }
    defer { zip_fclose(file) }
    return try body { buffer in
      var filled = 0
      while filled < buffer.count {
        let got = zip_fread(file, buffer.baseAddress.map { $0 + filled }, UInt64(buffer.count - filled))
        guard got >= 0 else { throw Flaw.damaged(member: name, String(cString: zip_file_strerror(file))) }
        if got == 0 { break }
        filled += Int(got)
      }
      return filled
    }
  }

  /// All bytes of a member.
  ///
  /// Throws a `Flaw` when there is no such member, it is damaged, or it has more bytes than `most`.
  public func content(_ name: String, most: Int) throws -> Data {
    try read(name) { next in
      var content = Data()
      let part = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
      defer { part.deallocate() }
      while true {
        let got = try next(part)
        content.append(contentsOf: part[0..<got])
        guard content.count <= most else { throw Flaw.damaged(member: name, "it is too large") }
        if got < part.count { return content }
      }
    }
  }
}
