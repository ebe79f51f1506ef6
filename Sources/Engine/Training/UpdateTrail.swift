/// What it takes to make the last update of a training once more: where the training stood shortly before, and the rates of the updates from there
/// on, the last one among them.
///
/// A training may end at any update: by Ctrl-C, by early stopping, by a loss that is no longer finite. To copy the state before each of them would
/// cost more than the update of a small network; it is copied now and then, and the few updates in between are made again when somebody asks.
public struct UpdateTrail: Sendable, Equatable {
  /// Where the training stood.
  public let state: TrainingState
  /// The rate of each update that was made from there on; at least one.
  public private(set) var rates: [Float]

  /// The rate of the last update.
  public var lastRate: Float { rates[rates.count - 1] }

  fileprivate init(_ state: TrainingState, _ rate: Float) {
    self.state = state
    rates = [rate]
  }

  fileprivate mutating func goOn(_ rate: Float) { rates.append(rate) }
}

/// Keeps the trail of a training while it runs.
struct TrailKeeper {
  private(set) var trail: UpdateTrail?
  /// Where the training began.
  let start: TrainingState
  private let spacing: Int
  private var held: TrainingState?

  /// The keeper of a training that begins in a state.
  init(from start: TrainingState) {
    self.start = start
    // The fewer parameters there are, the dearer is a copy beside an update, and the cheaper are updates made again.
    spacing = start.parameters.count <= 10_000 ? 512 : 64
  }

  /// Whether the state before an update is to be held.
  func wantsState(before update: Int) -> Bool { (update - start.updates) % spacing == 0 }

  /// Holds the state before an update, which begins the trail once that update is made.
  mutating func hold(_ state: TrainingState) { held = state }

  /// Takes note of an update that was made.
  mutating func made(_ rate: Float) {
    if let state = held {
      trail = UpdateTrail(state, rate)
      held = nil
    } else {
      trail?.goOn(rate)
    }
  }
}
