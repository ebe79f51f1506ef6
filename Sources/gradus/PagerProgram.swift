import Foundation
import Language
import Terminal

/// The person's own pager, in the same terminal: what is longer than the screen goes through it.
struct PagerProgram {
  /// The command, as `sh` reads it.
  let command: String
  private let environment: [String: String]

  /// The pager that `$PAGER` names; nil where it names none, or `cat`, which is as good as none.
  init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    let told = (environment["PAGER"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    guard !told.isEmpty, told != "cat" else { return nil }
    command = told
    self.environment = environment
  }

  /// The program that the command begins with; nil where it begins with something that only the shell can read.
  var name: String? {
    let first = String(command.prefix { !$0.isWhitespace })
    return first.contains(/^[\w.,+@%:\/-]+$/) && !first.hasPrefix("-") ? first : nil
  }

  /// Hands a text to the pager and waits until the person leaves it, wherever in the text that is.
  ///
  /// - Throws: A `Complaint` when there is no such program; nothing was shown then.
  func show(_ text: String) throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw refusal }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // A pager that was killed in the middle leaves the terminal as it had it.
    var modes = termios()
    let knowsModes = tcgetattr(STDIN_FILENO, &modes) == 0
    let process = start(reading: ends[0])
    close(ends[0])
    if let process { PagerProgram.write(text, to: ends[1], for: process) }
    close(ends[1])
    guard let process else { throw refusal }
    let status = PagerProgram.end(of: process)
    if knowsModes { tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) }
    // Whoever leaves a pager, or stops it, makes it end well or by a signal.
    let (code, signal) = (status >> 8 & 0xFF, status & 0x7F)
    if signal == 0, code == 126 || code == 127 { throw refusal }
    if signal == 0, code != 0, code < 128 { throw Complaint("the pager `\(command)` failed with status \(code)", hint: refusal.hint) }
    // A Ctrl-C that the pager took for itself is no wish to stop what comes next; one that ended it is.
    if status == 0 { Interrupts.clear() }
  }

  private var refusal: Complaint {
    Complaint("the pager `\(command)` cannot be run", hint: "`PAGER` in the environment names it, `set pager off` does without")
  }

  /// What the shell is to do: it has no word of its own about a program that is not there, and leaves its place to one that is alone.
  private var script: String {
    guard let name else { return command }
    let isAlone = !command.contains { "|&;()<>\n".contains($0) }
    return "case $(command -v '\(name)') in\n'') exit 127 ;;\n*/*) \(isAlone ? "exec " : "")\(command)\n;;\n*) \(command)\n;;\nesac"
  }

  /// Starts the pager in this process group, so that the terminal is its, too.
  private func start(reading end: Int32) -> pid_t? {
    // Colours pass, and what turns out to fit the screen is left at once; whoever sets LESS wants it otherwise.
    let variables = environment.merging(["LESS": environment["LESS"] ?? "FRX"]) { $1 }
    let arguments = ["/bin/sh", "-c", script]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var given: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + given).forEach { free($0) } }
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, end, STDIN_FILENO)
    // What this program ignores would be ignored there as well, and `yes | head` would never end.
    var usual = sigset_t()
    sigemptyset(&usual)
    for signal in [SIGPIPE, SIGXFSZ] { sigaddset(&usual, signal) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var process = pid_t()
    return posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, &given) == 0 ? process : nil
  }

  /// Writes until the pager wants no more.
  private static func write(_ text: String, to end: Int32, for process: pid_t) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(end, $0.baseAddress, $0.count) }
      if written < 0 {
        guard errno == EINTR, Interrupts.ending == nil else { return }
        continue
      }
      bytes = bytes.dropFirst(written)
    }
  }

  /// Waits for the end, and returns what `waitpid` says of it. Who wants this program to end wants the pager to.
  private static func end(of process: pid_t) -> Int32 {
    var status: Int32 = 0
    if Interrupts.ending != nil { kill(process, SIGTERM) }
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { break }
      if Interrupts.ending != nil { kill(process, SIGTERM) }
    }
    return status
  }
}
