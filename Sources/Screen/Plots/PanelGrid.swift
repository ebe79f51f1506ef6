/// How the panels of a plot stand: in rows of equal length, of which the last may be shorter.
struct PanelGrid: Equatable {
  let columns, rows: Int

  /// The grid of so many panels whose cells come nearest to a wanted shape.
  ///
  /// - Parameters:
  ///   - aspect: The width of the room over its height.
  ///   - wanted: The width of a panel over its height.
  ///   - mostColumns: The most that fit beside each other.
  init(_ count: Int, aspect: Double, wanted: Double = 1.4, mostColumns: Int = .max) {
    let count = max(1, count)
    func misfit(_ columns: Int) -> Double {
      let rows = (count + columns - 1) / columns
      let empty = Double(columns * rows - count) / Double(count)
      let ratio = aspect * Double(rows) / Double(columns) / wanted
      return max(ratio, 1 / ratio) + empty
    }
    self.init(count, columns: (1...max(1, min(count, mostColumns))).min { misfit($0) < misfit($1) } ?? 1)
  }

  /// The grid of so many panels with so many of them beside each other.
  init(_ count: Int, columns: Int) {
    self.columns = max(1, min(count, columns))
    rows = (max(1, count) + self.columns - 1) / self.columns
  }
}
