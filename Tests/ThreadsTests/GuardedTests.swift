import Dispatch
import Testing
import Threads

@Suite struct GuardedTests {
  @Test("Threads that change a value at once lose nothing")
  func counts() {
    let counts = Guarded([Int: Int]())
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for step in 0..<500 { counts.withLock { $0[step % 10, default: 0] += thread } }
    }
    let sum = counts.withLock { $0.values.reduce(0, +) }
    #expect(sum == 500 * (0..<8).reduce(0, +))
  }

  @Test("A body that throws gives the lock back, and what it changed stays")
  func throwing() {
    struct Refusal: Error {}
    let value = Guarded(1)
    #expect(throws: Refusal.self) {
      try value.withLock { value throws(Refusal) in
        value = 2
        throw Refusal()
      }
    }
    #expect(value.withLock { $0 } == 2)
  }
}
