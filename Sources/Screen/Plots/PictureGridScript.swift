import Shell

/// The commands for a panel of pictures: all of them in one image, with their captions below each.
struct PictureGridScript {
  private let panel: Plot.Panel
  private let number: Int

  init(_ panel: Plot.Panel, number: Int) {
    self.panel = panel
    self.number = number
  }

  /// The least and the greatest pixels that the larger side of a picture gets.
  private static let (smallest, largest) = (12, 112)

  var lines: [String] {
    // Small ones are enlarged pixel by pixel, each to about the size of the largest; very large ones are thinned out.
    let sides = panel.pictures.map { max($0.width, $0.height, 1) }
    let wanted = min(max(sides.max() ?? 1, Self.smallest), Self.largest)
    let pictures = panel.pictures.map { picture in
      PixelPicture(picture).enlarged(by: max(1, wanted / max(picture.width, picture.height, 1))).thinned(to: Self.largest)
    }
    let (wide, high) = (pictures.map(\.width).max() ?? 1, pictures.map(\.height).max() ?? 1)
    let gap = max(2, wanted / 10)
    let grid = PanelGrid(pictures.count, aspect: 1.1, wanted: Double(wide + gap) / Double(high + gap))
    // A caption takes a line of its own under its picture: the more pixels there are beside each other, the more of them are as high as it.
    let captions = panel.pictures.contains { !$0.caption.isEmpty }
    let line = captions ? max(gap, Int(Double(max(grid.columns * (wide + gap), grid.rows * (high + gap))) * 0.036)) : 0
    let (width, height) = (grid.columns * (wide + gap) - gap, grid.rows * (high + gap + line) - gap)
    // gnuplot wants a whole rectangle of pixels: what no picture covers is white.
    var pixels = [String](repeating: "255 255 255", count: width * height)
    var labels: [String] = []
    // The letters that fit under a picture before the next one's begin.
    let letters = max(6, 84 / grid.columns)
    for (index, picture) in pictures.enumerated() {
      let left = index % grid.columns * (wide + gap) + (wide - picture.width) / 2
      // Down at their captions where they are not equally high.
      let top = index / grid.columns * (high + gap + line) + high - picture.height
      for row in 0..<picture.height {
        for column in 0..<picture.width {
          let place = (row * picture.width + column) * 3
          pixels[(top + row) * width + left + column] = picture.pixels[place..<(place + 3)].map { String($0) }.joined(separator: " ")
        }
      }
      let caption = panel.pictures[index].caption
      guard !caption.isEmpty else { continue }
      let place = "\(Double(left) + Double(picture.width) / 2 - 0.5),\(Double(top + picture.height) + Double(line) * 0.55)"
      let font = grid.columns > 6 ? " font ',9'" : ""
      labels.append(
        "set label \(PlotScript.quoted(PlotScript.shown(caption, to: letters))) at \(place) center front noenhanced\(font)")
    }
    var lines = ["$pictures\(number) << EOD"]
    lines += pixels.enumerated().map { "\($0 % width) \($0 / width) \($1)" }
    lines += ["EOD", "unset border", "unset tics", "unset key", "set size ratio -1", "set lmargin 3", "set rmargin 3", "set bmargin 1"]
    if !panel.title.isEmpty { lines.append("set title \(PlotScript.quoted(PlotScript.shown(panel.title))) noenhanced") }
    lines += labels
    lines += ["set xrange [-1:\(width)]", "set yrange [\(height + (line > 0 ? 1 : 0)):-1]"]
    // Not `pixels`: squares drawn one by one have seams between them.
    lines.append("plot $pictures\(number) using 1:2:3:4:5 with rgbimage notitle")
    return lines
  }
}

extension Plot.Picture {
  /// What shows a picture: all colours, a terminal of 256, or greys alone.
  enum Palette { case colours, steps, greys }

  /// The colour of a pixel; what is no number is black.
  func colour(_ column: Int, _ row: Int, as palette: Palette = .colours) -> RGB {
    let start = (row * width + column) * channels
    if let reach {
      guard values[start].isFinite else { return .black }
      let place = Double((values[start] / reach + 1) / 2)
      switch palette {
      case .colours: return PlotColours.at(place, of: PlotColours.aroundMiddle(isBackground: false))
      case .steps: return PlotColours.step(place)
      case .greys:
        // Colours of both signs are equally light: greys rise from the one end to the other, so that they differ.
        let grey = Int((min(max(place, 0), 1) * 255).rounded())
        return RGB(grey, grey, grey)
      }
    }
    let parts = (0..<3).map { channel -> Int in
      let value = values[start + min(channel, channels - 1)]
      return value.isFinite ? Int((min(max(value, 0), 1) * 255).rounded()) : 0
    }
    return RGB(parts[0], parts[1], parts[2])
  }
}

extension PixelPicture {
  /// Every second, third, ... pixel, so that neither side is longer than wanted.
  fileprivate func thinned(to most: Int) -> PixelPicture {
    let step = (max(width, height) + most - 1) / most
    guard step > 1 else { return self }
    let (columns, rows) = (Array(stride(from: 0, to: width, by: step)), Array(stride(from: 0, to: height, by: step)))
    let kept = rows.flatMap { row in columns.flatMap { pixels[((row * width + $0) * 3)..<((row * width + $0) * 3 + 3)] } }
    return PixelPicture(width: columns.count, height: rows.count, pixels: kept)
  }
}
