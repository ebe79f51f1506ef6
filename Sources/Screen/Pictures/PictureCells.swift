import CChafa

/// Pictures as character cells: halves and quarters of blocks in two colours each, or shades where there are no colours.
struct PictureCells: Sendable, Equatable {
  /// What the cells can show.
  enum Palette: Sendable, Equatable {
    /// Characters alone, the denser the lighter: on a dark background they look as the picture does.
    case shades
    /// The 256 colours of a terminal, or 24 bits.
    case indexed, trueColour
  }

  var palette: Palette
  var repertoire: Repertoire

  /// The picture stretched over some cells, a line a row.
  func lines(_ picture: PixelPicture, columns: Int, rows: Int) -> [StyledText] {
    guard palette != .shades, repertoire == .unicode else { return shades(picture, columns: columns, rows: rows) }
    // chafa looks at eight by eight pixels a cell, and would smooth a picture that has fewer.
    let picture = picture.stretched(width: max(picture.width, columns * 8), height: max(picture.height, rows * 8))
    var cells = [gradus_cell](repeating: gradus_cell(), count: columns * rows)
    let isTrue = palette == .trueColour
    guard
      gradus_chafa_cells(
        picture.pixels, Int32(picture.width), Int32(picture.height), Int32(columns), Int32(rows), isTrue ? 1 : 0, &cells) == 1
    else { return [] }
    func colour(_ value: Int32) -> CellColour { isTrue ? .rgb(UInt32(bitPattern: value)) : .index(UInt8(truncatingIfNeeded: value)) }
    return (0..<rows).map { row in
      var line = StyledText()
      for cell in cells[(row * columns)..<((row + 1) * columns)] {
        let character = Unicode.Scalar(cell.character).map(Character.init) ?? " "
        line.append(
          String(character), Style(colours: CellColours(foreground: colour(cell.foreground), background: colour(cell.background))))
      }
      return line
    }
  }

  /// The rows that a picture takes over so many columns: a cell is twice as high as wide.
  static func rows(of picture: PixelPicture, columns: Int) -> Int {
    max(1, Int((Double(columns) * Double(picture.height) / Double(picture.width) / 2).rounded()))
  }

  /// The mean lightness of what a cell covers, as one of the shades.
  private func shades(_ picture: PixelPicture, columns: Int, rows: Int) -> [StyledText] {
    let ramp = PictureCells.ramp(repertoire)
    return (0..<rows).map { row in
      let (top, bottom) = PictureCells.span(row, of: rows, over: picture.height)
      return StyledText(
        String(
          (0..<columns).map { column -> Character in
            let (left, right) = PictureCells.span(column, of: columns, over: picture.width)
            var sum = 0
            for y in top..<bottom {
              for x in left..<right {
                let place = (y * picture.width + x) * 3
                // 0.299 R + 0.587 G + 0.114 B, in thousandths.
                sum += 299 * Int(picture.pixels[place]) + 587 * Int(picture.pixels[place + 1]) + 114 * Int(picture.pixels[place + 2])
              }
            }
            let lightness = Double(sum) / Double((bottom - top) * (right - left)) / 255_000
            return PictureCells.shade(lightness, of: ramp)
          }))
    }
  }

  /// Characters from empty to full.
  private static func ramp(_ repertoire: Repertoire) -> [Character] {
    repertoire == .unicode ? [" ", "░", "▒", "▓", "█"] : Array(" .:-=+*#%@")
  }

  private static func shade(_ lightness: Double, of ramp: [Character]) -> Character {
    ramp[min(Int(lightness * Double(ramp.count)), ramp.count - 1)]
  }

  /// The character for a lightness from 0 to 1.
  static func shade(_ lightness: Double, in repertoire: Repertoire) -> Character { shade(lightness, of: ramp(repertoire)) }

  /// The part of a length that one of several equal pieces covers, one pixel at least.
  private static func span(_ piece: Int, of pieces: Int, over length: Int) -> (Int, Int) {
    let start = min(piece * length / pieces, length - 1)
    return (start, max(start + 1, (piece + 1) * length / pieces))
  }
}
