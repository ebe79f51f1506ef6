import Threads

/// Finds cards by their words.
///
/// The folded text of all cards lies in one run of bytes that each search reads from its start to its end. For 10,000 cards that is a few
/// megabytes and a few milliseconds, and there is no second copy in a database that could fall behind the files.
struct CardIndex: Sendable {
  /// Where words weigh how much: question, topic, category, answer.
  private static let weights = [8, 6, 4, 2]

  /// The words of all parts, and behind them a lane of nothing, so that a lane can be read at every place.
  private var bytes: [UInt8] = []
  /// The end of each part of each card, four a card.
  private var ends: [Int] = []

  /// What is compared at once.
  private typealias Lane = SIMD16<UInt8>

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
    bytes += [UInt8](repeating: 0, count: Lane.scalarCount)
  }

  /// The places of the cards that hold every word, the best first: words of the question count more than those of the topic, these more than
  /// those of the category and the answer, and a whole word more than the start of one. The last word may be the start of one; words that
  /// were typed without a blank between them (`mot-clé`) must stand so in the card. No words find nothing.
  func places(of words: String) -> [Int] {
    let typed = words.split(whereSeparator: \.isWhitespace).map { FoldedText.words(of: String($0)) }.filter { $0.count > 2 }
    guard let last = typed.last else { return [] }
    let start = Array(last.dropLast())
    var found: [(place: Int, weight: Int)] = []
    bytes.withUnsafeBytes { text in
      for place in 0..<(ends.count / CardIndex.weights.count) {
        var total = 0
        for (number, word) in typed.enumerated() {
          let weight = weight(of: number == typed.count - 1 ? start : word, at: place, in: text)
          guard weight > 0 else {
            total = 0
            break
          }
          total += weight
        }
        guard total > 0 else { continue }
        if weight(of: last, at: place, in: text) > 0 { total += 1 }
        found.append((place, total))
      }
    }
    return found.sorted { ($1.weight, $0.place) < ($0.weight, $1.place) }.map(\.place)
  }

  /// The places of the cards whose question holds, for every word of one of the names, a word that begins so.
  func places(asking names: [[[UInt8]]]) -> [Int] {
    bytes.withUnsafeBytes { text in
      (0..<ends.count / CardIndex.weights.count).filter { place in
        names.contains { name in name.allSatisfy { holds(part: place * CardIndex.weights.count, $0, in: text) } }
      }
    }
  }

  /// The weight of the weightiest part of a card that holds a word; 0 when none does.
  private func weight(of word: [UInt8], at place: Int, in text: UnsafeRawBufferPointer) -> Int {
    let first = place * CardIndex.weights.count
    return CardIndex.weights.indices.first { holds(part: first + $0, word, in: text) }.map { CardIndex.weights[$0] } ?? 0
  }

  /// Whether the bytes of `word`, which are a blank, a letter and perhaps more, stand in a part, of all parts of all cards.
  private func holds(part: Int, _ word: [UInt8], in text: UnsafeRawBufferPointer) -> Bool {
    var place = part == 0 ? 0 : ends[part - 1]
    // Behind it the word would end in the next part.
    let end = ends[part] - word.count + 1
    // The blank, the first letter and the last byte together part a word from nearly all others.
    let (blank, first, last) = (Lane(repeating: 0x20), Lane(repeating: word[1]), Lane(repeating: word[word.count - 1]))
    while place < end {
      let isThere =
        (text.loadUnaligned(fromByteOffset: place, as: Lane.self) .== blank)
        .& (text.loadUnaligned(fromByteOffset: place + 1, as: Lane.self) .== first)
        .& (text.loadUnaligned(fromByteOffset: place + word.count - 1, as: Lane.self) .== last)
      if any(isThere) {
        for lane in isThere.indices where isThere[lane] && place + lane < end {
          if text[(place + lane)..<(place + lane + word.count)].elementsEqual(word) { return true }
        }
      }
      place += Lane.scalarCount
    }
    return false
  }
}
