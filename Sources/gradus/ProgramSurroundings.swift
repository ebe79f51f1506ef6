import Course
import Foundation
import Screen
import Shell
import Store
import Terminal

/// What commands meet when the program runs: the terminal, the clock, the store.
@MainActor final class ProgramSurroundings: Surroundings {
  let capabilities: Capabilities
  let options: SharedOptions
  let preferences: any PreferenceStore
  let renderer = ReportText()
  let pictures: Pictures
  var files: FileAccess
  var source: any LineSource
  /// How pictures of decks are shown: the setting `plot`.
  var plotStyle = "auto"
  /// Keeps the session as it goes; nil in scripts, which nobody goes on with.
  var keeper: SessionKeeper?
  private let storeFile: URL
  private var database: ReviewDatabase?
  private lazy var view = TrainingView(
    isShown: !options.quiet && !options.json && capabilities.streams.error && !capabilities.isDumb, pictures: pictures,
    color: capabilities.colorsError, repertoire: capabilities.isUnicode ? .unicode : .ascii,
    size: { [capabilities] in
      let size = Capabilities.Size.current ?? capabilities.size
      return (size.width, size.height)
    }, write: Output.error)

  init(options: SharedOptions, capabilities: Capabilities, places: Places, source: any LineSource) {
    self.options = options
    self.capabilities = capabilities
    self.source = source
    preferences = PreferenceFile(file: places.preferences)
    storeFile = options.store.map { URL(fileURLWithPath: $0) } ?? places.store
    files = FileAccess(
      folder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath), lessons: places.lessons(told: options.lessons))
    pictures = Pictures(capabilities)
  }

  var now: Date { Date() }
  var isInterrupted: Bool { Interrupts.isRequested }
  var replayer: any Replayer { player }
  var plotter: any Plotter { pictures }
  var exchange: CardExchange? { CardExchange(markup: CardPages(), collections: AnkiCollections()) }
  private lazy var player = LessonPlayer(renderer: renderer)

  var reviews: any ReviewStore { get throws { try store } }
  var runs: any RunStore { get throws { try store } }
  var storeKeeper: any StoreKeeper { get throws { try store } }
  let confinedRuns = MemoryRuns()

  private var store: ReviewDatabase {
    get throws {
      if let database { return database }
      let opened = try ReviewDatabase(file: storeFile)
      database = opened
      return opened
    }
  }

  /// What is drawn on.
  var canvas: Canvas {
    let width = Capabilities.Size.current?.width ?? capabilities.size.width
    var canvas = Canvas(
      width: capabilities.streams.output ? width : capabilities.size.width, repertoire: capabilities.isUnicode ? .unicode : .ascii)
    canvas.pictures = pictures.deckPictures(style: plotStyle)
    return canvas
  }

  func ask(_ question: Question) -> Reply { source.next(question) }

  func edit(_ file: URL, line: Int) throws {
    guard source is EditorSource else { throw Complaint("an editor can be opened only at a terminal") }
    try EditorProgram.open(file, line: line)
  }

  func show(_ facts: any Facts) {
    guard !options.json else { return }
    if let plot = (facts as? QuizMoment)?.plot { draw(plot) }
    Output.out(ReportText.lines(of: facts, on: canvas).rendered(capabilities.colorsOutput ? .ansi : .plain))
  }

  func show(_ report: Report) { show(report, promptWidth: nil) }

  /// Shows what came of a command; with a prompt's width when the line was just typed after it.
  func show(_ report: Report, promptWidth: Int?) {
    if options.json {
      Output.out(report.json.text + "\n")
      return
    }
    switch report.result {
    case .success(let facts):
      if options.quiet, facts is Notice || facts is ModelFacts || facts is CompileFacts { return }
      if let settings = facts as? SettingsFacts, let style = settings.values.first(where: { $0.name == "plot" })?.value {
        plotStyle = style
      }
      if let drawing = facts as? DrawingFacts, drawing.file == nil, draw(drawing) { return }
      show(facts)
      if let plot = (facts as? WorstFacts)?.plot ?? (facts as? CompareFacts)?.plot, plot.style != "off" { draw(plot) }
      if let plot = facts as? PlotFacts, plot.file == nil { draw(plot) }
    case .failure(let complaint):
      let lines =
        promptWidth.map { ReportText.lines(of: complaint, in: report.source, afterPrompt: $0, on: canvas) }
        ?? ReportText.lines(of: complaint, in: report.source)
      Output.error(lines.rendered(capabilities.colorsError ? .ansi : .plain))
    }
  }

  /// Shows a network as a picture; false where characters are to do it.
  private func draw(_ drawing: DrawingFacts) -> Bool {
    do {
      guard let picture = try pictures.shown(drawing) else { return false }
      Output.out(picture)
      return true
    } catch {
      warn(error as? Complaint ?? Complaint("\(error)"))
      return false
    }
  }

  private func draw(_ plot: PlotFacts) {
    do {
      Output.out(try pictures.shown(plot, width: canvas.width, color: capabilities.colorsOutput))
    } catch let complaint as Complaint {
      warn(complaint)
    } catch {
      warn(Complaint("\(error)"))
    }
  }

  func warn(_ complaint: Complaint) {
    Output.error(ReportText.lines(of: complaint, in: nil).rendered(capabilities.colorsError ? .ansi : .plain))
  }

  func keepMeanwhile(_ session: () throws -> Session) rethrows { try keeper?.keepMeanwhile(at: now, session) }

  func progress(_ progress: TrainingProgress) { view.show(progress) }
}
