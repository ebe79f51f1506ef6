import Engine

/// How a training comes along: told after batches and epochs, drawn by Screen as a progress line and a live curve.
public struct TrainingProgress: Sendable {
  /// What happened.
  public enum Moment: Sendable {
    /// The training begins.
    case began
    /// A batch is done; the loss is the epoch's running mean.
    case batch(number: Int, of: Int, loss: Double)
    /// An epoch is done.
    case epoch([NamedValue])
    /// The training has ended, however it ended.
    case ended
  }
  /// What happened.
  public var moment: Moment
  /// The epoch, from 1.
  public var epoch: Int
  /// The number of epochs asked for.
  public var epochs: Int
  /// The learning rate.
  public var rate: Double
  /// The name of what the curve shows beside the loss; empty when nothing.
  public var metrics: [String]
  /// The curves that are wanted live (`set live`): the loss, metrics, the rate.
  public var liveCurves: [String]
  /// Makes the other plots that are wanted live, of the training as it stands; nil when none are.
  public var livePlots: (@MainActor @Sendable () -> [Plot])?
  /// Whether the training is ahead of what is kept of it, for a moment: an epoch is shown when a crash does not lose it any more.
  public var isAhead = false
  /// The metrics of the epoch that is running, as its batches so far give them; nil where they are not to be had.
  public var measured: (@MainActor @Sendable () -> [NamedValue])?
  /// `auto`, `window`, `inline`, `ascii` or `off`.
  public var plot: String
}
