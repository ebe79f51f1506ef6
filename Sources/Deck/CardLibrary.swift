import Foundation

/// The documents that are loaded, and the cards in them.
public struct CardLibrary: Sendable, Hashable {
  /// What an id, or the start of one, names.
  public enum Match: Sendable, Hashable {
    /// No card.
    case none
    /// One card; of a card that stands twice, the first.
    case one(Card)
    /// Different cards whose ids start so, in order.
    case several([Card])
  }

  /// The documents in the order of their loading.
  public private(set) var documents: [Document] = []
  /// Every card as often as it stands, in order.
  public private(set) var cards: [Card] = []
  /// Every card once, in order; of a card that stands twice, the first.
  public private(set) var differentCards: [Card] = []
  private var index = Lazily<CardIndex>()
  private var gatheredTopics = Lazily<[Topic]>()

  /// Libraries are equal when their documents are.
  public static func == (first: CardLibrary, second: CardLibrary) -> Bool { first.documents == second.documents }

  /// Hashes the documents.
  public func hash(into hasher: inout Hasher) { hasher.combine(documents) }

  /// A library of documents.
  public init(_ documents: [Document] = []) { add(documents) }

  /// The number of cards, each as often as it stands.
  public var count: Int { cards.count }

  /// The number of different cards.
  public var different: Int { differentCards.count }

  /// The topics in order of appearance over all documents.
  public var topics: [Topic] { gatheredTopics.value { Topic.topics(of: cards) } }

  /// The findings of all documents, and the cards that stand in two of them.
  public var findings: [Finding] { documents.flatMap(\.findings) + duplicatesBetweenFiles }

  /// The cards that stand in an earlier file already.
  public var duplicatesBetweenFiles: [Finding] {
    var findings: [Finding] = []
    var files: [String: String] = [:]
    for card in cards {
      let first = files[card.id] ?? card.file
      files[card.id] = first
      if first != card.file { findings.append(Finding(.duplicate, file: card.file, line: card.line, first)) }
    }
    return findings
  }

  /// Adds documents; one whose file is there already (`a.md` and `./a.md` are the same) takes the place of the old one.
  public mutating func add(_ more: [Document]) {
    var places: [String: Int] = [:]
    for (place, document) in documents.enumerated() { places[CardLibrary.standard(document.file)] = place }
    for document in more {
      let name = CardLibrary.standard(document.file)
      if !name.isEmpty, let place = places[name] {
        documents[place] = document
      } else {
        places[name] = documents.count
        documents.append(document)
      }
    }
    gather()
  }

  /// Takes the document of a file out, and says how many cards went with it; nil when there is no such document.
  public mutating func remove(_ file: String) -> Int? {
    let name = CardLibrary.standard(file)
    guard let place = documents.firstIndex(where: { CardLibrary.standard($0.file) == name }) else { return nil }
    let gone = documents.remove(at: place)
    gather()
    return gone.cards.count
  }

  private mutating func gather() {
    cards = documents.flatMap(\.cards)
    var seen: Set<String> = []
    differentCards = cards.filter { seen.insert($0.id).inserted }
    index = Lazily()
    gatheredTopics = Lazily()
  }

  /// The card of an id, or of a start of it that no other card's id has; in any case.
  public func card(_ id: String) -> Match {
    let prefix = id.lowercased()
    guard !prefix.isEmpty else { return .none }
    let found = differentCards.filter { $0.id.hasPrefix(prefix) }
    return found.count > 1 ? .several(found) : found.first.map(Match.one) ?? .none
  }

  /// The cards that hold every one of the words in category, topic, question or answer, the best first; case, accents and punctuation do
  /// not count, and the last word may be the start of one. Words without a letter or digit (`()`) are looked for as they are. No words name
  /// every card.
  public func search(_ words: String) -> [Card] {
    let wanted = words.split(whereSeparator: \.isWhitespace)
    if wanted.isEmpty { return cards }
    if FoldedText.words(of: words).count > 2 { return index.value { CardIndex(cards) }.places(of: words).map { cards[$0] } }
    return cards.filter { card in
      wanted.allSatisfy { word in [card.question, card.topic, card.category, card.answer].contains { $0.contains(word) } }
    }
  }

  /// Makes the index of a great library on another thread, so that the first search need not wait for it.
  public func prepareSearch() {
    guard cards.count > 2000 else { return }
    let (index, cards) = (index, cards)
    DispatchQueue.global(qos: .background).async { _ = index.value { CardIndex(cards) } }
  }

  /// The different cards whose question has, for every word of one of the names, a word that begins so; case and accents do not count.
  public func cards(asking names: [[String]]) -> [Card] {
    let wanted = names.map { words in words.map { Array(FoldedText.words(of: $0).dropLast()) } }.filter { name in
      !name.isEmpty && name.allSatisfy { $0.count > 1 }
    }
    var seen: Set<String> = []
    return index.value { CardIndex(cards) }.places(asking: wanted).map { cards[$0] }.filter { seen.insert($0.id).inserted }
  }

  private static func standard(_ file: String) -> String { (file as NSString).standardizingPath.replacing(/^(\.\/)+/, with: "") }

  /// Text without case, accents and the two kinds of apostrophe.
  public static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    return text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).replacing("’", with: "'")
  }
}
