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
    /// What `set` changed is taken back.
    case standard(String)
    /// Nothing: the value is asked for.
    case asked(String)
  }

  /// A setting: with a value it changes, without one it is asked for.
  static func setting<Value: Sendable>(
    _ name: String, _ summary: String, examples: [String], _ value: Argument<Value>, _ change: @escaping @Sendable (Value) throws -> Change
  ) -> Declaration<Change> {
    Declaration(name, summary, examples: examples, .optional(value)) { try $0.map(change) ?? .asked(name) }
  }

  private static let settings: [Declaration<Change>] =
    [
      setting(
        "lr", "The learning rate, without losing the weights.", examples: ["compile adam mse; set lr 0.01"],
        .decimal("rate", "the learning rate", .positive).completed(from: .settingValues)
      ) { .rate($0) },
      setting(
        "batch", "Samples a mini-batch.", examples: ["set batch 16"],
        .integer("size", "samples a mini-batch", in: 1...1_000_000).completed(from: .settingValues)
      ) { .batch($0) },
      setting(
        "seed", "Decides initial weights, shuffles, dropout and drawn data from now on.", examples: ["set seed 7"],
        .integer("seed", "any whole number", in: 0...Int.max).completed(from: .settingValues)
      ) { .seed($0) },
      setting(
        "threads", "Threads of the kernels; 0 takes one a core.", examples: ["set threads 0"],
        .integer("count", "how many threads", in: 0...256).completed(from: .settingValues)
      ) { .threads($0) },
      setting(
        "predict", "Whether step and fit ask first what will happen, until you leave.", examples: ["set predict on"],
        .onOff("value", "on or off")
      ) { .predict($0) },
    ] + Preference.allCases.map(\.declaration)

  private static let index = DeclarationIndex(settings)

  /// The change that a name and a value make, as a file has them.
  ///
  /// - Throws: A `Complaint` when there is no such setting, its value is wrong, or it belongs to a model.
  static func change(_ name: String, _ value: String) throws -> Change {
    let word = Word(name, at: 0..<0)
    guard name != "lr" else { throw Complaint.settingOfAModel(name) }
    let setting = try index.exactly(word, what: "setting")
    let change = try setting.parse(value.isEmpty ? [word] : [word, Word(value, at: 0..<0)])
    if case .asked = change { throw Complaint.noValue(name, allowed(name)) }
    return change
  }

  private static let standard = Declaration<Change>(
    "default", "Takes back what `set` changed: the setting is as the config file says, or as usual.", examples: ["set default batch"],
    .choice("setting", "the setting", from: settings.dropFirst().map { ($0.name, $0.outline.summary) })
  ) { .standard($0) }

  /// Which values a setting takes, in words; empty where there is nothing to say.
  static func allowed(_ name: String) -> String { index[name]?.outline.arguments.first?.allowed ?? "" }

  /// What each setting means, by its name.
  static let meanings = Dictionary(settings.map { ($0.outline.name, $0.outline.summary) }) { first, _ in first }

  private static let tensor = Declaration<Change>(
    "TENSOR", "The numbers of a tensor.", .word("tensor", "the tensor, such as dense.kernel", from: .parameters),
    .values("value", "a number, or a list of numbers")
  ) { .tensor($0, $1) }

  private static let declaration = Declaration<Action>(
    "set", "Changes a setting or the weights; alone it lists the settings, with a name alone it tells that one.",
    examples: [
      "set", "set batch", "set batch 16", "set new_per_day 30", "set default new_per_day", "set seed 7", "set predict on",
      "compile adam mse; set lr 0.01",
      "input 1; layer dense 1; set dense.kernel 0.5",
      "input 2; layer dense 2; set dense.kernel [[0.1, 0.2], [0.3, 0.4]]", "input 2; layer dense 2; set dense.bias[0] 0",
    ],
    notes:
      """
      `set dense.kernel 0.5` fills a tensor, `set dense.bias[0] 0` changes one number; in a list of numbers axes of length 1 may be left out. \
      lang, plot, live, pager, color and what concerns cards are kept for later sessions. The config file, `~/.config/gradus/config`, \
      holds settings of your own making, a name and a value a line, with comments behind #; what `set` keeps wins over it, and a flag \
      such as --seed over both.
      """,
    .optional(
      .declared(
        "setting", "a setting, or a tensor such as dense.kernel", from: settings + [standard], or: tensor, when: .holding("."),
        completing: .parameters))
  ) { change in
    Action { session, surroundings in
      guard let change else { return SettingsFacts(session) }
      switch change {
      case .rate(let rate):
        var settings = try session.compiled()
        settings.optimizer.rate = Float(rate)
        try settings.optimizer.checkRate()
        session.model.settings = settings
      case .batch, .seed, .threads, .predict: change.apply(to: &session.settings)
      case .preference(let preference, let value):
        change.apply(to: &session.settings)
        do {
          try surroundings.permittedPreferences.save(preference.rawValue, value)
          if !surroundings.files.isConfined { session.settings.note(preference.rawValue, .kept) }
        } catch let complaint as Complaint {
          surroundings.warn(.onlyForNow(complaint))
        }
      case .standard(let name):
        if Preference(rawValue: name) != nil { try surroundings.permittedPreferences.remove(name) }
        try session.settings.goBack(name)
      case .asked(let name): return SettingsFacts(session, asked: name)
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
  /// Puts the value into settings; what belongs to a model has no place there.
  func apply(to settings: inout Settings) {
    switch self {
    case .batch(let size): settings.batch = size
    case .seed(let seed): settings.seed = UInt64(seed)
    case .threads(let count):
      settings.threads = count
      settings.useThreads()
    case .predict(let isOn): settings.predict = isOn
    case .preference(let preference, let value): preference.apply(value, to: &settings)
    case .rate, .tensor, .standard, .asked: break
    }
  }

  /// The setting's name.
  var name: String {
    switch self {
    case .rate: "lr"
    case .batch: "batch"
    case .seed: "seed"
    case .threads: "threads"
    case .predict: "predict"
    case .preference(let preference, _): preference.rawValue
    case .tensor(let name, _), .standard(let name), .asked(let name): name
    }
  }
}

/// The settings and their values.
public struct SettingsFacts: Facts {
  /// The settings in order, as one would type them.
  public let values: [(name: String, value: String, json: JSONValue)]
  /// The setting that changed; nil when they are only listed.
  public let changed: String?
  /// The setting that was asked for; nil when one changed or all are listed.
  public let asked: String?
  /// Where each value comes from, by the setting's name.
  public let origins: [String: SettingOrigin]

  init(_ session: Session, changed: String? = nil, asked: String? = nil) {
    let rate = session.model.settings?.optimizer.rate
    let settings = SettingsFacts.values(of: session.settings)
    values = [("lr", rate.map { "\($0)" } ?? "-", rate.map { .number(shortest($0)) } ?? .null)] + settings
    origins = Dictionary(settings.map { ($0.name, session.settings.origin(of: $0.name)) }) { first, _ in first }
    (self.changed, self.asked) = (changed, asked)
  }

  private static func values(of settings: Settings) -> [(name: String, value: String, json: JSONValue)] {
    [
      ("batch", "\(settings.batch)", .integer(settings.batch)), ("seed", "\(settings.seed)", .integer(Int(settings.seed))),
      ("threads", "\(settings.threads)", .integer(settings.threads)),
      ("predict", settings.predict ? "on" : "off", .string(settings.predict ? "on" : "off")),
    ] + Preference.allCases.map { ($0.rawValue, $0.value(in: settings), .string($0.value(in: settings))) }
  }

  /// The value of a setting as one would type it; nil for a name that is none.
  static func value(of name: String, in settings: Settings) -> String? { values(of: settings).first { $0.name == name }?.value }

  /// Which values a setting takes, in words.
  public static func allowed(_ name: String) -> String { SetCommand.allowed(name) }
  /// What each setting means, by its name.
  public static var meanings: [String: String] { SetCommand.meanings }
  /// The settings of a new session.
  public static var standard: SettingsFacts { SettingsFacts(Session()) }

  /// The settings, or the one that changed or was asked for, with their values; of the latter what it means and what is usual, too.
  public var json: [(String, JSONValue)] {
    let told = (changed ?? asked).map { name in values.filter { $0.name == name } } ?? values
    let origins = told.compactMap { setting in self.origins[setting.name].map { (setting.name, JSONValue.string($0.rawValue)) } }
    let standard = asked.flatMap { name in SettingsFacts.standard.values.first { $0.name == name }?.json }
    let about = asked.map { [("meaning", JSONValue.string(SettingsFacts.meanings[$0] ?? "")), ("default", standard ?? .null)] }
    return [("settings", .object(told.map { ($0.name, $0.json) })), ("origins", .object(origins))] + (about ?? [])
  }
}
