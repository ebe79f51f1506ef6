import Foundation

/// The standard streams, written at once and whole.
enum Output {
  /// Writes text to standard output; the program leaves when nobody reads it any more.
  static func out(_ text: String) {
    if !write(text, to: 1) { exit(1) }
  }

  /// Writes text to standard error.
  static func error(_ text: String) { _ = write(text, to: 2) }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        return false
      }
      bytes = bytes.dropFirst(written)
    }
    return true
  }
}
