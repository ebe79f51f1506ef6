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
      try gnuplot().draw(Plot(plot), to: .file(file.path))
    } catch let error as PlotError {
      throw complaint(error)
    }
  }

  /// Writes a picture of a network; its kind is told by the file's extension.
  public func write(_ drawing: DrawingFacts, to file: URL) throws {
    do {
      try gnuplot().draw(PictureLayout.picture(of: drawing), to: .file(file.path))
    } catch let error as PlotError {
      throw complaint(error)
    }
  }

  /// What the terminal is to be given to show a network as a picture; nil where characters are to draw it.
  public func shown(_ drawing: DrawingFacts) throws -> String? {
    let isAsked = ["window", "inline"].contains(drawing.style)
    guard drawing.placement == .auto, isAsked || (drawing.style == "auto" && abilities.isTerminal) else { return nil }
    // Nobody misses gnuplot where characters do.
    guard isAsked || (try? gnuplot()) != nil else { return nil }
    do {
      let session = try gnuplot()
      let target = target(style: drawing.style, session, width: 80, color: false, rows: 22)
      return target.isCharacters ? nil : try session.draw(PictureLayout.picture(of: drawing), to: target, display: abilities.hasDisplay)
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
      return try session.draw(Plot(plot), to: target, display: abilities.hasDisplay)
    } catch let error as PlotError {
      throw complaint(error)
    }
  }

  /// A live curve; nil with the reason when none can be drawn.
  func live(_ plot: Plot, style: String, width: Int, rows: Int, color: Bool) throws -> LivePlot {
    do {
      let session = try gnuplot()
      return LivePlot(plot, session: session, target: target(style: style, session, width: min(width, 100), color: color, rows: rows))
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

extension Plot {
  /// The plot of some facts: the validation curve dashed.
  init(_ facts: PlotFacts) {
    self.init(
      title: facts.title, xLabel: facts.xLabel, yLabel: facts.yLabel,
      series: facts.series.map { Plot.Series($0.name, x: $0.x, y: $0.y, look: $0.name.hasPrefix("val_") ? .dashed : .line) })
    isLogarithmicY = spansMagnitudes
  }

  /// Whether the values reach over more than three powers of ten, all of them positive: on a plain axis the small ones would look alike.
  var spansMagnitudes: Bool {
    var low = Double.infinity
    var high = 0.0
    for series in series {
      for value in series.y where value.isFinite {
        low = min(low, value)
        high = max(high, value)
      }
    }
    return low > 0 && high / low > 1000
  }
}
