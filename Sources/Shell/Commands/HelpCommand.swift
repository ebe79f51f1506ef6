import Language

/// `help`, `help fit`, `help layer dense`, `apropos rate`.
enum HelpCommand {
  static let help = Command(
    .shell,
    Declaration<Action>(
      "help", "Lists the commands, or tells how one works.",
      examples: ["help", "help fit", "help layer dense", "help train", "help fit run 1", "help keys"],
      notes: """
        `fit?` and `layer dense?` ask the same. `help build`, train, look, learn and shell list a group with what each is for. `help fit run 1` \
        runs the first example of a page in a scratch session.
        """,
      .text("command", "a command, a group of them, or keys", from: .commands)
    ) { words in
      var words = words.split(separator: " ").map { Word(String($0), at: 0..<0) }
      if words.map(\.text) == ["keys"] { return Action { _, surroundings in KeyFacts(style: surroundings.keyStyle) } }
      var number: Int?
      if words.count >= 2, let place = words.lastIndex(where: { $0.text == "run" }), place >= words.count - 2, place > 0 {
        number = place == words.count - 1 ? 1 : Int(words[place + 1].text)
        guard number != nil else { throw Complaint("`\(words[place + 1].text)` is no number", hint: "such as `help fit run 1`") }
        words.removeSubrange(place...)
      }
      let page: HelpFacts
      do {
        page = try Help.page(words)
      } catch let complaint as Complaint {
        // The words of a text have lost their places: the one that is quoted is looked for in the line.
        throw complaint.withoutPlace
      }
      return Action { session, surroundings in
        guard let number else { return page }
        return try HelpExample.run(number, of: page, session, surroundings)
      }
    })

  static let apropos = Command(
    .shell,
    Declaration<Action>(
      "apropos", "Lists the commands that speak of a word.", examples: ["apropos rate"],
      .text("word", "what to look for", from: .subjects, isRequired: true)
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
    Declaration<Action>(
      "quit", aliases: ["exit"], "Leaves the shell.", examples: ["quit"],
      notes: "Ctrl-D does the same. A trained model is not lost: its session stays in a file that is named, and `open` goes on with it."
    ) {
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
