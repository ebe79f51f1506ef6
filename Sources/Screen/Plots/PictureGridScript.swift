import Shell

/// The commands for a panel of pictures: all of them in one image, with their captions below each.
struct PictureGridScript {
  private let panel: Plot.Panel
  private let number: Int

  init(_ panel: Plot.Panel, number: Int) {
    self.panel = panel
    self.number = number
  }

  var lines: [String] {
    let cellWidth = (panel.pictures.map(\.width).max() ?? 1) + 1
    let cellHeight = (panel.pictures.map(\.height).max() ?? 1) + 1
    let captions = panel.pictures.contains { !$0.caption.isEmpty }
    let grid = PanelGrid(panel.pictures.count, aspect: 1.2, wanted: Double(cellWidth) / Double(cellHeight))
    // A caption takes a line of its own under its picture, in pixels of the picture.
    let line = captions ? max(1, cellHeight / 4) : 0
    let (width, height) = (grid.columns * cellWidth, grid.rows * (cellHeight + line))
    // gnuplot wants a whole rectangle of pixels: what no picture covers is white.
    var pixels = [RGB](repeating: .white, count: width * height)
    var labels: [String] = []
    for (index, picture) in panel.pictures.enumerated() {
      let left = index % grid.columns * cellWidth
      let top = index / grid.columns * (cellHeight + line)
      for row in 0..<picture.height {
        for column in 0..<picture.width { pixels[(top + row) * width + left + column] = picture.colour(column, row) }
      }
      guard !picture.caption.isEmpty else { continue }
      let place = "\(Double(left) + Double(picture.width) / 2 - 0.5),\(Double(top + picture.height) + Double(line) * 0.45)"
      labels.append("set label \(PlotScript.quoted(PlotScript.shown(picture.caption, to: 24))) at \(place) center front noenhanced")
    }
    var lines = ["$pictures\(number) << EOD"]
    lines += pixels.enumerated().map { "\($0 % width) \($0 / width) \($1.red) \($1.green) \($1.blue)" }
    lines += ["EOD", "unset border", "unset tics", "unset key", "set size ratio -1"]
    if !panel.title.isEmpty { lines.append("set title \(PlotScript.quoted(PlotScript.shown(panel.title))) noenhanced") }
    lines += labels
    lines += ["set xrange [-1:\(width)]", "set yrange [\(height):-1]"]
    lines.append("plot $pictures\(number) using 1:2:3:4:5 with rgbimage notitle")
    return lines
  }
}

extension Plot.Picture {
  /// The colour of a pixel; what is no number is black.
  func colour(_ column: Int, _ row: Int) -> RGB {
    let start = (row * width + column) * channels
    let parts = (0..<3).map { channel -> Int in
      let value = values[start + min(channel, channels - 1)]
      return value.isFinite ? Int((min(max(value, 0), 1) * 255).rounded()) : 0
    }
    return RGB(parts[0], parts[1], parts[2])
  }
}
