import Foundation

/// The commands that make gnuplot draw a picture: its objects, arrows and labels on an empty plot, one script for all terminals.
enum PictureScript {
  static func commands(_ picture: Picture, terminal: String, target: PlotTarget, output: String) -> String {
    let scale = self.scale(picture, terminal, target)
    var lines = ["reset", "set encoding utf8", "set terminal \(settings(picture, terminal, scale))"]
    if !output.isEmpty { lines.append("set output \(PlotScript.quoted(output))") }
    lines += [
      "unset border", "unset tics", "unset key", "set lmargin 0", "set rmargin 0", "set tmargin 0", "set bmargin 0",
      "set xrange [\(number(picture.low.x)):\(number(picture.high.x))]", "set yrange [\(number(picture.low.y)):\(number(picture.high.y))]",
    ]
    lines += picture.figures.enumerated().map { figure($1, number: $0 + 1, scale) }
    lines += picture.lines.flatMap { line($0, scale) }
    lines += picture.texts.map { text($0, scale, terminal) }
    // A plot of nothing: what was set above is drawn with it.
    lines.append("plot \(number(picture.high.y + 1)) notitle")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The pixels of a unit; in PDF its points.
  private static func scale(_ picture: Picture, _ terminal: String, _ target: PlotTarget) -> Double {
    let room: (width: Double, height: Double, most: Double)
    switch target {
    case .inline(let cells): room = (Double(cells.width), Double(cells.height), 36)
    case .window, .characters: room = (1100, 700, 40)
    case .file: room = terminal == "pdfcairo" ? (1600, 1600, 20) : terminal == "svg" ? (2000, 2000, 34) : (3200, 3200, 56)
    }
    return max(4, min(room.most, room.width / picture.width, room.height / picture.height))
  }

  private static func settings(_ picture: Picture, _ terminal: String, _ scale: Double) -> String {
    let size = "\(Int((picture.width * scale).rounded(.up))),\(Int((picture.height * scale).rounded(.up)))"
    switch terminal {
    case "pngcairo": return "pngcairo size \(size) font 'Sans' background rgb 'white' noenhanced"
    case "png": return "png size \(size) truecolor noenhanced"
    case "svg": return "svg size \(size) font 'sans-serif' background rgb 'white' noenhanced"
    case "pdfcairo":
      let inches = { (units: Double) in number(units * scale / 72) }
      return "pdfcairo size \(inches(picture.width))in,\(inches(picture.height))in font 'Sans' fontscale 1 noenhanced"
    case "qt", "wxt": return "\(terminal) size \(size) noraise noenhanced persist"
    default: return "\(terminal) noenhanced"
    }
  }

  private static func figure(_ figure: Picture.Figure, number: Int, _ scale: Double) -> String {
    let outline: String
    switch figure.outline {
    case .circle(let centre, let radius): outline = "circle at \(place(centre)) size \(self.number(radius))"
    case .polygon(let points):
      outline = "polygon from " + (points + points.prefix(1)).map(place).joined(separator: " to ")
    }
    return "set object \(number) \(outline) \(figure.level.rawValue) fillcolor rgb '\(figure.fill)' fillstyle solid 1.0 "
      + "border linecolor rgb '\(figure.border)' linewidth \(self.number(thickness(figure.width, scale)))"
  }

  private static func line(_ line: Picture.Line, _ scale: Double) -> [String] {
    zip(line.points, line.points.dropFirst()).enumerated().map { index, ends in
      let isLast = index == line.points.count - 2
      let head = line.hasArrow && isLast ? "head filled size \(number(0.26)),20,60" : "nohead"
      return "set arrow from \(place(ends.0)) to \(place(ends.1)) \(head) linewidth \(number(thickness(line.width, scale))) "
        + "linecolor rgb '\(line.colour)' \(line.level.rawValue)"
    }
  }

  private static func text(_ text: Picture.Text, _ scale: Double, _ terminal: String) -> String {
    let family = terminal == "svg" ? "sans-serif" : "Sans"
    // Where a unit is counted in pixels, a point is a third larger than one.
    let size = text.size * scale * (terminal == "pdfcairo" || terminal == "svg" ? 1 : 0.75)
    let font = "\(family)\(text.isBold ? ":Bold" : ""),\(number(max(4, size)))"
    let alignment = text.alignment == .left ? "left" : text.alignment == .right ? "right" : "centre"
    return "set label \(PlotScript.quoted(sanitized(text.text).truncated(to: 100))) at \(place(text.at)) \(alignment)"
      + "\(text.isUpright ? " rotate by 90" : "") font '\(font)' textcolor rgb '\(text.colour)' front noenhanced"
  }

  /// Lines grow with the picture, but never vanish.
  private static func thickness(_ width: Double, _ scale: Double) -> Double { max(0.3, width * scale / 40) }

  private static func place(_ point: Picture.Point) -> String { "\(number(point.x)),\(number(point.y))" }

  /// A number with three decimals at most, in any locale.
  private static func number(_ value: Double) -> String {
    let text = fixed(value, decimals: 3)
    let kept = text.contains(".") ? String(text.reversed().drop { $0 == "0" }.reversed()) : text
    return kept.hasSuffix(".") ? String(kept.dropLast()) : kept
  }
}
