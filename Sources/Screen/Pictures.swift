import Foundation
import Shell
import Threads

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
    /// Whether there are colours for standard output, and 24 bits of them.
    public var hasColour, hasTrueColour: Bool
    /// Whether only ASCII is shown.
    public var isASCII: Bool
    /// Rows of the terminal.
    public var rows: @MainActor @Sendable () -> Int
    /// How the terminal shows pictures among the text, nil when it does not; asked once, when first needed.
    public var asksInline: @MainActor @Sendable () -> InlineDisplay?

    /// The given abilities.
    public init(
      path: String, hasDisplay: Bool, isTerminal: Bool, hasColour: Bool = false, hasTrueColour: Bool = false, isASCII: Bool = false,
      rows: @escaping @MainActor @Sendable () -> Int = { 24 },
      asksInline: @escaping @MainActor @Sendable () -> InlineDisplay?
    ) {
      self.path = path
      self.hasDisplay = hasDisplay
      self.isTerminal = isTerminal
      self.hasColour = hasColour
      self.hasTrueColour = hasTrueColour
      self.isASCII = isASCII
      self.rows = rows
      self.asksInline = asksInline
    }
  }

  private var abilities: Abilities
  private var running: GnuplotSession?
  /// The gnuplot that is started before it is needed.
  private enum Early {
    case notBegun
    case begun(GnuplotProcess)
    /// One is at work already, or was.
    case over
  }
  private let early = Guarded(Early.notBegun)
  /// How the terminal shows pictures among the text; asked when first needed.
  private(set) lazy var inline: InlineDisplay? = abilities.isTerminal ? abilities.asksInline() : nil
  /// The number of the last picture: kitty replaces one whose number comes again, which is long out of sight then.
  private var lastIdentity = Int(ProcessInfo.processInfo.processIdentifier) % 255

  /// Pictures for a terminal of the given abilities.
  public init(_ abilities: Abilities) { self.abilities = abilities }

  /// What starts gnuplot ahead of the first plot, on whatever thread: it takes longer to come up than most commands take.
  public var warming: @Sendable () -> Void {
    { [early, path = abilities.path] in
      early.withLock { state in
        guard case .notBegun = state, let process = try? GnuplotProcess(path: path) else { return }
        state = .begun(process)
      }
    }
  }

  /// The process of the gnuplot that draws, or waits to draw: tests ask for it.
  var gnuplotProcess: Int32? {
    running?.processIdentifier ?? early.withLock { if case .begun(let process) = $0 { process.identifier } else { nil } }
  }

  /// Whether characters are drawn in colours.
  public var hasColour: Bool {
    get { abilities.hasColour }
    set { abilities.hasColour = newValue }
  }

  /// How the terminal shows pictures among the text; nil where it does not.
  public var inlineName: String? {
    switch inline?.form {
    case .kitty, .kittyInTmux: "kitty's way"
    case .iterm: "iTerm2's way"
    case .sixel: "sixel"
    case nil: nil
    }
  }

  /// Which gnuplot draws; nil where none is found.
  public var gnuplotAbout: String? {
    guard let session = try? gnuplot(), let program = try? GnuplotSession.program(path: abilities.path) else { return nil }
    let kinds = ["png", "svg", "pdf"].filter { kind in session.terminals.contains { $0.hasPrefix(kind) } }
    return program + (kinds.isEmpty ? "" : ", writes " + kinds.joined(separator: ", "))
  }

  /// Writes a picture; its kind is told by the file's extension.
  public func write(_ plot: PlotFacts, to file: URL) throws {
    do {
      try gnuplot().draw(plot.plot, to: .file(file.path))
    } catch {
      throw complaint(error)
    }
  }

  /// Writes a picture of a network; its kind is told by the file's extension.
  public func write(_ drawing: DrawingFacts, to file: URL) throws {
    do {
      try gnuplot().draw(PictureLayout.picture(of: drawing), to: .file(file.path))
    } catch {
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
      // Laid out only where it is shown.
      lazy var picture = PictureLayout.picture(of: drawing)
      let target = try target(
        style: drawing.style, session, width: 80, color: false, rows: 22, aspect: picture.width / picture.height)
      return target.isCharacters ? nil : try session.draw(picture, to: target, display: abilities.hasDisplay)
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
      // Pictures and several panels take what the screen has; curves are read best when they are not too high.
      let isMany = abilities.isTerminal && plot.plot.panels.count > 1
      let fitting = isMany || plot.plot.panels.contains { !$0.pictures.isEmpty } ? max(20, abilities.rows() - (isMany ? 1 : 3)) : 22
      let rows = plot.rows ?? fitting
      if let text = try withoutGnuplot(plot, columns: min(width, 120) - 1, rows: rows, color: color) { return text }
      let session = try gnuplot()
      let size = PictureSize(plot.plot, .window)
      let target = try target(
        style: plot.style, session, width: width, color: color, rows: rows, aspect: Double(size.width) / Double(size.height))
      return try session.draw(plot.plot, to: target, display: abilities.hasDisplay, isFitted: isMany)
    } catch let error as PlotError {
      throw complaint(error)
    }
  }

  /// A plot in characters that needs no gnuplot, where there is none; nil where there is, or where it is needed.
  private func withoutGnuplot(_ plot: PlotFacts, columns: Int, rows: Int, color: Bool) throws(PlotError) -> String? {
    guard ["auto", "ascii"].contains(plot.style), !plot.plot.panels.contains(where: CharacterPlot.needsGnuplot) else { return nil }
    do throws(PlotError) {
      _ = try gnuplot()
      return nil
    } catch {
      let drawing = CharacterPlot(columns: columns, rows: rows, inColour: color, isASCII: abilities.isASCII, isFitted: abilities.isTerminal)
      return try drawing.text(of: plot.plot.drawable(points: columns)) { (_, _, _) throws(PlotError) in throw error }
    }
  }

  /// Finds out how the terminal shows pictures, where the style leaves it to the terminal and it was not asked before.
  func askTerminal(style: String) {
    if style == "auto" || style == "inline" { _ = inline }
  }

  /// What draws live plots.
  func live(style: String, width: Int, rows: Int, color: Bool) throws -> LivePlot {
    do {
      let session = try gnuplot()
      let target = try target(style: style, session, width: min(width, 100), color: color, rows: rows)
      return LivePlot(session: session, target: target)
    } catch let error as PlotError {
      throw complaint(error)
    }
  }

  /// Shows the pictures of decks in a `set plot` style.
  public func deckPictures(style: String) -> DeckPictures {
    // Text is rendered where everything is shown: on the main actor.
    DeckPictures(
      manner: { [self] in MainActor.assumeIsolated { manner(style: style) } },
      rows: { [abilities] in MainActor.assumeIsolated { abilities.rows() } })
  }

  private func manner(style: String) -> DeckPictures.Manner {
    guard abilities.isTerminal, style != "off" else { return .names }
    if style != "ascii", let inline { return .inline(inline, identity: nextIdentity()) }
    let palette: PictureCells.Palette = !abilities.hasColour ? .shades : abilities.hasTrueColour ? .trueColour : .indexed
    return .cells(PictureCells(palette: palette, repertoire: abilities.isASCII ? .ascii : .unicode))
  }

  /// A number for a picture, 1 to 255.
  private func nextIdentity() -> Int {
    lastIdentity = lastIdentity % 255 + 1
    return lastIdentity
  }

  private func target(
    style: String, _ session: GnuplotSession, width: Int, color: Bool, rows: Int, aspect: @autoclosure () -> Double = 1.6
  ) throws -> PlotTarget {
    let characters = PlotTarget.characters(columns: min(width, 120) - 1, rows: rows, inColour: color, isASCII: abilities.isASCII)
    switch style {
    case "window": return .window
    case "ascii": return characters
    case "inline":
      guard abilities.isTerminal else { return characters }
      guard let inline else { throw Complaint.noInline() }
      return .inline(room(inline, width: width, aspect: aspect()))
    default:
      if abilities.isTerminal, abilities.hasDisplay, !session.terminals.isDisjoint(with: ["qt", "wxt", "x11"]) { return .window }
      guard !session.terminals.isDisjoint(with: ["pngcairo", "png"]), let inline else { return characters }
      return .inline(room(inline, width: width, aspect: aspect()))
    }
  }

  private func room(_ display: InlineDisplay, width: Int, aspect: Double) -> InlineRoom {
    // The prompt below is to be seen together with the picture.
    var room = display.room(columns: min(width, 100) - 1, rows: max(4, abilities.rows() - 3), aspect: aspect)
    room.identity = nextIdentity()
    return room
  }

  private func gnuplot() throws(PlotError) -> GnuplotSession {
    // One that ended meanwhile is nobody's loss.
    if let running, running.isRunning { return running }
    let waiting = early.withLock { state -> GnuplotProcess? in
      defer { state = .over }
      return if case .begun(let process) = state { process } else { nil }
    }
    if let waiting { running = try begun(with: waiting) } else { running = nil }
    if let running { return running }
    let started = try GnuplotSession(path: abilities.path)
    running = started
    return started
  }

  /// The session of a gnuplot that was started early; nil of one that has ended.
  private func begun(with process: GnuplotProcess) throws(PlotError) -> GnuplotSession? {
    guard process.isRunning else { return nil }
    do throws(PlotError) {
      return try GnuplotSession(process)
    } catch {
      guard error == .gnuplotDied else { throw error }
      return nil
    }
  }

  /// A gnuplot that ended is not asked again: the next plot starts a new one.
  func complaint(_ error: PlotError) -> Complaint {
    if error == .gnuplotDied || error == .gnuplotHangs { running = nil }
    return Complaint(error.what, hint: error.hint)
  }
}

extension Complaint {
  static func noInline() -> Complaint {
    Complaint("this terminal shows no pictures among its text", hint: "`set plot auto` takes what it can; `file=` writes a picture")
  }
}
