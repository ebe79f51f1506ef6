import Foundation

/// The files and folders that were opened, and the cards in them as the files are now.
public struct DeckShelf: Sendable {
  /// A file or folder that was opened by name.
  private struct Source: Sendable {
    var path: String
    var leavingOut: Set<String>
  }

  /// What changed since the last look.
  public struct Changes: Sendable {
    /// The documents that were read, again or for the first time.
    public var read: [Document] = []
    /// The files that are gone from a folder, with the number of cards that went with them.
    public var gone: [(file: String, cards: Int)] = []
    /// The files and folders that are gone or cannot be read any more, each told once; the cards that they gave before stay.
    public var faults: [DeckFault] = []
    /// Whether the cards may differ.
    public var isEmpty: Bool { read.isEmpty && gone.isEmpty }
  }

  /// The cards.
  public private(set) var library = CardLibrary()
  private var sources: [Source] = []
  /// The files and folders that were opened by name, in their order.
  public var paths: [String] { sources.map(\.path) }
  private var stamps: [String: FileStamp] = [:]
  /// The sources that were gone at the last look.
  private var missing: Set<String> = []

  /// A shelf with nothing on it.
  public init() {}

  /// Opens a file or folder beside what is open; one that is open already is read again.
  ///
  /// - Parameter leavingOut: names of folders that are passed over.
  /// - Parameter check: throws when a file may not be read; nothing is opened then.
  /// - Throws: what `check` throws, or a `DeckFault` when a named file cannot be read, or no file of a folder can.
  public mutating func open(
    _ path: String, leavingOut: Set<String> = [], check: (String) throws -> Void = { _ in },
    isStopped: DeckFiles.Stop = { false }
  ) throws -> DeckFiles.Loaded {
    // The stamps are taken before the bytes: a file that is written in between is read once more.
    let before = Dictionary(try DeckFiles.names(path, leavingOut: leavingOut).map { ($0, FileStamp($0)) }) { first, _ in first }
    for file in before.keys.sorted() { try check(file) }
    let loaded = try DeckFiles.load(path, leavingOut: leavingOut, isStopped: isStopped)
    for (file, stamp) in before { stamps[file] = stamp }
    if !sources.contains(where: { $0.path == path }) { sources.append(Source(path: path, leavingOut: leavingOut)) }
    library.add(loaded.documents)
    return loaded
  }

  /// Takes a document as it was just read in the place of what was read before.
  public mutating func take(_ document: Document) { library.add([document]) }

  /// Looks whether the files changed, and reads those that did: one question to the system a file when none did.
  ///
  /// - Parameter permits: whether a file may be read.
  public mutating func refresh(permits: (String) -> Bool = { _ in true }) -> Changes {
    var changes = Changes()
    var current = Set<String>()
    var order: [String] = []
    for source in sources {
      do throws(DeckFault) {
        let names = try DeckFiles.names(source.path, leavingOut: source.leavingOut)
        missing.remove(source.path)
        for file in names where current.insert(file).inserted {
          order.append(file)
        }
      } catch {
        // The cards of what was opened by name stay, though it is gone or cannot be read now. Of a folder without a deck they go, see below.
        if case .noDecks = error { continue }
        if missing.insert(source.path).inserted { changes.faults.append(error) }
        let start = source.path.hasSuffix("/") ? source.path : source.path + "/"
        for file in stamps.keys where file == source.path || file.hasPrefix(start) { current.insert(file) }
      }
    }
    for file in order where permits(file) {
      let stamp = FileStamp(file)
      guard stamp != stamps[file] else { continue }
      stamps[file] = stamp
      do throws(DeckFault) {
        changes.read.append(try DeckFiles.document(file))
      } catch {
        changes.faults.append(error)
      }
    }
    for file in stamps.keys.sorted() where !current.contains(file) {
      stamps[file] = nil
      if let cards = library.remove(file) { changes.gone.append((file, cards)) }
    }
    if !changes.read.isEmpty { library.add(changes.read) }
    return changes
  }
}
