import Foundation

/// The lines of earlier sessions: a text file with one line a command, which several shells may use at once.
///
/// Each new line is appended under a lock on a side file, so that no shell can destroy another's lines. A file that has grown too long is
/// written anew under the same lock and put in place by one rename.
struct HistoryFile {
  let url: URL
  /// So many of the newest lines are kept.
  let limit: Int

  init(url: URL, limit: Int = 10_000) {
    self.url = url
    self.limit = limit
  }

  /// All lines, oldest first, without neighbours that are equal; empty when there is no file.
  func load() -> [String] {
    guard let data = try? Data(contentsOf: url) else { return [] }
    return HistoryFile.lines(of: data, limit: limit)
  }

  /// Appends a line, and trims the file when it has outgrown the limit by a tenth.
  func append(_ line: String) throws {
    try locked {
      let descriptor = open(url.path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
      defer { close(descriptor) }
      // One call for the whole line: a process that is killed leaves all of it or nothing.
      let bytes = Array((HistoryFile.encoded(line) + "\n").utf8)
      guard write(descriptor, bytes, bytes.count) == bytes.count else { throw CocoaError(.fileWriteUnknown) }
      try trim(descriptor)
    }
  }

  /// Replaces the newest line that equals `old`, where there is one; a command that was continued becomes one line.
  func replaceLast(_ old: String, by new: String) throws {
    try locked {
      var lines = load()
      if let index = lines.lastIndex(of: old) { lines.remove(at: index) }
      lines.append(new)
      try save(lines)
    }
  }

  private func trim(_ descriptor: Int32) throws {
    // A file with fewer bytes than that cannot hold too many lines; most appends end here.
    guard lseek(descriptor, 0, SEEK_END) > off_t(2 * limit) else { return }
    guard let data = try? Data(contentsOf: url) else { return }
    let count = data.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    if count > limit + limit / 10 { try save(HistoryFile.lines(of: data, limit: limit)) }
  }

  private func save(_ lines: [String]) throws {
    let text = lines.suffix(limit).map { HistoryFile.encoded($0) + "\n" }.joined()
    let fresh = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).\(getpid())")
    guard FileManager.default.createFile(atPath: fresh.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
      throw CocoaError(.fileWriteUnknown)
    }
    guard rename(fresh.path, url.path) == 0 else {
      unlink(fresh.path)
      throw CocoaError(.fileWriteUnknown)
    }
  }

  private func locked(_ body: () throws -> Void) throws {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let lock = open(url.path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw CocoaError(.fileWriteUnknown) }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw CocoaError(.fileWriteUnknown) }
    }
    try body()
  }

  private static func lines(of data: Data, limit: Int) -> [String] {
    var lines: [String] = []
    for piece in data.split(separator: UInt8(ascii: "\n")) {
      let line = String(decoding: piece, as: UTF8.self)
      if !line.isEmpty && line != lines.last { lines.append(line) }
    }
    return Array(lines.suffix(limit))
  }

  /// A line without the line breaks that would tear it in two.
  static func encoded(_ line: String) -> String {
    String(line.unicodeScalars.map { CharacterSet.newlines.contains($0) ? " " : Character($0) })
  }
}
