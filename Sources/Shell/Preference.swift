import Language

/// A setting that outlives the session.
public enum Preference: String, Sendable, CaseIterable {
  /// The language of prose, cards and hints.
  case lang
  /// How plots are shown.
  case plot
  /// What `fit` draws while it runs.
  case live
  /// Whether due dates are spread a little.
  case fuzz
  /// The retention that the scheduler aims at.
  case retention
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
      Declaration(
        rawValue, "What `fit` draws while it runs: on, off, or plots such as loss,boundary.",
        .word("value", "on, off, or plots with commas between them", from: .livePlots)
      ) { .preference(.live, try LivePlots.words(of: $0)) }
    case .fuzz: onOff("Whether due dates are spread a little.")
    case .color: choice("Whether to use colours.", [("auto", "as the terminal can"), ("always", "yes"), ("never", "no")])
    case .retention:
      Declaration(
        rawValue, "The share of answers to be remembered when a card is due.",
        .decimal("value", "the wanted retention", .from(0.7, to: 0.99))
      ) {
        .preference(.retention, plain($0))
      }
    }
  }

  private func choice(_ summary: String, _ choices: [(name: String, summary: String)]) -> Declaration<SetCommand.Change> {
    let preference = self
    return Declaration(rawValue, summary, .choice("value", "the value", from: choices)) { .preference(preference, $0) }
  }

  private func onOff(_ summary: String) -> Declaration<SetCommand.Change> {
    let preference = self
    return Declaration(rawValue, summary, .onOff("value", "on or off")) { .preference(preference, $0 ? "on" : "off") }
  }

  /// Whether a word that `accepts` took for on or off means on.
  private func isYes(_ value: String) -> Bool { ["on", "yes", "true"].contains(value.lowercased()) }

  /// Puts a value into the settings.
  public func apply(_ value: String, to settings: inout Settings) {
    switch self {
    case .lang: settings.lang = value
    case .plot: settings.plot = value
    case .live: settings.live = LivePlots.names(of: value)
    case .fuzz: settings.fuzz = isYes(value)
    case .retention: settings.retention = decimal(value) ?? settings.retention
    case .color: settings.color = value
    }
  }

  /// The value as one would type it.
  public func value(in settings: Settings) -> String {
    switch self {
    case .lang: settings.lang
    case .plot: settings.plot
    case .live: LivePlots.text(of: settings.live)
    case .fuzz: settings.fuzz ? "on" : "off"
    case .retention: plain(settings.retention)
    case .color: settings.color
    }
  }

  /// Whether a stored value may be applied; a file that was edited by hand may hold anything.
  public func accepts(_ value: String) -> Bool { (try? declaration.parse([Word(rawValue, at: 0..<0), Word(value, at: 0..<0)])) != nil }
}
