import Foundation
import Store
import Testing

/// `kill -9` at any moment of a quiz: what was said to be stored is stored.
@Suite struct ProgramKillTests {
  @Test func noGradedCardIsLost() async throws {
    let home = try ProgramHome()
    let store = home.folder.appendingPathComponent("data/gradus/gradus.sqlite")
    let cards = (1...900).map { "Question : Kill - Nine - What is \($0)?\nAnswer : It is \($0).\n\n" }.joined()
    try home.write(cards, to: "deck.md")
    var random = SystemRandomNumberGenerator()
    var stored = 0
    for round in 0..<20 {
      let program = try home.start([])
      try program.write("deck load deck.md\nquiz n=10000 new=10000\n")
      try program.write(String(repeating: "\n\(round % 4 + 1)\n", count: 40))
      try program.wait(for: round % 2 == 0 ? "stored" : "1 of at most", count: 1)
      usleep(UInt32.random(in: 0..<20_000, using: &random))
      program.signal(SIGKILL)
      let outcome = try program.finished()
      #expect(outcome.status == 137 || outcome.status == 0, "\(outcome)")
      let said = outcome.output.components(separatedBy: "stored").count - 1
      let kept = try await reviews(store)
      // The one that was being written when the end came may be there without having been said.
      #expect(kept >= stored + said && kept <= stored + said + 1, "round \(round): \(kept) kept, \(stored) before, \(said) said")
      stored = kept
    }
    #expect(stored > 20)
    let after = try home.run([], input: "deck load deck.md\nquiz n=1\n\n3\n")
    #expect(after.status == 0 && after.output.contains("stored"), "\(after)")
  }

  /// The reviews that the store holds.
  @MainActor private func reviews(_ file: URL) throws -> Int { try ReviewDatabase(file: file).count() }
}
