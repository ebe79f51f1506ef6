import Course
import Dispatch
import Foundation
import Shell
import Threads

/// Checks lessons in processes of their own, as many at once as there are cores: a session lives on one thread, and a lesson that trains for ever in
/// a place where nothing can stop it is ended with its process.
///
/// A worker is this program, started as `gradus check --worker`. It reads files from its standard input, each a JSON string on a line; on its standard
/// output it tells a point when a fence begins, and for each file its outcome as JSON.
enum CheckWorkers {
  /// What the queue holds: the place of the next file, and the outcomes by the places of their files.
  private struct State {
    var next = 0
    var outcomes: [Int: LessonChecker.Outcome] = [:]
  }

  /// The outcomes of files, in their order; nil for those that no process could be started for.
  static func outcomes(of files: [String], at once: Int, limit: Double, arguments: [String]) -> [LessonChecker.Outcome?] {
    let state = Guarded(State())
    DispatchQueue.concurrentPerform(iterations: max(1, min(once, files.count))) { _ in
      var worker: CheckWorker?
      while true {
        let place = state.withLock { state in
          defer { state.next += 1 }
          return state.next
        }
        guard place < files.count else { break }
        // Where no process can be started the file is left to the caller.
        guard let ready = worker ?? CheckWorker(arguments) else { continue }
        worker = ready
        let outcome: LessonChecker.Outcome
        switch ready.outcome(of: files[place], patience: limit + 10) {
        case .success(let found): outcome = found
        case .failure(let silence):
          // The next file gets another worker.
          worker = nil
          outcome = silence == .slow ? .unfinished(files[place], limit: limit) : .unreadable(files[place], Complaint("its check broke off"))
        }
        state.withLock { $0.outcomes[place] = outcome }
      }
    }
    return state.withLock { state in files.indices.map { state.outcomes[$0] } }
  }

  /// The other side: checks the files that standard input names.
  @MainActor static func serve(_ checker: LessonChecker) {
    while let line = readLine(strippingNewline: true) {
      guard let file = try? JSONDecoder().decode(String.self, from: Data(line.utf8)) else { continue }
      let outcome: LessonChecker.Outcome
      do {
        outcome = try LessonChecker.documents([file]).reduce(into: LessonChecker.Outcome()) { outcome, document in
          outcome.add(try checker.check(document) { Output.out(".\n") })
        }
      } catch {
        outcome = .unreadable(file, error)
      }
      guard let answer = try? JSONEncoder().encode(outcome) else { continue }
      Output.out(String(decoding: answer, as: UTF8.self) + "\n")
    }
  }
}

/// A process that checks lessons.
private final class CheckWorker {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var unread: [UInt8] = []

  /// Starts a worker; nil when that fails.
  init?(_ arguments: [String]) {
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["check", "--worker"] + arguments
    process.standardInput = input
    process.standardOutput = output
    do { try process.run() } catch { return nil }
  }

  deinit {
    try? input.fileHandleForWriting.close()
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  /// Why a worker does not answer.
  enum Silence: Error {
    /// It said nothing for too long, and was ended.
    case slow
    /// It ended by itself.
    case ended
  }

  /// The outcome of a file, or why there is none; a worker that said nothing for so many seconds is ended.
  func outcome(of file: String, patience: Double) -> Result<LessonChecker.Outcome, Silence> {
    guard var line = try? JSONEncoder().encode(file) else { return .failure(.ended) }
    line.append(0x0A)
    guard (try? input.fileHandleForWriting.write(contentsOf: line)) != nil else { return .failure(.ended) }
    do {
      while true {
        let answer = try nextLine(patience: patience)
        if answer == "." { continue }
        guard let outcome = try? JSONDecoder().decode(LessonChecker.Outcome.self, from: Data(answer.utf8)) else { return .failure(.ended) }
        return .success(outcome)
      }
    } catch {
      kill(process.processIdentifier, SIGKILL)
      return .failure(error)
    }
  }

  private func nextLine(patience: Double) throws(Silence) -> String {
    let descriptor = output.fileHandleForReading.fileDescriptor
    while true {
      if let end = unread.firstIndex(of: 0x0A) {
        defer { unread.removeFirst(end + 1) }
        return String(decoding: unread[..<end], as: UTF8.self)
      }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(min(patience * 1000, 1e9)))
      if ready < 0 && errno == EINTR { continue }
      guard ready > 0 else { throw .slow }
      var bytes = [UInt8](repeating: 0, count: 65_536)
      let count = read(descriptor, &bytes, bytes.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .ended }
      unread += bytes.prefix(count)
    }
  }
}
