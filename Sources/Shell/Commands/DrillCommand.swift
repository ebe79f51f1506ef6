import Drills
import Engine
import Study

/// `drill`: exercises made and marked by the engine.
enum DrillCommand {
  static let command = Command(
    .recall, .keeps,
    Declaration<Action>(
      "drill", "Asks exercises that the engine makes and marks.", examples: ["drill params n=1", "drill"],
      notes: """
        Type the answer: a number, a shape such as 8x8x16, the number of an option, or commands where a summary is to be rebuilt. :hint, :skip, \
        :solution and :quit are commands. A wrong answer is told from the known mistakes, and worked out step by step. Each kind is scheduled \
        as a card is: right is good, or hard when it was slow or helped, wrong is again. Without a kind, what is due comes first. `seed=` asks \
        the same exercises again.
        """,
      .optional(.choice("kind", "what is exercised; without it all kinds in turn", from: DrillKinds.all.map { ($0.name, $0.summary) })),
      .integer("n", "how many exercises", in: 1...10_000, default: 5).named,
      .optional(.integer("seed", "decides the exercises; else new ones come each time", in: 0...Int.max)).named
    ) { name, count, seed in
      Action { session, surroundings in
        let done = try surroundings.permittedReviews.count()
        var drill = try Drill(
          seed: seed.map { UInt64($0) } ?? session.settings.seed &+ UInt64(done), settings: session.settings,
          scheduler: try session.scheduler(), surroundings)
        return try drill.run(DrillKinds.all.first { $0.name == name }, count: count)
      }
    })
}
