import Foundation
import Shell

// The connections between layers.
extension PictureLayout {
  /// A path around layers, in a lane above them.
  struct Arc {
    /// The column that it leaves; nil when that stands in the row above.
    let from: PictureColumn?
    let to: PictureColumn
    let lane: Int
  }

  /// The paths around layers of a row; the shortest is the lowest.
  func lanes(of row: Range<Int>) -> [Arc] {
    var taken: [[Range<Int>]] = []
    return outline.jumps.filter { row.contains($0.to) && $0.from >= row.lowerBound - 1 }.sorted { $0.to - $0.from < $1.to - $1.from }.map {
      jump in
      let span = jump.from..<jump.to
      let lane = taken.firstIndex { $0.allSatisfy { !$0.overlaps(span) } } ?? taken.count
      if lane == taken.count { taken.append([]) }
      taken[lane].append(span)
      return Arc(from: row.contains(jump.from) ? columns[jump.from] : nil, to: columns[jump.to], lane: lane)
    }
  }

  /// The connections from a column to the next one.
  mutating func connect(_ before: PictureColumn, _ after: PictureColumn, _ y: Double) {
    let sources = before.ports(centredOn: y)
    let targets = after.ports(centredOn: y)
    func line(_ from: Double, _ to: Double, _ colour: String = PictureColours.line, _ width: Double = 1, arrow: Bool = false) {
      picture.lines.append(
        .init(points: [.init(x: before.right, y: from), .init(x: after.left, y: to)], colour: colour, width: width, hasArrow: arrow))
    }
    if after.figure != .neurons, sources.map(\.y) == targets.map(\.y) {
      for source in sources { line(source.y, source.y, arrow: sources.count == 1) }
    } else if after.figure != .neurons, sources.count > 1, targets.count > 1 {
      for (source, target) in zip(sources, targets) { line(source.y, target.y) }
    } else if sources.count == 1, targets.count == 1, after.layer.kernel == nil {
      line(sources[0].y, targets[0].y, arrow: true)
    } else {
      let kernel = after.layer.kernel
      let greatest = kernel?.values.lazy.map { abs($0) }.filter(\.isFinite).max() ?? 0
      for source in sources {
        for target in targets {
          guard let kernel, greatest > 0, kernel.shape.count == 2, source.unit < kernel.shape[0], target.unit < kernel.shape[1] else {
            line(source.y, target.y, PictureColours.line, sources.count * targets.count > 24 ? 0.6 : 1)
            continue
          }
          let weight = Double(kernel.values[source.unit * kernel.shape[1] + target.unit])
          let size = weight.isFinite ? abs(weight) / Double(greatest) : 0
          let colour = weight < 0 ? PictureColours.negative : PictureColours.positive
          line(source.y, target.y, paler(colour, keeping: 0.35 + 0.65 * size), 0.4 + 3.4 * size)
        }
      }
    }
  }

  /// A path around layers, with round corners, down to where it is joined.
  mutating func draw(_ arc: Arc, _ y: Double, top: Double) {
    let height = top + 0.65 + 0.5 * Double(arc.lane)
    let radius = 0.25
    var (start, foot) = (-0.35, 0.0)
    if let from = arc.from {
      // Where one path ends and another begins, they stand side by side.
      let isEnd = outline.jumps.contains { columns[$0.to].entry == from.entry }
      start = from.tail.isEmpty ? from.headMiddle + (isEnd ? min(0.2, from.figureWidth / 4) : 0) : from.right - PictureColumn.barWidth / 2
      foot = from.tail.isEmpty ? from.height / 2 : PictureColumn.tailHeight(besides: from.height) / 2
    }
    let end = arc.to.headMiddle
    var points = [Picture.Point(x: start, y: y + foot)]
    for step in 0...4 {
      let angle = Double(step) * Double.pi / 8
      points.append(.init(x: start + radius * (1 - cos(angle)), y: height - radius + radius * sin(angle)))
    }
    for step in 0...4 {
      let angle = Double(step) * Double.pi / 8
      points.append(.init(x: end - radius + radius * sin(angle), y: height - radius + radius * cos(angle)))
    }
    points.append(.init(x: end, y: y + arc.to.height / 2))
    picture.lines.append(.init(points: points, colour: LayerFamily.join.colour, width: 1.8, hasArrow: true))
  }

  /// The way from the end of a row to the beginning of the next one.
  mutating func carry(from last: PictureColumn, _ y: Double, _ bottom: Double, to first: PictureColumn, _ nextY: Double, right: Double) {
    let edge = max(right, last.right) + 0.5
    let middle = bottom - 0.1
    let points: [Picture.Point] = [
      .init(x: last.right, y: y), .init(x: edge, y: y), .init(x: edge, y: middle), .init(x: -0.6, y: middle), .init(x: -0.6, y: nextY),
      .init(x: first.left, y: nextY),
    ]
    picture.lines.append(.init(points: points, colour: PictureColours.line, width: 1.4, hasArrow: true))
  }
}
