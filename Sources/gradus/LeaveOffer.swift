import Foundation
import Shell
import Terminal

/// Ctrl-C twice within a second: who presses it so wants more than the prompt, and is asked. Once alone never leaves.
@MainActor struct LeaveOffer {
  private var last: ContinuousClock.Instant?

  /// Notes a Ctrl-C, and asks when it is the second.
  ///
  /// - Returns: Whether to leave.
  mutating func pressed(_ surroundings: ProgramSurroundings) -> Bool {
    let now = ContinuousClock.now
    defer { last = now }
    guard let last, now - last < .seconds(1) else { return false }
    Output.out("leave gradus? what no `save` has kept is lost\n")
    switch surroundings.ask(.consent) {
    case .line(let answer): return answer.trimmingCharacters(in: .whitespaces).lowercased().hasPrefix("y")
    case .cancelled: return false
    case .end: return true
    }
  }
}
