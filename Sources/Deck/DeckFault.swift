/// Why decks could not be read: facts, without words.
public enum DeckFault: Error, Sendable, Hashable {
  /// There is no file or folder of this name.
  case noSuchFile(String)
  /// The folder, and the folders in it, hold no Markdown file.
  case noDecks(String)
  /// The file is not UTF-8 text; the line is the first that is not.
  case notText(String, line: Int)
  /// The file has more bytes than the limit.
  case tooLarge(String, bytes: Int, limit: Int)
  /// The name is of something that is no file and no folder: a device, a pipe.
  case notAFile(String)
  /// The file or folder may not be read, with the system's reason.
  case unreadable(String, reason: String)
  /// The person asked to stop the reading.
  case stopped(String)

  /// The name of the file or folder.
  public var path: String {
    switch self {
    case .noSuchFile(let path), .noDecks(let path), .notText(let path, _), .tooLarge(let path, _, _), .notAFile(let path),
      .unreadable(let path, _), .stopped(let path):
      path
    }
  }
}
