import Deck
import Foundation
import Language

/// What `deck check` found.
public struct DeckCheckFacts: Facts {
  /// How many cards were looked at, each as often as it stands.
  public let count: Int
  /// How many of them differ.
  public let different: Int
  /// The files that were looked at.
  public let files: [String]
  /// What the author should look at, file by file and line by line.
  public let findings: [Finding]
  /// The claims of answers that hold.
  public let confirmed: [DeckCheck.Confirmation]

  /// Checks files.
  ///
  /// - Parameter isNamed: whether the file was named by the user, so that it is a complaint when it cannot be read.
  init(_ files: [String], isNamed: Bool, permits: (URL) -> Bool) throws {
    var checks: [DeckCheck] = []
    var unreadable: [Finding] = []
    for file in files {
      do throws(DeckFault) {
        checks.append(try DeckCheck(file: file, isStopped: { Interruption.isAsked }, permits: permits))
      } catch {
        let complaint = Complaint.deck(error)
        if isNamed || complaint == Interruption.complaint { throw complaint }
        unreadable.append(
          Finding(
            file: file, line: 1, kind: .unreadable, says: complaint.what, right: complaint.hint.isEmpty ? "mend the file" : complaint.hint))
      }
    }
    for index in checks.indices {
      var claims: (findings: [Finding], confirmed: [DeckCheck.Confirmation]) = ([], [])
      for passage in checks[index].passages {
        try Interruption.check()
        let more = LayerClaims.check(passage, file: checks[index].document.file)
        claims.findings += more.findings
        claims.confirmed += more.confirmed
      }
      checks[index].add(claims.findings, confirmed: claims.confirmed)
    }
    let library = CardLibrary(checks.map(\.document))
    count = library.count
    different = library.different
    self.files = files
    let all = unreadable + checks.flatMap(\.findings) + library.duplicatesBetweenFiles
    let order = Dictionary(files.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    findings = all.sorted {
      (order[$0.file] ?? 0, $0.line, $0.kind.rawValue) < (order[$1.file] ?? 0, $1.line, $1.kind.rawValue)
    }
    confirmed = checks.flatMap(\.confirmed)
  }

  /// The findings, what is confirmed, and the counts.
  public var json: [(String, JSONValue)] {
    [
      ("count", .integer(count)), ("different", .integer(different)), ("findings", .array(findings.map(\.json))),
      (
        "confirmed",
        .array(confirmed.map { .object([("file", .string($0.file)), ("line", .integer($0.line)), ("says", .string($0.says))]) })
      ),
    ]
  }
}

extension Finding {
  /// File, line, kind, what is wrong and what would be right.
  public var json: JSONValue {
    .object([
      ("file", .string(file)), ("line", .integer(line)), ("kind", .string(kind.rawValue)), ("says", .string(says)),
      ("right", .string(right)),
    ])
  }
}
