import CEditline

/// Ctrl-C while a command runs: it sets a flag, and what runs looks at it.
///
/// Between `begin` and `end` the signal ends no process. `begin` nests: the line editor holds one for as long as it lives, so that a Ctrl-C
/// between two prompts is harmless, and a training asks for one of its own, which matters in a script.
public enum Interrupts {
  /// From here on Ctrl-C sets the flag. The outermost `begin` also clears it.
  @MainActor public static func begin() {
    if depth == 0 {
      gradus_clear_interrupt()
      gradus_catch_interrupts()
    }
    depth += 1
  }

  /// Ends what `begin` began; after the last one Ctrl-C does what it did before.
  @MainActor public static func end() {
    guard depth > 0 else { return }
    depth -= 1
    if depth == 0 { gradus_release_interrupts() }
  }

  /// Whether Ctrl-C was pressed since the flag was last cleared. Any thread may ask.
  public static var isRequested: Bool { gradus_is_interrupted() != 0 }

  /// How often the program was stopped by Ctrl-Z and went on: what stands on the screen since then is not its own.
  public static var continuations: Int { Int(gradus_continuations()) }

  /// For how long the program stood still in all, stopped by Ctrl-Z. Any thread may ask.
  public static var timeStopped: Duration { .nanoseconds(gradus_stopped_nanoseconds()) }

  /// Forgets the Ctrl-C: it has been answered.
  public static func clear() { gradus_clear_interrupt() }

  /// Writing to a program that has ended becomes an error of that write instead of the end of this program.
  public static func ignoreBrokenPipes() { gradus_ignore_broken_pipes() }

  /// From here on SIGTERM and SIGHUP interrupt what runs and end the input, so that what is to be kept can be, and the program leaves.
  public static func catchEndings() { gradus_catch_endings() }

  /// The signal that wants the program to end; nil when none came.
  public static var ending: Int32? { gradus_ending() == 0 ? nil : gradus_ending() }

  @MainActor private static var depth = 0
}
