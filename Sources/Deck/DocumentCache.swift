import Threads

/// The small documents that were read, by their paths: lessons, terms and cards of the course lie in the same files, and are asked for by turns.
enum DocumentCache {
  /// Greater files are a learner's own decks, which their shelf keeps.
  private static let greatest = 1 << 20
  /// Of so many bytes of text documents are kept.
  private static let room = 8 << 20

  private static let read = Guarded<[String: (stamp: FileStamp, document: Document)]>([:])

  /// The document of a file that is as it was when it was read.
  static func document(_ path: String, _ stamp: FileStamp) -> Document? {
    read.withLock { read in read[path].flatMap { $0.stamp == stamp ? $0.document : nil } }
  }

  /// Keeps a document; the stamp was taken before it was read.
  static func keep(_ document: Document, _ path: String, _ stamp: FileStamp) {
    guard stamp.size <= greatest, !stamp.isFresh else { return }
    read.withLock { read in
      if read.values.reduce(stamp.size, { $0 + $1.stamp.size }) > room { read = [:] }
      read[path] = (stamp, document)
    }
  }
}
