import Foundation
import Shell
import Study
import Testing

@MainActor @Suite struct ReviewCommandTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-reviews-\(UUID().uuidString)")

  private func shell() throws -> TestShell {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let shell = TestShell()
    shell.surroundings.files.folder = folder
    return shell
  }

  /// Reviews of so many cards, three each on three days, of which every third card's last one fails.
  private func reviews(_ cards: Int) -> [ReviewLog] {
    (0..<cards).flatMap { card in
      [(0.0, Grade.good), (0.01, .good), (4, card % 3 == 0 ? .again : .good)].map { days, grade in
        ReviewLog(
          cardID: "card\(card)", grade: grade, reviewedAt: Date(timeIntervalSince1970: 1_740_000_000 + days * 86_400 + Double(card)),
          state: .new)
      }
    }
  }

  @Test("Exported reviews are imported elsewhere with the same states, and a second import adds nothing")
  func roundTrip() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try shell()
    _ = first.surroundings.memory.merge(reviews(7), .standard)
    #expect(try first.json("reviews export r.csv")["reviews"] as? Int == 21)
    let second = try shell()
    for added in [21, 0] {
      let json = try second.json("reviews import r.csv")
      #expect(json["added"] as? Int == added)
      #expect(json["cards"] as? Int == 7)
    }
    #expect(second.surroundings.memory.states() == first.surroundings.memory.states())
    #expect(second.text("reviews import r.csv") == "0 reviews added, of 7 cards; all were there already\n")
  }

  @Test(
    "A file that is no table of reviews is a complaint with line and reason, and nothing of it is imported",
    arguments: [
      ("card_id,rating,review_datetime\na,3,2025-01-01T00:00:00Z\na,9,2025-01-02T00:00:00Z\n", "line 3: the rating `9`"),
      ("card_id,rating\n", "line 1: the first line names no column `review_datetime`"),
      ("card_id,rating,review_datetime\na,3,2035-01-01T00:00:00Z\n", "yet to come"),
    ])
  func refuses(text: String, says: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let shell = try shell()
    try Data(text.utf8).write(to: folder.appendingPathComponent("r.csv"))
    #expect(shell.text("reviews import r.csv").contains(says))
    #expect(shell.surroundings.memory.count() == 0)
  }

  @Test("stats optimize says how many reviews are missing, and with enough keeps weights only when they predict better")
  func optimizes() throws {
    let few = TestShell()
    _ = few.surroundings.memory.merge(reviews(500), .standard)
    #expect(few.text("stats optimize").contains("12 more reviews are needed"))
    let shell = TestShell()
    _ = shell.surroundings.memory.merge(reviews(600), .standard)
    let json = try shell.json("stats optimize")
    let quality = { (name: String) in (json[name] as? [String: Double])?["log_loss"] ?? .nan }
    #expect(json["applied"] as? Bool == true && quality("after") < quality("before"))
    #expect(shell.surroundings.kept.count == 1 && shell.surroundings.kept[0].hasPrefix("weights FSRS-6:"))
    let weights = shell.session.settings.weights
    #expect(weights != .standard)
    // The weights in use are those of the fit: a second one cannot better them.
    #expect(try shell.json("stats optimize")["applied"] as? Bool == false)
    #expect(shell.session.settings.weights == weights)
    try shell.run("set weights standard")
    #expect(shell.session.settings.weights == .standard)
  }

  @Test("The settings of the study are read back as they are kept, and wrong ones are complaints")
  func settings() throws {
    let shell = TestShell()
    let weights = "FSRS-6:" + Weights.standard.values.map { "\($0 + 0.0001)" }.joined(separator: ",")
    for (name, value) in [("new_per_day", "7"), ("reviews_per_day", "0"), ("max_interval", "365"), ("leech", "4"), ("weights", weights)] {
      try shell.run("set \(name) \(value)")
      #expect(Preference(rawValue: name)?.accepts(value) == true)
      #expect(Preference(rawValue: name)?.value(in: shell.session.settings) == value)
    }
    for wrong in ["new_per_day -1", "max_interval 0", "weights FSRS-6:1,2", "weights FSRS-7:1", "weights 0.1", "leech 1"] {
      let before = shell.session.settings
      #expect(throws: Complaint.self, "\(wrong)") { try shell.run("set \(wrong)") }
      #expect(shell.session.settings == before)
    }
  }

  @Test("A suspended card is not asked until it is restored, and the daily limit ends a quiz")
  func setsAside() throws {
    let shell = TestShell()
    let first = try #require((try shell.json("cards")["cards"] as? [[String: Any]])?.first?["id"] as? String)
    try shell.run("card \(first) suspend")
    try shell.run("set new_per_day 2")
    shell.surroundings.answers = Array(repeating: [Reply.line(""), .line("4")], count: 5).flatMap(\.self)
    let asked = try #require(try shell.json("quiz")["asked"] as? [[String: Any]])
    #expect(asked.count == 2 && !asked.contains { $0["id"] as? String == first })
    shell.surroundings.now += 2 * 86_400
    try shell.run("card \(first) restore")
    shell.surroundings.answers = Array(repeating: [Reply.line(""), .line("4")], count: 5).flatMap(\.self)
    let later = try #require(try shell.json("quiz")["asked"] as? [[String: Any]])
    #expect(later.contains { $0["id"] as? String == first })
  }
}
