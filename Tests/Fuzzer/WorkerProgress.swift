import Foundation

/// What a worker tells while it runs, in memory that its supervisor sees: after a crash it still says which input was being read.
struct WorkerProgress {
  /// What is told.
  enum Slot: Int, CaseIterable {
    /// The input that is being read.
    case number
    /// When its reading began, on the clock of `WorkerProgress.now`; 0 between inputs.
    case began
    /// What the process had computed when that reading began, in nanoseconds of all its threads.
    case spent
    /// How many inputs were read to their end.
    case read
    /// How many of them were taken.
    case taken
    /// The most that the process held, in kilobytes.
    case highest
  }

  private let slots: UnsafeMutablePointer<UInt64>

  /// The progress in a file; both sides map the same one.
  init(_ file: URL) throws {
    let size = Slot.allCases.count * MemoryLayout<UInt64>.size
    let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0, ftruncate(descriptor, off_t(size)) == 0 else { throw FuzzFailure("\(file.path) cannot be written") }
    defer { close(descriptor) }
    guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), memory != MAP_FAILED else {
      throw FuzzFailure("\(file.path) cannot be mapped")
    }
    slots = memory.bindMemory(to: UInt64.self, capacity: Slot.allCases.count)
  }

  /// One of the values.
  subscript(slot: Slot) -> UInt64 {
    get { slots[slot.rawValue] }
    nonmutating set { slots[slot.rawValue] = newValue }
  }

  /// Nanoseconds of a clock that all processes share.
  static var now: UInt64 { nanoseconds(of: CLOCK_MONOTONIC) }

  /// What a process has computed so far.
  static func spent(by process: pid_t) -> UInt64 {
    var clock = clockid_t()
    return clock_getcpuclockid(process, &clock) == 0 ? nanoseconds(of: clock) : 0
  }

  private static func nanoseconds(of clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// Why there can be no fuzzing.
struct FuzzFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
