import CPty
import Foundation
import Testing

/// A built program in a terminal of its own, with settings, history and store in a folder that goes away with it.
final class PtySession {
  let folder: URL
  private let ownsFolder: Bool
  private var terminal: Int32
  private let child: pid_t
  private var unread = ""
  private var pending: [UInt8] = []
  private var isClosed = false
  private(set) var transcript = ""

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The folder of the built programs: beside the test runner's own binary.
  static var products: URL {
    let runner = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    let beside = URL(fileURLWithPath: runner).deletingLastPathComponent()
    if FileManager.default.isExecutableFile(atPath: beside.appendingPathComponent("EditorProbe").path) { return beside }
    // Some toolchains start the tests from a helper of their own and name the bundle in the arguments.
    for argument in CommandLine.arguments where argument.hasSuffix(".xctest") {
      return URL(fileURLWithPath: argument).deletingLastPathComponent()
    }
    return beside
  }

  /// What programs need of the tests' own environment: where the toolchain's libraries are, if not system-wide, and what its sanitizers are told.
  static let passedOn = ProcessInfo.processInfo.environment.filter { ["LD_LIBRARY_PATH", "ASAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key) }

  /// Starts a product (`gradus`, `EditorProbe`) or, by its full path, any program.
  init(
    _ program: String = "EditorProbe", _ arguments: [String] = [], environment extra: [String: String] = [:], columns: Int = 80,
    rows: Int = 24,
    folder: URL? = nil
  ) throws {
    let path = program.hasPrefix("/") ? program : PtySession.products.appendingPathComponent(program).path
    ownsFolder = folder == nil
    self.folder = folder ?? FileManager.default.temporaryDirectory.appendingPathComponent("gradus-pty-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    var environment = [
      "TERM": "xterm", "LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": self.folder.path, "SHELL": "/bin/sh",
      "XDG_CONFIG_HOME": self.folder.path + "/config", "XDG_STATE_HOME": self.folder.path + "/state",
      "XDG_DATA_HOME": self.folder.path + "/data",
    ]
    environment.merge(PtySession.passedOn.merging(extra) { $1 }) { $1 }

    let argv = ([path] + arguments).map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var pid: pid_t = 0
    terminal = pty_spawn(path, argv, envp, Int32(columns), Int32(rows), &pid)
    child = pid
    guard terminal >= 0 else { throw Failure(description: "cannot start \(path) in a terminal") }
  }

  deinit {
    pty_end(terminal, child)
    if ownsFolder { try? FileManager.default.removeItem(at: folder) }
  }

  /// Types the keys; Enter is `\r`.
  func send(_ keys: String) throws {
    let bytes = Array(keys.utf8)
    let result = bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { pty_write(terminal, $0.baseAddress, Int32($0.count)) }
    }
    guard result == 0 else { throw failure("the program takes no keys") }
  }

  /// Waits until the text comes, and returns what came before it; what came up to its end counts as read.
  @discardableResult
  func expect(_ text: String, timeout: Double = 30) throws -> String {
    let deadline = Date(timeIntervalSinceNow: timeout)
    while true {
      if let range = unread.range(of: text) {
        let before = String(unread[..<range.lowerBound])
        unread = String(unread[range.upperBound...])
        return before
      }
      guard !isClosed else { throw failure("the program ended before it said \(text.debugDescription)") }
      guard Date() < deadline else { throw failure("\(text.debugDescription) did not come within \(timeout) s") }
      read(timeout: 50)
    }
  }

  /// Reads what comes for that long; only to show that something does not come.
  func drain(seconds: Double) -> String {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while Date() < deadline && !isClosed { read(timeout: 20) }
    defer { unread = "" }
    return unread
  }

  /// Waits for the program's end and returns its exit code, or 128 and the number of the signal that ended it.
  func exitCode(timeout: Double = 30) throws -> Int {
    let deadline = Date(timeIntervalSinceNow: timeout)
    var status: Int32 = 0
    while Date() < deadline {
      // A program that writes on cannot end before someone reads.
      if !isClosed { read(timeout: 10) }
      guard pty_wait(child, isClosed ? 10 : 0, &status) == 1 else { continue }
      // What it wrote between the last look and its end.
      while !isClosed, read(timeout: 100) {}
      return Int(pty_exit_code(status))
    }
    throw failure("the program did not end within \(timeout) s")
  }

  func resize(columns: Int, rows: Int) { _ = pty_resize(terminal, Int32(columns), Int32(rows)) }

  func signal(_ number: Int32) { kill(child, number) }

  /// Closes the terminal, as somebody does who closes the window.
  func close() {
    pty_close(terminal)
    terminal = -1
    isClosed = true
  }

  /// Reads what is there; whether there was something.
  @discardableResult private func read(timeout: Int32) -> Bool {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = pty_read(terminal, &buffer, Int32(buffer.count), timeout)
    if count < 0 { isClosed = true }
    guard count > 0 else { return false }
    pending += buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }
    // A letter may come in two reads.
    var complete = pending.count
    while complete > 0, pending.count - complete < 4, String(validating: pending.prefix(complete), as: UTF8.self) == nil { complete -= 1 }
    let text = String(decoding: pending.prefix(complete), as: UTF8.self)
    pending.removeFirst(complete)
    unread += text
    transcript += text
    return true
  }

  private func failure(_ what: String) -> Failure {
    Failure(description: "\(what); unread: \(unread.debugDescription); last of all: \(String(transcript.suffix(600)).debugDescription)")
  }
}
