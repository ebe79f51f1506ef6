import Datasets
import Engine

/// What `undo` takes back and `redo` brings again: the session as it was before each command that changed it.
///
/// Values share their storage until they change, so an entry costs what its command replaced. The entries together hold no more than a
/// budget; the oldest go first, and the newest stays whatever it holds.
struct SessionHistory: Sendable {
  /// The part of a session that `undo` covers.
  struct Moment: Sendable {
    var model: Model
    var data: DataInHand?
    var settings: Settings
    var variables: Variables
    /// The commands that made it.
    var made: [ScriptLine]
  }

  /// A moment, with the command that led away from it.
  struct Entry: Sendable {
    var moment: Moment
    var command: String
  }

  /// The bytes that the entries may hold together.
  static let budget = 512 << 20
  /// The most entries.
  static let most = 200

  private(set) var past: [Entry] = []
  private(set) var future: [Entry] = []

  /// Notes the session as it was before a command changed it; what was undone cannot come back then.
  mutating func note(_ moment: Moment, before command: String, now present: Moment, budget: Int = budget) {
    past.append(Entry(moment: moment, command: command))
    future = []
    var following = present
    var held = 0
    for place in past.indices.reversed() {
      held += past[place].moment.bytes(besides: following)
      if past.count - place > 1, held > budget || past.count - place > SessionHistory.most {
        past.removeFirst(place + 1)
        return
      }
      following = past[place].moment
    }
  }

  /// The moment before the newest command, which `redo` then leads away from.
  mutating func back(from present: Moment) -> Entry? {
    guard let entry = past.popLast() else { return nil }
    future.append(Entry(moment: present, command: entry.command))
    return entry
  }

  /// The moment after the command that was undone last.
  mutating func forward(from present: Moment) -> Entry? {
    guard let entry = future.popLast() else { return nil }
    past.append(Entry(moment: present, command: entry.command))
    return entry
  }
}

extension SessionHistory.Moment {
  /// Whether a command changed anything on the way from here to another moment, as a person would see it: weights that were drawn because
  /// something looked at them are no change.
  func differs(from other: SessionHistory.Moment) -> Bool {
    settings != other.settings || variables != other.variables || dataDiffer(from: other) || modelDiffers(from: other.model)
  }

  private func dataDiffer(from other: SessionHistory.Moment) -> Bool {
    guard let data, let others = other.data else { return (data == nil) != (other.data == nil) }
    return data.steps != others.steps || data.heldByFit != others.heldByFit || data.isStandardized != others.isStandardized
      || !data.dataset.features.sharesValues(with: others.dataset.features)
  }

  private func modelDiffers(from other: Model) -> Bool {
    if model.steps != other.steps || model.epochs != other.epochs || model.settings != other.settings { return true }
    if model.network != other.network || model.inputIsDeclared != other.inputIsDeclared { return true }
    switch (model.state, other.state) {
    case (nil, nil): return false
    case (nil, _?): return !other.hasFirstWeights
    case (_?, nil): return !model.hasFirstWeights
    case (let state?, let others?):
      return state.updates != others.updates || state.epoch != others.epoch || state.position != others.position
        || state.optimizer.updates != others.optimizer.updates
        || !state.parameters.isSame(as: others.parameters) && state.parameters != others.parameters
    }
  }

  /// The bytes of weights and data that another moment does not share.
  func bytes(besides other: SessionHistory.Moment) -> Int {
    var floats = 0
    if let state = model.state {
      floats += state.parameters.floats(besides: other.model.state?.parameters)
      floats += state.optimizer.slots.floats(besides: other.model.state?.optimizer.slots)
    }
    if let features = data?.dataset.features, other.data.map({ !features.sharesValues(with: $0.dataset.features) }) ?? true {
      floats += features.count
    }
    return 4 * floats
  }
}

extension Parameters {
  fileprivate func floats(besides other: Parameters?) -> Int {
    names.reduce(0) { sum, name in
      guard let shape = shape(of: name) else { return sum }
      return sum + (other.map { sharesValues(of: name, with: $0) } ?? false ? 0 : shape.reduce(1, *))
    }
  }
}
