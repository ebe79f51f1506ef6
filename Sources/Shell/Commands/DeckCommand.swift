import Deck
import Foundation
import Language

/// `deck load FILE`, `deck list`: which decks are open.
enum DeckCommand {
  static let command = Command(.recall, [.reads, .writes], declaration)

  private enum Request: Sendable {
    case load(String)
    case list
    case exchange(Action)
  }

  private static let declaration = Declaration<Action>(
    "deck", "Loads a deck of cards, or lists what is loaded.", examples: ["deck load Lessons/en/neuron.md", "deck list"],
    notes: "The first `deck load` of a session replaces the built-in cards, further ones add.",
    .declared(
      "action", "what to do",
      from: [
        Declaration<Request>(
          "load", "Loads the cards of a Markdown file, or of every one in a folder.", examples: ["deck load Lessons/fr"],
          .word("file", "a Markdown file or a folder", from: .files)
        ) { .load($0) },
        Declaration<Request>("list", "Lists the decks that are loaded, and their topics.", examples: ["deck list"]) { .list },
        CardExport.declaration { .exchange($0) }, CardImport.declaration { .exchange($0) },
      ])
  ) { request in
    Action { session, surroundings in
      switch request {
      case .exchange(let action): return try action.run(&session, surroundings)
      case .list:
        session.openBuiltInDecks(surroundings.files)
        return DeckFacts(session.library, isBuiltIn: session.libraryIsBuiltIn)
      case .load(let path):
        let url = try surroundings.files.readable(path)
        let loaded = try Decks.load(url.path)
        // A link in a lesson's folder may lead out of it.
        for document in loaded.documents { try surroundings.files.check(URL(fileURLWithPath: document.file)) }
        for fault in loaded.faults { surroundings.warn(.deck(fault)) }
        session.add(loaded.documents)
        return DeckFacts(session.library, isBuiltIn: false, added: loaded.documents)
      }
    }
  }
}

/// The decks that are loaded.
public struct DeckFacts: Facts {
  /// Every card as often as it stands.
  public let cards: [Card]
  /// How many cards differ.
  public let different: Int
  /// The topics with their cards.
  public let topics: [Topic]
  /// The files and their numbers of cards.
  public let files: [(file: String, cards: Int)]
  /// What the author should look at; of what was just loaded.
  public let findings: [Finding]
  /// Whether these are the built-in cards.
  public let isBuiltIn: Bool

  init(_ library: CardLibrary, isBuiltIn: Bool, added: [Document] = []) {
    cards = library.cards
    different = library.different
    topics = library.topics
    files = library.documents.filter { !$0.cards.isEmpty || !isBuiltIn }.map { ($0.file, $0.cards.count) }
    findings = added.flatMap(\.findings)
    self.isBuiltIn = isBuiltIn
  }

  /// The counts, the cards and the findings.
  public var json: [(String, JSONValue)] {
    [
      ("count", .integer(cards.count)), ("different", .integer(different)),
      ("cards", .array(cards.map { .object(CardFacts.json(of: $0)) })),
      (
        "findings",
        .array(
          findings.map {
            .object([
              ("file", .string($0.file)), ("line", .integer($0.line)), ("kind", .string($0.kind.rawValue)), ("says", .string($0.says)),
              ("right", .string($0.right)),
            ])
          })
      ),
    ]
  }
}
