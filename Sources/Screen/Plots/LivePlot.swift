import Shell

/// A plot that is drawn again and again while a network learns, each time over the drawing before.
///
/// When gnuplot cannot draw, the first error is kept, drawing ends, and training goes on.
public struct LivePlot {
  /// Why drawing has ended, nil while all is well.
  public private(set) var failure: PlotError?

  private let session: GnuplotSession
  private let target: PlotTarget
  private let inPlace: Bool
  private var rowsOnScreen = 0

  /// A plot that draws with `session`.
  ///
  /// - Parameter inPlace: Whether a drawing goes over the one before, on a terminal; else only the last one is shown.
  public init(session: GnuplotSession, target: PlotTarget, inPlace: Bool = true) {
    self.session = session
    self.target = target
    self.inPlace = inPlace
  }

  /// Whether a drawing before the last is of any use.
  var showsProgress: Bool { inPlace || target == .window }

  /// Draws.
  ///
  /// - Returns: What to write to the terminal; empty when there is nothing to write.
  public mutating func draw(_ plot: Plot) -> String {
    guard failure == nil else { return "" }
    do {
      return placed(try session.draw(plot, to: target))
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
    case .inline(let room):
      let up = rowsOnScreen > 0 ? "\u{1B}[\(room.rows)A\r" : ""
      rowsOnScreen = room.rows
      return up + text
    case .window, .file: return text
    }
  }
}
