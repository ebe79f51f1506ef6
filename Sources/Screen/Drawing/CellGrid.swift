/// A sheet of cells to draw on with characters. Lines between cells are drawn with the dots of braille, eight to a cell.
struct CellGrid {
  private struct Cell {
    var text = " "
    var style = Style.plain
    var dots: UInt8 = 0
  }

  let width: Int
  let height: Int
  private var cells: [Cell]

  /// A blank sheet.
  init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    cells = Array(repeating: Cell(), count: self.width * self.height)
  }

  /// What stands in a cell; a blank outside of the sheet.
  func character(_ x: Int, _ y: Int) -> String { contains(x, y) ? cells[y * width + x].text : " " }

  private func contains(_ x: Int, _ y: Int) -> Bool { x >= 0 && x < width && y >= 0 && y < height }

  /// Writes text from a cell on; what lies outside of the sheet is left off.
  mutating func put(_ text: String, _ x: Int, _ y: Int, _ style: Style = .plain) {
    var column = x
    for character in text {
      let cellWidth = max(1, character.cellWidth)
      if contains(column, y), column + cellWidth <= width {
        cells[y * width + column] = Cell(text: String(character), style: style)
        for further in 1..<max(1, cellWidth) { cells[y * width + column + further] = Cell(text: "", style: style) }
      }
      column += cellWidth
    }
  }

  /// Writes text centred on a column.
  mutating func put(_ text: String, centredOn x: Int, _ y: Int, _ style: Style = .plain) {
    put(text, x - (text.cellWidth - 1) / 2, y, style)
  }

  /// Draws a line of dots from the middle of a cell's left side to the middle of another's right side.
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    let first = 2 * start.x
    let last = 2 * end.x + 1
    guard last > first else { return }
    // The second of the four rows of dots is a cell's middle.
    let low = Double(4 * start.y + 1)
    let high = Double(4 * end.y + 1)
    var before = Int(low)
    for x in first...last {
      let y = Int((low + (high - low) * Double(x - first) / Double(last - first)).rounded())
      // A steep line has several dots in a column.
      for dot in min(before + (y > before ? 1 : 0), y)...max(before - (y < before ? 1 : 0), y) { self.dot(x, dot) }
      before = y
    }
  }

  private mutating func dot(_ x: Int, _ y: Int) {
    guard x >= 0, y >= 0, contains(x / 2, y / 4) else { return }
    let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
    cells[y / 4 * width + x / 2].dots |= bits[x % 2][y % 4]
  }

  /// The rows of the sheet; dots show where nothing is written.
  var lines: [StyledText] {
    (0..<height).map { y in
      var line = StyledText()
      for cell in cells[y * width..<(y + 1) * width] {
        if cell.text == " ", cell.dots != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(cell.dots)) {
          line.append(String(Character(scalar)), .muted)
        } else {
          line.append(cell.text, cell.style)
        }
      }
      return line
    }
  }
}
