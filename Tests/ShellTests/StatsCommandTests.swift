import Foundation
import Shell
import Study
import Testing

@MainActor @Suite struct StatsCommandTests {
  private func shell() throws -> (TestShell, TemporaryFolder) {
    let shell = TestShell()
    let folder = try TemporaryFolder(["deck.md": StudyCommandTests.deck])
    shell.surroundings.files.folder = folder.url
    try shell.run("deck load deck.md")
    return (shell, folder)
  }

  /// Grades every card, then again on each of the next days that bring one due.
  private func learn(_ shell: TestShell, days: Int) throws {
    for day in 0..<days {
      shell.surroundings.answers = (0..<40).map { .line($0 % 2 == 0 ? "" : day % 5 == 4 ? "1" : "4") }
      try shell.run("quiz new=1 n=3")
      shell.surroundings.now += 86_400
    }
  }

  @Test("Without a review there is one clear line")
  func empty() throws {
    let (shell, _) = try shell()
    #expect(shell.text("stats") == "no reviews yet: 3 cards wait, `quiz` asks the first ones\n")
    let json = try shell.json("stats")
    #expect(json["reviews"] as? Int == 0 && json["retention"] is NSNull)
    #expect(shell.text("plot retention").contains("no card has been asked again on a later day yet"))
  }

  @Test("JSON holds reviews, retention and the topics, and agrees with the store")
  func json() throws {
    let (shell, _) = try shell()
    try learn(shell, days: 40)
    let json = try shell.json("stats")
    let log = shell.surroundings.memory.log
    #expect(json["reviews"] as? Int == log.count)
    let topics = try #require(json["by_topic"] as? [[String: Any]])
    #expect(topics.compactMap { $0["reviews"] as? Int }.reduce(0, +) == log.count)
    #expect(topics.map { $0["topic"] as? String } == ["Neurons", "Losses"])
    let retention = try #require(json["retention"] as? Double), predicted = try #require(json["predicted"] as? Double)
    #expect((0...1).contains(retention) && (0.5...1).contains(predicted))
    let modes = try #require(json["by_mode"] as? [[String: Any]])
    #expect(modes.map { $0["mode"] as? String } == ["flip"] && modes[0]["reviews"] as? Int == log.count)
    #expect((json["forecast"] as? [Int])?.count == 30)
    #expect(json["seconds"] as? Double == Double(log.map(\.duration).reduce(0, +)) / 1000)
  }

  @Test("The page keeps to 80 columns, and to ASCII where it must", arguments: [1, 3, 40])
  func page(days: Int) throws {
    let (shell, _) = try shell()
    try learn(shell, days: days)
    let text = shell.text("stats")
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    for part in ["due in the next 30 days", "reviews of the last 26 weeks", "Neurons", "streak"] { #expect(text.contains(part)) }
    #expect(text.contains("predicted") == (days == 40))
  }

  @Test("Reviews of decks that are not open are counted, and said to be elsewhere")
  func elsewhere() throws {
    let (shell, _) = try shell()
    let state = Scheduler.standard.review(.new, grade: .good, at: shell.surroundings.now)
    shell.surroundings.memory.append(ReviewLog(cardID: "0123456789ab", grade: .good, reviewedAt: shell.surroundings.now, state: state))
    #expect(try shell.json("stats")["elsewhere"] as? Int == 1)
    #expect(shell.text("stats").contains("in no deck that is open"))
  }

  @Test("plot forecast and plot retention draw the same numbers")
  func plots() throws {
    let (shell, _) = try shell()
    try learn(shell, days: 40)
    let forecast = try #require(try shell.json("stats")["forecast"] as? [Int])
    let series = try #require(try shell.json("plot forecast")["series"] as? [[String: Any]])
    let y = try #require(series[0]["y"] as? [Double])
    #expect(stride(from: 0, to: 60, by: 2).map { Int(y[$0]) } == forecast)
    let curves = try #require(try shell.json("plot retention")["series"] as? [[String: Any]])
    #expect(curves.map { $0["name"] as? String } == ["remembered", "predicted"])
  }
}
