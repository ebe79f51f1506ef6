import Engine
import Language

/// `set lr 0.01`, `set dense.kernel 0.5`: settings, and weights by hand.
enum SetCommand {
  static let command = Command(.shell, .keeps, declaration)

  /// What `set` changes.
  enum Change: Sendable {
    case rate(Double)
    case batch(Int)
    case seed(Int)
    case threads(Int)
    case predict(Bool)
    /// A setting that outlives the session, as text.
    case preference(Preference, String)
    case tensor(String, NumberLiteral)
  }

  private static let settings: [Declaration<Change>] =
    [
      Declaration("lr", "The learning rate, without losing the weights.", .decimal("rate", "the learning rate", .positive)) { .rate($0) },
      Declaration("batch", "Samples a mini-batch.", .integer("size", "samples a mini-batch", in: 1...1_000_000)) { .batch($0) },
      Declaration(
        "seed", "Decides initial weights, shuffles, dropout and drawn data from now on.",
        .integer("seed", "any whole number", in: 0...Int.max)
      ) { .seed($0) },
      Declaration("threads", "Threads of the kernels; 0 takes one a core.", .integer("count", "how many threads", in: 0...256)) {
        .threads($0)
      },
      Declaration(
        "predict", "Whether step and fit ask first what will happen, until you leave.", .onOff("value", "on or off")
      ) { .predict($0) },
    ] + Preference.allCases.map(\.declaration)

  /// What each setting means, by its name.
  static let meanings = Dictionary(settings.map { ($0.outline.name, $0.outline.summary) }) { first, _ in first }

  private static let tensor = Declaration<Change>(
    "TENSOR", "The numbers of a tensor.", .word("tensor", "the tensor, such as dense.kernel", from: .parameters),
    .values("value", "a number, or a list of numbers")
  ) { .tensor($0, $1) }

  private static let declaration = Declaration<Action>(
    "set", "Changes a setting or the weights; alone it lists the settings.",
    examples: [
      "set", "set batch 16", "set new_per_day 30", "set seed 7", "set predict on", "compile adam mse; set lr 0.01",
      "input 1; layer dense 1; set dense.kernel 0.5",
      "input 2; layer dense 2; set dense.kernel [[0.1, 0.2], [0.3, 0.4]]", "input 2; layer dense 2; set dense.bias[0] 0",
    ],
    notes:
      """
      `set dense.kernel 0.5` fills a tensor, `set dense.bias[0] 0` changes one number; in a list of numbers axes of length 1 may be left out. \
      lang, plot, live, color and what concerns cards are kept.
      """,
    .optional(
      .declared(
        "setting", "a setting, or a tensor such as dense.kernel", from: settings, or: tensor, when: .holding("."), completing: .parameters))
  ) { change in
    Action { session, surroundings in
      guard let change else { return SettingsFacts(session) }
      switch change {
      case .rate(let rate):
        var settings = try session.compiled()
        settings.optimizer.rate = Float(rate)
        try settings.optimizer.checkRate()
        session.model.settings = settings
      case .batch(let size): session.settings.batch = size
      case .seed(let seed): session.settings.seed = UInt64(seed)
      case .threads(let count):
        session.settings.threads = count
        KernelThreads.set(count == 0 ? KernelThreads.available : count)
      case .predict(let isOn): session.settings.predict = isOn
      case .preference(let preference, let value):
        preference.apply(value, to: &session.settings)
        try surroundings.permittedPreferences.save(preference.rawValue, value)
      case .tensor(let typed, let literal): return try set(typed, literal, &session)
      }
      return SettingsFacts(session, changed: change.name)
    }
  }

  @MainActor private static func set(_ typed: String, _ literal: NumberLiteral, _ session: inout Session) throws -> any Facts {
    let name = try TensorName(typed)
    var state = try session.model.ensureState(seed: session.settings.seed)
    guard let old = state.parameters[name.name] else {
      throw Complaint.unknown("tensor", Word(name.name, at: 0..<0), among: state.parameters.names).withoutPlace
    }
    let values = literal.values.map { Float($0) }
    guard values.allSatisfy(\.isFinite) else { throw Complaint.tooLarge(at: literal.place) }
    let part = try name.pick(from: old)
    // Axes of length 1 need no brackets: the order of the numbers is the same.
    guard literal.shape.isEmpty || literal.shape.filter({ $0 != 1 }) == part.shape.filter({ $0 != 1 }) else {
      throw Complaint.wrongShape(typed, part.shape, got: literal.shape, at: literal.place)
    }
    var tensor = old
    var offset = 0
    for (place, length) in zip(name.index ?? [], old.shape) { offset = offset * length + place }
    offset *= part.count
    for index in 0..<part.count { tensor.values[offset + index] = literal.shape.isEmpty ? values[0] : values[index] }
    try state.parameters.set(name.name, to: tensor)
    session.model.state = state
    session.model.hasWeightsByHand = true
    // What `plot surface` draws is the way of one training.
    session.model.trace = nil
    return TensorFacts(name: typed, tensor: try name.pick(from: tensor), isFilled: literal.shape.isEmpty)
  }
}

extension SetCommand.Change {
  /// The setting's name.
  var name: String {
    switch self {
    case .rate: "lr"
    case .batch: "batch"
    case .seed: "seed"
    case .threads: "threads"
    case .predict: "predict"
    case .preference(let preference, _): preference.rawValue
    case .tensor(let name, _): name
    }
  }
}

/// The settings and their values.
public struct SettingsFacts: Facts {
  /// The settings in order, as one would type them.
  public let values: [(name: String, value: String, json: JSONValue)]
  /// The setting that changed; nil when they are only listed.
  public let changed: String?

  init(_ session: Session, changed: String? = nil) {
    let settings = session.settings
    let rate = session.model.settings?.optimizer.rate
    values =
      [
        ("lr", rate.map { "\($0)" } ?? "-", rate.map { .number(shortest($0)) } ?? .null),
        ("batch", "\(settings.batch)", .integer(settings.batch)), ("seed", "\(settings.seed)", .integer(Int(settings.seed))),
        ("threads", "\(settings.threads)", .integer(settings.threads)),
        ("predict", settings.predict ? "on" : "off", .string(settings.predict ? "on" : "off")),
      ] + Preference.allCases.map { ($0.rawValue, $0.value(in: settings), .string($0.value(in: settings))) }
    self.changed = changed
  }

  /// What each setting means, by its name.
  public static var meanings: [String: String] { SetCommand.meanings }
  /// The settings of a new session.
  public static var standard: SettingsFacts { SettingsFacts(Session()) }

  /// The settings, or the one that changed, with their values.
  public var json: [(String, JSONValue)] {
    let told = changed.map { name in values.filter { $0.name == name } } ?? values
    return [("settings", .object(told.map { ($0.name, $0.json) }))]
  }
}
