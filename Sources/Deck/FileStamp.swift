import Foundation

/// What tells that a file was written, without reading it.
struct FileStamp: Sendable, Hashable {
  /// The seconds since 1970 and the nanoseconds in the last of them at which it was written.
  private let seconds: Int, nanoseconds: Int
  /// Its size in bytes.
  let size: Int
  private let file: UInt64
  /// What it is: a regular file, a folder or something else.
  let kind: FileAttributeType

  /// The stamp of a file that links lead to; nil when it is not there.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let modified = status.st_mtimespec
    #else
      let modified = status.st_mtim
    #endif
    (seconds, nanoseconds) = (Int(modified.tv_sec), Int(modified.tv_nsec))
    size = Int(status.st_size)
    file = UInt64(status.st_ino)
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .typeRegular
      case S_IFDIR: .typeDirectory
      default: .typeUnknown
      }
  }

  /// Whether it was written so short a time ago that it could be written once more and bear the same stamp.
  var isFresh: Bool { abs(Date().timeIntervalSince1970 - Double(seconds)) < 2 }
}
