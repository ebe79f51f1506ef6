import Foundation

/// What a sweep tries, and by what it judges: enough to name every run of it, to go on with it and to tell of it.
public struct SweepRecipe: Sendable, Equatable, Codable {
  /// The command, its name in full.
  public var command: String
  /// What is set, the first changing slowest. Those of a single value are the same in every run.
  var axes: [SweepAxis]
  /// The seeds with which each combination is trained.
  public var seeds: [UInt64]
  /// The epochs of a run, where they are the same in all.
  public var epochs: Int?
  /// What is measured that runs are ordered by, and whether greater is better.
  public var by: String
  public var isBetterHigher: Bool
  /// What was trained on which data, for titles.
  public var title: String
  /// Whether anything is held out.
  public var validates: Bool

  /// Whether it can be: what comes from a file may have been written by anybody.
  public var isSound: Bool {
    var count = max(1, seeds.count)
    for axis in axes {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: axis.values.count)
      guard !isTooLarge, product <= 1_000_000_000 else { return false }
      count = product
    }
    return !seeds.isEmpty && count > 0
  }

  /// The number of combinations.
  public var combinations: Int { axes.reduce(1) { $0 * $1.values.count } }
  /// The number of runs.
  public var runs: Int { combinations * seeds.count }

  /// The values of a combination, by its number from 0.
  public func values(of combination: Int) -> [(name: String, value: String)] {
    var rest = combination
    var values: [(String, String)] = []
    for axis in axes.reversed() {
      values.append((axis.name, axis.values[rest % axis.values.count]))
      rest /= axis.values.count
    }
    return values.reversed()
  }

  /// The values that tell combinations from each other.
  func differing(of combination: Int) -> [(name: String, value: String)] {
    zip(axes, values(of: combination)).filter { $0.0.values.count > 1 }.map(\.1)
  }

  /// A combination in words: `lr=0.01 dense.units=8`.
  public func name(of combination: Int) -> String { differing(of: combination).map { "\($0.name)=\($0.value)" }.joined(separator: " ") }

  /// The same with names as short as they can be: `lr=0.01 units=8`.
  public func shortName(of combination: Int) -> String {
    let values = differing(of: combination)
    let short = values.map { String($0.name.split(separator: ".").last ?? "") }
    return zip(values, short).map { value, name in
      "\(short.count { $0 == name } == 1 ? name : value.name)=\(value.value)"
    }.joined(separator: " ")
  }

  /// The combination and the seed of a run, by its place from 0: the seeds of a combination follow each other.
  public func member(_ place: Int) -> (combination: Int, seed: UInt64) { (place / seeds.count, seeds[place % seeds.count]) }
}

/// How a run of a sweep went.
public struct SweepOutcome: Sendable, Equatable, Codable {
  /// A value under its name; nil where it is no number.
  struct Value: Sendable, Equatable, Codable {
    var name: String
    var value: Double?
  }

  /// The number under which the run is kept; nil where it was not, as one that diverged in its first epoch.
  public var run: Int?
  /// Why it ended: `completed`, `not_finite`, ... or `failed`.
  public var ended: String
  /// Epochs made.
  public var epochs: Int
  /// The epoch whose values count, from 1: the last, or the best where its weights were brought back; 0 for none.
  var judged: Int
  /// What was measured in that epoch.
  var values: [Value]
  /// Why it could not be trained; nil when it was.
  public var reason: String?

  /// Whether the training went where no numbers are.
  public var hasDiverged: Bool { ended == "not_finite" }

  /// What is measured under a name, where the run went well.
  public func value(_ name: String) -> Double? {
    hasDiverged ? nil : values.first { $0.name == name }?.value.flatMap { $0.isFinite ? $0 : nil }
  }

  init(_ facts: TrainingFacts, run: Int?) {
    self.run = run
    ended = facts.ended
    epochs = facts.epochs
    let epoch = facts.isRestored ? facts.best?.epoch ?? facts.epochs : facts.epochs
    judged = epoch
    values = facts.history.names.filter { $0 != "lr" }.compactMap { name in
      let curve = facts.history[name]
      guard curve.indices.contains(epoch - 1) else { return nil }
      return Value(name: name, value: curve[epoch - 1].isFinite ? curve[epoch - 1] : nil)
    }
  }

  /// A run that could not be trained.
  init(failed reason: String) { (ended, epochs, judged, values, self.reason) = ("failed", 0, 0, [], reason) }
}

/// A sweep as it is kept.
public struct KeptSweep: Sendable, Equatable {
  /// Its number, from 1.
  public var id: Int
  /// When it began.
  public var began: Date
  /// What it tries.
  public var recipe: SweepRecipe
  /// The session that it began with, as `save` writes it.
  public var session: Foundation.Data
  /// The runs that are over, by their places.
  public var outcomes: [Int: SweepOutcome]

  /// A sweep of the given parts.
  public init(id: Int, began: Date, recipe: SweepRecipe, session: Foundation.Data, outcomes: [Int: SweepOutcome] = [:]) {
    (self.id, self.began, self.recipe, self.session, self.outcomes) = (id, began, recipe, session, outcomes)
  }

  /// How many runs are left.
  public var left: Int { max(0, recipe.runs - outcomes.count) }
}
