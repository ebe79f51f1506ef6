import Course
import Foundation
import Screen
import Shell
import Store
import Terminal

/// What commands meet when the program runs: the terminal, the clock, the store.
@MainActor final class ProgramSurroundings: Surroundings {
  private(set) var capabilities: Capabilities
  let options: SharedOptions
  let preferences: any PreferenceStore
  let renderer = ReportText()
  let pictures: Pictures
  var files: FileAccess
  var source: any LineSource
  /// The lines on the screen since the last input.
  var linesShown = 0
  /// Whether the last that was shown is a command of a lesson.
  private var isCommandShown = false
  /// How pictures of decks are shown: the setting `plot`.
  var plotStyle = "auto"
  /// Whether answers may go to the person's pager: the setting `pager`.
  var isPagerWanted = true
  /// Keeps the session as it goes; nil in scripts, which nobody goes on with.
  var keeper: SessionKeeper?
  private let storeFile: URL
  private var database: ReviewDatabase?
  private lazy var view = TrainingView(
    isShown: tellsMore && capabilities.streams.error && !capabilities.isDumb, pictures: pictures,
    color: capabilities.colorsError, repertoire: capabilities.isUnicode ? .unicode : .ascii,
    size: { [capabilities] in
      let size = Capabilities.Size.current ?? capabilities.size
      return (size.width, size.height)
    }, pauses: { Interrupts.continuations }, stopped: { Interrupts.timeStopped }, write: Output.error)

  private lazy var sweepView = SweepView(
    isShown: tellsMore && capabilities.streams.error && !capabilities.isDumb, color: capabilities.colorsError,
    repertoire: capabilities.isUnicode ? .unicode : .ascii,
    size: { [capabilities] in
      let size = Capabilities.Size.current ?? capabilities.size
      return (size.width, size.height)
    }, pauses: { Interrupts.continuations }, stopped: { Interrupts.timeStopped }, write: Output.error)

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

  /// Colours are used from now on as the setting `color` says.
  private func take(color: String) {
    capabilities = .current(color: Capabilities.ColorChoice(rawValue: color) ?? .auto)
    pictures.hasColour = capabilities.colorsOutput
    (view.color, sweepView.color) = (capabilities.colorsError, capabilities.colorsError)
    (source as? EditorSource)?.isColoured = capabilities.colorsOutput
  }

  /// Whether more than answers is told: not to programs, nor to who wants it quiet.
  var tellsMore: Bool { !options.json && !options.quiet }

  var now: Date { Date() }
  var isInterrupted: Bool { Interrupts.isRequested }
  var timeStopped: @Sendable () -> Duration { { Interrupts.timeStopped } }
  var replayer: any Replayer { player }
  var plotter: any Plotter { pictures }
  var exchange: CardExchange? { CardExchange(markup: CardPages(), collections: AnkiCollections()) }
  private lazy var player = LessonPlayer(renderer: renderer)
  var tutor: any Tutor { guide }
  var recorder: any Recorder { scribe }
  private lazy var scribe = LessonRecorder(renderer: renderer, plotter: pictures)
  private lazy var guide = LessonGuide(renderer: renderer, plotter: pictures)

  var reviews: any ReviewStore { get throws { try store } }
  var runs: any RunStore { get throws { try store } }
  /// Where the store cannot be used lessons go on all the same, and their progress lasts for the session.
  var progressStore: any ProgressStore {
    do {
      return try store
    } catch {
      if !isProgressLost { warn(.progressNotKept(error as? Complaint ?? Complaint("\(error)"))) }
      isProgressLost = true
      return sessionProgress
    }
  }
  private let sessionProgress = MemoryProgress()
  private var isProgressLost = false
  /// A store that cannot be opened still gives way to a copy.
  var storeKeeper: any StoreKeeper {
    do {
      return try store
    } catch {
      return StoreWreck(storeFile, reason: error as? Complaint ?? Complaint("\(error)"))
    }
  }
  let confinedRuns = MemoryRuns()

  /// The lesson that was left last before its end; nil also where nothing was ever kept.
  var lessonLeft: LessonProgress? {
    guard FileManager.default.fileExists(atPath: storeFile.path), let begun = try? store.lessons().values else { return nil }
    return begun.filter { !$0.isDone }.max { $0.date < $1.date }
  }

  /// How many cards are due, for the prompt; none where nothing was ever kept, or the store cannot be read.
  var dueCards: Int {
    guard FileManager.default.fileExists(atPath: storeFile.path) else { return 0 }
    return (try? store.dueCount(at: now)) ?? 0
  }

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
    canvas.marksCode = !capabilities.colorsOutput
    canvas.pictures = pictures.deckPictures(style: plotStyle)
    return canvas
  }

  func ask(_ question: Question) -> Reply {
    defer { linesShown = 0 }
    return source.next(question)
  }

  func edit(_ file: URL, line: Int) throws {
    guard source is EditorSource else { throw Complaint("an editor can be opened only at a terminal") }
    try EditorProgram.open(file, line: line)
  }

  func examine(_ session: Session) -> [DoctorFacts.Finding] {
    Examination(
      options: options, capabilities: capabilities, pictures: pictures, storeKeeper: storeKeeper, lessons: files.lessons, typed: typedLines
    ).findings(session)
  }
  var isAttended: Bool {
    guard let source = source as? EditorSource, !options.json else { return false }
    return !source.isPasting
  }
  var lastBlock: [String] { (source as? EditorSource)?.lastBlock ?? [] }
  var typedLines: [String] { (source as? EditorSource)?.typedLines ?? [] }
  func type(_ lines: [String]) { (source as? EditorSource)?.type(lines) }
  var keyStyle: KeyFacts.Style { (source as? EditorSource)?.isVi == true ? .vi : .emacs }

  func show(_ facts: any Facts) {
    isCommandShown = facts is LessonCommandFacts
    guard !options.json else { return }
    if let plot = (facts as? QuizMoment)?.plot { draw(plot) }
    if let command = facts as? LessonCommandFacts, let speed = command.speed, capabilities.streams.output { return type(command, speed) }
    if facts is ProseFacts || facts is QuizMoment, source is EditorSource { return page(facts) }
    put(ReportText.lines(of: facts, on: canvas).rendered(capabilities.colorsOutput ? .ansi : .plain))
  }

  /// Lets a command appear as if somebody typed it; Ctrl-C shows the rest at once.
  private func type(_ command: LessonCommandFacts, _ speed: Double) {
    for character in ReportText.lines(of: command, on: canvas).rendered(.plain) {
      Output.out(String(character))
      if !isInterrupted { usleep(UInt32(1e6 / speed)) }
    }
  }

  /// Writes to standard output, and counts the lines that stand there since the last input.
  private func put(_ text: String) {
    linesShown += text.utf8.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    Output.out(text)
  }

  /// Shows prose or a card a screen at a time: it breaks between paragraphs and waits for Enter, so that neither its own beginning nor the
  /// output that it speaks of leaves the screen unread.
  private func page(_ facts: any Facts) {
    let rows = max(8, (Capabilities.Size.current ?? capabilities.size).height - 3)
    var rest = ReportText.lines(of: facts, on: canvas)[...]
    while !rest.isEmpty {
      let room = rows - linesShown
      var count = rest.count
      if count > room {
        let paragraph = rest.prefix(max(0, room)).lastIndex { $0.plain.allSatisfy(\.isWhitespace) }.map { $0 - rest.startIndex } ?? 0
        count = paragraph > 1 ? paragraph : linesShown > 0 ? 0 : min(rows, rest.count)
      }
      put(Array(rest.prefix(count)).rendered(capabilities.colorsOutput ? .ansi : .plain))
      rest = rest.dropFirst(count)
      if !rest.isEmpty, ask(.pause) != .line("") { return }
    }
  }

  /// Shows the answer to what was typed: through the person's pager where it is longer than the screen, else at once.
  private func answer(_ facts: any Facts) {
    isCommandShown = false
    let lines = ReportText.lines(of: facts, on: canvas)
    let text = lines.rendered(capabilities.colorsOutput ? .ansi : .plain)
    let size = Capabilities.Size.current ?? capabilities.size
    // The prompt takes a row, too.
    guard isPagerWanted, isAttended, capabilities.canEdit, !lines.holdPictures, lines.rows(width: size.width) >= size.height,
      let pager = PagerProgram()
    else { return put(text) }
    do {
      try pager.show(text)
      linesShown = 0
    } catch {
      warn(error as? Complaint ?? Complaint("\(error)"))
      put(text)
    }
  }

  func show(_ report: Report) { show(report, promptWidth: nil) }

  /// Shows what came of a command.
  ///
  /// - Parameters:
  ///   - promptWidth: The prompt's width when the line was just typed after it.
  ///   - isAnswer: Whether a person typed the command and nothing else is under way.
  func show(_ report: Report, promptWidth: Int?, isAnswer: Bool = false) {
    if options.json {
      Output.out(report.json.text + "\n")
      return
    }
    switch report.result {
    case .success(let facts):
      if options.quiet, facts is Notice || facts is ModelFacts || facts is CompileFacts { return }
      if let settings = (facts as? SettingsFacts) ?? (facts as? TravelFacts)?.settings {
        let values = Dictionary(settings.values.map { ($0.name, $0.value) }) { first, _ in first }
        plotStyle = values[Preference.plot.rawValue] ?? plotStyle
        isPagerWanted = values[Preference.pager.rawValue] != "off"
        take(color: values[Preference.color.rawValue] ?? "auto")
      }
      if let drawing = facts as? DrawingFacts, drawing.file == nil, draw(drawing) { return }
      isAnswer && !(facts is ProseFacts) ? answer(facts) : show(facts)
      if let plot = (facts as? WorstFacts)?.plot ?? (facts as? CompareFacts)?.plot ?? (facts as? SweepFacts)?.plot, plot.style != "off" {
        draw(plot)
      }
      if let plot = facts as? PlotFacts, plot.file == nil { draw(plot) }
    case .failure(let complaint):
      // A lesson's command stands just above, after `> `.
      let width = promptWidth ?? (isCommandShown ? 2 : nil)
      let lines =
        width.map { ReportText.lines(of: complaint, in: report.source, afterPrompt: $0, on: canvas) }
        ?? fitted(ReportText.lines(of: complaint, in: report.source))
      Output.error(lines.rendered(capabilities.colorsError ? .ansi : .plain))
    }
  }

  /// Shows a network as a picture; false where characters are to do it.
  private func draw(_ drawing: DrawingFacts) -> Bool {
    do {
      guard let picture = try pictures.shown(drawing) else { return false }
      put(picture)
      return true
    } catch {
      warn(error as? Complaint ?? Complaint("\(error)"))
      return false
    }
  }

  private func draw(_ plot: PlotFacts) {
    do {
      put(try pictures.shown(plot, width: canvas.width, color: capabilities.colorsOutput))
    } catch let complaint as Complaint {
      warn(complaint)
    } catch {
      warn(Complaint("\(error)"))
    }
  }

  func warn(_ complaint: Complaint) {
    sweepView.clear()
    Output.error(fitted(ReportText.lines(of: complaint, in: nil)).rendered(capabilities.colorsError ? .ansi : .plain))
  }

  /// Complaints as they go to standard error: at a terminal broken between words, elsewhere a line each, for whoever searches them.
  private func fitted(_ lines: [StyledText]) -> [StyledText] {
    capabilities.streams.error ? lines.flatMap { $0.wrapped(to: canvas.width) } : lines
  }

  /// Says something in plain words, broken between them.
  func say(_ words: String) {
    put(words.split(separator: "\n").flatMap { StyledText(String($0)).wrapped(to: canvas.width) }.rendered(.plain))
  }

  func keepMeanwhile(_ session: () throws -> Session) rethrows -> Bool { try keeper?.keepMeanwhile(at: now, session) ?? true }

  func progress(_ progress: TrainingProgress) { view.show(progress) }
  func progress(_ progress: SweepProgress) { sweepView.show(progress) }
}
