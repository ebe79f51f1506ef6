import Foundation
import Language

/// Writes files that appear whole or not at all.
enum AtomicFile {
  /// Writes beside the file, then takes its place.
  ///
  /// - Parameter isDurable: Whether it must survive a power cut as soon as this returns.
  /// - Throws: A `Complaint` with the reason of the system; the file is then as it was.
  static func write(_ bytes: Foundation.Data, to file: URL, isDurable: Bool = true) throws {
    // A link keeps leading to its file.
    let target = file.resolvingSymlinksInPath()
    if FileAccess.isFolder(target) { throw Complaint.unwritable(file.path, "it is a folder") }
    let draft = target.deletingLastPathComponent().appendingPathComponent(".\(target.lastPathComponent).\(UUID().uuidString.prefix(8))")
    let descriptor = open(draft.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Complaint.unwritable(file.path, String(cString: strerror(errno))) }
    var problem: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      var place = 0
      while place < buffer.count {
        let count = Foundation.write(descriptor, buffer.baseAddress! + place, buffer.count - place)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else {
          problem = count < 0 ? errno : ENOSPC
          return
        }
        place += count
      }
    }
    if problem == 0, isDurable, fsync(descriptor) != 0 { problem = errno }
    if close(descriptor) != 0, problem == 0 { problem = errno }
    if problem == 0, rename(draft.path, target.path) != 0 { problem = errno }
    guard problem == 0 else {
      unlink(draft.path)
      throw Complaint.unwritable(file.path, String(cString: strerror(problem)))
    }
    guard isDurable else { return }
    // The name is the folder's, and is safe when the folder is.
    let folder = open(target.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }
}

extension Complaint {
  static func unwritable(_ path: String, _ reason: String) -> Complaint {
    Complaint("`\(path)` cannot be written: \(reason)", hint: "name a file in a folder that is there and may be written")
  }
}
