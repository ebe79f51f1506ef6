import Study

extension DrillKind {
  /// How well a skill was shown: a wrong answer is Again, a right one Good when it came fast and without help, else Hard.
  public func grade(isRight: Bool, seconds: Double, wasHelped: Bool) -> Grade {
    guard isRight else { return .again }
    return wasHelped || seconds > self.seconds ? .hard : .good
  }
}
