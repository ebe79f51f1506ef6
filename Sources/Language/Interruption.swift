import Foundation

/// Whether the person asked to stop the command that runs, as long work deep inside a room learns it: what draws or copies millions of values
/// looks between two pieces. The command then fails, which leaves the session as it was before it.
public enum Interruption {
  private final class Question {
    let isAsked: () -> Bool
    init(_ isAsked: @escaping () -> Bool) { self.isAsked = isAsked }
  }

  private static let key = "gradus.interruption"

  /// Does work of this thread that may be stopped; other threads ask nobody.
  public static func asking<Result>(_ isAsked: @escaping () -> Bool, _ body: () throws -> Result) rethrows -> Result {
    let values = Thread.current.threadDictionary
    let before = values[key]
    values[key] = Question(isAsked)
    defer { values[key] = before }
    return try body()
  }

  /// Ends the work when it is to stop.
  public static func check() throws {
    if let question = Thread.current.threadDictionary[key] as? Question, question.isAsked() {
      throw Complaint("interrupted: the session is as it was before the command")
    }
  }

  /// Ends a loop at every so many passes, for a look costs more than a pass.
  public static func check(every stride: Int, at index: Int) throws {
    if index % stride == 0 { try check() }
  }
}
