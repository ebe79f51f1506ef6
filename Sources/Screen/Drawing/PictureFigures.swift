import Foundation
import Shell

// The figures of layers.
extension PictureLayout {
  mutating func draw(_ column: PictureColumn, _ y: Double) {
    let family = column.layer.family
    switch column.figure {
    case .neurons: drawNeurons(column, y)
    case .bar: bar(column.layer, x: column.left, y: y, height: column.height)
    case .junction:
      let centre = Picture.Point(x: column.headMiddle, y: y)
      picture.figures.append(.init(outline: .circle(centre, radius: 0.3), fill: family.fill, border: family.colour, width: 1.5))
      sign(column.layer, at: centre)
    case .maps:
      // The first map lies over the others.
      for sheet in (0..<column.sheets).reversed() {
        let isColour = family == .input && column.sheets == 3 && column.layer.units == 3
        let fill = isColour ? PictureColours.channels[sheet] : sheet == 0 ? family.fill : paler(family.colour, keeping: 0.45)
        picture.figures.append(
          .init(outline: .polygon(column.corners(ofSheet: sheet, centredOn: y)), fill: fill, border: family.colour, width: 1))
      }
    }
    for (number, thin) in column.tail.enumerated() {
      let x = column.headRight + 0.1 + Double(number) * (PictureColumn.barWidth + 0.1)
      bar(thin, x: x, y: y, height: PictureColumn.tailHeight(besides: column.height))
    }
  }

  private mutating func drawNeurons(_ column: PictureColumn, _ y: Double) {
    let family = column.layer.family
    let top = y + Double(column.layer.slots.count - 1) / 2
    for (offset, unit) in column.layer.slots.enumerated() {
      let centre = Picture.Point(x: column.headMiddle, y: top - Double(offset))
      if unit == nil {
        dots(at: centre, family)
      } else {
        if let view = unit.flatMap({ column.layer.views[$0] }) {
          drawView(view, at: centre, family)
          continue
        }
        picture.figures.append(
          .init(outline: .circle(centre, radius: PictureColumn.radius), fill: family.fill, border: family.colour, width: 1.6))
        if column.layer.units == nil {
          picture.texts.append(.init(text: "?", at: centre, size: 0.34, colour: PictureColours.text))
        }
      }
    }
  }

  /// What a unit sees: a square of the plane, orange where it gives more than 0, blue where less, the stronger the more.
  private mutating func drawView(_ view: UnitView, at centre: Picture.Point, _ family: LayerFamily) {
    let radius = PictureColumn.radius * 1.15, cell = 2 * radius / Double(view.side)
    let greatest = view.values.reduce(Float(1e-6)) { $1.isFinite ? max($0, abs($1)) : $0 }
    let colours = view.values.map { value -> String in
      guard value.isFinite else { return PictureColours.muted }
      // Few steps: neighbours of one colour become one strip.
      let step = (abs(value) / greatest * 8).rounded() / 8
      return paler(value < 0 ? PictureColours.negative : PictureColours.positive, keeping: Double(step))
    }
    for row in 0..<view.side {
      var start = 0
      while start < view.side {
        let colour = colours[row * view.side + start]
        var end = start + 1
        while end < view.side, colours[row * view.side + end] == colour { end += 1 }
        let x = centre.x - radius, y = centre.y - radius
        picture.rectangle(
          x + Double(start) * cell...x + Double(end) * cell, y + Double(row) * cell...y + Double(row + 1) * cell, fill: colour,
          border: colour, width: 0.1)
        start = end
      }
    }
    let corners = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1), (-1, -1)].map {
      Picture.Point(x: centre.x + $0.0 * radius, y: centre.y + $0.1 * radius)
    }
    picture.lines.append(.init(points: corners, colour: family.colour, width: 1.6, level: .front))
  }

  /// The ellipsis of units that are not shown.
  private mutating func dots(at centre: Picture.Point, _ family: LayerFamily) {
    for dot in -1...1 {
      let place = Picture.Point(x: centre.x, y: centre.y + Double(dot) * 0.2)
      picture.figures.append(.init(outline: .circle(place, radius: 0.05), fill: family.colour, border: family.colour))
    }
  }

  private mutating func bar(_ layer: DrawingFacts.Layer, x: Double, y: Double, height: Double) {
    let family = layer.family
    picture.rectangle(
      x...x + PictureColumn.barWidth, y - height / 2...y + height / 2, fill: family.fill, border: family.colour, width: 1.4)
    // A bar that stands for units too many to show says so.
    if layer.isFlat, let gap = layer.slots.firstIndex(of: nil) {
      dots(at: .init(x: x + PictureColumn.barWidth / 2, y: y + Double(layer.slots.count - 1) / 2 - Double(gap)), family)
    }
    let middle = Picture.Point(x: x + PictureColumn.barWidth / 2 - 0.03, y: y)
    if family == .join {
      sign(layer, at: middle)
    } else if Double(layer.word.cellWidth) * 0.3 * 0.62 < height {
      picture.texts.append(.init(text: layer.word, at: middle, size: 0.3, colour: PictureColours.text, isUpright: true))
    }
  }

  private mutating func sign(_ layer: DrawingFacts.Layer, at place: Picture.Point) {
    picture.texts.append(
      .init(text: layer.kind == "Concatenate" ? "||" : "+", at: place, size: 0.42, colour: PictureColours.text, isBold: true))
  }

  /// The window of a convolution or a pooling on the maps that it reads, and what it becomes.
  mutating func drawWindow(of index: Int, in row: Range<Int>, _ y: Double) {
    let column = columns[index]
    guard let window = column.layer.window, let source = column.entry.reads.first, row.contains(source), source == index - 1,
      case .maps(let height?, let width?, _) = columns[source].figure
    else { return }
    let before = columns[source]
    let extent = (
      x: min(0.8, max(0.16, Double(window.size[1]) / Double(width))), y: min(0.8, max(0.16, Double(window.size[0]) / Double(height)))
    )
    let low = (x: min(0.5, 1 - extent.x), y: min(0.55, 1 - extent.y))
    let corners = [(low.x, low.y), (low.x + extent.x, low.y), (low.x + extent.x, low.y + extent.y), (low.x, low.y + extent.y)].map {
      before.point(on: (x: $0.0, y: $0.1), centredOn: y)
    }
    let colour = LayerFamily.pooling.colour
    let target: Picture.Point
    if case .maps = column.figure {
      target = column.point(on: (x: low.x + extent.x / 2, y: low.y + extent.y / 2), centredOn: y)
    } else {
      target = .init(x: column.left, y: corners[1].y)
    }
    for corner in [corners[1], corners[2]] {
      picture.lines.append(.init(points: [corner, target], colour: colour, width: 0.8, level: .front))
    }
    picture.figures.append(.init(outline: .polygon(corners), fill: paler(colour, keeping: 0.5), border: colour, width: 1.2))
  }

  /// The ground of layers that repeat, with their count.
  mutating func mark(_ repeated: NetworkOutline.Repeat, _ y: Double, _ height: Double, _ arcs: Double) {
    let first = columns[repeated.entries.lowerBound]
    let last = columns[repeated.entries.upperBound - 1]
    let x = min(first.left, first.x - first.labelWidth / 2) - 0.15...max(last.right, last.x + last.labelWidth / 2) + 0.15
    let top = y + height / 2 + max(arcs - 0.1, 0.3)
    picture.rectangle(x, y - height / 2 - 0.2...top, fill: "#F4F4F4", border: "#DDDDDD", width: 1, level: .behind)
    picture.texts.append(
      .init(
        text: "x\(repeated.count)", at: .init(x: x.upperBound - 0.15, y: y - height / 2 + 0.1), size: 0.46, colour: PictureColours.text,
        isBold: true, alignment: .right))
  }
}
