import Foundation

/// What a card asked when it was reviewed: kept with its history, so that the question can be told when no deck holds it any more.
public struct RememberedCard: Sendable, Hashable, Identifiable {
  /// The card's id.
  public var id: String
  /// The category of its title.
  public var category: String
  /// The topic of its title.
  public var topic: String
  /// The question.
  public var question: String
  /// The file that held it.
  public var file: String

  /// A card of the given parts.
  public init(id: String, category: String, topic: String, question: String, file: String) {
    self.id = id
    self.category = category
    self.topic = topic
    self.question = question
    self.file = file
  }

  /// What a card asks now.
  public init(_ card: Card) {
    self.init(id: card.id, category: card.category, topic: card.topic, question: card.question, file: card.file)
  }
}

/// Pairs cards that are gone with those that took their place, by likeness.
///
/// `likeness = 0.85 d(question) + 0.15 d(category and topic)`, with `d(a, b) = 2 w(a ∩ b) / (w(a) + w(b))`, Dice's coefficient of the runs of
/// three letters, where a run weighs `ln(1 + N / n)`: `N` the number of texts, `n` those that hold it. So `What is the` says little.
public enum Relinking {
  /// Two cards and how much they are alike, from 0 to 1.
  public struct Pair: Sendable, Hashable {
    /// The card that is gone.
    public var old: RememberedCard
    /// The card that may have taken its place.
    public var new: Card
    /// From 0 to 1.
    public var likeness: Double
  }

  /// Below it two questions are not the same one, mended.
  public static let threshold = 0.5

  /// The likeliest pairs, the most alike first; no card stands in two.
  public static func pairs(old: [RememberedCard], new: [Card]) -> [Pair] {
    let olds = old.map { Likeness.trigrams($0.question) }
    let news = new.map { Likeness.trigrams($0.question) }
    var counts: [UInt64: Int] = [:]
    for trigram in (olds + news).joined() { counts[trigram, default: 0] += 1 }
    let total = Double(olds.count + news.count)
    let weights = counts.mapValues { log(1 + total / Double($0)) }
    var holders: [UInt64: [Int]] = [:]
    for (place, trigrams) in news.enumerated() { for trigram in trigrams { holders[trigram, default: []].append(place) } }
    // The sums run in a fixed order, so that a pair is as like in one session as in the next.
    func sum(_ trigrams: Set<UInt64>) -> Double { trigrams.sorted().reduce(0) { $0 + (weights[$1] ?? 0) } }
    let newSums = news.map(sum)
    var candidates: [(old: Int, new: Int, likeness: Double)] = []
    for (place, trigrams) in olds.enumerated() {
      var shared: [Int: Double] = [:]
      for trigram in trigrams.sorted() { for holder in holders[trigram] ?? [] { shared[holder, default: 0] += weights[trigram] ?? 0 } }
      let oldSum = sum(trigrams)
      for (other, weight) in shared {
        let titles = dice(
          Likeness.trigrams(old[place].category + " " + old[place].topic), Likeness.trigrams(new[other].category + " " + new[other].topic))
        let likeness = 0.85 * 2 * weight / (oldSum + newSums[other]) + 0.15 * titles
        if likeness >= threshold { candidates.append((place, other, likeness)) }
      }
    }
    var takenOld = Set<Int>()
    var takenNew = Set<Int>()
    var pairs: [Pair] = []
    for candidate in candidates.sorted(by: { ($1.likeness, $0.old, $0.new) < ($0.likeness, $1.old, $1.new) })
    where !takenOld.contains(candidate.old) && !takenNew.contains(candidate.new) {
      takenOld.insert(candidate.old)
      takenNew.insert(candidate.new)
      pairs.append(Pair(old: old[candidate.old], new: new[candidate.new], likeness: min(1, candidate.likeness)))
    }
    return pairs
  }

  /// Dice's coefficient of two sets; 1 of two empty ones.
  private static func dice(_ first: Set<UInt64>, _ second: Set<UInt64>) -> Double {
    if first.isEmpty && second.isEmpty { return 1 }
    return 2 * Double(first.intersection(second).count) / Double(first.count + second.count)
  }
}
