import Language

/// `help`, `help fit`, `help layer dense`, `apropos rate`.
enum HelpCommand {
  static let help = Command(
    .shell,
    Declaration<Action>(
      "help", "Lists the commands, or tells how one works.", examples: ["help", "help fit", "help layer dense", "help train"],
      notes: "`fit?` and `layer dense?` ask the same. `help build`, train, look, recall and shell list a group.",
      .text("command", "a command, or a group of them", from: .commands)
    ) { words in
      let page = try Help.page(words.split(separator: " ").map { Word(String($0), at: 0..<0) })
      return Action { _, _ in page }
    })

  static let apropos = Command(
    .shell,
    Declaration<Action>(
      "apropos", "Lists the commands that speak of a word.", examples: ["apropos rate"],
      .text("word", "what to look for", isRequired: true)
    ) { words in Action { _, _ in Help.apropos(words) } })
}

/// `version`: which program this is.
enum VersionCommand {
  static let command = Command(
    .shell, Declaration<Action>("version", "Tells the program's version.", examples: ["version"]) { Action { _, _ in VersionFacts() } })
}

/// `quit`: leaves the shell.
enum QuitCommand {
  static let command = Command(
    .shell, .leaves,
    Declaration<Action>("quit", aliases: ["exit"], "Leaves the shell.", examples: ["quit"], notes: "Ctrl-D does the same.") {
      Action { session, _ in
        session.wantsToLeave = true
        return Notice()
      }
    })
}

/// Which program this is.
public struct VersionFacts: Facts {
  /// The version of the program.
  public static let version = "0.1.0"
  /// The day of the version.
  public static let date = "2026-11-25"
  /// The version.
  public var json: [(String, JSONValue)] { [("version", .string(VersionFacts.version))] }
}
