import Threads

/// Finds cards by their words.
///
/// The folded text of all cards lies in one run of bytes that each search reads from its start to its end. For 10,000 cards that is a few
/// megabytes and a few milliseconds, and there is no second copy in a database that could fall behind the files.
struct CardIndex: Sendable {
  /// Where words weigh how much: question, topic, category, answer.
  private static let weights = [8, 6, 4, 2]

  private var bytes: [UInt8] = []
  /// The end of each part of each card, four a card.
  private var ends: [Int] = []

  init(_ cards: [Card]) {
    var folded = FoldedText()
    ends.reserveCapacity(cards.count * CardIndex.weights.count)
    for card in cards {
      for part in [card.question, card.topic, card.category, card.answer] {
        folded.clear()
        folded.append(part)
        bytes += folded.bytes
        ends.append(bytes.count)
      }
    }
  }

  /// The places of the cards that hold every word, the best first: words of the question count more than those of the topic, these more than
  /// those of the category and the answer, and a whole word more than the start of one. The last word may be the start of one; words that
  /// were typed without a blank between them (`mot-clé`) must stand so in the card. No words find nothing.
  func places(of words: String) -> [Int] {
    let typed = words.split(whereSeparator: \.isWhitespace).map { FoldedText.words(of: String($0)) }.filter { $0.count > 2 }
    guard let last = typed.last else { return [] }
    let start = Array(last.dropLast())
    var found: [(place: Int, weight: Int)] = []
    bytes.withUnsafeBufferPointer { text in
      for place in 0..<(ends.count / CardIndex.weights.count) {
        var total = 0
        for (number, word) in typed.enumerated() {
          let weight = best(at: place, in: text) { number == typed.count - 1 ? CardIndex.holds($0, start) : CardIndex.holds($0, word) }
          guard weight > 0 else {
            total = 0
            break
          }
          total += weight
        }
        guard total > 0 else { continue }
        if best(at: place, in: text, { CardIndex.holds($0, last) }) > 0 { total += 1 }
        found.append((place, total))
      }
    }
    return found.sorted { ($1.weight, $0.place) < ($0.weight, $1.place) }.map(\.place)
  }

  /// The places of the cards whose question holds, for every word of one of the names, a word that begins so.
  func places(asking names: [[[UInt8]]]) -> [Int] {
    bytes.withUnsafeBufferPointer { text in
      (0..<ends.count / CardIndex.weights.count).filter { place in
        let question = part(place * CardIndex.weights.count, of: text)
        return names.contains { name in name.allSatisfy { CardIndex.holds(question, $0) } }
      }
    }
  }

  /// The weight of the weightiest part of a card that satisfies; 0 when none does.
  private func best(at place: Int, in text: UnsafeBufferPointer<UInt8>, _ holds: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int {
    let first = place * CardIndex.weights.count
    for (offset, weight) in CardIndex.weights.enumerated() {
      if holds(part(first + offset, of: text)) { return weight }
    }
    return 0
  }

  /// The bytes of a part, of all parts of all cards.
  private func part(_ number: Int, of text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text[(number == 0 ? 0 : ends[number - 1])..<ends[number]])
  }

  /// Whether the bytes of `word`, which start with a blank, stand in a text.
  private static func holds(_ text: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
    guard text.count >= word.count else { return false }
    return word.withUnsafeBufferPointer { word in
      var index = 0
      let last = text.count - word.count
      search: while index <= last {
        // The second byte parts more than the blank before it does.
        guard text[index] == 0x20, text[index + 1] == word[1] else {
          index += 1
          continue
        }
        for offset in 2..<word.count where text[index + offset] != word[offset] {
          index += 1
          continue search
        }
        return true
      }
      return false
    }
  }
}

/// The index of a library's cards, made when it is first asked for and shared by the library's copies.
final class LazyIndex: Sendable {
  private let made = Guarded<CardIndex?>(nil)

  /// The index of the cards, which must be the same at each call.
  func index(of cards: [Card]) -> CardIndex {
    made.withLock { index in
      let result = index ?? CardIndex(cards)
      index = result
      return result
    }
  }
}
