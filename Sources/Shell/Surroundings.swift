import Datasets
import Engine
import Foundation
import Language
import Study

/// What a command meets outside of the session: the person at the keyboard, the screen, the clock, the store. Every part is handed in, so
/// that a test, a lesson and a terminal can each bring their own.
@MainActor public protocol Surroundings: AnyObject {
  /// The time now.
  var now: Date { get }
  /// Whose days and weeks count.
  var calendar: Calendar { get }
  /// Asks for one line.
  func ask(_ question: Question) -> Reply
  /// Shows facts while the command is still running: a card of the quiz, a lesson's prose.
  func show(_ facts: any Facts)
  /// Shows what came of a replayed command.
  func show(_ report: Report)
  /// Tells a complaint that does not end the command.
  func warn(_ complaint: Complaint)
  /// Tells how a training comes along.
  func progress(_ progress: TrainingProgress)
  /// Tells how a sweep comes along.
  func progress(_ progress: SweepProgress)
  /// Whether the person asked to stop what is running.
  var isInterrupted: Bool { get }
  /// The reviews; opened when first used.
  var reviews: any ReviewStore { get throws }
  /// Plays scripts and lessons.
  var replayer: any Replayer { get }
  /// Leads through lessons.
  var tutor: any Tutor { get }
  /// Writes what is typed as a lesson.
  var recorder: any Recorder { get }
  /// How far the learner is in the lessons; opened when first used.
  var progressStore: any ProgressStore { get throws }
  /// The fits that were kept; opened when first used.
  var runs: any RunStore { get throws }
  /// The fits of text that is confined; they last as long as the surroundings.
  var confinedRuns: MemoryRuns { get }
  /// Looks after the file of reviews and runs; opened when first used.
  var storeKeeper: any StoreKeeper { get throws }
  /// Draws plots into files.
  var plotter: any Plotter { get }
  /// Exchanges cards with Anki; nil where nothing is exchanged.
  var exchange: CardExchange? { get }
  /// Settings that outlive the session.
  var preferences: any PreferenceStore { get }
  /// Reads and writes files, within what the running text may touch.
  var files: FileAccess { get set }
  /// Keeps the session in the middle of a training, where sessions are kept as they go and it does not cost too much.
  ///
  /// - Returns: False when it will be kept in a moment: until then nothing that a crash would lose is to be shown.
  func keepMeanwhile(_ session: () throws -> Session) rethrows -> Bool
  /// Opens a file at a line in the person's editor, and returns when it is closed.
  ///
  /// - Throws: A `Complaint` where nobody sits, or no editor can be started.
  func edit(_ file: URL, line: Int) throws
  /// Whether a person sees what is shown and can answer; false in pipes and scripts.
  var isAttended: Bool { get }
  /// What was typed, oldest first, also in earlier sessions; empty where nobody sits.
  var typedLines: [String] { get }
  /// The lines that came together last, pasted or from an editor; empty when a line was typed after them.
  var lastBlock: [String] { get }
  /// Runs lines after the command at hand, as if they were typed.
  func type(_ lines: [String])
  /// What can be found of the machine, the terminal and the files.
  func examine(_ session: Session) -> [DoctorFacts.Finding]
  /// How the keys of the line editor are bound.
  var keyStyle: KeyFacts.Style { get }
  /// Tells any thread for how long the program stood still in all, stopped by Ctrl-Z: no time of a training.
  var timeStopped: @Sendable () -> Duration { get }
}

extension Surroundings {
  /// Nobody sits here.
  public var isAttended: Bool { false }
  /// Nobody types here.
  public var typedLines: [String] { [] }
  /// Nothing came together.
  public var lastBlock: [String] { [] }
  /// Nobody types here.
  public func type(_ lines: [String]) {}
  /// There is nothing to look at.
  public func examine(_ session: Session) -> [DoctorFacts.Finding] { [] }
  /// As it is without a `~/.editrc`.
  public var keyStyle: KeyFacts.Style { .emacs }
  /// It never stands still.
  public var timeStopped: @Sendable () -> Duration { { .zero } }
  /// Nobody looks on.
  public func progress(_ progress: SweepProgress) {}
  /// Nobody sits here.
  public func edit(_ file: URL, line: Int) throws { throw Complaint.noEditor() }
  /// Sessions are not kept here.
  public func keepMeanwhile(_ session: () throws -> Session) -> Bool { true }
  /// There is no such file.
  public var storeKeeper: any StoreKeeper { NoStoreFile() }
  /// Nothing.
  public var exchange: CardExchange? { nil }
  /// The days of the place where the program runs, in weeks that begin on a Monday.
  public var calendar: Calendar { Calendar(identifier: .iso8601) }
  /// The reviews that the running text may touch: a lesson is data from elsewhere, and grades go no further than its quiz.
  var permittedReviews: any ReviewStore {
    get throws { files.isConfined ? MemoryReviews() : try reviews }
  }
  /// The reviews for what only counts them beside something else: none where the store cannot be used.
  public var countedReviews: any ReviewStore { (try? reviews) ?? MemoryReviews() }
  /// The settings that the running text may keep: those of a lesson last no longer than the session.
  var permittedPreferences: any PreferenceStore { files.isConfined ? NoPreferences() : preferences }
}

/// A question of a running command.
public enum Question: Sendable, Equatable {
  /// An answer to a card; Enter alone turns it over.
  case answer
  /// The number or letter of an option; Enter alone chooses none.
  case choice
  /// A grade from 1 to 4.
  case grade
  /// A grade from 1 to 4; Enter alone accepts the one that is proposed.
  case proposedGrade(Int)
  /// What a training will come to; Enter alone passes.
  case prediction
  /// Enter goes on.
  case pause
  /// Yes or no.
  case consent
}

/// What came back.
public enum Reply: Sendable, Equatable {
  /// A line, without its newline.
  case line(String)
  /// Ctrl-C.
  case cancelled
  /// No more input.
  case end
}

/// Keeps graded reviews, each safely before the call returns.
@MainActor public protocol ReviewStore: CardMemory {
  /// What the newest review of each card left behind, by the card's id.
  func states() throws -> [String: CardState]
  /// The number of reviews.
  func count() throws -> Int
  /// How many cards are due at a moment, of whatever deck; those that are set aside left out.
  func dueCount(at now: Date) throws -> Int
  /// The reviews since a moment, or all of them, in the order of their time.
  func log(since: Date?) throws -> [ReviewLog]
  /// What all reviews add up to; quick where most of them were added up before.
  func tally(_ rules: ReviewTally.Rules) throws -> ReviewTally
  /// Stores one review durably.
  func append(_ review: ReviewLog) throws
  /// Takes the newest review of a card back.
  func removeNewest(of cardID: String) throws
  /// The reviews of one card in the order of their time.
  func reviews(of cardID: String) throws -> [ReviewLog]
  /// The cards whose first review of all lies at a moment or after it.
  func introduced(since moment: Date) throws -> Set<String>
  /// What the learner decided about cards, by id.
  func marks() throws -> [String: CardMarks]
  /// Keeps what the learner decided about a card.
  func mark(_ cardID: String, _ marks: CardMarks) throws
  /// Adds the reviews that are not there yet, and computes the states of their cards anew; all of them or none.
  ///
  /// - Returns: How many were added.
  func merge(_ reviews: [ReviewLog], _ scheduler: Scheduler) throws -> Int
}

extension ReviewStore {
  /// Counts the states.
  public func dueCount(at now: Date) throws -> Int {
    let marks = try marks()
    return try states().count { id, state in state.due.map { $0 <= now } ?? false && !(marks[id]?.isLeftOut(at: now) ?? false) }
  }
}

/// Plays a script or a lesson on a session.
@MainActor public protocol Replayer: AnyObject {
  /// Runs the commands of a file in order and shows what comes of each; `speed` is the number of characters a second with which commands appear, nil
  /// for at once.
  ///
  /// - Throws: A `Complaint` that names the file and line of a command that failed.
  func replay(_ file: URL, pausing: Bool, speed: Double?, on session: inout Session, _ surroundings: any Surroundings) throws -> any Facts
}

/// Turns what came of a command into the plain text that a terminal of a given width would show.
@MainActor public protocol ReportRenderer: AnyObject {
  /// The lines of a report, without colours.
  func text(of report: Report, width: Int) -> String
}

/// Draws a plot into a file.
@MainActor public protocol Plotter: AnyObject {
  /// Writes a picture; its kind is told by the file's extension.
  func write(_ plot: PlotFacts, to file: URL) throws
  /// Writes a picture of a network.
  func write(_ drawing: DrawingFacts, to file: URL) throws
}

/// Keeps settings between sessions.
@MainActor public protocol PreferenceStore: AnyObject {
  /// The settings kept so far, by name.
  func load() -> [String: String]
  /// Keeps one setting.
  func save(_ name: String, _ value: String) throws
  /// Keeps one setting no longer.
  func remove(_ name: String) throws
}
