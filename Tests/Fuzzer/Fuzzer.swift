import Foundation

/// Feeds the readers with what nobody should have written, and tells what they make of it: `scripts/fuzz`.
@main @MainActor enum Fuzzer {
  static func main() {
    do {
      let options = try FuzzOptions(Array(CommandLine.arguments.dropFirst()))
      if options.wantsHelp {
        print(FuzzOptions.usage + FuzzTargets.all.map { "  \($0.name)" }.joined(separator: "\n"))
        return
      }
      exit(try run(options))
    } catch {
      FileHandle.standardError.write(Data("fuzz: \(error)\n".utf8))
      exit(2)
    }
  }

  private static func run(_ options: FuzzOptions) throws -> Int32 {
    let targets = try options.targets.map { name in
      guard let target = FuzzTargets.all.first(where: { $0.name == name }) else {
        throw FuzzFailure("there is no target `\(name)`; there are \(FuzzTargets.all.map { $0.name }.joined(separator: ", "))")
      }
      return target
    }
    let isAlone = options.only != nil || options.file != nil || options.worker != nil
    if isAlone, targets.count != 1 { throw FuzzFailure("name one target") }
    guard isAlone else { return try supervise(targets.isEmpty ? FuzzTargets.all : targets, options) }
    let worker = Worker(target: targets[0], seed: options.seed)
    if let shared = options.worker {
      try worker.run(
        from: options.from, count: options.inputs ?? 1, until: options.until, limits: options.limits,
        WorkerProgress(URL(fileURLWithPath: shared)))
    } else if let number = options.only {
      if let write = options.write {
        try Data(try worker.input(number)).write(to: URL(fileURLWithPath: write))
      } else {
        let says = try worker.read(
          { target in
            var random = Randomness(seed: options.seed, target: targets[0].name, number: number)
            return target.input(&random)
          }, limits: options.limits)
        print("\(targets[0].name) \(number): \(says)")
      }
    } else if let file = options.file {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
      print("\(targets[0].name) \(file): \(try worker.read({ _ in bytes }, limits: options.limits))")
    }
    return 0
  }

  /// Feeds the targets one after the other; their shares divide the inputs, and the time evenly.
  private static func supervise(_ targets: [any FuzzTarget.Type], _ options: FuzzOptions) throws -> Int32 {
    let findings = URL(fileURLWithPath: FileManager.default.currentDirectoryPath).appendingPathComponent(".build/fuzz-findings")
    let supervisor = Supervisor(options: options, findings: findings)
    let shares = Double(targets.reduce(0) { $0 + $1.share })
    let seconds = options.inputs == nil ? (options.seconds ?? 60) / Double(targets.count) : options.seconds ?? .infinity
    say(FuzzResult.head)
    var total = FuzzResult(target: "all")
    for target in targets {
      let count = options.inputs.map { UInt64((Double($0) * Double(target.share) / shares).rounded(.up)) } ?? .max / 2
      let result = try supervisor.run(target, count: count, seconds: seconds)
      say(result.line)
      for finding in result.findings { say("  \(finding.kind.rawValue): \(finding.says)\n    \(finding.file)\n    \(finding.command)") }
      total.read += result.read
      total.taken += result.taken
      total.seconds += result.seconds
      total.kilobytes = max(total.kilobytes, result.kilobytes)
      total.findings += result.findings
    }
    if targets.count > 1 { say(total.line) }
    return total.findings.isEmpty ? 0 : 1
  }

  /// Prints a line at once, also into a pipe.
  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
