import Engine
import Study

/// The settings of a session that `set` changes.
public struct Settings: Sendable, Equatable {
  /// Samples a mini-batch.
  public var batch = 32
  /// Decides initial weights, shuffles, dropout and drawn data.
  public var seed: UInt64 = 0
  /// Threads of the kernels.
  public var threads = 0
  /// The language of prose, cards and hints: `en` or `fr`.
  public var lang = "en"
  /// How plots are shown: `auto`, `window`, `inline`, `ascii` or `off`.
  public var plot = "auto"
  /// The plots that `fit` draws live: curves by their names, kinds of plots; empty for none.
  public var live = ["loss"]
  /// Whether `step` and `fit` ask what will happen. It lasts for the session: the scripts of another one are not to be asked.
  public var predict = false
  /// What stands before the line that is typed: `full`, `short` or `off`.
  public var prompt = "full"
  /// Whether the prompt tells how many cards are due.
  public var due = true
  /// Whether an answer longer than the screen goes to the pager that the environment names.
  public var pager = true
  /// Whether due dates are spread a little.
  public var fuzz = true
  /// The retention that the scheduler aims at.
  public var retention = 0.9
  /// The greatest interval between two reviews, in days.
  public var maximumInterval = 36_500
  /// New cards a day.
  public var newPerDay = 20
  /// Reviews a day, learning steps not counted.
  public var reviewsPerDay = 200
  /// How often a card is forgotten until it is called a leech.
  public var leechThreshold = 8
  /// The weights of the scheduler.
  public var weights = Weights.standard
  /// Whether to use colours: `auto`, `always` or `never`.
  public var color = "auto"

  /// What was given before the session began, by the setting's name, the last of which wins.
  var given: [String: [Given]] = [:]

  /// The default settings.
  public init() {}

  /// Lets the kernels run on the threads that are set: 0 takes one a core.
  func useThreads() { KernelThreads.set(threads == 0 ? KernelThreads.available : threads) }
}
