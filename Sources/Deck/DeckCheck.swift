import Foundation

/// What a look at every line of a file found: more than its reading tells, because it also asks whether the pictures are there and whether
/// the text says what its author meant.
public struct DeckCheck: Sendable, Hashable {
  /// Something that an answer claims and that was found right.
  public struct Confirmation: Sendable, Hashable {
    /// The file, as it was named when it was read.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// What is right, one sentence without a full stop.
    public var says: String

    /// A confirmation at a place.
    public init(file: String, line: Int, says: String) {
      self.file = file
      self.line = line
      self.says = says
    }
  }

  /// The file as it was read.
  public private(set) var document: Document
  /// What the author should look at, by line.
  public private(set) var findings: [Finding]
  /// The claims that hold.
  public private(set) var confirmed: [Confirmation] = []
  /// The cards and the prose, line by line, for readers of further claims.
  public let passages: [Passage]

  /// Checks the bytes of a file.
  ///
  /// - Parameter hasPicture: whether there is a file at a path, which is relative to the folder of the file that is checked.
  /// - Throws: `DeckFault.notText` when the bytes are no text, `DeckFault.stopped` when `isStopped` says so.
  public init(
    file: String, bytes: [UInt8], isStopped: DeckFiles.Stop = { false }, hasPicture: (String) -> Bool
  ) throws(DeckFault) {
    var lint = DeckLint(file: file)
    var reader = PassageReader()
    document = try Document(file: file, bytes: bytes) { line throws(DeckFault) in
      if line.number % 256 == 0, isStopped() { throw DeckFault.stopped(file) }
      lint.look(at: line)
      reader.take(line)
    }
    lint.finish()
    reader.finish()
    passages = reader.passages
    findings = document.findings + lint.findings
    for (path, line) in lint.pictures where !PictureReference.isRemote(path) && !hasPicture(path) {
      findings.append(Finding(.missingPicture, file: file, line: line, path))
    }
    for card in document.cards where !card.answer.isEmpty {
      if isStopped() { throw .stopped(file) }
      guard PictureReference.isAlone(in: card.answer) else { continue }
      findings.append(Finding(.pictureOnly, file: file, line: card.answerLine))
    }
    for passage in passages {
      if isStopped() { throw .stopped(file) }
      let claims = ArithmeticClaims(passage, file: file)
      findings += claims.findings
      confirmed += claims.confirmed
      if let finding = UpdateCountLint.finding(in: passage, file: file) { findings.append(finding) }
    }
    findings.sort { ($0.line, $0.kind.rawValue) < ($1.line, $1.kind.rawValue) }
  }

  /// Adds what another reader of the passages found.
  public mutating func add(_ findings: [Finding], confirmed: [Confirmation]) {
    // A count that was computed wrongly on the same line is told once.
    let new = findings.filter { finding in
      !self.findings.contains { $0.kind == .arithmetic && $0.line == finding.line && finding.right.hasPrefix($0.right) }
    }
    self.findings = (self.findings + new).sorted { ($0.line, $0.kind.rawValue) < ($1.line, $1.kind.rawValue) }
    self.confirmed = (self.confirmed + confirmed).sorted { $0.line < $1.line }
  }

  /// Checks one file.
  ///
  /// - Parameter permits: whether a picture's file may be looked for.
  /// - Throws: a `DeckFault` that says why the file could not be read.
  public init(file: String, isStopped: DeckFiles.Stop = { false }, permits: (URL) -> Bool = { _ in true }) throws(DeckFault) {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    try self.init(file: file, bytes: try DeckFiles.bytes(of: file), isStopped: isStopped) { path in
      let url = path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.appendingPathComponent(path)
      return permits(url) && FileManager.default.fileExists(atPath: url.path)
    }
  }
}
