/// How a terminal shows pictures among its text: which sequence it takes, and how large its cells are.
public struct InlineDisplay: Sendable, Equatable {
  /// The sequences.
  public enum Form: Sendable, Equatable {
    /// kitty's graphics protocol.
    case kitty
    /// The same past tmux, with cells of a private character where the picture shows.
    case kittyInTmux
    /// iTerm2's file in a control sequence.
    case iterm
    /// Bands of six pixels.
    case sixel
  }

  /// The sequence.
  public var form: Form
  /// The pixels of a character cell.
  public var cellWidth, cellHeight: Int

  /// A terminal's way.
  public init(_ form: Form, cellWidth: Int, cellHeight: Int) {
    self.form = form
    self.cellWidth = max(1, cellWidth)
    self.cellHeight = max(1, cellHeight)
  }

  /// The room for a picture of some shape: as wide as allowed unless it would then be too high.
  ///
  /// - Parameter aspect: The picture's width over its height.
  func room(columns: Int, rows: Int, aspect: Double) -> InlineRoom {
    let (most, highest) = (Double(max(1, columns) * cellWidth), Double(max(1, min(rows, InlineRoom.mostRows)) * cellHeight))
    let width = min(most, highest * aspect)
    let cells = (Int((width / Double(cellWidth)).rounded(.up)), Int((width / aspect / Double(cellHeight)).rounded(.up)))
    return InlineRoom(display: self, columns: max(1, cells.0), rows: max(1, cells.1))
  }
}

/// Cells of a terminal that a picture fills.
public struct InlineRoom: Sendable, Equatable {
  /// Higher ones would need more marks than the protocol's first ones.
  static let mostRows = 48

  /// How the picture is sent.
  public var display: InlineDisplay
  /// The cells.
  public var columns, rows: Int
  /// The number that a later picture in the same place has too, so that it takes the place of this one; 1 to 255.
  public var identity = 1

  /// Cells of a display.
  public init(display: InlineDisplay, columns: Int, rows: Int, identity: Int = 1) {
    self.display = display
    self.columns = columns
    self.rows = rows
    self.identity = identity
  }

  /// The pixels.
  var width: Int { columns * display.cellWidth }
  var height: Int { rows * display.cellHeight }
}
