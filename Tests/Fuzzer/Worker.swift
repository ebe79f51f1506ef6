import Foundation

/// Reads the inputs of a target, one after the other, in a process of its own.
@MainActor struct Worker {
  /// The status of a worker that left because an input took too much memory.
  static let greedy: Int32 = 3

  let target: any FuzzTarget.Type
  let seed: UInt64

  /// Reads inputs until there are enough, or the time is up.
  func run(from first: UInt64, count: UInt64, until deadline: UInt64, limits: FuzzLimits, _ progress: WorkerProgress) throws {
    let place = try FuzzPlace()
    defer { place.remove() }
    Worker.enter(place)
    let fuzzed = try target.init(place)
    var highest = Worker.highest
    for number in first..<(first + count) {
      let now = WorkerProgress.now
      if now >= deadline { break }
      var random = Randomness(seed: seed, target: target.name, number: number)
      let input = fuzzed.input(&random)
      progress[.number] = number
      progress[.spent] = WorkerProgress.spent(by: 0)
      progress[.began] = now
      let isTaken = fuzzed.read(input)
      progress[.began] = 0
      progress[.read] += 1
      if isTaken { progress[.taken] += 1 }
      let grown = Worker.highest
      progress[.highest] = max(progress[.highest], grown)
      // The first input pays for what is made once.
      if number > first, grown > highest + limits.kilobytes(of: target) {
        place.remove()
        exit(Worker.greedy)
      }
      highest = grown
    }
  }

  /// The bytes of an input.
  func input(_ number: UInt64) throws -> [UInt8] {
    let place = try FuzzPlace()
    defer { place.remove() }
    Worker.enter(place)
    var random = Randomness(seed: seed, target: target.name, number: number)
    return try target.init(place).input(&random)
  }

  /// Reads one input, of a number or a file, under an alarm; returns a line of what came of it.
  func read(_ input: (any FuzzTarget) -> [UInt8], limits: FuzzLimits) throws -> String {
    let place = try FuzzPlace()
    defer { place.remove() }
    Worker.enter(place)
    let fuzzed = try target.init(place)
    let bytes = input(fuzzed)
    let (before, start) = (Worker.highest, WorkerProgress.now)
    alarm(UInt32((limits.seconds * FuzzLimits.patience).rounded(.up)))
    let isTaken = fuzzed.read(bytes)
    alarm(0)
    let milliseconds = Double(WorkerProgress.now - start) / 1e6
    return "\(bytes.count) bytes are \(isTaken ? "taken" : "refused") in \(String(format: "%.1f", milliseconds)) ms, "
      + "with \((Worker.highest - before) / 1024) MB more"
  }

  /// Nothing that is read by mistake finds another home, nor another folder for what is thrown away.
  private static func enter(_ place: FuzzPlace) {
    setenv("HOME", place.folder.path, 1)
    setenv("TMPDIR", place.folder.path, 1)
    for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "EDITOR", "GRADUS_LESSONS"] { unsetenv(name) }
    _ = chdir(place.folder.path)
  }

  /// The most that this process held so far, in kilobytes.
  private static var highest: UInt64 {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return UInt64(usage.ru_maxrss)
  }
}

/// What an input may cost.
struct FuzzLimits {
  /// How long it may compute; the sanitizers make all slower.
  var seconds = 5.0
  /// On a busy machine it may last that many times longer.
  static let patience = 12.0
  /// What the megabytes of a target are multiplied by.
  var memory = 1.0

  /// The kilobytes that an input may add.
  @MainActor func kilobytes(of target: any FuzzTarget.Type) -> UInt64 { UInt64(Double(target.megabytes) * memory) * 1024 }
}
