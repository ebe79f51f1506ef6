import Course
import Deck
import Foundation
import Screen

/// Lessons as the checker plays them: their commands run, confined, and what they print is compared.
final class LessonTarget: FuzzTarget {
  static let name = "lessons"
  static let share = 10
  static let megabytes = 768
  private let place: FuzzPlace
  private let seeds: [[UInt8]]
  private let mutation = Mutation(words: Corpus.deckWords + Corpus.names, brackets: Corpus.deckBrackets)
  private let renderer = ReportText()
  private let plotter = NoPlotter()

  init(_ place: FuzzPlace) throws {
    self.place = place
    seeds = try Corpus.sections(place).filter { String(decoding: $0, as: UTF8.self).contains("```") }
    _ = try FuzzShell(place)
  }

  func input(_ random: inout Randomness) -> [UInt8] { mutation.changed(random.member(of: seeds), seeds, &random) }

  func read(_ input: [UInt8]) -> Bool {
    let text = FuzzShell.tamed(String(decoding: input, as: UTF8.self))
    let file = place.folder.appendingPathComponent("Lessons/en/f.md")
    guard let document = try? Document(file: file.path, bytes: Array(text.utf8)) else { return false }
    let start = ContinuousClock.now
    // A fence may take as long as the whole lesson.
    let checker = LessonChecker(
      renderer: renderer, plotter: plotter, lessons: place.folder.appendingPathComponent("Lessons"), limit: 0.3,
      clock: { Date(timeIntervalSince1970: Double((ContinuousClock.now - start).components.attoseconds) / 1e18) })
    guard let outcome = try? checker.check(document) else { return false }
    for difference in outcome.differences { _ = difference.diff }
    return outcome.commands > 0
  }
}
