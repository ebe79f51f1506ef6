import Shell

/// Shows how a training comes along: a progress line, and for a training that takes its time a live curve above it.
@MainActor public final class TrainingView {
  /// Trainings that are over sooner show no curve: it would only flash.
  private static let patience = 0.4

  private let isShown: Bool
  private let pictures: Pictures
  private let color: Bool
  private let repertoire: Repertoire
  private let size: () -> (width: Int, height: Int)
  private let write: (String) -> Void
  private let clock = ContinuousClock()
  private var began: ContinuousClock.Instant
  private var line: ProgressLine
  private var live: LivePlot?
  private var wantsLive = false
  /// The size for which the curve was begun.
  private var drawnSize = (width: 0, height: 0)
  private var points: [(epoch: Double, values: [(name: String, value: Double)])] = []
  private var last: [(name: String, value: Double)] = []

  /// A view that writes to a terminal; one that is not shown costs nothing.
  ///
  /// - Parameters:
  ///   - size: The terminal's size in cells, asked again and again.
  ///   - write: Writes to standard error.
  public init(
    isShown: Bool, pictures: Pictures, color: Bool, repertoire: Repertoire, size: @escaping () -> (width: Int, height: Int),
    write: @escaping (String) -> Void
  ) {
    self.isShown = isShown
    self.pictures = pictures
    self.color = color
    self.repertoire = repertoire
    self.size = size
    self.write = write
    began = clock.now
    line = ProgressLine(color ? .ansi : .plain, repertoire: repertoire)
  }

  /// Shows a moment of a training.
  public func show(_ progress: TrainingProgress) {
    guard isShown else { return }
    switch progress.moment {
    case .began:
      began = clock.now
      line = ProgressLine(color ? .ansi : .plain, repertoire: repertoire)
      live = nil
      wantsLive = progress.live && progress.plot != "off"
      points = []
      last = []
    case .batch(let number, let count, let loss):
      // Looking at the clock at every batch of a small network would be felt.
      if count > 64 && number % 16 != 0 { return }
      let now = seconds
      update(progress, fraction: Double(number) / Double(max(count, 1)), values: merged(loss), now: now)
    case .epoch(let values):
      last = values.map { ($0.name, $0.value) }
      let shown = last.filter { $0.name == "loss" || $0.name == "val_loss" }
      // Kept only until the curve has them: a training may take millions of epochs.
      if wantsLive { points.append((Double(progress.epoch), shown)) }
      for value in shown { live?.append(Double(progress.epoch), value.value, to: value.name, look: value.name == "loss" ? .line : .dashed) }
      let now = seconds
      if wantsLive, live == nil, now > TrainingView.patience, progress.epoch < progress.epochs, points.count > 1 { startCurve(progress) }
      update(progress, fraction: 1, values: last, now: now)
    case .ended:
      var text = line.finish(width: size().width)
      if var live {
        text += live.finish()
        self.live = live
      }
      write(text)
    }
  }

  private var seconds: Double { (clock.now - began) / .seconds(1) }

  /// The values of the last epoch with the running loss of this one.
  private func merged(_ loss: Double) -> [(name: String, value: Double)] {
    [("loss", loss)] + last.filter { $0.name != "loss" }
  }

  private func update(_ progress: TrainingProgress, fraction: Double, values: [(name: String, value: Double)], now: Double) {
    let done = Double(progress.epoch - 1) + fraction
    let remaining = now > 0.3 && done > 0 ? now / done * (Double(progress.epochs) - done) : nil
    let state = ProgressLine.State(
      epoch: progress.epoch, epochs: progress.epochs, fraction: fraction, values: values + [("rate", progress.rate)], remaining: remaining)
    let text = line.update(state, width: size().width, now: now)
    guard !text.isEmpty else { return }
    guard var curve = live else { return write(text) }
    if size() != drawnSize {
      // Lines that now wrap cannot be drawn over: the curve begins anew below.
      live = nil
      startCurve(progress, curve.plot)
      guard let fresh = live else { return write(text) }
      curve = fresh
    }
    let drawing = curve.refresh(now: now)
    live = curve
    if let failure = curve.failure {
      live = nil
      wantsLive = false
      tell(pictures.complaint(failure))
    }
    // The curve goes over the one before it, from the progress line's place; the line is drawn again below.
    write(drawing.isEmpty ? text : "\r\u{1B}[K" + drawing + text)
  }

  private func startCurve(
    _ progress: TrainingProgress, _ plot: Plot = Plot(title: "loss", x: .init("epoch"), y: .init("loss", scale: .automatic))
  ) {
    wantsLive = false
    drawnSize = size()
    // On a screen that is lower than the curve, drawing over it would leave its upper rows behind.
    let rows = min(16, drawnSize.height - 3)
    guard rows >= 8, drawnSize.width >= 30 else { return points = [] }
    do {
      var curve = try pictures.live(plot, style: progress.plot, width: drawnSize.width, rows: rows, color: color)
      for point in points {
        for value in point.values { curve.append(point.epoch, value.value, to: value.name, look: value.name == "loss" ? .line : .dashed) }
      }
      live = curve
    } catch {
      tell(error as? Complaint ?? Complaint("\(error)"))
    }
    points = []
  }

  /// Says once why there is no curve; training goes on.
  private func tell(_ complaint: Complaint) {
    write("\r\u{1B}[K" + ReportText.lines(of: complaint, in: nil).rendered(color ? .ansi : .plain))
  }
}
