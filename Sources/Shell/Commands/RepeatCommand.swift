import Language

/// `repeat 5 step`: a command several times.
enum RepeatCommand {
  static let command = Command(
    .shell, .changes,
    Declaration<Action>(
      "repeat", "Runs a command several times.",
      examples: [
        "data moons; layer dense 1 sigmoid; compile sgd bce; repeat 3 step",
        "data moons; layer dense 1 sigmoid; compile adam bce; repeat 2 \"rewind; fit 1\"",
        "input 2; repeat 3 layer dense $i",
      ],
      notes: """
        Several commands go into one pair of quotes. `$i` is the number of the pass, from 1. Ctrl-C ends it after the command that is running; what \
        was done stays, and is one step for `undo`. When a command fails, the session is as it was before the first pass.
        """,
      .integer("count", "how many times", in: 1...1_000_000),
      .commandLine("command", "the command, or several in quotes")
    ) { count, line in
      Action { session, surroundings in
        // What is wrong with the words is told before the first pass.
        let commands = try Lexer.commands(in: line)
        guard !commands.isEmpty else { throw Complaint("there is no command to repeat", hint: "such as `repeat 5 step`") }
        for command in commands {
          do {
            _ = try ForeignWords.command(of: command)
          } catch let complaint as Complaint {
            // Its place is one of the inner line.
            throw complaint.withoutPlace
          }
        }
        let (recording, lesson, counter, counted) = (session.recording, session.lesson, session.variables["i"], session.command)
        let made = session.made
        session.recording = nil
        session.lesson = nil
        defer {
          session.recording = recording
          session.lesson = lesson
          session.variables["i"] = counter
          session.command = counted
          // A script repeats too.
          session.made = made
        }
        var passes = 0
        while passes < count, !surroundings.isInterrupted, !session.wantsToLeave {
          session.variables["i"] = String(passes + 1)
          if let refusal = Interpreter.refusal(of: line, on: &session, surroundings) {
            throw Complaint("pass \(passes + 1) of \(count): \(refusal.what)", hint: refusal.hint)
          }
          passes += 1
        }
        return RepeatFacts(passes: passes, count: count)
      }
    })
}

/// How often a command ran.
public struct RepeatFacts: Facts {
  /// Passes that ran, and those that were asked for.
  public let passes, count: Int
  /// Both numbers.
  public var json: [(String, JSONValue)] { [("passes", .integer(passes)), ("count", .integer(count))] }
}
