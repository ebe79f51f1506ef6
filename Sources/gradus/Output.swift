import Foundation
import Synchronization

/// The standard streams, written at once and whole.
enum Output {
  private static let isTerminal = Atomic(false)
  private static let isGone = Atomic(false)

  /// Whether the terminal that output goes to has been closed.
  static var isTerminalGone: Bool { isGone.load(ordering: .relaxed) }

  /// Prepares the streams, before anything is opened.
  ///
  /// One that is closed becomes one that cannot be used: else the next file that is opened would take its number, and what is printed would go
  /// into that file.
  static func begin() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", descriptor == 1 ? O_RDONLY : O_WRONLY) }
    // A file that grows past a limit is a full disk to whoever writes it, not the end of the program.
    signal(SIGXFSZ, SIG_IGN)
    isTerminal.store(isatty(1) != 0, ordering: .relaxed)
  }

  /// Writes text to standard output.
  ///
  /// The program leaves when it cannot: without a word, and with the status that the signal would give, when nobody reads any more, else with
  /// the reason. A terminal that was closed ends the input too, and what is to be kept is kept then.
  static func out(_ text: String) {
    guard !isTerminalGone, !write(text, to: 1) else { return }
    let reason = errno
    if reason == EPIPE { exit(128 + SIGPIPE) }
    if reason == EIO, isTerminal.load(ordering: .relaxed) { return isGone.store(true, ordering: .relaxed) }
    error("standard output cannot be written: \(String(cString: strerror(reason)))\n")
    exit(1)
  }

  /// Writes text to standard error.
  static func error(_ text: String) { _ = write(text, to: 2) }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EAGAIN { waitToWrite(descriptor) }
        if errno == EINTR || errno == EAGAIN { continue }
        return false
      }
      bytes = bytes.dropFirst(written)
    }
    return true
  }

  /// Waits until a stream that does not wait by itself takes more.
  private static func waitToWrite(_ descriptor: Int32) {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&waiting, 1, 1_000)
    errno = EAGAIN
  }
}
