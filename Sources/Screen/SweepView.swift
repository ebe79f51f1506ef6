import Shell

/// Shows how a sweep comes along: a table that is drawn over itself until the sweep is over, and then goes.
@MainActor public final class SweepView {
  private let isShown: Bool
  /// Whether it is coloured.
  public var color: Bool
  private let repertoire: Repertoire
  private let size: () -> (width: Int, height: Int)
  private let write: (String) -> Void
  private let pauses: () -> Int
  private var seenPauses = 0
  private let clock: RunningClock
  private var began: Duration?
  private var lastDrawn = -Double.infinity
  private var height = 0

  /// A view that writes to a terminal; one that is not shown costs nothing.
  ///
  /// - Parameters:
  ///   - size: The terminal's size in cells, asked again and again.
  ///   - pauses: How often another program has had the terminal meanwhile; what it wrote is not drawn over.
  ///   - stopped: For how long the program stood still in all.
  ///   - write: Writes to standard error.
  public init(
    isShown: Bool, color: Bool, repertoire: Repertoire, size: @escaping () -> (width: Int, height: Int),
    pauses: @escaping () -> Int = { 0 }, stopped: @escaping () -> Duration = { .zero }, write: @escaping (String) -> Void
  ) {
    (self.isShown, self.color, self.repertoire, self.size) = (isShown, color, repertoire, size)
    (self.pauses, self.write) = (pauses, write)
    clock = RunningClock(stopped: stopped)
  }

  /// Shows how far a sweep is.
  public func show(_ progress: SweepProgress) {
    guard isShown else { return }
    let start = began ?? clock.now
    began = start
    let now = (clock.now - start) / .seconds(1)
    if progress.isOver {
      clear()
      began = nil
      return
    }
    if pauses() != seenPauses { (height, lastDrawn, seenPauses) = (0, -.infinity, pauses()) }
    guard now - lastDrawn >= 0.1 else { return }
    lastDrawn = now
    let (width, rows) = size()
    let lines = SweepTable.lines(of: progress, seconds: now, width: width - 1, rows: rows - 2, repertoire)
    // Rows of a terminal that was made narrower have wrapped: what stands above them then stays, which is better than to draw over other lines.
    let up = height > 0 ? "\r\u{1B}[\(min(height, rows - 1))A" : ""
    write(up + lines.map { $0.rendered(color ? .ansi : .plain) + "\u{1B}[K\n" }.joined() + "\u{1B}[J")
    height = lines.count
  }

  /// Takes the table away, for something else to be written in its place; it is drawn again below.
  public func clear() {
    if height > 0 { write("\r\u{1B}[\(height)A\u{1B}[J") }
    (height, lastDrawn) = (0, -.infinity)
  }
}

/// The table of a sweep that is under way.
enum SweepTable {
  /// The head, then the runs that are under way, then the best that are done, in so many rows.
  static func lines(of progress: SweepProgress, seconds: Double, width: Int, rows: Int, _ repertoire: Repertoire) -> [StyledText] {
    let recipe = progress.recipe
    let done = progress.outcomes.count
    var head = StyledText("sweep", Style(bold: true))
    head.append("  \(grouped(done)) of \(grouped(recipe.runs)) runs done")
    let fresh = done - (progress.doneBefore ?? 0)
    // Runs that are half done count half.
    let parts = progress.running.values.reduce(0.0) { $0 + Double($1.epoch) / Double(max($1.epochs, 1)) }
    let work = Double(fresh) + parts
    if seconds > 1, work > 0 {
      head.append("  eta \(ProgressLine.duration(seconds / work * (Double(recipe.runs - done) - parts)))", .muted)
    }
    let columns: [TextTable.Column] = [
      .init(""), .init("epoch", .right), .init(StyledText(sanitized(recipe.by)), .right), .init("", width: 8),
    ]
    // The names take what the numbers leave, a line each.
    let room = max(6, width - max(9, String(recipe.epochs ?? 0).count * 2 + 1) - max(10, recipe.by.count) - 8 - 6)
    func row(_ place: Int, _ epoch: String, _ value: Double?, _ state: StyledText) -> [StyledText] {
      let (combination, seed) = recipe.member(place)
      let name = [recipe.shortName(of: combination), recipe.seeds.count > 1 ? "seed=\(seed)" : ""].filter { !$0.isEmpty }.joined(
        separator: " ")
      let fitted = sanitized(name).truncated(to: room, mark: repertoire == .unicode ? "…" : "..")
      return [StyledText(fitted), StyledText(epoch), StyledText(value.map { compact($0, digits: 4) } ?? ""), state]
    }
    let running = progress.running.sorted { $0.key < $1.key }.map { place, standing in
      row(
        place, "\(standing.epoch)/\(standing.epochs)", standing.values.first { $0.name == recipe.by }?.value,
        StyledText("training", Style(.accent)))
    }
    let over = ordered(progress).map { place, outcome in
      let state =
        outcome.hasDiverged
        ? StyledText("diverged", Style(.bad)) : outcome.reason != nil ? StyledText("failed", Style(.bad)) : StyledText("done", .muted)
      return row(place, grouped(outcome.epochs), outcome.value(recipe.by), state)
    }
    let shown = Array((running + over).prefix(max(1, rows - 2)))
    return ([head] + TextTable(columns, rows: shown, frame: .none, ellipsis: true).lines(width: width, repertoire: repertoire))
      .prefix(max(1, rows)).map { StyledText($0.plain).cellWidth <= width ? $0 : StyledText($0.plain.truncated(to: width, mark: "")) }
  }

  private static func ordered(_ progress: SweepProgress) -> [(Int, SweepOutcome)] {
    let isHigher = progress.recipe.isBetterHigher
    return progress.outcomes.map { ($0.key, $0.value, $0.value.value(progress.recipe.by)) }.sorted { one, other in
      guard let a = one.2 else { return other.2 == nil && one.0 < other.0 }
      guard let b = other.2 else { return true }
      return a == b ? one.0 < other.0 : isHigher ? a > b : a < b
    }.map { ($0.0, $0.1) }
  }
}
