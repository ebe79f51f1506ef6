import CPty
import Foundation

/// A home of its own for the built program: settings, history, store and working folder, all gone with it.
final class ProgramHome {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-home-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// What a run gave.
  struct Outcome: CustomStringConvertible {
    let status: Int
    let output: String
    let error: String

    var description: String { "status \(status)\n\(output)\nstandard error:\n\(error)" }

    /// Standard output line by line as JSON; nil where one is no object.
    var objects: [[String: Any]?] {
      output.split(separator: "\n").map { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }
  }

  /// Runs the program to its end, without a terminal, in its folder.
  func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) throws -> Outcome {
    try run(arguments, input: input, environment: environment)
  }

  func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> Outcome {
    let program = try start(arguments, environment: environment)
    try program.write(input)
    return try program.finished()
  }

  /// Starts the program without a terminal.
  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> PipedProgram {
    try PipedProgram(
      arguments, environment: self.environment.merging(environment) { $1 }, folder: folder,
      results: folder.appendingPathComponent(".results-\(UUID().uuidString)"))
  }

  /// Starts the program in a terminal, without colours unless `NO_COLOR` is given as empty, and waits for its first prompt.
  func terminal(
    _ arguments: String..., environment: [String: String] = [:], columns: Int = 80, rows: Int = 24, prompt: String = "> "
  ) throws -> PtySession {
    let session = try PtySession(
      "gradus", arguments, environment: ["NO_COLOR": "1"].merging(environment) { $1 }, columns: columns, rows: rows, folder: folder)
    try session.expect(prompt)
    return session
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> URL {
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return url
  }

  func text(of name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }

  private var environment: [String: String] {
    let environment = [
      "TERM": "xterm", "LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path,
      "XDG_CONFIG_HOME": folder.path + "/config", "XDG_STATE_HOME": folder.path + "/state", "XDG_DATA_HOME": folder.path + "/data",
    ]
    return environment.merging(PtySession.passedOn) { $1 }
  }
}

/// The program at work between pipes: its standard input can be written bit by bit, what it prints goes into files.
final class PipedProgram {
  private let child: pid_t
  private let input: Int32
  /// Kept open, so that writing to a program that has left ends nobody.
  private let otherEnd: Int32
  private let results: URL
  private var isInputOpen = true
  private var hasEnded = false

  init(_ arguments: [String], environment: [String: String], folder: URL, results: URL) throws {
    self.results = results
    try FileManager.default.createDirectory(at: results, withIntermediateDirectories: true)
    let path = PtySession.products.appendingPathComponent("gradus").path
    var ends: [Int32] = [0, 0]
    guard program_pipe(&ends) == 0 else { throw PtySession.Failure(description: "no pipe") }
    let output = open(results.path + "/out", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    let error = open(results.path + "/error", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    let argv = ([path] + arguments).map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      (argv + envp).forEach { free($0) }
      close(output)
      close(error)
    }
    var pid: pid_t = 0
    let result = program_spawn(path, argv, envp, folder.path, ends[0], output, error, &pid)
    child = pid
    otherEnd = ends[0]
    input = ends[1]
    guard result == 0 else { throw PtySession.Failure(description: "cannot start \(path)") }
  }

  deinit {
    closeInput()
    close(otherEnd)
    if !hasEnded && child > 0 {
      kill(child, SIGKILL)
      var status: Int32 = 0
      pty_wait(child, 5_000, &status)
    }
  }

  /// What has come on standard output so far.
  var output: String { text("out") }

  /// Writes to standard input. A program that has left is no failure here: the test looks at its status.
  func write(_ text: String) throws {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { pty_write(input, $0.baseAddress, Int32($0.count)) }
    }
  }

  func closeInput() {
    if isInputOpen { close(input) }
    isInputOpen = false
  }

  func signal(_ number: Int32) { kill(child, number) }

  /// Waits until standard output holds the text so many times.
  func wait(for text: String, count: Int = 1, timeout: Double = 30) throws {
    let deadline = Date(timeIntervalSinceNow: timeout)
    while output.components(separatedBy: text).count - 1 < count {
      guard Date() < deadline else { throw PtySession.Failure(description: "\(text) did not come: \(output) \(self.text("error"))") }
      usleep(2_000)
    }
  }

  /// Ends the input and waits for the program's end.
  func finished(timeout: Double = 60) throws -> ProgramHome.Outcome {
    closeInput()
    var status: Int32 = 0
    guard pty_wait(child, Int32(timeout * 1000), &status) == 1 else {
      throw PtySession.Failure(description: "the program did not end: \(output) \(text("error"))")
    }
    hasEnded = true
    return ProgramHome.Outcome(status: Int(pty_exit_code(status)), output: output, error: text("error"))
  }

  private func text(_ name: String) -> String {
    String(decoding: (try? Data(contentsOf: results.appendingPathComponent(name))) ?? Data(), as: UTF8.self)
  }
}
