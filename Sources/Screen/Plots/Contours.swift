import Shell

/// Lines of equal height in a field, by marching squares: each square between four neighbouring values is crossed where the level lies
/// between two of its corners, at the place that linear interpolation gives.
enum Contours {
  /// A part of a line.
  struct Path: Equatable {
    var level: Double
    var points: [(x: Double, y: Double)]

    static func == (a: Path, b: Path) -> Bool {
      a.level == b.level && a.points.elementsEqual(b.points) { $0.x == $1.x && $0.y == $1.y }
    }
  }

  /// The lines of all levels of a field, as segments; of classes, the borders between them.
  static func paths(of field: Plot.Field) -> [Path] {
    guard field.columns > 1, field.rows > 1 else { return [] }
    guard case .classes(let names) = field.meaning else { return field.levels.flatMap { segments(field, level: $0) { Double($0) } } }
    // The border of a class is where its share passes one half.
    return names.indices.flatMap { index in segments(field, level: 0.5) { $0 == Float(index) ? 1 : 0 } }
  }

  private static func segments(_ field: Plot.Field, level: Double, _ height: (Float) -> Double) -> [Path] {
    var paths: [Path] = []
    func place(_ column: Double, _ row: Double) -> (x: Double, y: Double) {
      (field.x.lowerBound + (column + 0.5) * field.cellWidth, field.y.lowerBound + (row + 0.5) * field.cellHeight)
    }
    for row in 0..<(field.rows - 1) {
      for column in 0..<(field.columns - 1) {
        // Corners around the square: bottom left, bottom right, top right, top left.
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map { height(field.values[(row + $0.1) * field.columns + column + $0.0]) - level }
        guard corners.allSatisfy(\.isFinite), corners.contains(where: { $0 < 0 }), corners.contains(where: { $0 >= 0 }) else { continue }
        var crossings: [(x: Double, y: Double)] = []
        for side in 0..<4 {
          let (a, b) = (corners[side], corners[(side + 1) % 4])
          guard (a < 0) != (b < 0) else { continue }
          let part = a / (a - b)
          switch side {
          case 0: crossings.append(place(Double(column) + part, Double(row)))
          case 1: crossings.append(place(Double(column) + 1, Double(row) + part))
          case 2: crossings.append(place(Double(column) + 1 - part, Double(row) + 1))
          default: crossings.append(place(Double(column), Double(row) + 1 - part))
          }
        }
        for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
          paths.append(Path(level: level, points: [crossings[pair], crossings[pair + 1]]))
        }
      }
    }
    return paths
  }
}
