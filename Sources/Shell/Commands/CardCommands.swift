import Deck
import Language
import Study

/// `topics`, `cards WORDS`, `card ID`: looking through the decks.
enum CardCommands {
  static let topics = Command(
    .learn,
    Declaration<Action>(
      "topics", "Lists the topics of the decks, or those of a name.", examples: ["topics", "topics neuron"],
      notes: "An exact name beats the start of one.", .text("words", "a topic, the start of one, or words of its name", from: .topics)
    ) { words in
      Action { session, surroundings in
        session.openDecks(surroundings)
        guard !session.library.differentCards.isEmpty else { throw Complaint.noCards() }
        let topics = session.library.topics
        if words.isEmpty { return TopicsFacts(topics: topics) }
        let found = TopicFilter.topics(words, in: topics)
        guard !found.isEmpty else { throw Complaint.noTopic(words, NearNames.hint(for: words, among: topics.map(\.name))) }
        return TopicsFacts(topics: found)
      }
    })

  static let cards = Command(
    .learn,
    Declaration<Action>(
      "cards", "Lists the cards of a topic, or those that hold some words.", examples: ["cards", "cards gradient"],
      notes: """
        All words must stand in the card, in any case, with or without accents; the last may be the start of one. Punctuation does not count, \
        but words typed without a blank between them (`mini-batch`) must stand so. Best first: words of the question count most.
        """,
      .text("words", "a topic, or words to look for", from: .topics)
    ) { words in
      Action { session, surroundings in
        session.openDecks(surroundings)
        guard !session.library.differentCards.isEmpty else { throw Complaint.noCards() }
        let cards = TopicName.exact(words, in: session.library)?.cards ?? session.library.search(words)
        return CardListFacts(cards: cards)
      }
    })

  static let card = Command(
    .learn, .keeps,
    Declaration<Action>(
      "card", "Shows one card, or sets it aside: suspend, bury, flag, restore.", examples: [],
      notes: "The id of `cards`, or the first letters of it. `bury` lasts until the next day, which begins at 4 in the morning.",
      .word("id", "the card's id", from: .cards), .optional(.choice("action", "what becomes of it in quizzes", from: CardMark.choices))
    ) { id, action in
      Action { session, surroundings in
        session.openDecks(surroundings)
        switch session.library.card(id) {
        case .one(let card):
          session.cardInHand = card.id
          return try CardMark.change(card, action, surroundings)
        case .none: throw Complaint.noCard(id)
        case .several(let cards): throw Complaint.severalCards(id, cards.map(\.id))
        }
      }
    })
}

/// Finds a topic by what was typed.
enum TopicName {
  /// The topic of exactly that name, in any case.
  static func exact(_ words: String, in library: CardLibrary) -> Topic? {
    let wanted = words.lowercased()
    guard !wanted.isEmpty else { return nil }
    return library.topics.first { $0.name.lowercased() == wanted || "\($0.category) - \($0.name)".lowercased() == wanted }
  }
}

/// The topics of the decks.
public struct TopicsFacts: Facts {
  /// In order of appearance.
  public let topics: [Topic]
  /// Each topic with its category and the number of its cards.
  public var json: [(String, JSONValue)] {
    [
      (
        "topics",
        .array(
          topics.map { .object([("category", .string($0.category)), ("topic", .string($0.name)), ("count", .integer($0.cards.count))]) })
      )
    ]
  }
}

/// Cards of a search.
public struct CardListFacts: Facts {
  /// The cards, each as often as it stands.
  public let cards: [Card]
  /// The cards by topic, in the order of the first of each.
  public var topics: [Topic] { Topic.topics(of: cards) }
  /// The counts and the cards.
  public var json: [(String, JSONValue)] {
    [
      ("count", .integer(cards.count)), ("different", .integer(Set(cards.map(\.id)).count)),
      ("cards", .array(cards.map { .object(CardFacts.json(of: $0)) })),
    ]
  }
}

/// One card.
public struct CardFacts: Facts {
  /// The card.
  public let card: Card
  /// Where it stands in its schedule; nil where the store cannot be read.
  public let standing: CardStanding?

  static func json(of card: Card) -> [(String, JSONValue)] {
    [
      ("id", .string(card.id)), ("category", .string(card.category)), ("topic", .string(card.topic)), ("question", .string(card.question)),
      ("answer", .string(card.answer)), ("lang", .string(card.lang.rawValue)), ("file", .string(card.file)), ("line", .integer(card.line)),
    ]
  }

  /// The card's parts, then its schedule.
  public var json: [(String, JSONValue)] { CardFacts.json(of: card) + (standing?.json ?? []) }
}
