import Foundation

/// Keeps sweeps, each of their runs safely before the call returns.
@MainActor public protocol SweepStore: AnyObject {
  /// Keeps a sweep that begins and gives it the next number.
  func keep(_ recipe: SweepRecipe, session: Foundation.Data, began: Date) throws -> Int
  /// Keeps how a run of it went.
  func keep(_ outcome: SweepOutcome, at place: Int, of sweep: Int) throws
  /// The newest sweeps, at most so many, the newest last.
  func newestSweeps(_ count: Int) throws -> [KeptSweep]
  /// A sweep by its number; nil when there is none.
  func sweep(_ number: Int) throws -> KeptSweep?
  /// Forgets a sweep, not its runs; false when there was none.
  func removeSweep(_ number: Int) throws -> Bool
}

extension MemoryRuns {
  /// Keeps a sweep that begins.
  public func keep(_ recipe: SweepRecipe, session: Foundation.Data, began: Date) -> Int {
    lastSweep += 1
    sweeps.append(KeptSweep(id: lastSweep, began: began, recipe: recipe, session: session))
    return lastSweep
  }
  /// Keeps how a run of it went.
  public func keep(_ outcome: SweepOutcome, at place: Int, of sweep: Int) {
    guard let index = sweeps.firstIndex(where: { $0.id == sweep }) else { return }
    sweeps[index].outcomes[place] = outcome
  }
  /// The newest sweeps.
  public func newestSweeps(_ count: Int) -> [KeptSweep] { Array(sweeps.suffix(count)) }
  /// A sweep by its number.
  public func sweep(_ number: Int) -> KeptSweep? { sweeps.first { $0.id == number } }
  /// Forgets a sweep.
  public func removeSweep(_ number: Int) -> Bool {
    let before = sweeps.count
    sweeps.removeAll { $0.id == number }
    return sweeps.count < before
  }
}
