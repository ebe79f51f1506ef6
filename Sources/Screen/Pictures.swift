import Foundation
import Shell

/// Shows plots: in files, in a window, inside the terminal, or as characters, whichever can be.
@MainActor public final class Pictures: Plotter {
  /// What the terminal can show.
  public struct Abilities: Sendable {
    /// The `PATH` where gnuplot is looked for.
    public var path: String
    /// Whether there is a display for windows.
    public var hasDisplay: Bool
    /// Whether standard output is a terminal.
    public var isTerminal: Bool
    /// Whether the terminal draws sixel pictures; asked once, when first needed.
    public var asksSixel: @MainActor @Sendable () -> Bool

    /// The given abilities.
    public init(path: String, hasDisplay: Bool, isTerminal: Bool, asksSixel: @escaping @MainActor @Sendable () -> Bool) {
      self.path = path
      self.hasDisplay = hasDisplay
      self.isTerminal = isTerminal
      self.asksSixel = asksSixel
    }
  }

  private let abilities: Abilities
  private var running: GnuplotSession?
  private lazy var drawsSixel = abilities.isTerminal && abilities.asksSixel()

  /// Pictures for a terminal of the given abilities.
  public init(_ abilities: Abilities) { self.abilities = abilities }

  /// Writes a picture; its kind is told by the file's extension.
  public func write(_ plot: PlotFacts, to file: URL) throws {
    do {
      try gnuplot().draw(plot.plot, to: .file(file.path))
    } catch let error as PlotError {
      throw complaint(error)
    }
  }

  /// What the terminal is to be given to show a plot; empty when it opens in a window.
  public func shown(_ plot: PlotFacts, width: Int, color: Bool) throws -> String {
    guard plot.style != "off" else {
      throw Complaint("plots are switched off", hint: "`set plot auto` switches them on, `file=` writes one into a file")
    }
    do {
      let session = try gnuplot()
      let target = target(style: plot.style, session, width: width, color: color, rows: 22)
      return try session.draw(plot.plot, to: target, display: abilities.hasDisplay)
    } catch let error as PlotError {
      throw complaint(error)
    }
  }

  /// What draws live plots.
  func live(style: String, width: Int, rows: Int, color: Bool) throws -> LivePlot {
    do {
      let session = try gnuplot()
      return LivePlot(session: session, target: target(style: style, session, width: min(width, 100), color: color, rows: rows))
    } catch let error as PlotError {
      throw complaint(error)
    }
  }

  private func target(style: String, _ session: GnuplotSession, width: Int, color: Bool, rows: Int) -> PlotTarget {
    let hasWindows = abilities.hasDisplay && !session.terminals.isDisjoint(with: ["qt", "wxt", "x11"])
    let characters = PlotTarget.characters(columns: min(width, 120) - 1, rows: rows, inColour: color)
    switch style {
    case "window": return .window
    case "inline": return .sixel(width: 800, height: 480)
    case "ascii": return characters
    default:
      if hasWindows { return .window }
      return session.terminals.contains("sixelgd") && drawsSixel ? .sixel(width: 800, height: 480) : characters
    }
  }

  private func gnuplot() throws -> GnuplotSession {
    if let running { return running }
    let started = try GnuplotSession(path: abilities.path)
    running = started
    return started
  }

  /// A gnuplot that ended is not asked again: the next plot starts a new one.
  func complaint(_ error: PlotError) -> Complaint {
    if error == .gnuplotDied || error == .gnuplotHangs { running = nil }
    return Complaint(error.what, hint: error.hint)
  }
}
