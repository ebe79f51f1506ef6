import Engine

/// How a sweep comes along, for a table that is drawn again and again.
public struct SweepProgress: Sendable {
  /// How far a run is.
  public struct Standing: Sendable, Equatable {
    /// The epoch that was done last, and how many there will be.
    public var epoch, epochs: Int
    /// What was measured in it.
    public var values: [NamedValue]
  }

  /// What is tried.
  public let recipe: SweepRecipe
  /// The runs that are under way, by their places.
  public internal(set) var running: [Int: Standing] = [:]
  /// The runs that are over, by their places.
  public private(set) var outcomes: [Int: SweepOutcome] = [:]
  /// How many were over when it began.
  public private(set) var doneBefore: Int?
  /// Whether all is over.
  public internal(set) var isOver = false

  init(_ recipe: SweepRecipe) { self.recipe = recipe }

  mutating func note(_ outcomes: [Int: SweepOutcome]) {
    if doneBefore == nil { doneBefore = outcomes.count }
    self.outcomes = outcomes
  }
}
