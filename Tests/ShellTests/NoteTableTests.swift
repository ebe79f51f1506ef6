import Foundation
import Language
import Testing

@testable import Shell

@Suite("Tables of notes") struct NoteTableTests {
  private func notes(_ text: String) throws -> [CardNote] { try NoteTable.notes(of: Data(text.utf8), "f.tsv") }

  @Test(
    "A head that names no column of the table leaves the columns to the fields",
    arguments: ["-9223372036854775808", "-1", "0", "9223372036854775807", "99999999999999999999", "x", ""])
  func columns(number: String) throws {
    let notes = try notes("#guid column:\(number)\n#deck column:\(number)\nfront\tback\n")
    #expect(notes.map { $0.fields.map(\.html) } == [["front", "back"]] && notes[0].guid.isEmpty && notes[0].deck.isEmpty)
  }

  @Test("A column that is named is no field")
  func guid() throws {
    let notes = try notes("#guid column:2\nfront\tid\tback\n")
    #expect(notes.map(\.guid) == ["id"] && notes[0].fields.map(\.html) == ["front", "back"])
  }

  @Test("A hundred thousand heads are read in time")
  func heads() throws {
    let text = String(repeating: "#\n", count: 100_000) + "front\tback\n"
    // A quadratic reader copies ten gigabytes.
    var count = 0
    let time = try ContinuousClock().measure { count = try notes(text).count }
    #expect(count == 1 && time < .seconds(5))
  }
}
