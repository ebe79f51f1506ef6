import Drills
import Engine
import Study

/// `drill`: exercises made and marked by the engine.
enum DrillCommand {
  static let command = Command(
    .learn, .keeps,
    Declaration<Action>(
      "drill", "Asks exercises that the engine makes and marks; alone it lists their kinds.",
      examples: ["drill", "drill params n=3", "drill shapes"],
      notes: """
        Type the answer: a number, a shape such as 8x8x16, the letter of an option, or commands where a summary is to be rebuilt. Enter alone \
        shows how it is worked out; :hint, :skip, :undo, :explain TERM, :quit and :help are commands, as in a quiz. A wrong answer is told \
        from the known mistakes, and the engine explains the right one. Each kind is scheduled as a card is: right is good, or hard when it \
        was slow or helped, wrong is again. `quiz mode=drill` asks the kinds that are due, `quiz mode=mix` puts them among the cards. \
        `seed=` asks the same exercises again.
        """,
      .optional(.choice("kind", "what is exercised", from: DrillKinds.all.map { ($0.name, $0.summary) })),
      .integer("n", "how many exercises", in: 1...10_000, default: 5).named,
      .optional(.integer("seed", "decides the exercises; else new ones come each time", in: 0...Int.max)).named
    ) { name, count, seed in
      Action { session, surroundings in
        let store = try surroundings.permittedReviews
        guard let kind = DrillKinds.all.first(where: { $0.name == name }) else {
          return DrillListFacts(try store.states(), now: surroundings.now)
        }
        var quiz = try Quiz(practising: kind, limit: count, seed: seed.map { UInt64($0) }, session, surroundings)
        return try quiz.run()
      }
    })
}
