import Language
import Study

/// A setting that outlives the session.
public enum Preference: String, Sendable, CaseIterable {
  /// The language of prose, cards and hints.
  case lang
  /// How plots are shown.
  case plot
  /// What `fit` draws while it runs.
  case live
  /// What the prompt tells.
  case prompt
  /// Whether the prompt tells how many cards are due.
  case due
  /// Whether an answer longer than the screen goes to the pager.
  case pager
  /// Whether due dates are spread a little.
  case fuzz
  /// The retention that the scheduler aims at.
  case retention
  /// The greatest interval in days.
  case maximumInterval = "max_interval"
  /// New cards a day.
  case newPerDay = "new_per_day"
  /// Reviews a day.
  case reviewsPerDay = "reviews_per_day"
  /// How often a card is forgotten until it is a leech.
  case leech
  /// The weights of the scheduler.
  case weights
  /// Whether to use colours.
  case color

  /// How `set` reads it.
  var declaration: Declaration<SetCommand.Change> {
    switch self {
    case .lang:
      choice("The language of prose, cards and hints.", [("en", "English"), ("fr", "French")])
    case .plot:
      choice(
        "How plots are shown.",
        [
          ("auto", "as the terminal can"), ("window", "in a window"), ("inline", "as a picture in the terminal"),
          ("ascii", "as characters"),
          ("off", "not at all"),
        ])
    case .live:
      SetCommand.setting(
        rawValue, "What `fit` draws while it runs: on, off, or plots such as loss,boundary.", examples: ["set live loss,boundary"],
        .word("value", "on, off, or plots with commas between them", from: CandidateSource.livePlots.listed)
      ) { .preference(.live, try LivePlots.words(of: $0)) }
    case .prompt:
      choice(
        "What stands before the line that you type.",
        [("full", "data, layers, epochs, loss"), ("short", "only `gradus >`"), ("off", "only `>`")])
    case .due: onOff("Whether the prompt tells how many cards are due, where some are.")
    case .pager: onOff("Whether an answer longer than the screen goes to the pager that `PAGER` names, where it names one.")
    case .fuzz: onOff("Whether due dates are spread a little.")
    case .color: choice("Whether to use colours.", [("auto", "as the terminal can"), ("always", "yes"), ("never", "no")])
    case .retention:
      SetCommand.setting(
        rawValue, "The share of answers to be remembered when a card is due.", examples: ["set retention 0.85"],
        .decimal("value", "the wanted retention", .from(0.7, to: 0.99)).completed(from: .settingValues)
      ) { .preference(.retention, plain($0)) }
    case .maximumInterval: count("The most days between two reviews of a card.", "days", 1...36_500)
    case .newPerDay: count("How many cards are asked for the first time in a day.", "cards", 0...10_000)
    case .reviewsPerDay: count("How many cards in review are asked in a day; learning steps do not count.", "cards", 0...100_000)
    case .leech: count("How often a card is forgotten until it is told that it should be rewritten.", "times", 2...1000)
    case .weights:
      SetCommand.setting(
        rawValue, "The 21 weights of the scheduler, as `stats optimize` fits them.", examples: ["set weights standard"],
        .word("value", "standard, or FSRS-6: and 21 numbers with commas between them", from: .settingValues)
      ) { .preference(.weights, try Preference.text(of: Preference.weights(of: $0))) }
    }
  }

  private func choice(_ summary: String, _ choices: [(name: String, summary: String)]) -> Declaration<SetCommand.Change> {
    let preference = self
    return SetCommand.setting(
      rawValue, summary, examples: ["set \(rawValue) \(choices[0].name)"], .choice("value", "the value", from: choices)
    ) { .preference(preference, $0) }
  }

  private func count(_ summary: String, _ what: String, _ range: ClosedRange<Int>) -> Declaration<SetCommand.Change> {
    let preference = self
    return SetCommand.setting(
      rawValue, summary, examples: ["set \(rawValue) \(range.clamped(to: 10...Int.max).lowerBound)"],
      .integer("value", "how many \(what)", in: range).completed(from: .settingValues)
    ) { .preference(preference, String($0)) }
  }

  /// The weights of a text: the version of their algorithm and the numbers.
  ///
  /// - Throws: A `Complaint` when they are none, or lie out of their bounds.
  static func weights(of text: String) throws -> Weights {
    if text == "standard" { return .standard }
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0] == Scheduler.version else { throw Complaint.noWeights("they begin with `\(Scheduler.version):`") }
    let numbers = parts[1].split(separator: ",", omittingEmptySubsequences: false).map { decimal($0) }
    guard !numbers.contains(nil) else { throw Complaint.noWeights("there are numbers with commas between them") }
    do throws(Weights.Fault) {
      return try Weights(numbers.compactMap(\.self))
    } catch {
      switch error {
      case .count(let count): throw Complaint.noWeights("there are \(Weights.bounds.count) numbers, not \(count)")
      case .outOfBounds(let index, let value, let bounds):
        throw Complaint.noWeights("w\(index) lies from \(plain(bounds.lowerBound)) to \(plain(bounds.upperBound)), not at \(plain(value))")
      }
    }
  }

  /// The weights as one would type them.
  static func text(of weights: Weights) -> String {
    weights == .standard ? "standard" : "\(Scheduler.version):" + weights.values.map(plain).joined(separator: ",")
  }

  private func onOff(_ summary: String) -> Declaration<SetCommand.Change> {
    let preference = self
    return SetCommand.setting(rawValue, summary, examples: ["set \(rawValue) off"], .onOff("value", "on or off")) {
      .preference(preference, $0 ? "on" : "off")
    }
  }

  /// Whether a word that `accepts` took for on or off means on.
  private func isYes(_ value: String) -> Bool { ["on", "yes", "true"].contains(value.lowercased()) }

  /// Puts a value into the settings.
  public func apply(_ value: String, to settings: inout Settings) {
    switch self {
    case .lang: settings.lang = value
    case .plot: settings.plot = value
    case .live: settings.live = LivePlots.names(of: value)
    case .prompt: settings.prompt = value
    case .due: settings.due = isYes(value)
    case .pager: settings.pager = isYes(value)
    case .fuzz: settings.fuzz = isYes(value)
    case .retention: settings.retention = decimal(value) ?? settings.retention
    case .maximumInterval: settings.maximumInterval = Int(value) ?? settings.maximumInterval
    case .newPerDay: settings.newPerDay = Int(value) ?? settings.newPerDay
    case .reviewsPerDay: settings.reviewsPerDay = Int(value) ?? settings.reviewsPerDay
    case .leech: settings.leechThreshold = Int(value) ?? settings.leechThreshold
    case .weights: settings.weights = (try? Preference.weights(of: value)) ?? settings.weights
    case .color: settings.color = value
    }
  }

  /// The value as one would type it.
  public func value(in settings: Settings) -> String {
    switch self {
    case .lang: settings.lang
    case .plot: settings.plot
    case .live: LivePlots.text(of: settings.live)
    case .prompt: settings.prompt
    case .due: settings.due ? "on" : "off"
    case .pager: settings.pager ? "on" : "off"
    case .fuzz: settings.fuzz ? "on" : "off"
    case .retention: plain(settings.retention)
    case .maximumInterval: String(settings.maximumInterval)
    case .newPerDay: String(settings.newPerDay)
    case .reviewsPerDay: String(settings.reviewsPerDay)
    case .leech: String(settings.leechThreshold)
    case .weights: Preference.text(of: settings.weights)
    case .color: settings.color
    }
  }

  /// Whether a stored value may be applied; a file that was edited by hand may hold anything.
  public func accepts(_ value: String) -> Bool { (try? declaration.parse([Word(rawValue, at: 0..<0), Word(value, at: 0..<0)])) != nil }
}

extension Complaint {
  static func noValue(_ setting: String, _ allowed: String) -> Complaint {
    Complaint("`\(setting)` needs a value", hint: allowed.isEmpty ? "`help set \(setting)` tells what it takes" : "it takes \(allowed)")
  }
  static func noWeights(_ right: String) -> Complaint {
    Complaint("these are no weights: \(right)", hint: "`set weights standard` takes those that FSRS-6 starts from")
  }
}
