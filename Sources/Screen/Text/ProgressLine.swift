/// The line that shows how far a training is: `epoch 12/30  ━━━━━━━╸─────────  loss 0.3121  accuracy 0.912  eta 3 s`.
///
/// It is a value that knows neither clock nor terminal: it is told the time and gives back what to write.
public struct ProgressLine: Sendable {
  /// What there is to show.
  public struct State: Sendable, Equatable {
    /// The epoch that is running, from 1, and how many there are.
    public var epoch, epochs: Int
    /// The part of this epoch that is done, 0 to 1.
    public var fraction: Double
    /// The numbers in the order of importance; what does not fit is left off from the end.
    public var values: [(name: String, value: Double)]
    /// Seconds to go, nil while unknown.
    public var remaining: Double?

    /// A state.
    public init(epoch: Int, epochs: Int, fraction: Double, values: [(name: String, value: Double)], remaining: Double? = nil) {
      self.epoch = epoch
      self.epochs = epochs
      self.fraction = fraction
      self.values = values
      self.remaining = remaining
    }

    /// Whether both show the same.
    public static func == (left: State, right: State) -> Bool {
      left.epoch == right.epoch && left.epochs == right.epochs && left.fraction == right.fraction && left.remaining == right.remaining
        && left.values.elementsEqual(right.values) { $0.name == $1.name && $0.value == $1.value }
    }
  }

  private let mode: ColorMode
  private let repertoire: Repertoire
  private let interval: Double
  private var lastDrawn = -Double.infinity
  private var isShown = false

  /// A line that is redrawn at most every `interval` seconds.
  public init(_ mode: ColorMode, repertoire: Repertoire = .unicode, interval: Double = 0.08) {
    self.mode = mode
    self.repertoire = repertoire
    self.interval = interval
  }

  /// Whether a state would be drawn now.
  ///
  /// - Parameter now: as in `update`.
  public func isDue(at now: Double) -> Bool { now - lastDrawn >= interval }

  /// What to write for a new state; empty when the last drawing is too short ago.
  ///
  /// - Parameters:
  ///   - width: the terminal's width in cells, which may change at any time.
  ///   - now: the time in seconds, from any origin.
  public mutating func update(_ state: State, width: Int, now: Double) -> String {
    guard isDue(at: now) else { return "" }
    lastDrawn = now
    isShown = true
    return "\r" + line(state, width: width).rendered(mode) + "\u{1B}[K"
  }

  /// What to write at the end: the last state stays on a line of its own, or the line is cleared.
  public mutating func finish(_ state: State? = nil, width: Int = 80) -> String {
    defer { isShown = false }
    if let state { return "\r" + line(state, width: width).rendered(mode) + "\u{1B}[K\n" }
    return isShown ? "\r\u{1B}[K" : ""
  }

  /// The line for a state, at most one cell less than the terminal is wide, so that no terminal wraps it.
  public func line(_ state: State, width: Int) -> StyledText {
    let room = max(width - 1, 10)
    let digits = String(state.epochs).count
    let head = "epoch \(String(state.epoch).padded(to: digits, .right))/\(state.epochs)"
    var tail = StyledText()
    let eta = state.remaining.map { "  eta \(Self.duration($0))" } ?? ""
    // Numbers first, then the bar in what is left, as the numbers are what one looks for.
    for (name, value) in state.values {
      let text = "  \(sanitized(name)) \(compact(value))"
      guard head.count + tail.cellWidth + text.cellWidth <= room else { break }
      tail.append("  \(sanitized(name)) ", .muted)
      tail.append(compact(value), value.isFinite ? .plain : Style(.bad))
    }
    if head.count + tail.cellWidth + eta.count <= room { tail.append(eta, .muted) }
    var line = StyledText(head)
    let free = room - head.count - tail.cellWidth - 2
    if free >= 6 {
      line.append("  ")
      line.append(bar(state, cells: min(free, 24)))
    }
    line.append(tail)
    return StyledText(line.plain).cellWidth <= room ? line : StyledText(line.plain.truncated(to: room, mark: ""))
  }

  /// The part of all epochs that is done, with half cells.
  private func bar(_ state: State, cells: Int) -> StyledText {
    let done = (Double(state.epoch - 1) + min(max(state.fraction, 0), 1)) / Double(max(state.epochs, 1))
    let halves = Int((min(max(done, 0), 1) * Double(2 * cells)).rounded(.down))
    guard repertoire == .unicode else {
      let full = halves / 2
      return StyledText(
        "[" + String(repeating: "=", count: min(full, cells - 2)) + String(repeating: "-", count: max(0, cells - 2 - full)) + "]")
    }
    var bar = StyledText(String(repeating: "━", count: halves / 2) + (halves % 2 == 1 ? "╸" : ""), Style(.accent))
    bar.append(String(repeating: "─", count: cells - halves / 2 - halves % 2), .muted)
    return bar
  }

  /// A duration in its two largest units: `3 s`, `2 min 5 s`, `1 h 4 min`.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e8 else { return "?" }
    let whole = Int(max(seconds, 0).rounded())
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(whole % 60) s"
    default: return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
  }
}
