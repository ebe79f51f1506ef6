import Deck
import Foundation
import Language

/// `deck load FILE`, `deck list`, `deck check`, `deck relink`: the decks that are open, and what is wrong with them.
enum DeckCommand {
  static let command = Command(.learn, [.reads, .writes, .keeps], declaration)

  private enum Request: Sendable {
    case load(String)
    case list
    case check(String?)
    case relink(all: Bool)
    case exchange(Action)
  }

  private static let declaration = Declaration<Action>(
    "deck", "Loads a deck of cards, lists what is loaded, or looks for mistakes in it.",
    examples: ["deck load Lessons/en/neuron.md", "deck list"],
    notes: """
      The first `deck load` of a session replaces the built-in cards, further ones add; a file without a question replaces nothing. A deck \
      whose file changed is read again before the next command that uses its cards.
      """,
    .declared(
      "action", "what to do",
      from: [
        Declaration<Request>(
          "load", "Loads the cards of a Markdown file, or of every one in a folder.", examples: ["deck load Lessons/fr"],
          .word("file", "a Markdown file or a folder", from: .files(ending: "md", "markdown"))
        ) { .load($0) },
        Declaration<Request>("list", "Lists the decks that are loaded, and their topics.", examples: ["deck list"]) { .list },
        Declaration<Request>(
          "check", "Looks for mistakes: duplicates, empty answers, missing pictures, stray text, and claims that are computed again.",
          examples: ["deck check", "deck check Lessons/en/neuron.md"],
          notes: """
            Computed again are sums, products and functions in prose, code and LaTeX, chains such as z = w x + b = 0.5 x 2 + 0 = 1, every row and total \
            of a quoted `summary`, and the sizes and counts that are told of a layer. Right means within half a unit of the last digit; a number \
            that repeats an earlier result stands for its exact value.
            """,
          .optional(.word("file", "a Markdown file or a folder; the loaded decks without one", from: .files(ending: "md", "markdown")))
        ) { .check($0) },
        Declaration<Request>(
          "relink", "Gives the history of a question that was changed to the card that took its place.", examples: ["deck relink"],
          notes: """
            A card is known by its category, topic and question. After a small change of them its history lies with a card that is gone: each \
            such pair is shown, with how much the two are alike, and moved when you type y. Ctrl-C moves nothing.
            """,
          .optional(.choice("yes", "agrees to every pair beforehand", from: [("all", "every pair is moved")])).named
        ) { .relink(all: $0 != nil) },
        CardExport.declaration { .exchange($0) }, CardImport.declaration { .exchange($0) },
      ])
  ) { request in
    Action { session, surroundings in
      let files = surroundings.files
      switch request {
      case .exchange(let action): return try action.run(&session, surroundings)
      case .list:
        let began = surroundings.now
        session.openDecks(surroundings)
        return DeckFacts(session.library, isBuiltIn: session.libraryIsBuiltIn, seconds: surroundings.now.timeIntervalSince(began))
      case .load(let path):
        let began = surroundings.now
        let url = try files.readable(path)
        let loaded = try session.openDecks(at: url.path, surroundings)
        if loaded.allSatisfy(\.cards.isEmpty) { surroundings.warn(.noCardIn(path, keeps: session.libraryIsBuiltIn)) }
        session.library.prepareSearch()
        let library = session.libraryIsBuiltIn ? CardLibrary(loaded) : session.library
        return DeckFacts(library, isBuiltIn: false, added: loaded, seconds: surroundings.now.timeIntervalSince(began))
      case .check(let path):
        let permits = { (url: URL) in (try? files.check(url)) != nil }
        if let path {
          let url = try files.readable(path)
          let names = try Decks.names(url.path)
          for name in names { try files.check(URL(fileURLWithPath: name)) }
          return try DeckCheckFacts(names, isNamed: names == [url.path], permits: permits)
        }
        session.openDecks(surroundings)
        guard !session.library.documents.isEmpty else { throw Complaint.noCards() }
        return try DeckCheckFacts(session.library.documents.map(\.file), isNamed: false, permits: permits)
      case .relink(let all):
        session.openDecks(surroundings)
        guard !session.library.differentCards.isEmpty else { throw Complaint.noCards() }
        return try Relink.run(session, all: all, surroundings)
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
  /// How long reading took, or seeing that nothing changed.
  public let seconds: Double

  init(_ library: CardLibrary, isBuiltIn: Bool, added: [Document] = [], seconds: Double) {
    cards = library.cards
    different = library.different
    topics = library.topics
    files = library.documents.filter { !$0.cards.isEmpty || !isBuiltIn }.map { ($0.file, $0.cards.count) }
    findings = added.flatMap(\.findings)
    self.isBuiltIn = isBuiltIn
    self.seconds = seconds
  }

  /// The counts, the cards and the findings.
  public var json: [(String, JSONValue)] {
    [
      ("count", .integer(cards.count)), ("different", .integer(different)),
      ("cards", .array(cards.map { .object(CardFacts.json(of: $0)) })),
      ("findings", .array(findings.map(\.json))), ("seconds", .number(seconds)),
    ]
  }
}
