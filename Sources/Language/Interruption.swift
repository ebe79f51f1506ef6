import Foundation

/// Whether the person asked to stop the command that runs, as long work deep inside a room learns it: what draws or copies millions of values
/// looks between two pieces. The command then fails, which leaves the session as it was before it.
public enum Interruption {
  private final class Question {
    let isAsked: () -> Bool
    init(_ isAsked: @escaping () -> Bool) { self.isAsked = isAsked }
  }

  private static let key = "gradus.interruption"

  /// Does work of this thread that may be stopped, by this question or one that stands around it; other threads ask nobody.
  public static func asking<Result>(_ isAsked: () -> Bool, _ body: () throws -> Result) rethrows -> Result {
    try withoutActuallyEscaping(isAsked) { isAsked in
      let values = Thread.current.threadDictionary
      let before = values[key]
      // Who stops the whole work stops its parts.
      let whole = before as? Question
      values[key] = Question { isAsked() || whole?.isAsked() ?? false }
      defer { values[key] = before }
      return try body()
    }
  }

  /// Does work that is made whole also when the person asks to stop: keeping and showing what a stopped training has come to.
  public static func ignored<Result>(_ body: () throws -> Result) rethrows -> Result {
    let values = Thread.current.threadDictionary
    let before = values[key]
    values[key] = nil
    defer { values[key] = before }
    return try body()
  }

  /// Whether the work of this thread is to stop.
  public static var isAsked: Bool { (Thread.current.threadDictionary[key] as? Question)?.isAsked() ?? false }

  /// What a command that was stopped on its way fails with.
  public static let complaint = Complaint("interrupted: the session is as it was before the command")

  /// Ends the work when it is to stop.
  public static func check() throws {
    if isAsked { throw complaint }
  }

  /// Ends a loop at every so many passes, for a look costs more than a pass.
  public static func check(every stride: Int, at index: Int) throws {
    if index % stride == 0 { try check() }
  }
}
