/// Somebody who asks the work to stop after so many looks, and keeps asking.
final class Countdown {
  private let most: Int
  /// How often the work has looked.
  private(set) var count = 0

  init(_ looks: Int) { most = looks }

  func isOver() -> Bool {
    count += 1
    return count > most
  }
}
