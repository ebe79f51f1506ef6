import Threads

/// What is made of a value when it is first asked for, and shared by the copies of who holds it.
final class Lazily<Value: Sendable>: Sendable {
  private let made = Guarded<Value?>(nil)

  /// What `make` makes, which must be the same at each call.
  func value(_ make: () -> Value) -> Value {
    made.withLock { value in
      let result = value ?? make()
      value = result
      return result
    }
  }
}
