import Shell

/// A layer in a drawing of columns: its figure, and the words under it.
struct DrawnColumn {
  /// The layer's place in the network.
  let place: Int
  let layer: DrawingFacts.Layer
  let figure: LayerFigure
  /// Whether it stands here for the sake of its connections only, as it belongs to the row above.
  let isEcho: Bool
  /// The words under the figure by their line's title, as lines of text.
  let labels: [(title: String, lines: [String])]
  /// The rows between two units that are shown, 1 or 2.
  let pitch: Int
  /// The place in the row, in cells: where the column begins.
  var x = 0

  /// The width in which long names are broken.
  private static let nameWidth = 13

  init(_ place: Int, in facts: DrawingFacts, pitch: Int, isEcho: Bool = false, reads: [String] = []) {
    self.place = place
    self.isEcho = isEcho
    self.pitch = pitch
    layer = facts.layers[place]
    figure = LayerFigure(layer)
    let name = wrappedName(layer.shownName, to: DrawnColumn.nameWidth)
    if isEcho {
      labels = [("", name.count == 1 ? ["(\(name[0]))"] : ["(" + name[0]] + name[1..<name.count - 1] + [name[name.count - 1] + ")"])]
    } else {
      labels = [
        ("", name), ("kind", layer.namesItself ? [] : wrappedName(sanitized(layer.kind), to: DrawnColumn.nameWidth)),
        ("window", [layer.windowText]), ("stride", [layer.strideText]),
        ("activ.", [layer.family == .activation && layer.kind != "Activation" ? "" : layer.activation ?? ""]),
        ("reads", reads.flatMap { wrappedName($0, to: DrawnColumn.nameWidth) }),
        (facts.batch == nil ? "shape" : "tensor", [layer.shapeText(batch: facts.batch)]), ("params", [layer.parameterText]),
      ]
    }
  }

  /// The cells that the figure takes.
  var figureWidth: Int {
    guard case .maps = figure else { return 1 }
    return box.width + box.sheets
  }

  /// The rows that it takes from the row of its middle upwards, that row left out.
  var rowsAbove: Int { (coreHeight - 1) / 2 + (box.sheets > 0 ? 1 : 0) }
  /// Those below.
  var rowsBelow: Int { coreHeight - 1 - (coreHeight - 1) / 2 }

  /// The rows of the figure itself, without maps that look out behind it.
  var coreHeight: Int {
    switch figure {
    case .neurons: (layer.slots.count - 1) * pitch + 1
    case .bar: layer.isFlat ? max(3, (layer.slots.count - 1) * pitch + 1) : 5
    case .junction: 1
    case .maps: box.height
    }
  }

  /// The front map as a box, its frame included, and how many sheets look out behind it.
  var box: (width: Int, height: Int, sheets: Int) {
    guard case .maps(let height, let width, let channels) = figure else { return (1, 1, 0) }
    let rows = DrawnColumn.extent(height)
    let columns = DrawnColumn.extent(width)
    let sheets = channels.map { $0 <= 1 ? 0 : $0 <= 4 ? 1 : $0 <= 64 ? 2 : 3 } ?? 1
    return (2 * columns + 1, rows + 2, sheets)
  }

  /// Inner rows of a map: one more each time that its side doubles.
  private static func extent(_ length: Int?) -> Int {
    guard let length, length > 0 else { return 3 }
    return min(5, max(1, length.bitWidth - length.leadingZeroBitCount - 2))
  }

  /// The cells of the column.
  var width: Int { max(figureWidth, labels.flatMap(\.lines).map(\.cellWidth).max() ?? 1) }
  /// The first cell of the figure.
  var left: Int { x + (width - figureWidth) / 2 }
  /// Its last cell.
  var right: Int { left + figureWidth - 1 }
  /// The cell over which a path around layers ends.
  var middle: Int { left + (figureWidth - 1) / 2 }

  /// The rows where values come out, for figures that are centred on a row.
  func ports(centredOn centre: Int) -> [Int] {
    guard layer.isFlat, figure == .neurons || figure == .bar else { return [centre] }
    let top = centre - ((layer.slots.count - 1) * pitch) / 2
    return layer.slots.enumerated().compactMap { $0.element == nil ? nil : top + $0.offset * pitch }
  }
}
