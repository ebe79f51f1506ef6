/// Where the completions of a word come from that no declaration can list; the rooms that know add their own.
public struct CandidateSource: Sendable, Hashable {
  /// The name by which the completer is asked.
  public let name: String
  /// The endings of the files that are meant, without their points; empty for any file.
  public private(set) var endings: [String] = []
  /// Whether a word may hold several values, with commas between them.
  public private(set) var isList = false
  /// The words that stand before the one to complete, where several make one text.
  public private(set) var before: [String] = []
  /// The values that stand in the command already, by the names of their arguments.
  public private(set) var given: [String: String] = [:]

  /// A source of the given name.
  public init(_ name: String) { self.name = name }

  /// Nothing to complete.
  public static let nothing = CandidateSource("")
  /// What `$` can stand before.
  public static let variables = CandidateSource("variables")
  /// Files and folders.
  public static let files = CandidateSource("files")
  /// Folders alone.
  public static let folders = CandidateSource("folders")

  /// Files whose names end so, and the folders that may hold them.
  public static func files(ending endings: String...) -> CandidateSource {
    var source = files
    source.endings = endings
    return source
  }

  /// The same for words that may hold several values, with commas between them.
  public var listed: CandidateSource {
    var copy = self
    copy.isList = true
    return copy
  }

  /// What is given besides does not make another source.
  public static func == (left: CandidateSource, right: CandidateSource) -> Bool { left.name == right.name }
  /// By the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  func following(_ words: [String], _ given: [String: String]) -> CandidateSource {
    var copy = self
    copy.before = words
    copy.given = given
    return copy
  }
}
