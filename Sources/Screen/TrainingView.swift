import Shell

/// Shows how a training comes along: a progress line, and for a training that takes its time a live curve above it.
@MainActor public final class TrainingView {
  /// Trainings that are over sooner show no curve: it would only flash.
  private static let patience = 0.4

  private let isShown: Bool
  private let pictures: Pictures
  /// Whether it is coloured.
  public var color: Bool
  private let repertoire: Repertoire
  private let size: () -> (width: Int, height: Int)
  private let write: (String) -> Void
  private let pauses: () -> Int
  private var seenPauses = 0
  private let clock: RunningClock
  private var began: Duration
  private var line: ProgressLine
  private var live: LivePlot?
  private var wantsLive = false
  private var budget = DrawingBudget()
  /// The size for which the plots were begun.
  private var drawnSize = (width: 0, height: 0)
  private var curves = LiveCurves([])
  private var last: [(name: String, value: Double)] = []

  /// A view that writes to a terminal; one that is not shown costs nothing.
  ///
  /// - Parameters:
  ///   - size: The terminal's size in cells, asked again and again.
  ///   - pauses: How often another program has had the terminal meanwhile; what it wrote is not drawn over.
  ///   - stopped: For how long the program stood still in all.
  ///   - write: Writes to standard error.
  public init(
    isShown: Bool, pictures: Pictures, color: Bool, repertoire: Repertoire, size: @escaping () -> (width: Int, height: Int),
    pauses: @escaping () -> Int = { 0 }, stopped: @escaping () -> Duration = { .zero }, write: @escaping (String) -> Void
  ) {
    self.isShown = isShown
    self.pictures = pictures
    self.color = color
    self.repertoire = repertoire
    self.size = size
    self.pauses = pauses
    clock = RunningClock(stopped: stopped)
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
      wantsLive = !(progress.liveCurves.isEmpty && progress.livePlots == nil) && progress.plot != "off"
      budget = DrawingBudget()
      curves = LiveCurves(progress.liveCurves)
      last = []
    case .batch(let number, let count, let loss):
      // Looking at the clock at every batch of a small network would be felt.
      if count > 64 && number % 16 != 0 { return }
      update(progress, fraction: Double(number) / Double(max(count, 1)), values: merged(loss, progress))
    case .epoch(let values):
      last = values.map { ($0.name, $0.value) }
      if wantsLive { curves.append(epoch: progress.epoch, last + [("lr", progress.rate)]) }
      update(progress, fraction: 1, values: last)
    case .ended:
      var text = line.finish(width: lineWidth)
      if live != nil { text += drawing(progress) }
      live = nil
      write(text)
    }
  }

  /// The terminal echoes `^C` behind the line; it must not make it wrap, for what is drawn then begins so many lines above.
  private var lineWidth: Int { size().width - 2 }

  private var seconds: Double { (clock.now - began) / .seconds(1) }

  /// Loss and metrics of the running epoch so far, and what was last found out on held-out samples.
  private func merged(_ loss: Double, _ progress: TrainingProgress) -> [(name: String, value: Double)] {
    let running = [("loss", loss)] + (progress.measured?() ?? []).map { ($0.name, $0.value) }
    let names = Set(running.map(\.0))
    return running + last.filter { !names.contains($0.name) }
  }

  private func update(_ progress: TrainingProgress, fraction: Double, values: @autoclosure () -> [(name: String, value: Double)]) {
    let now = seconds
    guard line.isDue(at: now), !progress.isAhead else { return }
    let done = Double(progress.epoch - 1) + fraction
    let remaining = now > 0.3 && done > 0 ? now / done * (Double(progress.epochs) - done) : nil
    let state = ProgressLine.State(
      epoch: progress.epoch, epochs: progress.epochs, fraction: fraction, values: values() + [("rate", progress.rate)], remaining: remaining
    )
    let text = line.update(state, width: lineWidth, now: now)
    guard wantsLive, now > TrainingView.patience, budget.allows(at: now), hasNews(progress) else { return write(text) }
    // A silent terminal costs its time once a session; it is no measure of what drawings cost.
    pictures.askTerminal(style: progress.plot)
    let began = clock.now
    // Lines that now wrap cannot be drawn over: the plots begin anew below.
    if live == nil || size() != drawnSize || pauses() != seenPauses { start(progress) }
    guard live?.showsProgress == true else { return write(text) }
    let drawing = drawing(progress)
    // The plots go over those before them, from the progress line's place; the line is drawn again below.
    write(drawing.isEmpty ? text : "\r\u{1B}[K" + drawing + text)
    budget.note(cost: (clock.now - began) / .seconds(1), at: now)
  }

  /// Whether there is something to draw, and a training left that it could be watched in.
  private func hasNews(_ progress: TrainingProgress) -> Bool {
    live != nil || progress.epoch < progress.epochs && (curves.areWorthDrawing || progress.livePlots != nil && !last.isEmpty)
  }

  /// What is to be written for the plots as they are now.
  private func drawing(_ progress: TrainingProgress) -> String {
    guard var plot = live else { return "" }
    let panels = curves.panels + (progress.livePlots?() ?? []).flatMap(\.panels)
    // On a screen that is lower than the plots, drawing over them would leave their upper rows behind.
    let room = max(1, min(drawnSize.width, 100) / 36) * max(1, rows / 10)
    let text = plot.draw(Plot(panels: Array(panels.prefix(room))))
    live = plot
    if let failure = plot.failure {
      live = nil
      wantsLive = false
      tell(pictures.complaint(failure))
    }
    return text
  }

  /// How many rows the plots may take.
  private var rows: Int { min(curves.panels.count > 1 ? 24 : 16, drawnSize.height - 3) }

  private func start(_ progress: TrainingProgress) {
    (drawnSize, seenPauses) = (size(), pauses())
    guard rows >= 8, drawnSize.width >= 30 else { return wantsLive = false }
    do {
      live = try pictures.live(style: progress.plot, width: drawnSize.width, rows: rows, color: color)
    } catch {
      wantsLive = false
      tell(error as? Complaint ?? Complaint("\(error)"))
    }
  }

  /// Says once why there is no curve; training goes on.
  private func tell(_ complaint: Complaint) {
    write("\r\u{1B}[K" + ReportText.lines(of: complaint, in: nil).rendered(color ? .ansi : .plain))
  }
}
