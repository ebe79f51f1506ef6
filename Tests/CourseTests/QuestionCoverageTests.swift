import Deck
import Foundation
import Testing

/// The deck that this program was made for; it stands beside the repository on some machines only.
private let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
private let userDeck: String? = {
  let path = repository.deletingLastPathComponent().appendingPathComponent("shared/decks/deep_learning.md").path
  return FileManager.default.fileExists(atPath: path) ? path : nil
}()

/// Which card of the lessons answers a question of the user's deck: a line of `Questions.tsv`.
private struct Coverage {
  let id: String
  let lesson: String
  let english: String
  let french: String

  /// The lines after the one that names the columns.
  static func table() throws -> [Coverage] {
    let url = try #require(Bundle.module.url(forResource: "Questions", withExtension: "tsv"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(cells.count == 4, "\(line)")
      return Coverage(id: cells[0], lesson: cells[1], english: cells[2], french: cells[3])
    }
  }
}

@Suite("The lessons answer every question of the user's deck")
struct QuestionCoverageTests {
  private let table: [Coverage]

  init() throws { table = try Coverage.table() }

  @Test("78 different questions, each with one line")
  func counts() {
    #expect(table.count == 78)
    #expect(Set(table.map(\.id)).count == table.count)
  }

  @Test("each names a card of its lesson, in English and in French, at the same place of both")
  func cards() throws {
    for (lesson, rows) in Dictionary(grouping: table, by: \.lesson) {
      let english = try questions(lesson, in: "en")
      let french = try questions(lesson, in: "fr")
      for row in rows { check(row, english, french) }
    }
  }

  @Test("the table holds the questions of the deck, and no other", .enabled(if: userDeck != nil))
  func deck() throws {
    let deck = Set(try DeckFiles.document(#require(userDeck)).cards.map(\.id))
    let covered = Set(table.map(\.id))
    #expect(deck.subtracting(covered).sorted() == [])
    #expect(covered.subtracting(deck).sorted() == [])
  }

  private func check(_ row: Coverage, _ english: [String], _ french: [String]) {
    let place = english.firstIndex(of: CardIdentity.normalised(row.english))
    #expect(place != nil, "\(row.id): no card asks “\(row.english)” in en/\(row.lesson).md")
    #expect(
      place == french.firstIndex(of: CardIdentity.normalised(row.french)),
      "\(row.id): “\(row.french)” is not the same card in fr/\(row.lesson).md")
  }

  /// What the cards of a lesson ask, in their order.
  private func questions(_ lesson: String, in lang: String) throws -> [String] {
    let path = repository.appendingPathComponent("Lessons/\(lang)/\(lesson).md").path
    return try DeckFiles.document(path).cards.map { CardIdentity.normalised($0.question) }
  }
}
