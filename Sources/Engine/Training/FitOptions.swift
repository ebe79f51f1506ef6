import Language

/// What `fit` does besides going through the data.
public struct FitOptions: Sendable, Equatable {
  /// What early stopping, reduction and checkpoint watch; nil for val_loss where there is held-out data, else loss.
  public var monitor: String?
  /// Ends the training after so many epochs without improvement, at the best parameters.
  public var patience: Int?
  /// Lowers the rate when nothing improves.
  public var reduction: PlateauReduction?
  /// How the rate changes from update to update.
  public var schedule: LearningRateSchedule?
  /// Whether the parameters of the best epoch are brought back at the end.
  public var keepsBest: Bool

  /// Options; without values there is nothing besides.
  public init(
    monitor: String? = nil, patience: Int? = nil, reduction: PlateauReduction? = nil, schedule: LearningRateSchedule? = nil,
    keepsBest: Bool = false
  ) {
    self.monitor = monitor
    self.patience = patience
    self.reduction = reduction
    self.schedule = schedule
    self.keepsBest = keepsBest
  }

  /// Whether they fit what is measured and each other.
  ///
  /// - Parameter measured: The names of what is measured.
  /// - Throws: A `Complaint` when they do not.
  public func check(measured: [String]) throws { _ = try FitWatch(self, measured: measured.map { ($0, false) }) }

  var watches: Bool { patience != nil || reduction != nil || keepsBest }
}

/// The epoch whose parameters were the best, by what was watched.
public struct BestEpoch: Sendable, Equatable {
  /// The epoch, from 1.
  public let epoch: Int
  /// What was watched.
  public let monitor: String
  /// Its value there.
  public let value: Double
}

/// Watches the epochs of a training: keeps the best parameters, lowers the rate, says when to end.
struct FitWatch {
  private let monitor: String
  private let keepsBest: Bool
  private let watches: Bool
  private var stopping: EarlyStopping
  private var reduction: PlateauReduction?
  private(set) var best: BestEpoch?
  private(set) var bestParameters: Parameters?

  /// - Parameter measured: The names of what is measured, each with whether greater is better.
  init(_ options: FitOptions, measured: [(name: String, isBetterHigher: Bool)]) throws {
    if options.schedule != nil, options.reduction != nil { throw Complaint.rateSetTwice }
    let names = measured.map(\.name)
    let wanted = options.monitor ?? (names.contains("val_loss") ? "val_loss" : "loss")
    guard let watched = measured.first(where: { $0.name == wanted }) else { throw Complaint.unknownMonitor(wanted, among: names) }
    monitor = wanted
    watches = options.watches
    keepsBest = options.keepsBest || options.patience != nil
    stopping = EarlyStopping(patience: options.patience ?? .max, isBetterHigher: watched.isBetterHigher)
    reduction = options.reduction
    reduction?.isBetterHigher = watched.isBetterHigher
  }

  /// Takes in an epoch.
  ///
  /// - Returns: Whether the training is to end.
  mutating func observe(_ values: [NamedValue], epoch: Int, rate: inout Float, parameters: () throws -> Parameters) rethrows -> Bool {
    guard watches, let value = values.first(where: { $0.name == monitor })?.value else { return false }
    let verdict = stopping.observe(value)
    if verdict.isBest {
      best = BestEpoch(epoch: epoch, monitor: monitor, value: value)
      if keepsBest { bestParameters = try parameters() }
    }
    if var reducing = reduction {
      rate = reducing.rate(after: value, rate: rate)
      reduction = reducing
    }
    return verdict.stops
  }
}
