import Foundation
import Language

/// Where a session stands in a lesson.
public struct LessonPlace: Sendable, Equatable {
  /// The lesson's id.
  public var lesson: String
  /// The step, from 0.
  public var step: Int
  /// How many steps there are.
  public var steps: Int
  /// Whether Enter on an empty line goes on: there is no task that is not solved.
  public var awaitsEnter: Bool

  /// A place in a lesson.
  public init(lesson: String, step: Int, steps: Int, awaitsEnter: Bool = true) {
    self.lesson = lesson
    self.step = step
    self.steps = steps
    self.awaitsEnter = awaitsEnter
  }
}

/// What a learner asks of the lesson player.
public enum LessonRequest: Sendable, Equatable {
  /// The lessons with their progress.
  case list
  /// A lesson from where it was left, or from a step, counted from 1.
  case start(String, step: Int?)
  /// The next step.
  case next
  /// The step before.
  case back
  /// The answer of the task, shown and run.
  case skip
  /// A hint for the task.
  case hint
  /// Where the lesson stands.
  case status
  /// Forgets the progress of a lesson, or of all.
  case reset(String)
  /// Leaves the lesson; what was in hand before comes back.
  case leave
  /// Writes what the lesson was about into a file.
  case recap(String, lesson: String?)
}

/// Leads a learner through lessons, step by step, beside the commands that the learner types.
@MainActor public protocol Tutor: AnyObject {
  /// Does what is asked.
  ///
  /// - Throws: A `Complaint`; then nothing has changed.
  func perform(_ request: LessonRequest, on session: inout Session, _ surroundings: any Surroundings) throws -> any Facts
  /// Looks at what came of a command that the learner typed: whether it solves the task, or a hint fits.
  func watch(_ report: Report, on session: inout Session, _ surroundings: any Surroundings)
  /// What each step of a lesson is about, in a few words; none where `lesson start` would not know it.
  func steps(of lesson: String, _ session: Session, _ surroundings: any Surroundings) -> [String]
}

extension Tutor {
  /// No lesson is known.
  public func steps(of lesson: String, _ session: Session, _ surroundings: any Surroundings) -> [String] { [] }
}

/// Leads nobody: for checks, and for the experiments of a lesson.
@MainActor public final class NoTutor: Tutor {
  /// A tutor without lessons.
  public init() {}
  /// Refuses.
  public func perform(_ request: LessonRequest, on session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    throw Complaint("no lessons are played here")
  }
  /// Looks at nothing.
  public func watch(_ report: Report, on session: inout Session, _ surroundings: any Surroundings) {}
}
