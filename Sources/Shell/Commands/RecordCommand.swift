import Foundation
import Language

/// `record FILE`, `record stop`: writes what is typed as a lesson.
enum RecordCommand {
  static let command = Command(
    .learn, [.writes, .runs],
    Declaration<Action>(
      "record", "Writes what is typed as a lesson (.md) that `gradus check` passes, or as a script (.gradus).", examples: [],
      notes: """
        `record stop` ends it. The file is written after every command, with what it printed. Where processors may differ, after a training, `...` \
        stands for the digits. A lesson begins with nothing in hand, so recording does too; it leaves out what a lesson may not do: run scripts, \
        ask cards, read files outside of its folder.
        """,
      .word("file", "the file to write, or `stop`", from: .files(ending: "md", "gradus")).completed(from: .stop)
    ) { file in
      Action { session, surroundings in
        if file == "stop" {
          guard session.recording != nil else { throw Complaint.notRecording }
          session.recording = nil
          return try surroundings.recorder.stop(surroundings)
        }
        if let open = session.recording { throw Complaint.recordsAlready(open) }
        guard session.lesson == nil else { throw Complaint("a lesson is on", hint: "`lesson leave` leaves it") }
        guard !session.hasModelOrData else { throw Complaint.nothingInHandFirst }
        let url = try surroundings.files.writable(file)
        try surroundings.recorder.start(url, session.settings)
        session.recording = url.lastPathComponent
        return Notice("recording to \(file); `record stop` ends it")
      }
    })
}

/// Writes what is typed into a file.
@MainActor public protocol Recorder: AnyObject {
  /// Begins a file.
  ///
  /// - Throws: A `Complaint` when it is there already or cannot be written.
  func start(_ file: URL, _ settings: Settings) throws
  /// Takes a command with what came of it.
  func note(_ report: Report, _ surroundings: any Surroundings)
  /// Ends the file and tells what it holds.
  func stop(_ surroundings: any Surroundings) throws -> any Facts
}

/// A recording that ended.
public struct RecordFacts: Facts {
  /// The file.
  public let file: String
  /// The commands in it.
  public let commands: Int
  /// Whether a check of it passes; nil for a script, which expects nothing.
  public let passes: Bool?

  /// A recording of the given parts.
  public init(file: String, commands: Int, passes: Bool?) {
    self.file = file
    self.commands = commands
    self.passes = passes
  }

  /// The file, the number of commands, and whether its check passes.
  public var json: [(String, JSONValue)] {
    [("file", .string(file)), ("commands", .integer(commands)), ("passes", passes.map { .bool($0) } ?? .null)]
  }
}

extension Complaint {
  static var notRecording: Complaint { Complaint("nothing is being recorded", hint: "`record FILE.md` begins") }
  static func recordsAlready(_ file: String) -> Complaint { Complaint("`\(file)` is being recorded", hint: "`record stop` ends it") }
  static var nothingInHandFirst: Complaint {
    Complaint("a lesson begins with nothing in hand", hint: "`reset` first, or `record` before you build")
  }
}
