import Foundation
import Shell
import Terminal

/// The program's side of keeping a session as it goes: it offers what was left behind, and tells once what cannot be kept.
@MainActor final class SessionKeeping {
  private let surroundings: ProgramSurroundings
  private var told: String?

  init(_ surroundings: ProgramSurroundings, folder: URL) {
    self.surroundings = surroundings
    do {
      surroundings.keeper = try SessionKeeper(folder: folder)
    } catch {
      tell(error as? Complaint ?? Complaint("\(error)"))
    }
  }

  /// Asks whether to go on with the session that was left behind last.
  func offer(_ session: inout Session) {
    guard let keeper = surroundings.keeper, let abandoned = keeper.abandoned() else { return }
    let when = abandoned.kept.formatted(.iso8601.dateTimeSeparator(.space).timeZoneSeparator(.omitted))
    Output.out("the session of \(when.dropLast()) UTC ended without `quit`: go on with it?\n")
    let reply = surroundings.ask(.consent)
    // Who is made to end says neither yes nor no.
    guard Interrupts.ending == nil, reply != .end else { return }
    if case .line(let answer) = reply, answer.trimmingCharacters(in: .whitespaces).lowercased().hasPrefix("y") {
      do {
        surroundings.show(try keeper.adopt(abandoned, into: &session, surroundings))
        return
      } catch {
        surroundings.warn(error as? Complaint ?? Complaint("\(error)"))
      }
    }
    Output.out("it is put aside: `open \(keeper.putAside(abandoned).path)` goes on with it\n")
  }

  /// Keeps the session before the next line.
  func keep(_ session: Session) {
    guard let keeper = surroundings.keeper else { return }
    keeper.keep(session, at: surroundings.now)
    if let problem = keeper.problem { tell(problem) } else { told = nil }
  }

  /// What is left is left; what is made to end is kept.
  ///
  /// - Returns: The exit status.
  func end(_ session: Session) -> Int32 {
    // A closed terminal is no farewell, also where its signal is ignored.
    guard let signal = Interrupts.ending ?? (Output.isTerminalGone ? SIGHUP : nil) else {
      // A trained model is not thrown away because somebody forgot to save it.
      guard let keeper = surroundings.keeper, let aside = keeper.leave(session, at: surroundings.now) else { return 0 }
      if let problem = keeper.problem {
        tell(problem)
      } else if surroundings.tellsMore {
        Output.out("the session stays in \(aside.path): `open` goes on with it\n")
      }
      return 0
    }
    surroundings.keeper?.keepForGood(session, at: surroundings.now)
    return 128 + signal
  }

  private func tell(_ problem: Complaint) {
    guard told != problem.what else { return }
    told = problem.what
    surroundings.warn(problem)
  }
}
