import Foundation

/// Runs the workers of a target, and finds out what became of them: a crash or a hang costs a worker, and the next one goes on behind the input.
@MainActor struct Supervisor {
  let options: FuzzOptions
  /// Where inputs that went wrong are kept.
  let findings: URL

  /// So many findings of a target are enough to begin with.
  private static let mostFindings = 10

  /// Feeds a target with so many inputs, or until the time is up.
  func run(_ target: any FuzzTarget.Type, count: UInt64, seconds: Double) throws -> FuzzResult {
    var result = FuzzResult(target: target.name)
    let start = WorkerProgress.now
    let deadline = seconds.isFinite ? start + UInt64(seconds * 1e9) : .max
    let shared = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-fuzz-\(getpid())-\(target.name)")
    defer { try? FileManager.default.removeItem(at: shared) }
    let progress = try WorkerProgress(shared)
    var first: UInt64 = 0
    while first < count, WorkerProgress.now < deadline, result.findings.count < Supervisor.mostFindings {
      guard let kind = try work(target, from: first, count: count - first, until: deadline, progress, shared) else { break }
      result.findings.append(try finding(kind.kind, kind.says, target, progress[.number]))
      // One that stopped before its first input would do so again.
      if progress[.began] == 0, kind.kind == .crash, progress[.read] == 0 { break }
      first = progress[.number] + 1
    }
    (result.read, result.taken, result.kilobytes) = (progress[.read], progress[.taken], progress[.highest])
    result.seconds = Double(WorkerProgress.now - start) / 1e9
    return result
  }

  /// Lets one worker run to its end; nil when it did all it was to do.
  private func work(
    _ target: any FuzzTarget.Type, from first: UInt64, count: UInt64, until deadline: UInt64, _ progress: WorkerProgress, _ shared: URL
  ) throws -> (kind: FuzzResult.Kind, says: String)? {
    progress[.began] = 0
    let errors = shared.appendingPathExtension("err")
    defer { try? FileManager.default.removeItem(at: errors) }
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    let worker = Process()
    worker.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    worker.arguments =
      ["--worker", shared.path, "--from", "\(first)", "--inputs", "\(count)", "--until", "\(deadline)"] + options.words + [target.name]
    worker.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    worker.standardError = try FileHandle(forWritingTo: errors)
    worker.standardInput = FileHandle.nullDevice
    worker.standardOutput = FileHandle.nullDevice
    try worker.run()
    var hangs = false
    while worker.isRunning {
      usleep(20_000)
      let began = progress[.began]
      let limit = options.limits.seconds * 1e9
      guard began != 0, WorkerProgress.now > began + UInt64(limit) else { continue }
      let spent = WorkerProgress.spent(by: worker.processIdentifier)
      // Between the looks another input may have begun.
      guard progress[.began] == began else { continue }
      if spent > progress[.spent] + UInt64(limit) || WorkerProgress.now > began + UInt64(FuzzLimits.patience * limit) {
        hangs = true
        kill(worker.processIdentifier, SIGKILL)
        break
      }
    }
    worker.waitUntilExit()
    removeFolder(of: worker.processIdentifier)
    if hangs { return (.hang, "more than \(options.limits.seconds) s") }
    if worker.terminationReason == .exit, worker.terminationStatus == 0 { return nil }
    if worker.terminationReason == .exit, worker.terminationStatus == Worker.greedy { return (.memory, "more than \(target.megabytes) MB") }
    let lines = ((try? String(contentsOf: errors, encoding: .utf8)) ?? "").split(whereSeparator: \.isNewline).filter {
      !$0.allSatisfy { $0 == "=" }
    }
    let cause =
      lines.first { $0.contains("ERROR: ") || $0.contains("WARNING: ThreadSanitizer") || $0.contains("atal error") } ?? lines.last ?? ""
    return (.crash, "status \(worker.terminationStatus): \(cause.prefix(240))")
  }

  /// What a worker that was killed left behind.
  private func removeFolder(of process: Int32) {
    for base in ["/dev/shm", FileManager.default.temporaryDirectory.path] {
      try? FileManager.default.removeItem(atPath: "\(base)/gradus-fuzz-\(process)")
    }
  }

  /// Keeps the input, which is made again from its number.
  private func finding(_ kind: FuzzResult.Kind, _ says: String, _ target: any FuzzTarget.Type, _ number: UInt64) throws
    -> FuzzResult.Finding
  {
    try FileManager.default.createDirectory(at: findings, withIntermediateDirectories: true)
    let file = findings.appendingPathComponent("\(target.name)-\(options.seed)-\(number)")
    let write = Process()
    write.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    write.arguments = ["--write", file.path, "--only", "\(number)"] + options.words + [target.name]
    try write.run()
    write.waitUntilExit()
    return FuzzResult.Finding(
      kind: kind, says: says, file: file.path, command: "scripts/fuzz --seed \(options.seed) --only \(number) \(target.name)")
  }
}
