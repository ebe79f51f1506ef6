import Foundation
import Language

/// `script FILE`: the commands that made the session.
enum ScriptCommand {
  static let command = Command(
    .shell, .writes,
    Declaration<Action>(
      "script", "Writes the commands that made the present session; without a file it prints them.",
      examples: ["data moons 64; layer dense 1 sigmoid; compile adam bce; fit 2; script", "layer dense 8; script mine.gradus"],
      notes: """
        What was undone, what failed and what only looked is left out. Played from an empty session, the script gives the same model, data and \
        weights, to the bit with the same threads. `replay mine.gradus` plays it.
        """,
      .optional(.word("file", "the script to write, such as mine.gradus", from: .files(ending: "gradus"))),
      .overwrite
    ) { path, overwrite in
      Action { session, surroundings in
        let files = surroundings.files
        let commands = ScriptLine.text(of: session.made, startingIn: files.folder.path)
        guard let path else { return ScriptFacts(commands: commands, file: nil) }
        let url = try files.writable(path, overwrite: overwrite)
        let head = "# gradus \(VersionFacts.version)" + (session.title.isEmpty ? "" : ": \(session.title)")
        try AtomicFile.write(Foundation.Data(([head] + commands).map { $0 + "\n" }.joined().utf8), to: url)
        return ScriptFacts(commands: commands, file: path)
      }
    })
}

/// The commands that made a session.
public struct ScriptFacts: Facts {
  /// The commands in order.
  public let commands: [String]
  /// The file as typed; nil when they are only told.
  public let file: String?
  /// The file and the commands.
  public var json: [(String, JSONValue)] { [("file", .optional(file)), ("commands", .strings(commands))] }
}
