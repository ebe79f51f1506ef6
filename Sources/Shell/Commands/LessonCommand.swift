import Foundation
import Language

/// `lesson start neuron`, `next`, `back`, `skip`, `hint`: the course, one step after the other.
enum LessonCommand {
  private static let request = Argument.declared(
    "action", "what to do",
    from: [
      Declaration<LessonRequest>(
        "list", "Lists the lessons with their progress, the cards that wait and the minutes they take.", examples: ["lesson list"]
      ) { .list },
      Declaration<LessonRequest>(
        "start", "Starts a lesson, or goes on where it was left.",
        examples: ["lesson start neuron", "lesson start neuron 4"],
        notes: "What you have in hand is set aside until `lesson leave`.",
        .word("name", "the lesson's name, its number, or a Markdown file", from: .lessons),
        .optional(.integer("step", "the step to begin at", in: 1...10_000).completed(from: .lessonSteps))
      ) { .start($0, step: $1) },
      Declaration<LessonRequest>(
        "status", "Tells where the lesson stands, and what its task wants.", examples: ["lesson start neuron; lesson status"]
      ) { .status },
      Declaration<LessonRequest>(
        "leave", "Leaves the lesson: `lesson start` goes on there. What you had in hand before comes back.",
        examples: ["lesson start neuron; lesson leave"]
      ) { .leave },
      Declaration<LessonRequest>(
        "reset", "Forgets the progress of a lesson, or of all; reviews of cards stay.", examples: ["lesson reset all"],
        .word("name", "the lesson's name, or all", from: .lessons).completed(from: .all)
      ) { .reset($0) },
      Declaration<LessonRequest>(
        "recap", "Writes a file to keep: the lesson's essence, the commands, your own solutions, the cards.", examples: [],
        .word("file", "the Markdown file to write", from: .files(ending: "md")),
        .optional(.word("name", "a lesson; the one that is on, or was last, without it", from: .lessons)).named
      ) { .recap($0, lesson: $1) },
    ], default: LessonRequest.list)

  static let command = Command(
    .learn, [.writes, .runs, .keeps, .travels],
    Declaration<Action>(
      "lesson", "Leads through the course: prose, experiments run for you, and tasks for you.",
      examples: ["lesson", "lesson start neuron; next"],
      notes: """
        In a lesson you type commands as ever; `next` (or Enter on an empty line) goes on, `back` returns, `hint` helps with a task and `skip` \
        shows its answer. A task is solved when its goals hold, whichever way you went. Progress is kept at once: leave when you like, and \
        `lesson start NAME` goes on there.
        """, request
    ) { request in
      Action { session, surroundings in try surroundings.tutor.perform(request, on: &session, surroundings) }
    })

  static let next = short("next", "Shows the next step of the lesson.", examples: ["lesson start neuron; next"], .next)
  static let back = short(
    "back", "Returns to the step before, with the model as it was there.", examples: ["lesson start neuron; next; back"], .back)
  static let skip = short("skip", "Shows the answer of the lesson's task and runs it.", examples: ["lesson start neuron; skip"], .skip)
  static let hint = short("hint", "Gives a hint for the lesson's task.", examples: [], .hint)

  private static func short(_ name: String, _ summary: String, examples: [String], _ request: LessonRequest) -> Command {
    Command(
      .learn, [.runs, .keeps, .travels],
      Declaration<Action>(name, summary, examples: examples) {
        Action { session, surroundings in try surroundings.tutor.perform(request, on: &session, surroundings) }
      })
  }
}

extension Session {
  /// An empty session for a lesson: decks and settings that outlive a session stay, model, data, seed and batch are as at the start.
  public func emptied() -> Session {
    var copy = self
    copy.clear()
    copy.forgetHistory()
    let kept = settings
    copy.settings = Settings()
    for preference in Preference.allCases { preference.apply(preference.value(in: kept), to: &copy.settings) }
    copy.settings.threads = kept.threads
    copy.settings.given = kept.given
    return copy
  }

  /// The session of `model`, with the decks and the settings that outlive a session of this one.
  public func with(modelOf other: Session) -> Session {
    var copy = other
    copy.takeDecks(of: self)
    let batch = other.settings.batch, seed = other.settings.seed
    copy.settings = settings
    copy.settings.batch = batch
    copy.settings.seed = seed
    copy.lesson = lesson
    copy.recording = recording
    return copy
  }

  /// Whether a model or data are in hand.
  public var hasModelOrData: Bool { !model.network.layers.isEmpty || data != nil }
}
