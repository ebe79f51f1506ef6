import Engine
import Foundation

/// A sweep: its combinations, the best first.
public struct SweepFacts: Facts {
  /// A run of a combination.
  public struct Run: Sendable, Equatable {
    /// Its place in the sweep, from 0, and its seed.
    public var place: Int
    public var seed: UInt64
    /// How it went; nil while it is left.
    public var outcome: SweepOutcome?
  }

  /// A combination of values with its runs, one a seed.
  public struct Combination: Sendable, Equatable {
    /// Its number in the sweep, from 0.
    public var number: Int
    /// What tells it from the others.
    public var settings: [Setting]
    /// Its runs.
    public var runs: [Run]

    /// A value of a setting.
    public struct Setting: Sendable, Equatable {
      /// The name, as it was typed.
      public var name: String
      /// The value.
      public var value: String
    }

    /// What the runs that went well measured.
    public func values(_ name: String) -> [Double] { runs.compactMap { $0.outcome?.value(name) } }
    /// Their mean; nil where none went well.
    public func mean(_ name: String) -> Double? { Combination.mean(values(name)) }
    /// Their standard deviation, that of a sample; nil for fewer than two.
    public func deviation(_ name: String) -> Double? {
      let values = values(name)
      guard values.count > 1, let mean = Combination.mean(values) else { return nil }
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
    /// How many diverged, could not be trained, and are left.
    public var diverged: Int { runs.count { $0.outcome?.hasDiverged == true } }
    public var failed: Int { runs.count { $0.outcome?.reason != nil } }
    public var left: Int { runs.count { $0.outcome == nil } }

    private static func mean(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }
  }

  /// Its number.
  public let id: Int
  /// What was tried.
  public let recipe: SweepRecipe
  /// The combinations, the best first; what has no value comes last.
  public let combinations: [Combination]
  /// What orders combinations of equal value; nil for nothing.
  public let second: String?
  /// The curves of the best over each other; nil where there are none.
  public let plot: PlotFacts?
  /// Whether all combinations are to be told of, however many.
  public let isWhole: Bool
  /// How many runs are left.
  public let left: Int
  /// Whether it was to go on, and nothing was left.
  public internal(set) var hadNothingLeft = false
  /// How many were trained by this command.
  public let trained: Int
  /// The seconds that they took together.
  public let seconds: Double?

  /// The best run of the best combination, the first seed's among equals: a lucky seed makes no setting the best.
  public var best: Run? {
    func value(_ run: Run) -> Double? { run.outcome?.run == nil ? nil : run.outcome?.value(recipe.by) }
    let runs = (combinations.first { $0.runs.contains { value($0) != nil } }?.runs ?? []).filter { value($0) != nil }
    return runs.enumerated().min { one, other in
      let (a, b) = (value(one.element) ?? 0, value(other.element) ?? 0)
      if a != b { return recipe.isBetterHigher ? a > b : a < b }
      let (c, d) = (second.flatMap { one.element.outcome?.value($0) }, second.flatMap { other.element.outcome?.value($0) })
      if let c, let d, c != d { return c < d }
      return one.offset < other.offset
    }?.element
  }

  /// The facts of a sweep.
  ///
  /// - Parameter history: Finds the curves of the run at a place.
  init(
    _ sweep: KeptSweep, history: (Int) -> TrainingHistory?, style: String, isWhole: Bool = false, trained: Int = 0, seconds: Double? = nil
  ) {
    self.isWhole = isWhole
    let recipe = sweep.recipe
    (id, self.recipe, left, self.trained, self.seconds) = (sweep.id, recipe, sweep.left, trained, seconds)
    let loss = recipe.by.hasPrefix("val_") ? "val_loss" : "loss"
    second = recipe.by == loss ? nil : loss
    let made = (0..<recipe.combinations).map { number in
      Combination(
        number: number, settings: recipe.differing(of: number).map { .init(name: $0.name, value: $0.value) },
        runs: recipe.seeds.enumerated().map { index, seed in
          let place = number * recipe.seeds.count + index
          return Run(place: place, seed: seed, outcome: sweep.outcomes[place])
        })
    }
    combinations = SweepFacts.ordered(made, recipe, second)
    let drawn = combinations.prefix(SweepFacts.mostCurves)
    // All of one kind, or a legend reads badly.
    let isLong = drawn.contains { recipe.shortName(of: $0.number).count > 28 }
    let curves = drawn.compactMap { combination -> Plot.Series? in
      SweepFacts.curve(of: combination, recipe, history).map { points in
        Plot.Series(SweepFacts.name(of: combination, recipe, isLong: isLong), x: (1...points.count).map(Double.init), y: points)
      }
    }
    guard curves.contains(where: { $0.x.count > 1 }) else {
      plot = nil
      return
    }
    var plot = PlotFacts(
      kind: recipe.by,
      plot: Plot(title: recipe.title, x: Plot.Axis("epoch"), y: Plot.Axis(recipe.by, scale: .automatic), series: curves), file: nil,
      style: style)
    // The table stands above it.
    plot.rows = 16
    self.plot = plot
  }

  /// More curves than these are not told apart.
  private static let mostCurves = 4

  /// The best first; then those of which some runs diverged, those of which all did, those that are left.
  private static func ordered(_ combinations: [Combination], _ recipe: SweepRecipe, _ second: String?) -> [Combination] {
    func rank(_ combination: Combination) -> Int {
      if combination.values(recipe.by).isEmpty { return combination.diverged > 0 ? 2 : combination.failed > 0 ? 3 : 4 }
      return combination.diverged + combination.failed > 0 ? 1 : 0
    }
    let keyed = combinations.map { ($0, rank($0), $0.mean(recipe.by) ?? 0, second.flatMap($0.mean) ?? 0) }
    return keyed.sorted { one, other in
      if one.1 != other.1 { return one.1 < other.1 }
      if one.2 != other.2 { return recipe.isBetterHigher ? one.2 > other.2 : one.2 < other.2 }
      if one.3 != other.3 { return one.3 < other.3 }
      return one.0.number < other.0.number
    }.map(\.0)
  }

  /// The combination in the legend: its values, where that would be long the numbers of its runs.
  private static func name(of combination: Combination, _ recipe: SweepRecipe, isLong: Bool) -> String {
    let numbers = combination.runs.compactMap { $0.outcome?.run.map { "\($0)" } }
    let name = recipe.shortName(of: combination.number)
    if name.isEmpty { return recipe.by }
    guard isLong, !numbers.isEmpty else { return name }
    return (numbers.count == 1 ? "run " : "runs ") + numbers.joined(separator: ", ")
  }

  /// The mean of the seeds' curves, as far as all of them go; nil where there are none.
  private static func curve(of combination: Combination, _ recipe: SweepRecipe, _ history: (Int) -> TrainingHistory?) -> [Double]? {
    let curves = combination.runs.compactMap { run in
      run.outcome.flatMap { $0.value(recipe.by) == nil ? nil : history(run.place)?[recipe.by] }
    }.filter { !$0.isEmpty }
    guard let length = curves.map(\.count).min() else { return nil }
    return (0..<length).map { epoch in curves.reduce(0) { $0 + $1[epoch] } / Double(curves.count) }
  }

  /// The sweep, its combinations with their runs, the best, and the curves.
  public var json: [(String, JSONValue)] {
    func object(_ settings: [(name: String, value: String)]) -> JSONValue {
      .object(settings.map { ($0.name, Double($0.value).map { .number($0) } ?? .string($0.value)) })
    }
    func member(_ run: Run) -> JSONValue {
      .object([
        ("id", run.outcome?.run.map { .integer($0) } ?? .null), ("seed", .integer(Int(clamping: run.seed))),
        ("ended", .optional(run.outcome?.ended)), ("epochs", .integer(run.outcome?.epochs ?? 0)),
        ("metrics", .object((run.outcome?.values ?? []).map { ($0.name, .optional($0.value)) })),
      ])
    }
    let best = best
    return [
      ("sweep", .integer(id)), ("by", .string(recipe.by)), ("higher_is_better", .bool(recipe.isBetterHigher)),
      ("done", .integer(recipe.runs - left)), ("left", .integer(left)), ("trained", .integer(trained)), ("seconds", .optional(seconds)),
      (
        "best",
        best.map { run in
          .object([
            ("run", .integer(run.outcome?.run ?? 0)), ("seed", .integer(Int(clamping: run.seed))),
            ("settings", object(recipe.values(of: recipe.member(run.place).combination))),
            ("value", .optional(run.outcome?.value(recipe.by))),
          ])
        } ?? .null
      ),
      (
        "combinations",
        .array(
          combinations.map { combination in
            .object([
              ("settings", object(recipe.values(of: combination.number))), ("mean", .optional(combination.mean(recipe.by))),
              ("deviation", .optional(combination.deviation(recipe.by))), ("diverged", .integer(combination.diverged)),
              ("failed", .integer(combination.failed)), ("left", .integer(combination.left)),
              ("runs", .array(combination.runs.map(member))),
            ])
          })
      ),
    ] + (plot?.json.filter { $0.0 == "series" } ?? [])
  }
}

/// The sweeps that are kept.
public struct SweepListFacts: Facts {
  /// The newest last.
  public let sweeps: [KeptSweep]
  /// A sweep an object.
  public var json: [(String, JSONValue)] {
    [
      (
        "sweeps",
        .array(
          sweeps.map { sweep in
            .object([
              ("id", .integer(sweep.id)), ("began", .string(sweep.began.formatted(.iso8601))), ("command", .string(sweep.recipe.command)),
              ("model", .string(sweep.recipe.title)), ("by", .string(sweep.recipe.by)),
              ("done", .integer(sweep.outcomes.count)), ("left", .integer(sweep.left)),
            ])
          })
      )
    ]
  }
}
