import Foundation
import Shell

/// A lock between processes on a side file, held until it is released or the process ends.
struct FileLock {
  private let descriptor: Int32

  /// Waits for the lock.
  init(_ file: URL) throws {
    descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Complaint.storeUnusable(file.deletingPathExtension(), String(cString: strerror(errno))) }
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
  }

  func release() { close(descriptor) }
}
