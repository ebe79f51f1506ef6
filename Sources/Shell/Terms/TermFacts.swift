import Deck
import Language

/// What a term means, something to try, and where to go on.
public struct TermFacts: Facts {
  /// The term in the language of the settings, where it has a text in it.
  public let term: Term
  /// Cards of the loaded decks that ask about it.
  public let cards: [Card]

  /// The parts of the term, and the cards by their ids.
  public var json: [(String, JSONValue)] {
    [
      ("term", .string(term.name)), ("id", .string(term.id)), ("lang", .string(term.lang.rawValue)), ("aliases", .strings(term.aliases)),
      ("paragraph", .string(term.paragraph)), ("formula", term.formula.map { .string($0) } ?? .null), ("try", .strings(term.commands)),
      ("cards", .array(cards.map { .object([("id", .string($0.id)), ("question", .string($0.question))]) })),
      ("related", .strings(term.related)),
    ]
  }
}

/// `explain TERM`: looks a term up.
enum Terms {
  /// At most so many cards are named.
  private static let cardLimit = 5

  /// What a term means; nil when no term, nor the start of one, has this name.
  ///
  /// - Throws: A `Complaint` when the text begins the names of several terms.
  @MainActor static func explain(_ text: String, _ session: Session) throws -> TermFacts? {
    let library = session.terms.library
    let lang = ProseLanguage(rawValue: session.settings.lang) ?? .english
    switch library.find(text, in: lang) {
    case .none: return nil
    case .one(let term): return TermFacts(term: term, cards: cards(about: library.names(of: term), in: session.library, lang))
    case .several(let names): throw Complaint.severalTerms(text, names)
    }
  }

  /// The names of terms that a mistyped one may mean.
  static func names(in session: Session) -> [String] {
    session.terms.library.all(in: ProseLanguage(rawValue: session.settings.lang) ?? .english).flatMap(\.names)
  }

  /// All names of a term, in every language; the given name where no term has it.
  @MainActor static func names(of name: String, in session: Session) -> [String] {
    let library = session.terms.library
    guard case .one(let term) = library.find(name, in: .english) else { return [name] }
    return library.names(of: term)
  }

  /// The name of the first term that the question of a card holds, the longest where several begin there; nil when it holds none.
  @MainActor static func asked(by card: Card, _ session: Session) -> String? {
    let words = TermName.folded(card.question)
    for start in words.indices {
      for length in (1...3).reversed() where start + length <= words.count {
        let key = words[start..<start + length].joined()
        guard key.count > 2, case .one(let term) = session.terms.library.find(key, in: card.lang) else { continue }
        if term.names.contains(where: { TermName.key($0) == key }) { return term.name }
      }
    }
    return nil
  }

  /// The ways to go on with a term of which some words are typed: its next word, with the terms that have it. Other names are offered only where
  /// no term's own name goes on so.
  static func candidates(after words: [String], typed: String, in session: Session) -> [Candidate] {
    let terms = session.terms.library.all(in: ProseLanguage(rawValue: session.settings.lang) ?? .english)
    let own = candidates(after: words, among: terms.map(\.name))
    let start = typed.lowercased()
    return own.contains { $0.text.lowercased().hasPrefix(start) } ? own : candidates(after: words, among: terms.flatMap(\.aliases))
  }

  private static func candidates(after words: [String], among names: [String]) -> [Candidate] {
    var order: [String] = []
    var holders: [String: [String]] = [:]
    let typed = words.map { $0.lowercased() }
    for name in names {
      let parts = name.split(separator: " ").map(String.init)
      guard parts.count > typed.count, parts.prefix(typed.count).map({ $0.lowercased() }) == typed else { continue }
      if holders[parts[typed.count]] == nil { order.append(parts[typed.count]) }
      holders[parts[typed.count], default: []].append(name)
    }
    return order.map { word in
      let others = (holders[word] ?? []).filter { $0 != word }
      return Candidate(word, others.isEmpty ? "a term" : others.prefix(3).joined(separator: ", "))
    }
  }

  /// The cards whose question, or else whose topic, holds one of the names; those of the language first.
  private static func cards(about names: [String], in library: CardLibrary, _ lang: ProseLanguage) -> [Card] {
    // The French step is spelt as a negation, which stands in every other question.
    let wanted = Set(names.map(TermName.words)).filter { $0.joined().count > 1 && $0 != ["pas"] }
    // A plural begins as its singular does, but for the y of `accuracies`.
    let starts = wanted.map { words in words.map { $0.count > 1 && $0.hasSuffix("y") ? String($0.dropLast()) : $0 } }
    let candidates = library.cards(asking: starts)
    var found: [Card] = []
    func take(_ cards: [Card], where holds: (Card) -> Bool) {
      for isOther in [false, true] {
        for card in cards where (card.lang != lang) == isOther {
          guard found.count < cardLimit else { return }
          if holds(card) { found.append(card) }
        }
      }
    }
    take(candidates) { card in
      let question = TermName.folded(card.question)
      return wanted.contains { TermName.holds(question, $0) }
    }
    let about = library.topics.filter { wanted.contains(TermName.words($0.name)) }.flatMap(\.cards)
    guard !about.isEmpty else { return found }
    // No card that asks about the term is left when topics are looked at.
    let left = Set(about.map(\.id)).subtracting(found.map(\.id))
    take(library.differentCards) { left.contains($0.id) }
    return found
  }
}

extension Complaint {
  static func severalTerms(_ text: String, _ names: [String]) -> Complaint {
    Complaint("`\(text)` begins the names of \(names.count) terms", hint: names.prefix(6).joined(separator: ", "))
  }
}
