/// Whether the person asked to stop the command that runs, as long work deep inside a room learns it: what draws, reads or copies millions of
/// values looks between two pieces. What it threw away a second call makes again: the command that fails so leaves the session as it was.
public enum Interruption {
  /// Asked between two pieces of work; whoever runs commands says what it tells. A thread of its own asks nobody.
  @TaskLocal public static var isAsked: @Sendable () -> Bool = { false }

  /// Ends the work when it is to stop.
  public static func check() throws {
    if isAsked() { throw Complaint("interrupted: the session is as it was before the command") }
  }

  /// Ends a loop at every so many passes, for a look costs more than a pass.
  @inline(__always) public static func check(every stride: Int, at index: Int) throws {
    if index % stride == 0 { try check() }
  }
}
