import Foundation
import GRDB
import Language
import Shell
import Testing

@testable import Store
@testable import Study

@MainActor @Suite("What reviews add up to") struct TallyDatabaseTests {
  private static let rules = ReviewTally.Rules(scheduler: .standard, dates: Calendar(identifier: .gregorian))
  private static let modes = [nil, "flip", "type"]

  /// So many reviews of five cards, a third of a day apart, from a place in the series.
  private static func reviews(_ count: Int, from first: Int = 0) -> [ReviewLog] {
    var states: [String: CardState] = [:]
    return (0..<first + count).map { place in
      let id = "c\(place * 7 % 5)"
      let time = Date(timeIntervalSince1970: 1_750_000_000 + 28_800 * Double(place))
      let grade = Grade.allCases[place * 3 % 4]
      let state = Scheduler.standard.review(states[id] ?? .new, grade: grade, at: time)
      states[id] = state
      return ReviewLog(cardID: id, grade: grade, reviewedAt: time, duration: 1000 + place, mode: modes[place % 3], state: state)
    }.suffix(count)
  }

  private static func store(_ folder: Folder) throws -> ReviewDatabase {
    try ReviewDatabase(file: folder.url.appendingPathComponent("r.sqlite"))
  }

  private static func kept(_ store: ReviewDatabase) throws -> Int {
    try store.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM tally") ?? 0 }
  }

  /// The states as the newest review of each card says, without the tally.
  private static func newest(_ store: ReviewDatabase) throws -> [String: CardState] {
    try store.queue.write { try $0.execute(sql: "DELETE FROM tally") }
    return try store.states()
  }

  @Test("A tally comes back from its bytes; damaged, cut and lengthened bytes are none")
  func bytes() {
    let tally = ReviewTally(Self.reviews(200), Self.rules)
    let bytes = tally.bytes
    #expect(ReviewTally(bytes: bytes) == tally)
    #expect(ReviewTally(bytes: ReviewTally().bytes) == ReviewTally())
    for place in stride(from: 0, to: bytes.count, by: 37) {
      var damaged = bytes
      damaged[place] ^= 1
      #expect(ReviewTally(bytes: damaged) == nil, "byte \(place)")
      #expect(ReviewTally(bytes: Array(bytes.prefix(place))) == nil)
    }
    #expect(ReviewTally(bytes: bytes + [0]) == nil && ReviewTally(bytes: []) == nil)
  }

  @Test("A kept tally with what came since is that of the whole log, and so are the states")
  func increments() throws {
    let folder = try Folder()
    let store = try Self.store(folder)
    for review in Self.reviews(60) { try store.append(review) }
    #expect(try store.tally(Self.rules) == ReviewTally(Self.reviews(60), Self.rules))
    #expect(try Self.kept(store) == 1)
    for review in Self.reviews(30, from: 60) { try store.append(review) }
    let again = try Self.store(folder)
    #expect(try again.tally(Self.rules) == ReviewTally(Self.reviews(90), Self.rules))
    let states = try again.states()
    #expect(try states == Self.newest(again) && states.count == 5)
  }

  @Test("Under other rules the log is counted anew")
  func rules() throws {
    let folder = try Folder()
    let store = try Self.store(folder)
    for review in Self.reviews(60) { try store.append(review) }
    _ = try store.tally(Self.rules)
    var dates = Self.rules.dates
    dates.timeZone = try #require(TimeZone(secondsFromGMT: 12 * 3600))
    let east = ReviewTally.Rules(scheduler: .standard, dates: dates)
    #expect(try store.tally(east) == ReviewTally(Self.reviews(60), east))
    var weights = Weights.standard.values
    weights[20] = 0.3
    let other = ReviewTally.Rules(scheduler: try Scheduler(weights: Weights(weights)), dates: dates)
    let tally = try store.tally(other)
    #expect(tally == ReviewTally(Self.reviews(60), other) && tally != ReviewTally(Self.reviews(60), east))
    #expect(try Self.kept(store) == 1)
  }

  @Test(
    "Whatever changes a counted review lets the tally go",
    arguments: [
      "DELETE FROM review WHERE id = 3", "UPDATE review SET grade = 2 WHERE id = 60",
      "UPDATE review SET card_id = 'x' WHERE card_id = 'c1'",
      "INSERT INTO review SELECT -1, card_id, grade, reviewed_at, duration_ms, scheduler, phase, step, stability, difficulty, due, mode FROM review WHERE id = 1",
    ])
  func changes(change: String) throws {
    let folder = try Folder()
    let store = try Self.store(folder)
    for review in Self.reviews(60) { try store.append(review) }
    _ = try store.tally(Self.rules)
    try store.queue.write { try $0.execute(sql: change) }
    #expect(try Self.kept(store) == 0)
    #expect(try store.tally(Self.rules) == ReviewTally(try store.all(), Self.rules))
  }

  @Test("What another shell changes is counted by the one that had the tally in hand")
  func twoShells() throws {
    let folder = try Folder()
    let (one, two) = (try Self.store(folder), try Self.store(folder))
    for review in Self.reviews(60) { try one.append(review) }
    for shell in [one, two] { #expect(try shell.tally(Self.rules) == ReviewTally(Self.reviews(60), Self.rules)) }
    try two.queue.write { try $0.execute(sql: "UPDATE review SET grade = 1 WHERE id = 7") }
    // Kept anew by the other, up to the same review.
    let changed = try two.tally(Self.rules)
    #expect(changed != ReviewTally(Self.reviews(60), Self.rules))
    #expect(try one.tally(Self.rules) == changed)
    try one.queue.write { try $0.execute(sql: "UPDATE review SET grade = 2 WHERE id = 7") }
    for shell in [two, one] { #expect(try shell.tally(Self.rules) == ReviewTally(try one.all(), Self.rules)) }
  }

  @Test("What was graded and taken back since changes nothing")
  func undone() throws {
    let folder = try Folder()
    let store = try Self.store(folder)
    for review in Self.reviews(60) { try store.append(review) }
    let before = try store.tally(Self.rules)
    let more = try #require(Self.reviews(1, from: 60).first)
    try store.append(more)
    #expect(try store.tally(Self.rules) != before)
    try store.removeNewest(of: more.cardID)
    #expect(try store.tally(Self.rules) == before && Self.kept(store) == 1)
  }

  @Test("After a clock jumped back the review that was stored last counts, and no tally hides it")
  func clock() throws {
    let folder = try Folder()
    let store = try Self.store(folder)
    let reviews = Self.reviews(12)
    // The last two are of other cards, the one before them is stored again as if it had been graded at the beginning.
    for review in reviews { try store.append(review) }
    _ = try store.tally(Self.rules)
    var early = reviews[9]
    early.reviewedAt = reviews[0].reviewedAt.addingTimeInterval(-60)
    early.state.lastReview = early.reviewedAt
    try store.append(early)
    #expect(try store.states()[early.cardID] == early.state)
    _ = try store.tally(Self.rules)
    let states = try store.states()
    #expect(states[early.cardID] == early.state)
    // What statistics say of the card, too, and the tally is kept all the same.
    let rules = Self.rules
    let tally = try store.tally(rules)
    #expect(tally.states == states && tally == ReviewTally(reviews + [early], rules))
    #expect(try Self.kept(store) == 1)
    #expect(try states == Self.newest(store))
    // Taken back, the one before it counts again, with the tally and without.
    try store.append(reviews[10])
    _ = try store.tally(rules)
    try store.removeNewest(of: reviews[10].cardID)
    try store.removeNewest(of: early.cardID)
    let after = try store.states()
    #expect(after[early.cardID] == reviews[9].state)
    #expect(try after == Self.newest(store))
  }

  @Test("Numbers that no log adds up to are no tally, though their checksum is right; a review before all time is one")
  func impossible() throws {
    var reviews = Self.reviews(3)
    reviews[0].reviewedAt = Date(timeIntervalSince1970: -70_000_000_000)
    #expect(ReviewTally(reviews, Self.rules).days.values.reduce(0) { $0 + $1.reviews } == 3)
    var tally = ReviewTally(reviews, Self.rules)
    tally.days[3, default: .init()].reviews = .max
    #expect(ReviewTally(bytes: tally.bytes) == nil)
    tally = ReviewTally(reviews, Self.rules)
    tally.days[.min] = .init()
    #expect(ReviewTally(bytes: tally.bytes) == nil)
    tally = ReviewTally(reviews, Self.rules)
    tally.overtaken["c0"] = CardState(phase: .review, memory: MemoryState(stability: -1, difficulty: 5))
    #expect(ReviewTally(bytes: tally.bytes) == nil)
  }

  @Test("A store that cannot be written still tells what its reviews add up to")
  func readOnly() throws {
    let folder = try Folder()
    let store = try Self.store(folder)
    for review in Self.reviews(20) { try store.append(review) }
    try store.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
    #expect(try store.tally(Self.rules) == ReviewTally(Self.reviews(20), Self.rules))
  }

  @Test("A merge that is stopped on its way leaves the store as it was")
  func stopped() throws {
    let folder = try Folder()
    let store = try Self.store(folder)
    for review in Self.reviews(10) { try store.append(review) }
    var looks = 0
    #expect(throws: Interruption.complaint) {
      try Interruption.asking({
        looks += 1; return looks > 3
      }) { _ = try store.merge(Self.reviews(50), .standard) }
    }
    #expect(try store.all() == Self.reviews(10))
  }
}
