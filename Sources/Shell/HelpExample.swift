import Language

/// An example of a help page, run on a session of its own.
@MainActor enum HelpExample {
  /// Runs the commands of an example and shows what comes of each; the person's session stays as it is.
  ///
  /// - Throws: A `Complaint` when there is no such example, or it needs what a scratch session has not.
  static func run(_ number: Int, of page: HelpFacts, _ session: Session, _ surroundings: any Surroundings) throws -> ExampleFacts {
    guard case .page(let path, let outline) = page else {
      throw Complaint("only a command's page has examples", hint: "such as `help fit run 1`")
    }
    let examples = outline.examples, name = path.joined(separator: " ")
    guard examples.indices.contains(number - 1) else {
      throw examples.isEmpty
        ? Complaint("the page of `\(name)` has no example", hint: "`help \(path[0])` shows it")
        : Complaint("`\(name)` has no example \(number)", hint: "from 1 to \(examples.count)")
    }
    var apart = session.emptied()
    apart.isApart = true
    apart.settings.predict = false
    let count = try surroundings.inScratch { try run(examples[number - 1], on: &apart, surroundings) }
    return ExampleFacts(name: name, number: number, commands: count)
  }

  /// Runs the commands of an example and counts them.
  private static func run(_ example: String, on apart: inout Session, _ surroundings: any Surroundings) throws -> Int {
    var count = 0
    for command in try Lexer.commands(in: example) {
      if surroundings.isInterrupted { break }
      surroundings.show(LessonCommandFacts(text: command.typed, isFirst: false))
      if let refusal = Interpreter.refusal(of: command.typed, on: &apart, surroundings) {
        guard refusal == .confined(command.words[0].text) else { throw Complaint(refusal.what, hint: refusal.hint) }
        throw Complaint("`\(command.typed)` is not run from a help page", hint: "type it yourself")
      }
      count += 1
    }
    return count
  }
}

/// An example that ran.
public struct ExampleFacts: Facts {
  /// The page, the example's number from 1, and how many commands ran.
  public let name: String
  public let number, commands: Int
  /// The three.
  public var json: [(String, JSONValue)] { [("page", .string(name)), ("example", .integer(number)), ("commands", .integer(commands))] }
}

/// The keys of the line editor.
public struct KeyFacts: Facts {
  /// How the keys are bound.
  public enum Style: String, Sendable {
    /// As Emacs does, which is the default.
    case emacs
    /// As vi does: `bind -v` in `~/.editrc`.
    case vi
  }
  /// How they are bound.
  public let style: Style
  /// The keys with what they do.
  public var keys: [(keys: String, does: String)] { KeyFacts.common + (style == .vi ? KeyFacts.vi : KeyFacts.emacs) }

  private static let common = [
    ("Tab", "completes; where there are several, a second Tab lists them"),
    ("Up, Down", "earlier and later lines that begin as the one typed so far"),
    ("Ctrl-R", "searches earlier lines for what is typed then; again: the one before, Ctrl-S: the one after"),
    ("Enter", "runs the line; on an empty line after `step` or `epoch` again, in a lesson the next step"),
    ("\\ at the end", "goes on in the next line; so does an open quote or bracket"),
    ("Ctrl-C", "drops the line; stops what runs and keeps the session; twice offers to leave"),
    ("Ctrl-D", "on an empty line leaves"), ("Ctrl-L", "clears the screen"), ("Ctrl-Z", "back to your shell; `fg` returns"),
  ]
  private static let emacs = [
    ("Ctrl-A, Ctrl-E", "to the start and the end of the line"), ("Alt-B, Alt-F", "a word back and forth"),
    ("Ctrl-W", "cuts the word before"), ("Ctrl-U, Ctrl-K", "cuts the line, cuts to its end"), ("Ctrl-Y", "puts back what was cut"),
    ("Ctrl-T", "swaps two characters"),
  ]
  private static let vi = [
    ("Esc", "to the command mode: h l w b 0 $ move, x dw dd cut, i a A insert, k j earlier lines")
  ]

  /// The keys.
  public var json: [(String, JSONValue)] {
    [
      ("style", .string(style.rawValue)),
      ("keys", .array(keys.map { .object([("keys", .string($0.keys)), ("does", .string($0.does))]) })),
    ]
  }
}
