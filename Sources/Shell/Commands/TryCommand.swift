import Deck
import Foundation
import Language

/// `try [CARD]`: runs the experiment of a card.
enum TryCommand {
  static let command = Command(
    .learn, .runs,
    Declaration<Action>(
      "try", "Runs the experiment of a card in a scratch session.", examples: [],
      notes: """
        The experiment is the `gradus` fences of the card. It starts with an empty session and leaves yours as it is; it reads the folder of its \
        deck and writes a scratch folder, as a lesson does. Without an id it is the card that was shown or asked last.
        """, .optional(.word("id", "the card's id", from: .experiments))
    ) { id in
      Action { session, surroundings in
        session.openBuiltInDecks(surroundings.files)
        guard let id = id ?? session.cardInHand else { throw Complaint.noCardInHand(session.library) }
        switch session.library.card(id) {
        case .one(let card):
          session.cardInHand = card.id
          return try Experiment.run(card, settings: session.settings, surroundings)
        case .none: throw Complaint.noCard(id)
        case .several(let cards): throw Complaint.severalCards(id, cards.map(\.id))
        }
      }
    })
}

/// The experiment of a card, run on a session of its own.
@MainActor enum Experiment {
  /// Runs the commands and shows what comes of each.
  ///
  /// - Throws: A `Complaint` when the card has no experiment, or when a command fails that should not.
  static func run(_ card: Card, settings: Settings, _ surroundings: any Surroundings) throws -> TryFacts {
    guard card.experiments.contains(where: { !$0.steps.isEmpty }) else { throw Complaint.noExperiment(card) }
    // A card's text is data from elsewhere; and an experiment that asks cards could try itself without end.
    if surroundings.files.isConfined { throw Complaint.confined(TryCommand.command.declaration.name) }
    let folder = card.file.isEmpty ? nil : URL(fileURLWithPath: card.file).deletingLastPathComponent()
    return try surroundings.inScratch(reading: folder) { try perform(card, settings, surroundings) }
  }

  private static func perform(_ card: Card, _ settings: Settings, _ surroundings: any Surroundings) throws -> TryFacts {
    var session = Session()
    session.settings = settings
    var facts = TryFacts(id: card.id)
    for step in card.experiments.flatMap(\.steps) {
      if surroundings.isInterrupted { break }
      surroundings.show(LessonCommandFacts(text: step.command, isFirst: facts.commands == 0))
      var failed: Complaint?
      Interpreter.run(step.command, on: &session, surroundings) { report in
        // Output that is expected of a failing command is a complaint to be seen.
        if report.complaint == nil || !step.expected.isEmpty { surroundings.show(report) }
        failed = failed ?? report.complaint
      }
      facts.commands += 1
      if let failed, step.expected.isEmpty {
        throw Complaint("\(card.file), line \(step.line): \(failed.what)", hint: failed.hint)
      }
    }
    return facts
  }
}

/// An experiment that ran.
public struct TryFacts: Facts {
  /// The card's id.
  public let id: String
  /// Commands that ran.
  public internal(set) var commands = 0
  /// The id and the count.
  public var json: [(String, JSONValue)] { [("id", .string(id)), ("commands", .integer(commands))] }
}

extension Complaint {
  static func noExperiment(_ card: Card) -> Complaint {
    Complaint("the card \(card.id) has no experiment", hint: "an experiment is a `gradus` fence in the card's answer")
  }
  static func noCardInHand(_ library: CardLibrary) -> Complaint {
    let able = library.differentCards.filter { $0.experiments.contains { !$0.steps.isEmpty } }.prefix(3).map(\.id)
    return Complaint(
      "no card was shown or asked yet",
      hint: able.isEmpty ? "no loaded card has an experiment" : "name one that has an experiment: \(able.joined(separator: ", "))")
  }
}
