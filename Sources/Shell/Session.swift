import Datasets
import Deck
import Engine
import Foundation
import Language

/// All that a user has in hand: a value. A command works on a copy, which takes the place of the session only when the command succeeds.
public struct Session: Sendable {
  /// The network and what it has learned.
  public internal(set) var model = Model()
  /// The data and their parts.
  public internal(set) var data: DataInHand?
  /// What `set` changes.
  public var settings = Settings()
  /// The decks that are loaded.
  public var library: CardLibrary { shelf.library }
  private var shelf = DeckShelf()
  /// The id of the card that was shown or asked last, which `try` means without an id.
  var cardInHand: String?
  /// The language of the built-in cards that the library holds, which the first `deck load` replaces; nil when it holds the user's.
  private var builtInLanguage: String? = ""
  /// The file that what is typed is recorded into; nil when nothing is recorded.
  public internal(set) var recording: String?
  /// Where the session stands in a lesson; nil when none is on.
  public var lesson: LessonPlace?
  /// The terms that `explain` knows, read when first needed.
  private(set) var terms = TermShelf(lessons: nil)
  /// The words that `let` gave names to.
  public internal(set) var variables = Variables()
  /// The commands that made the session, oldest first: what `script` writes.
  var made: [ScriptLine] = []
  /// What `undo` goes back to and `redo` forward to.
  private(set) var history = SessionHistory()
  /// Why the last fit could not be kept among the runs, as it was told; nil when it was kept.
  var unkeptReason: String?
  /// The epochs that the last `fit` was to make; nil before the first.
  var lastEpochs: Int?
  /// The command that runs, its name in full.
  var command = ""
  /// Whether it is no session of the person's, but one beside it.
  var isApart = false
  /// Whether `quit` was typed.
  public internal(set) var wantsToLeave = false

  /// An empty session.
  public init() {}

  /// The part of the session that `undo` covers.
  var moment: SessionHistory.Moment {
    get { SessionHistory.Moment(model: model.withoutLastUpdate, data: data, settings: settings, variables: variables, made: made) }
    set { (model, data, settings, variables, made) = (newValue.model, newValue.data, newValue.settings, newValue.variables, newValue.made) }
  }

  /// Notes that a command has made this session of another one, for `undo` and `script`; what it ran by itself is one step with it for `undo`.
  mutating func note(_ line: ScriptLine, madeFrom before: Session) {
    history = before.history
    let former = before.moment
    let hasChanged = former.differs(from: moment)
    // Weights that were drawn by a look are the seed's of that time.
    let hasDrawn = before.model.state == nil && model.state != nil
    if !hasChanged && !hasDrawn { made = before.made } else if made == before.made { made.append(line) }
    if hasChanged { history.note(former, before: line.command, now: moment) }
  }

  /// Notes settings that differ from those of a new session, so that a script begins with them too.
  public mutating func noteStart() {
    let standard = Settings()
    if settings.batch != standard.batch { made.append(ScriptLine("set batch \(settings.batch)")) }
    if settings.seed != standard.seed { made.append(ScriptLine("set seed \(settings.seed)")) }
    if settings.threads != standard.threads { made.append(ScriptLine("set threads \(settings.threads)")) }
  }

  /// Forgets model and data.
  mutating func clear() {
    model = Model()
    data = nil
  }

  /// Forgets what `undo` and `redo` would go to.
  mutating func forgetHistory() { history = SessionHistory() }

  /// Takes the decks that another session has open.
  mutating func takeDecks(of other: Session) {
    shelf = other.shelf
    builtInLanguage = other.builtInLanguage
    terms = other.terms
    cardInHand = other.cardInHand
  }

  /// Whether the library holds only the built-in cards.
  var libraryIsBuiltIn: Bool { builtInLanguage != nil }

  /// Opens the project's own decks in the language of the settings, when no other is loaded; costs nothing when they are open.
  @MainActor public mutating func openBuiltInDecks(_ files: FileAccess) {
    openTerms(files)
    guard let open = builtInLanguage, open != settings.lang else { return }
    builtInLanguage = settings.lang
    shelf = DeckShelf()
    // Without its lessons the shell has no cards of its own; the commands then say that none are loaded.
    guard let folder = files.lessons?.appendingPathComponent(settings.lang) else { return }
    if (try? shelf.open(folder.path, leavingOut: [TermLibrary.folder])) == nil, let course = files.lessons {
      // A course of one language may lie in the folder itself.
      _ = try? shelf.open(course.path, leavingOut: ["en", "fr", "data", TermLibrary.folder])
    }
  }

  /// Reads what the project's own decks and terms are made of, so that they are at hand when they are asked for; done on another thread while
  /// the person looks at the first prompt.
  public mutating func warming(_ files: FileAccess) -> @Sendable () -> Void {
    openTerms(files)
    let terms = terms
    // The list of lessons knows those of every language.
    let folders = ProseLanguage.allCases.compactMap { files.lessons?.appendingPathComponent($0.rawValue).path }
    return {
      _ = terms.library
      for folder in folders { _ = try? DeckFiles.load(folder, leavingOut: [TermLibrary.folder]) }
    }
  }

  /// Knows where the terms lie; they are read when one is asked for.
  mutating func openTerms(_ files: FileAccess) {
    if terms.lessons != files.lessons { terms = TermShelf(lessons: files.lessons) }
  }

  /// Opens the built-in decks when no other is loaded, and reads again what changed on the disk; tells what cannot be read any more.
  @MainActor mutating func openDecks(_ surroundings: any Surroundings) {
    openBuiltInDecks(surroundings.files)
    let changes = shelf.refresh { (try? surroundings.files.check(URL(fileURLWithPath: $0))) != nil }
    for fault in changes.faults {
      if case .noSuchFile(let path) = fault { surroundings.warn(.deckMissing(path)) } else { surroundings.warn(.deck(fault)) }
    }
    for (file, cards) in changes.gone { surroundings.warn(.deckGone(file, cards: cards)) }
  }

  /// The files and folders of the person's own decks.
  var deckPaths: [String] { libraryIsBuiltIn ? [] : shelf.paths }

  /// Puts the decks of a file or folder beside those that are loaded, or in the place of the built-in ones.
  ///
  /// A link in a lesson's folder may lead out of it: each file must be one that may be read. What cannot be read of a folder is told of.
  @MainActor mutating func openDecks(at path: String, _ surroundings: any Surroundings) throws -> [Document] {
    var opened = libraryIsBuiltIn ? DeckShelf() : shelf
    do {
      let loaded = try opened.open(
        path, check: { try surroundings.files.check(URL(fileURLWithPath: $0)) }, isStopped: { Interruption.isAsked })
      for fault in loaded.faults { surroundings.warn(.deck(fault)) }
      // What holds no question is no deck, and takes the place of none.
      guard !libraryIsBuiltIn || loaded.documents.contains(where: { !$0.cards.isEmpty || !$0.drafts.isEmpty }) else {
        return loaded.documents
      }
      shelf = opened
      builtInLanguage = nil
      return loaded.documents
    } catch let fault as DeckFault {
      throw Complaint.deck(fault)
    }
  }

  /// Takes a document as it was just read in the place of what was read before.
  mutating func take(_ document: Document) { shelf.take(document) }

  /// Goes back to before the newest command that changed the session, and tells which it was.
  mutating func undo() throws -> String {
    let present = moment
    guard let entry = history.back(from: present) else { throw Complaint.nothingToUndo() }
    moment = entry.moment
    return entry.command
  }

  /// Goes forward again over the command that was undone last, and tells which it was.
  mutating func redo() throws -> String {
    let present = moment
    guard let entry = history.forward(from: present) else { throw Complaint.nothingToRedo() }
    moment = entry.moment
    return entry.command
  }

  /// What is trained on which data, for the title of a plot.
  var title: String { [data?.dataset.name, architecture].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ") }

  /// The prompt: data, units of the layers, epochs, the last loss; ASCII.
  public var prompt: String { prompt(due: 0) }

  /// The prompt, with so many cards that are due, as far as the setting `prompt` lets it tell them.
  public func prompt(due: Int) -> String {
    switch settings.prompt {
    case "off": return "> "
    case "short": return "gradus > "
    default: break
    }
    var words = ["gradus"]
    if recording != nil { words.append("rec") }
    if let lesson {
      words.append("\(Session.plainName(lesson.lesson)) \(lesson.step + 1)/\(lesson.steps)")
    }
    if let data { words.append(Session.plainName(data.dataset.name)) }
    let shape = architecture
    if !shape.isEmpty { words.append(shape) }
    if model.epochs > 0 { words.append("e\(model.epochs)") }
    if let loss = model.history["loss"].last { words.append(Session.short(loss)) }
    if due > 0 { words.append("\(due) due") }
    return words.joined(separator: " ") + " > "
  }

  /// The characters of a name that a prompt may hold: printable ASCII, without blanks and the prompt's own sign.
  private static func plainName(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.filter { (0x21...0x7E).contains($0.value) && $0 != ">" }).prefix(40))
  }

  /// The input and the widths of the layers that change them: `2-8-4-1`.
  var architecture: String {
    var widths: [String] = []
    if let input = model.network.inputShape { widths.append(input.map { String($0) }.joined(separator: "x")) }
    for row in model.network.summary.rows where row.parameters > 0 || row.outputShape == nil {
      guard ["Dense", "Conv2D"].contains(row.kind) else { continue }
      widths.append(row.outputShape?.last.flatMap { $0 }.map { String($0) } ?? "?")
    }
    if widths.count > 7 { widths = widths.prefix(3) + [".."] + widths.suffix(3) }
    return widths.joined(separator: "-")
  }

  private static func short(_ value: Double) -> String {
    guard value.isFinite else { return "nan" }
    let size = abs(value)
    if size != 0, size < 0.01 || size >= 100_000 { return scientific(value) }
    return plain(size >= 100 ? (value * 10).rounded() / 10 : (value * 1000).rounded() / 1000)
  }

  /// Two digits and the power of ten: 3.1e-5.
  private static func scientific(_ value: Double) -> String {
    var exponent = 0
    var mantissa = abs(value)
    while mantissa < 1 && exponent > -400 {
      mantissa *= 10
      exponent -= 1
    }
    while mantissa >= 9.95 && exponent < 400 {
      mantissa /= 10
      exponent += 1
    }
    return (value < 0 ? "-" : "") + plain((mantissa * 10).rounded() / 10) + "e" + String(exponent)
  }
}
