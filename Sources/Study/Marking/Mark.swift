/// What comes of comparing a given answer with the right one.
public struct Mark: Sendable, Hashable {
  /// How the answer compares.
  public enum Verdict: String, Sendable, Hashable {
    /// It is an accepted answer.
    case right
    /// A part of it is right: some items of a list, a number rounded too far.
    case partly
    /// It is another answer, or none.
    case wrong
    /// A text too free to be marked by a machine: the learner judges.
    case open
  }

  /// How the answer compares.
  public var verdict: Verdict
  /// The slips that were forgiven: the word as it is spelled.
  public var misspelled: [String] = []
  /// The items or keywords of the right answer that the given one holds.
  public var found: [String] = []
  /// Those that it lacks.
  public var missing: [String] = []

  /// A mark of the given verdict.
  public init(_ verdict: Verdict, misspelled: [String] = [], found: [String] = [], missing: [String] = []) {
    self.verdict = verdict
    self.misspelled = misspelled
    self.found = found
    self.missing = missing
  }

  /// The grade that Enter accepts; nil where the learner has to judge.
  public var proposal: Grade? {
    switch verdict {
    case .right: .good
    case .partly: .hard
    case .wrong: .again
    case .open: nil
    }
  }
}
