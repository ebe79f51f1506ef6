import Foundation
import Shell

/// A layer in a picture, with the thin ones behind it: what it measures, and the words under it.
struct PictureColumn {
  let entry: NetworkOutline.Entry
  let layer: DrawingFacts.Layer
  let tail: [DrawingFacts.Layer]
  let figure: LayerFigure
  /// The lines under the figure.
  let labels: [(text: String, colour: String, isBold: Bool)]
  /// Where its middle stands.
  var x = 0.0

  static let radius = 0.32
  static let barWidth = 0.46
  static let letters = 0.36
  static let lineHeight = 0.46
  private static let sheetStep = 0.17

  init(_ entry: NetworkOutline.Entry, in facts: DrawingFacts) {
    self.entry = entry
    layer = facts.layers[entry.head]
    tail = entry.tail.map { facts.layers[$0] }
    figure = LayerFigure(layer)
    var labels = wrappedName(layer.shownName, to: 15).map { (text: $0, colour: PictureColours.text, isBold: true) }
    func add(_ text: String, _ colour: String = PictureColours.muted) { if !text.isEmpty { labels.append((text, colour, false)) } }
    if !layer.namesItself { add(sanitized(layer.kind)) }
    add(layer.windowText + (["", "1"].contains(layer.strideText) ? "" : ", stride \(layer.strideText)"))
    if let activation = layer.activation, layer.family != .activation || layer.kind == "Activation" { add(activation) }
    for thin in tail { add("+ " + thin.word) }
    add((tail.last ?? layer).shapeText(batch: facts.batch), PictureColours.shape)
    let all = [layer] + tail
    if layer.family != .input {
      let counts = all.map(\.parameters)
      let known = counts.compactMap(\.self)
      add(known.count < counts.count ? "? params" : "\(grouped(known.reduce(0, +))) params")
    }
    self.labels = labels
  }

  /// The side of a map as it is drawn: it grows as its length doubles.
  private static func side(_ length: Int?) -> Double { 0.5 + 0.36 * log2(Double(max(1, length ?? 32))) }

  /// A map's height, its width across the picture, and how much its far side stands higher.
  var sheet: (height: Double, across: Double, rise: Double) {
    guard case .maps(let height, let width, _) = figure else { return (0, 0, 0) }
    let side = PictureColumn.side(width)
    return (PictureColumn.side(height), side * 0.5, side * 0.28)
  }

  /// How many maps are drawn of so many.
  var sheets: Int {
    guard case .maps(_, _, let channels) = figure else { return 0 }
    guard let channels else { return 3 }
    return channels <= 4 ? max(1, channels) : min(10, 3 + Int(log2(Double(channels)) / 1.2))
  }

  private var headWidth: Double {
    switch figure {
    case .neurons: 2 * PictureColumn.radius
    case .bar: PictureColumn.barWidth
    case .junction: 0.6
    case .maps: sheet.across + Double(sheets - 1) * PictureColumn.sheetStep
    }
  }

  /// The width of the figures.
  var figureWidth: Double { headWidth + Double(tail.count) * (PictureColumn.barWidth + 0.1) }
  /// The width of the widest line under them.
  var labelWidth: Double {
    labels.map { Double($0.text.cellWidth) * PictureColumn.letters * ($0.isBold ? 0.68 : 0.62) }.max() ?? 0
  }

  var left: Double { x - figureWidth / 2 }
  var right: Double { x + figureWidth / 2 }
  var headRight: Double { left + headWidth }
  /// Where a path around layers ends.
  var headMiddle: Double { left + headWidth / 2 }

  /// The height of the figure.
  var height: Double {
    switch figure {
    case .neurons: Double(layer.slots.count - 1) + 2 * PictureColumn.radius
    case .bar: layer.isFlat ? max(2.2, Double(layer.slots.count - 1) + 2 * PictureColumn.radius) : 2.6
    case .junction: 0.6
    case .maps: sheet.height + sheet.rise
    }
  }

  /// The height of a thin layer behind a figure of some height.
  static func tailHeight(besides height: Double) -> Double { max(1.5, min(height, 2.6)) }

  /// The units that are shown, with the heights at which values come out.
  func ports(centredOn y: Double) -> [(unit: Int, y: Double)] {
    guard layer.isFlat, figure == .neurons || figure == .bar else { return [(0, y)] }
    let top = y + Double(layer.slots.count - 1) / 2
    return layer.slots.enumerated().compactMap { offset, unit in unit.map { ($0, top - Double(offset)) } }
  }

  /// The corners of a map, 0 for the first one, from the near lower corner on.
  func corners(ofSheet number: Int, centredOn y: Double) -> [Picture.Point] {
    let bottom = y - height / 2
    let x = left + Double(number) * PictureColumn.sheetStep
    return [
      .init(x: x, y: bottom), .init(x: x + sheet.across, y: bottom + sheet.rise),
      .init(x: x + sheet.across, y: bottom + sheet.rise + sheet.height), .init(x: x, y: bottom + sheet.height),
    ]
  }

  /// A place on the first map: parts of its width and height from the near lower corner.
  func point(on part: (x: Double, y: Double), centredOn y: Double) -> Picture.Point {
    .init(x: left + part.x * sheet.across, y: y - height / 2 + part.x * sheet.rise + part.y * sheet.height)
  }
}
