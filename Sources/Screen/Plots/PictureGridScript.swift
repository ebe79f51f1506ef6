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
    var lines = ["$pictures\(number) << EOD"]
    var labels: [String] = []
    for (index, picture) in panel.pictures.enumerated() {
      let left = index % grid.columns * cellWidth
      let top = index / grid.columns * (cellHeight + line)
      for row in 0..<picture.height {
        for column in 0..<picture.width {
          let start = (row * picture.width + column) * picture.channels
          let parts = (0..<3).map { channel -> Int in
            let value = picture.values[start + min(channel, picture.channels - 1)]
            return value.isFinite ? Int((min(max(value, 0), 1) * 255).rounded()) : 0
          }
          lines.append("\(left + column) \(top + row) \(parts[0]) \(parts[1]) \(parts[2])")
        }
      }
      guard !picture.caption.isEmpty else { continue }
      let place = "\(Double(left) + Double(picture.width) / 2 - 0.5),\(Double(top + picture.height) + Double(line) * 0.45)"
      labels.append("set label \(PlotScript.quoted(PlotScript.shown(picture.caption, to: 24))) at \(place) center front noenhanced")
    }
    lines += ["EOD", "unset border", "unset tics", "unset key", "set size ratio -1"]
    if !panel.title.isEmpty { lines.append("set title \(PlotScript.quoted(PlotScript.shown(panel.title))) noenhanced") }
    lines += labels
    lines += ["set xrange [-1:\(grid.columns * cellWidth)]", "set yrange [\(grid.rows * (cellHeight + line)):-1]"]
    lines.append("plot $pictures\(number) using 1:2:3:4:5 with rgbimage pixels notitle")
    return lines
  }
}
