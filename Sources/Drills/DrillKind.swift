import Engine

/// A kind of exercise: its name, what it trains, and how one is drawn.
public struct DrillKind: Sendable {
  /// The generator found no exercise whose mistakes can be told from the answer.
  public struct Exhausted: Error, CustomStringConvertible {
    /// The kind.
    public let kind: String
    /// What went wrong.
    public var description: String { "no sound exercise of the kind `\(kind)` was found: try another seed" }
  }

  /// What is typed: "params".
  public let name: String
  /// One sentence.
  public let summary: String
  /// Within so many seconds a right answer is a fast one.
  public let seconds: Double
  private let draw: @Sendable (inout RandomSource) throws -> Exercise?

  init(_ name: String, _ summary: String, seconds: Double, draw: @escaping @Sendable (inout RandomSource) throws -> Exercise?) {
    self.name = name
    self.summary = summary
    self.seconds = seconds
    self.draw = draw
  }

  /// An exercise drawn from a random source. Draws whose known mistakes happen to be right are thrown away.
  ///
  /// - Throws: `Exhausted` when none of many draws will do, or what the engine says of a network.
  public func exercise(_ random: inout RandomSource) throws -> Exercise {
    for _ in 0..<200 {
      if let exercise = try draw(&random), exercise.mistakes.count >= 3 { return exercise }
    }
    throw Exhausted(kind: name)
  }
}

/// Every kind of exercise, one line a member. A test fails when a file of `Kinds/` is missing here.
public enum DrillKinds {
  /// The kinds in the order in which they are learned.
  public static let all: [DrillKind] = [
    ParamsDrill.kind,
    ShapesDrill.kind,
    UpdatesDrill.kind,
    ForwardDrill.kind,
    BackpropDrill.kind,
    LossDrill.kind,
    SummaryDrill.kind,
    FitDrill.kind,
    CurvesDrill.kind,
  ]
}
