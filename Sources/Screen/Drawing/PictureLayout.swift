import Foundation
import Shell

/// Places the layers of a network in a picture, side by side in one row or several, and draws them.
struct PictureLayout {
  let facts: DrawingFacts
  let outline: NetworkOutline
  private(set) var columns: [PictureColumn]
  private var rows: [Range<Int>] = []
  var picture = Picture()

  /// How wide a row may become before the next one begins.
  private static let rowWidth = 26.0
  /// More layers than this are folded.
  private static let fewLayers = 16

  static func picture(of facts: DrawingFacts) -> Picture {
    var layout = PictureLayout(facts)
    layout.draw()
    return layout.picture
  }

  private init(_ facts: DrawingFacts) {
    self.facts = facts
    outline = facts.layers.count > PictureLayout.fewLayers ? NetworkOutline(folded: facts) : NetworkOutline(plain: facts)
    columns = outline.entries.map { PictureColumn($0, in: facts) }
    place()
  }

  /// Gives every column its place in its row.
  private mutating func place() {
    var start = 0
    var cuts: [Int] = []
    for index in columns.indices {
      if index > start, isCut(before: index) { cuts.append(index) }
      columns[index].x = index == start ? width(index) / 2 : next(after: index - 1)
      // The connections of neurons are best seen whole.
      guard columns[index].x + width(index) / 2 > PictureLayout.rowWidth, let cut = cuts.last(where: { !isMesh(before: $0) }) ?? cuts.last
      else { continue }
      rows.append(start..<cut)
      start = cut
      cuts.removeAll { $0 <= cut }
      for again in cut...index { columns[again].x = again == cut ? width(again) / 2 : next(after: again - 1) }
    }
    rows.append(start..<columns.count)
  }

  private func width(_ index: Int) -> Double { max(columns[index].figureWidth, columns[index].labelWidth) }

  private func next(after index: Int) -> Double {
    let (before, after) = (columns[index], columns[index + 1])
    let figures = before.x + before.figureWidth / 2 + (isMesh(before: index + 1) ? 2.6 : 1.1) + after.figureWidth / 2
    return max(figures, before.x + before.labelWidth / 2 + 0.35 + after.labelWidth / 2)
  }

  /// Whether a column's neurons see all of the column before.
  private func isMesh(before index: Int) -> Bool { columns[index].layer.family == .dense && columns[index].figure == .neurons }

  /// Whether no connection but those from the column before goes over the line before a column, and no repeated block either.
  private func isCut(before index: Int) -> Bool {
    outline.continues(index) && outline.jumps.allSatisfy { $0.to < index || $0.from >= index - 1 }
      && outline.repeats.allSatisfy { !($0.entries.lowerBound < index && index < $0.entries.upperBound) }
  }

  private mutating func draw() {
    var top = 0.0
    var widest = 0.0
    var ends: (last: PictureColumn, y: Double, bottom: Double)?
    for row in rows {
      let lanes = self.lanes(of: row)
      let arcs = lanes.isEmpty ? 0 : 0.85 + 0.5 * Double((lanes.map(\.lane).max() ?? 0) + 1)
      let height = row.map { columns[$0].height }.max() ?? 1
      let y = top - arcs - height / 2
      if let ends { carry(from: ends.last, ends.y, ends.bottom, to: columns[row.lowerBound], y, right: widest) }
      for repeated in outline.repeats where row.contains(repeated.entries.lowerBound) { mark(repeated, y, height, arcs) }
      for index in row.dropFirst() where outline.continues(index) { connect(columns[index - 1], columns[index], y) }
      for index in row { draw(columns[index], y) }
      for index in row { drawWindow(of: index, in: row, y) }
      for arc in lanes { draw(arc, y, top: y + height / 2) }
      var bottom = y - height / 2 - 0.5
      for index in row { write(columns[index], bottom) }
      bottom -= Double(row.map { columns[$0].labels.count }.max() ?? 0) * PictureColumn.lineHeight
      if facts.batch != nil { bottom = drawTensors(row, bottom) }
      let edge = row.map { columns[$0].x + width($0) / 2 }.max() ?? 0
      widest = max(widest, edge)
      ends = (columns[row.upperBound - 1], y, bottom)
      top = bottom - (rows.count > 1 ? 1.1 : 0.3)
    }
    frame(bottom: top, right: widest)
  }

  /// Title, legend and the borders of the picture.
  private mutating func frame(bottom: Double, right: Double) {
    let isBuilt = facts.layers[0].shape != nil
    let words = isBuilt ? ModelText.parameters(facts.parameters) : "? the input is not known yet"
    let title = isBuilt ? sanitized(facts.title).truncated(to: 60) : ""
    picture.texts.append(
      .init(
        text: title.isEmpty ? words : "\(title)   \(words)", at: .init(x: 0, y: 0.9), size: 0.42, colour: PictureColours.text,
        alignment: .left))
    var low = bottom
    let hasViews = facts.layers.contains { !$0.views.isEmpty }
    if facts.layers.contains(where: { $0.kernel != nil }) {
      picture.lines.append(.init(points: [.init(x: 0, y: low), .init(x: 0.7, y: low)], colour: PictureColours.positive, width: 3))
      picture.texts.append(
        .init(
          text: hasViews ? "over 0: a weight, or what a unit gives" : "weight over 0", at: .init(x: 0.9, y: low), size: 0.3,
          colour: PictureColours.muted, alignment: .left))
      // Under the longer words, else beside them.
      if hasViews { low -= 0.5 }
      let x = hasViews ? 0.0 : 4
      picture.lines.append(.init(points: [.init(x: x, y: low), .init(x: x + 0.7, y: low)], colour: PictureColours.negative, width: 3))
      picture.texts.append(.init(text: "under 0", at: .init(x: x + 0.9, y: low), size: 0.3, colour: PictureColours.muted, alignment: .left))
      low -= 0.6
    }
    let least = Double(title.count + words.count + 3) * 0.42 * 0.62
    picture.low = .init(x: -1.1, y: low - 0.1)
    picture.high = .init(x: max(right, least, facts.layers.contains { $0.kernel != nil } ? 7 : 0) + 1.1, y: 1.5)
  }
}

// Words and tensors under the figures.
extension PictureLayout {
  private mutating func write(_ column: PictureColumn, _ top: Double) {
    for (number, label) in column.labels.enumerated() {
      picture.texts.append(
        .init(
          text: label.text, at: .init(x: column.x, y: top - Double(number) * PictureColumn.lineHeight), size: PictureColumn.letters,
          colour: label.colour, isBold: label.isBold))
    }
  }

  /// The tensors of a batch: a row of cells for each sample, in the sample's colour, a column for each unit.
  private mutating func drawTensors(_ row: Range<Int>, _ top: Double) -> Double {
    guard let batch = facts.batch else { return top }
    let cell = 0.24
    let samples: [Int?] = batch <= 4 ? Array(0..<batch) : [0, 1, nil, batch - 1]
    for index in row {
      let column = columns[index]
      guard column.layer.isFlat, column.layer.units != nil else { continue }
      let slots = column.layer.slots
      let left = column.x - Double(slots.count) * cell / 2
      for (line, sample) in samples.enumerated() {
        let y = top - Double(line) * cell
        for (place, unit) in slots.enumerated() {
          let x = left + Double(place) * cell
          guard let sample, unit != nil else {
            let centre = Picture.Point(x: x + cell / 2, y: y - cell / 2)
            picture.figures.append(
              .init(outline: .circle(centre, radius: 0.03), fill: PictureColours.muted, border: PictureColours.muted))
            continue
          }
          let colour = PictureColours.samples[sample % PictureColours.samples.count]
          picture.rectangle(x...x + cell, y - cell...y, fill: paler(colour, keeping: 0.45), border: "#FFFFFF", width: 1)
        }
      }
    }
    return top - Double(samples.count) * cell - 0.2
  }
}
