import Foundation
import Synchronization
import Threads

/// Reads decks from files and folders.
public enum DeckFiles {
  /// The greatest number of bytes that a file may have: 64 MiB.
  public static let limit = 64 * 1024 * 1024

  /// Whether the person asked to stop, asked on the thread of the caller; a great deck takes seconds.
  public typealias Stop = () -> Bool

  /// What a file or a folder gave.
  public struct Loaded: Sendable, Hashable {
    /// The documents, in the order of their files.
    public var documents: [Document]
    /// The files of a folder that could not be read; the others were.
    public var faults: [DeckFault]
  }

  /// The documents of a Markdown file, or of every Markdown file in a folder and the folders below it, sorted by path. Files and folders
  /// whose names start with a point are passed over, and folders named in `leavingOut`; links to folders are not followed.
  ///
  /// - Throws: a `DeckFault` when a named file cannot be read, or when no file of a folder can.
  public static func load(
    _ path: String, leavingOut folders: Set<String> = [], isStopped: Stop = { false }
  ) throws(DeckFault) -> Loaded {
    guard try stamp(of: path).kind == .typeDirectory else { return Loaded(documents: [try document(path, isStopped)], faults: []) }
    var loaded = Loaded(documents: [], faults: [])
    for result in documents(try names(path, leavingOut: folders), isStopped) {
      switch result {
      case .success(let document): loaded.documents.append(document)
      case .failure(.stopped(let path)): throw .stopped(path)
      case .failure(let fault): loaded.faults.append(fault)
      }
    }
    if loaded.documents.isEmpty { throw loaded.faults.first ?? .noDecks(path) }
    return loaded
  }

  /// The files that `load` reads: the named file, or every Markdown file of the named folder and those below it.
  ///
  /// - Throws: a `DeckFault` when nothing of that name is there, or no Markdown file is in the folder.
  public static func names(_ path: String, leavingOut folders: Set<String> = []) throws(DeckFault) -> [String] {
    guard try stamp(of: path).kind == .typeDirectory else { return [path] }
    return try markdownFiles(in: path, leavingOut: folders).map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
  }

  /// The document of one Markdown file.
  ///
  /// - Throws: a `DeckFault` that says why the file could not be read.
  public static func document(_ path: String, _ isStopped: Stop = { false }) throws(DeckFault) -> Document {
    let stamp = try stamp(of: path)
    if let document = DocumentCache.document(path, stamp) { return document }
    let document = try Document(file: path, bytes: try bytes(of: path)) { line throws(DeckFault) in
      if line.number % 512 == 0, isStopped() { throw DeckFault.stopped(path) }
    }
    DocumentCache.keep(document, path, stamp)
    return document
  }

  /// The documents of files, or why they cannot be read, in their order; read on all processors.
  public static func documents(_ paths: [String], _ isStopped: Stop = { false }) -> [Result<Document, DeckFault>] {
    guard paths.count > 1 else { return paths.map { read($0, isStopped) } }
    let results = GatheredDocuments(count: paths.count)
    if isStopped() { results.stop() }
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      DispatchQueue.concurrentPerform(iterations: paths.count) { place in
        results.put(read(paths[place]) { results.isStopped }, at: place)
      }
    }
    // Only this thread knows whether it is to stop.
    while group.wait(timeout: .now() + .milliseconds(10)) == .timedOut {
      if isStopped() { results.stop() }
    }
    return results.all
  }

  private static func read(_ path: String, _ isStopped: Stop) -> Result<Document, DeckFault> {
    if isStopped() { return .failure(.stopped(path)) }
    do throws(DeckFault) { return .success(try document(path, isStopped)) } catch { return .failure(error) }
  }

  /// The bytes of one file.
  static func bytes(of path: String) throws(DeckFault) -> [UInt8] {
    let stamp = try stamp(of: path)
    guard stamp.kind == .typeRegular else { throw .notAFile(path) }
    guard stamp.size <= limit else { throw .tooLarge(path, bytes: stamp.size, limit: limit) }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .unreadable(path, reason: reason(error))
    }
  }

  private static func stamp(of path: String) throws(DeckFault) -> FileStamp {
    guard !path.isEmpty, !path.utf8.contains(0), let stamp = FileStamp(path) else { throw .noSuchFile(path) }
    return stamp
  }

  private static func markdownFiles(in folder: String, leavingOut: Set<String>) throws(DeckFault) -> [String] {
    do {
      _ = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .unreadable(folder, reason: reason(error))
    }
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let files = names.filter { name in
      name.lowercased().hasSuffix(".md") && !name.split(separator: "/").contains { $0.hasPrefix(".") }
        && !name.split(separator: "/").dropLast().contains { leavingOut.contains(String($0)) }
        && (try? stamp(of: folder + "/" + name))?.kind == .typeRegular
    }
    if files.isEmpty { throw .noDecks(folder) }
    return files.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// What several threads read, each at its place, and whether they are to stop.
  private final class GatheredDocuments: Sendable {
    private let results: Guarded<[Result<Document, DeckFault>?]>
    private let stopped = Atomic(false)

    init(count: Int) { results = Guarded(Array(repeating: nil, count: count)) }

    func put(_ result: Result<Document, DeckFault>, at place: Int) { results.withLock { $0[place] = result } }

    var isStopped: Bool { stopped.load(ordering: .relaxed) }

    func stop() { stopped.store(true, ordering: .relaxed) }

    var all: [Result<Document, DeckFault>] { results.withLock { $0.compactMap(\.self) } }
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let code = underlying?.code, underlying?.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(code)))
  }
}
