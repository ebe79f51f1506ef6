import Engine
import Foundation
import Language

/// Keeps the session of an interactive shell as it goes, so that an end that nobody wished for costs nothing.
///
/// Each shell has a file of its own, and holds a lock beside it for as long as it lives: a file whose lock is free belongs to a shell that
/// has ended without leaving, and is offered to the next one. Two shells at once so never meet in a file.
@MainActor public final class SessionKeeper {
  /// What tells two states of a session apart, without a look at every weight.
  private struct Mark: Equatable {
    var steps, dataSteps: [BuildStep]
    var heldByFit: Double
    var rate: Float?
    var epochs: Int
    var parameters: Parameters
    var batch: Int
    var seed: UInt64
    var threads: Int
    var variables: Variables
    var decks: [String]

    init(_ session: Session) {
      steps = session.model.steps
      dataSteps = session.data?.steps ?? []
      heldByFit = session.data?.heldByFit ?? 0
      rate = session.model.settings?.optimizer.rate
      epochs = session.model.epochs
      parameters = session.model.state?.parameters ?? Parameters()
      (batch, seed, threads) = (session.settings.batch, session.settings.seed, session.settings.threads)
      (variables, decks) = (session.variables, session.deckPaths)
    }

    static func == (a: Mark, b: Mark) -> Bool {
      a.steps == b.steps && a.dataSteps == b.dataSteps && a.heldByFit == b.heldByFit && a.rate == b.rate && a.epochs == b.epochs
        && a.batch == b.batch && a.seed == b.seed && a.threads == b.threads
        && a.variables == b.variables && a.decks == b.decks && a.parameters.isSame(as: b.parameters)
    }
  }

  /// A session that was left behind.
  public struct Abandoned {
    /// Its file, and when it was kept last.
    public let file: URL
    public let kept: Date
    fileprivate let lock: SideLock
  }

  /// Models of more parameters are kept where a long training has paid for it, and on leaving.
  public static let largest = 4_000_000
  private static let ending = "session"

  private let folder: URL
  private let file: URL
  private let lock: SideLock
  private var last: Mark
  private var clock = ContinuousClock()
  /// When keeping began.
  private let opened = ContinuousClock().now
  /// How long keeping took in trainings the last few times, for a model of so many parameters, and since when that is being paid off.
  private var taken: [Double] = []
  private var takenFor = 0
  private var lastEnd: ContinuousClock.Instant?
  private var hasFile = false
  /// Why the session could not be kept the last time; nil when it was.
  public private(set) var problem: Complaint?

  /// A keeper in a folder, which is made where there is none.
  ///
  /// - Throws: A `Complaint` when nothing can be written there.
  public init(folder: URL) throws {
    self.folder = folder
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Complaint.unkept(folder, "the folder cannot be made")
    }
    file = folder.appendingPathComponent(UUID().uuidString).appendingPathExtension(SessionKeeper.ending)
    guard let lock = SideLock(of: file) else { throw Complaint.unkept(folder, String(cString: strerror(errno))) }
    self.lock = lock
    last = Mark(Session())
  }

  /// The session that was left behind last, if any; its lock is held, so that no other shell offers it too.
  public func abandoned() -> Abandoned? {
    let locks = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    var newest: Abandoned?
    for side in locks where side.pathExtension == SideLock.ending {
      let session = side.deletingPathExtension()
      guard session.lastPathComponent != file.lastPathComponent, let lock = SideLock(of: session) else { continue }
      guard let kept = try? FileManager.default.attributesOfItem(atPath: session.path)[.modificationDate] as? Date else {
        // Its shell ended before anything was kept.
        lock.remove()
        continue
      }
      if newest.map({ $0.kept < kept }) ?? true {
        newest?.lock.release()
        newest = Abandoned(file: session, kept: kept, lock: lock)
      } else {
        lock.release()
      }
    }
    return newest
  }

  /// Goes on with a session that was left behind, which is this shell's from then on.
  public func adopt(_ abandoned: Abandoned, into session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    var draft = session
    let facts = try SessionOpening.open(abandoned.file, named: "what was kept", into: &draft, surroundings, opensDecks: true)
    session = draft
    write(session, at: surroundings.now, isDurable: true)
    if problem == nil { discard(abandoned) }
    return facts
  }

  /// Puts a session that was declined, or cannot be read, where it is not offered again.
  ///
  /// - Returns: Where it is now.
  public func putAside(_ abandoned: Abandoned) -> URL {
    let aside = folder.appendingPathComponent("declined.session")
    guard rename(abandoned.file.path, aside.path) == 0 else { return abandoned.file }
    abandoned.lock.remove()
    return aside
  }

  /// Keeps the session before the shell waits for the next line, when it has changed.
  public func keep(_ session: Session, at now: Date) {
    isInLesson = session.lesson != nil
    guard !isInLesson else { return }
    let mark = Mark(session)
    guard mark != last else { return }
    // Nobody waits at a prompt for hundreds of megabytes.
    guard session.model.network.summary.total <= SessionKeeper.largest else { return }
    write(session, at: now, isDurable: true)
  }

  /// A lesson keeps its own progress: what was in hand before it stays kept until it is left.
  private var isInLesson = false

  /// Keeps the session in the middle of a training, as far as one part in 60 of the time allows.
  ///
  /// - Returns: False when that will be in a moment; true when it was kept, is not kept at all, or only much later.
  @discardableResult
  public func keepMeanwhile(at now: Date, _ session: () throws -> Session) rethrows -> Bool {
    guard !isInLesson else { return true }
    guard sinceKept >= SessionKeeper.rest * cost else { return sinceKept > SessionKeeper.moment }
    let start = clock.now
    let session = try session()
    let total = session.model.network.summary.total
    if total > SessionKeeper.largest {
      // Weights and what an optimizer remembers, on a slow disk: only a long training pays for them.
      let estimate = 12 * Double(total) / 3e8
      guard (clock.now - (lastEnd ?? opened)) / .seconds(1) >= SessionKeeper.rest * max(cost, estimate) else { return true }
    }
    write(session, at: now, isDurable: false, since: start)
    return true
  }

  /// Keeps the session whatever it costs, since the shell is made to end.
  public func keepForGood(_ session: Session, at now: Date) {
    if session.lesson == nil, Mark(session) != last { write(session, at: now, isDurable: true) }
  }

  /// The person leaves: nothing is to be offered. A session that was trained stays all the same, in a file of its own; in a lesson that is the one
  /// from before it.
  ///
  /// - Returns: Where it stays; nil for one that was not trained.
  @discardableResult
  public func leave(_ session: Session, at now: Date) -> URL? {
    if session.model.epochs > 0 { keepForGood(session, at: now) }
    let aside = folder.appendingPathComponent("last.session")
    let stays = last.epochs > 0 && FileManager.default.fileExists(atPath: file.path)
    if stays {
      // The one before is not lost at once: two shells may end one after the other.
      rename(aside.path, folder.appendingPathComponent("previous.session").path)
      rename(file.path, aside.path)
    } else {
      try? FileManager.default.removeItem(at: file)
    }
    lock.remove()
    return stays ? aside : nil
  }

  private func discard(_ abandoned: Abandoned) {
    try? FileManager.default.removeItem(at: abandoned.file)
    abandoned.lock.remove()
  }

  /// So many times as long as keeping takes nothing is kept: it has about one part in 60 of the time, which leaves room for slower writes and for
  /// what it does to the caches of the processor.
  private static let rest = 59.0
  /// A person waits so many seconds to see how far a training is and thinks nothing of it.
  private static let moment = 1.0

  /// What keeping costs. Some slow writes among quick ones, as on a busy machine, say nothing of that.
  private var cost: Double { taken.min() ?? 0 }

  /// The seconds since the session was kept last.
  private var sinceKept: Double { lastEnd.map { (clock.now - $0) / .seconds(1) } ?? .infinity }

  private func write(_ session: Session, at now: Date, isDurable: Bool, since begin: ContinuousClock.Instant? = nil) {
    let start = begin ?? clock.now
    let mark = Mark(session)
    if session.model.network.layers.isEmpty && session.data == nil {
      // Nothing is worth an offer.
      try? FileManager.default.removeItem(at: file)
      last = mark
      return
    }
    do {
      try AtomicFile.write(try SessionFile.bytes(of: session, at: now, namesDecks: true), to: file, isDurable: isDurable)
      last = mark
      problem = nil
    } catch {
      problem = Complaint.unkept(folder, Interpreter.complaint(error).what)
    }
    let end = clock.now
    lastEnd = end
    // At a prompt nobody waits, and it waits for the disk.
    guard !isDurable else { return }
    let size = session.model.network.summary.total
    taken = (size == takenFor ? taken.suffix(3) : []) + [(end - start) / .seconds(1)]
    takenFor = size
  }
}

extension Complaint {
  static func unkept(_ folder: URL, _ reason: String) -> Complaint {
    Complaint("the session is not kept as it goes in `\(folder.path)`: \(reason)", hint: "`save FILE` keeps it where you say")
  }
}

/// A lock between processes on a file beside another, free again when its process ends, however it ends.
struct SideLock {
  static let ending = "lock"
  private let descriptor: Int32
  private let path: String

  /// Takes the lock; nil where another holds it, or there can be none.
  init?(of file: URL) {
    path = file.appendingPathExtension(SideLock.ending).path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  func release() { close(descriptor) }

  func remove() {
    unlink(path)
    close(descriptor)
  }
}
