import Shell

/// A plot that grows while a network learns, redrawn a few times a second with a few hundred points.
///
/// It knows no clock: whoever feeds it says what time it is. When gnuplot cannot draw, the first error is kept, drawing ends, and training goes on.
public struct LivePlot {
  /// The plot with all of its points; its title and labels may be changed at any time.
  public var plot: Plot
  /// Why drawing has ended, nil while all is well.
  public private(set) var failure: PlotError?

  private let session: GnuplotSession
  private let target: PlotTarget
  private let interval: Double
  private let points: Int
  private let inPlace: Bool
  private var lastDrawn = -Double.infinity
  private var isStale = false
  private var rowsOnScreen = 0

  /// A plot that draws with `session`.
  ///
  /// - Parameters:
  ///   - interval: the least time between two drawings, in seconds.
  ///   - points: how many points a curve is thinned to.
  ///   - inPlace: whether a drawing goes over the one before, on a terminal; else only the last one is shown.
  public init(
    _ plot: Plot, session: GnuplotSession, target: PlotTarget, interval: Double = 0.1, points: Int = 300, inPlace: Bool = true
  ) {
    self.plot = plot
    self.session = session
    self.target = target
    self.interval = interval
    self.points = points
    self.inPlace = inPlace
  }

  /// Appends a point to the series of the given name, which is made when it is not there.
  public mutating func append(_ x: Double, _ y: Double, to name: String, look: Plot.Series.Look = .line) {
    if plot.panels.isEmpty { plot.panels = [Plot.Panel()] }
    if let index = plot.panels[0].series.firstIndex(where: { $0.name == name }) {
      plot.panels[0].series[index].x.append(x)
      plot.panels[0].series[index].y.append(y)
    } else {
      plot.panels[0].series.append(Plot.Series(name, x: [x], y: [y], look: look))
    }
    isStale = true
  }

  /// Draws when there is something new and the last drawing is long enough ago.
  ///
  /// - Parameter now: the time in seconds, from any origin.
  /// - Returns: what to write to the terminal; empty when there is nothing to write.
  public mutating func refresh(now: Double) -> String {
    guard inPlace || target == .window, isStale, now - lastDrawn >= interval else { return "" }
    lastDrawn = now
    return draw()
  }

  /// Draws the last state, however short ago the last drawing was.
  public mutating func finish() -> String { isStale || !inPlace ? draw() : "" }

  private mutating func draw() -> String {
    guard failure == nil else { return "" }
    do {
      let text = try session.draw(plot.drawable(points: points), to: target)
      isStale = false
      return placed(text)
    } catch PlotError.nothingToDraw {
      return ""
    } catch {
      failure = error
      return ""
    }
  }

  /// The drawing over the one before it: the cursor goes up, and each line is cleared before it is written.
  private mutating func placed(_ text: String) -> String {
    guard inPlace else { return text }
    switch target {
    case .characters:
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      let up = rowsOnScreen > 0 ? "\u{1B}[\(rowsOnScreen)A\r" : ""
      rowsOnScreen = lines.count
      return up + lines.map { $0 + "\u{1B}[K\n" }.joined() + "\u{1B}[J"
    case .sixel(_, let height):
      // Terminals agree on no cell height; 16 pixels is the smallest in use, so the room is never too small.
      let rows = height / 16 + 1
      let room = rowsOnScreen > 0 ? "\u{1B}[\(rows)A\r" : String(repeating: "\n", count: rows) + "\u{1B}[\(rows)A\r"
      rowsOnScreen = rows
      return room + "\u{1B}7" + text + "\u{1B}8\u{1B}[\(rows)B\r"
    case .window, .file: return text
    }
  }
}
