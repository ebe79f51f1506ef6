import Shell

/// Draws pictures in a grid with characters, a caption under each.
struct PictureCharacters {
  let columns, rows: Int
  let cells: PictureCells

  /// How wide a picture is, and how many stand beside each other.
  struct Layout: Equatable {
    var across: Int
    var width: Int
  }

  /// The lines of a panel of pictures.
  func lines(of panel: Plot.Panel) -> [StyledText] {
    let pictures = panel.pictures
    let hasCaptions = pictures.contains { !$0.caption.isEmpty }
    let titles = panel.title.isEmpty ? [] : StyledText(sanitized(panel.title), Style(bold: true)).wrapped(to: columns)
    let layout = PictureCharacters.layout(pictures, columns: columns, rows: rows - titles.count, hasCaptions: hasCaptions)
    // Close together, with room for the captions.
    let widest = pictures.map { sanitized($0.caption).cellWidth }.max() ?? 0
    let room = min(columns / layout.across, max(layout.width + 3, widest + 2))
    var lines = titles
    for start in stride(from: 0, to: pictures.count, by: layout.across) {
      let row = pictures[start..<min(start + layout.across, pictures.count)]
      let drawn = row.map { picture in
        cells.lines(
          PixelPicture(picture, as: cells.palette == .indexed ? .steps : cells.palette == .shades ? .greys : .colours),
          columns: layout.width,
          rows: PictureCharacters.height(of: picture, width: layout.width))
      }
      for line in 0..<(drawn.map(\.count).max() ?? 0) {
        lines.append(joined(drawn.map { line < $0.count ? $0[line] : StyledText() }, room, .left, layout.width))
      }
      if hasCaptions {
        // A caption may stand out into the gap at the right of its picture.
        let captions = row.map { StyledText(sanitized($0.caption).truncated(to: max(room - 1, 1))) }
        lines.append(joined(captions, room, .centre, layout.width))
      }
    }
    return lines
  }

  private func joined(_ pieces: [StyledText], _ room: Int, _ alignment: Alignment, _ width: Int) -> StyledText {
    var line = StyledText()
    for piece in pieces { line.append(piece.padded(to: width, alignment).padded(to: room)) }
    return line
  }

  /// The rows of a picture: a cell is twice as high as wide.
  private static func height(of picture: Plot.Picture, width: Int) -> Int {
    max(1, Int((Double(width) * Double(picture.height) / Double(max(picture.width, 1)) / 2).rounded()))
  }

  /// The layout with the largest pictures that fits into the room, or else the one that is a little longer than the room but can be seen.
  ///
  /// A picture of few pixels is enlarged so that each takes the same number of cells, an even one where it is several: a cell shows two pixels
  /// above each other.
  static func layout(_ pictures: [Plot.Picture], columns: Int, rows: Int, hasCaptions: Bool) -> Layout {
    let wide = max(pictures.map(\.width).max() ?? 1, 1)
    func width(_ across: Int) -> Int {
      let room = max(1, columns / across - 2)
      guard room >= wide else { return room }
      let factor = min(room / wide, max(1, 24 / wide))
      return wide * (factor > 1 ? factor / 2 * 2 : 1)
    }
    func length(_ across: Int) -> Int {
      let height = pictures.map { self.height(of: $0, width: width(across)) }.max() ?? 1
      return (pictures.count + across - 1) / across * (height + (hasCaptions ? 1 : 0))
    }
    let all = 1...max(1, min(pictures.count, columns / 4))
    let fitting = all.filter { length($0) <= rows }
    let smallest = min(wide, 12)
    func lines(_ across: Int) -> Int { (pictures.count + across - 1) / across }
    // The largest; of those the fewest rows; of those the most even ones.
    if let best = fitting.max(by: { (width($0), -lines($0), -$0) < (width($1), -lines($1), -$1) }), width(best) >= smallest {
      return Layout(across: best, width: width(best))
    }
    let visible = all.filter { width($0) >= smallest }.max() ?? 1
    return Layout(across: visible, width: width(visible))
  }
}

extension PixelPicture {
  /// The pixels of a picture of a grid.
  init(_ picture: Plot.Picture, as palette: Plot.Picture.Palette = .colours) {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(picture.width * picture.height * 3)
    for row in 0..<picture.height {
      for column in 0..<picture.width {
        let colour = picture.colour(column, row, as: palette)
        pixels += [UInt8(colour.red), UInt8(colour.green), UInt8(colour.blue)]
      }
    }
    self.init(width: picture.width, height: picture.height, pixels: pixels)
  }
}
