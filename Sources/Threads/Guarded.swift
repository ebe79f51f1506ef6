import Foundation

/// A value that several threads reach, one at a time.
///
/// It does what `Mutex` of the standard library does. The lock of that one is unknown to the thread sanitizer on Linux, which then tells two threads
/// that come one after the other as a race, and would have to be told to look away where it should look.
public final class Guarded<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  // Guarded by the lock.
  private var value: Value

  public init(_ value: Value) { self.value = value }

  /// What the body makes of the value, or throws; other threads wait until it is done. A body must not ask for the same value again.
  public func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
