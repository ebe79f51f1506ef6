import Foundation
import Testing

@testable import Shell

@MainActor @Suite("tour") struct TourTests {
  @Test("plays through where nobody sits, in both languages, and leaves the session as it is", arguments: ["en", "fr"])
  func playsThrough(lang: String) throws {
    let shell = TestShell()
    for line in ["set lang \(lang)", "input 3; layer dense 2", "data moons 40", "set predict on"] { try shell.run(line) }
    let state = shell.session.model.state, prompt = shell.session.prompt
    let decks = shell.session.library.differentCards.count
    let facts = try #require(try shell.run("tour") as? TourFacts)
    #expect(facts.isDone && facts.stops == Tour.stops.count && (8...10).contains(Tour.stops.count))
    #expect(shell.session.model.state == state && shell.session.prompt == prompt && shell.session.settings.predict)
    #expect(shell.session.library.differentCards.count == decks && !shell.surroundings.files.isConfined)
    #expect(shell.surroundings.keptRuns.newest(9).isEmpty && shell.surroundings.warnings.isEmpty)
    let prose = shell.surroundings.shown.compactMap { ($0 as? ProseFacts)?.markdown }
    #expect(prose.count == Tour.stops.count && prose[0].contains(lang == "fr" ? "croissants" : "moons"))
    let commands = shell.surroundings.shown.compactMap { ($0 as? LessonCommandFacts)?.text }
    #expect(commands.count == facts.commands)
    #expect(shell.surroundings.shown.contains { $0 is TrainingFacts } && shell.surroundings.shown.contains { $0 is PlotFacts })
  }

  @Test("the card of each language is in that language, and asks the same")
  func cards() throws {
    for (lang, question) in [("en", "learning rate"), ("fr", "taux d’apprentissage")] {
      let shell = TestShell()
      try shell.run("set lang \(lang)")
      try shell.run("tour")
      let card = try #require(shell.surroundings.shown.lazy.compactMap({ $0 as? CardFacts }).first).card
      #expect(card.question.contains(question))
    }
  }

  @Test(
    "Enter goes on; q, another line, Ctrl-C and Ctrl-D leave",
    arguments: [
      ([Reply.line("q")], 1), ([.line(""), .line(""), .line("q")], 3), ([.line(""), .cancelled], 2), ([], 1), ([.line("quit")], 1),
      (Array(repeating: .line(""), count: 20), Tour.stops.count),
    ])
  func leaves(answers: [Reply], stops: Int) throws {
    let shell = TestShell()
    shell.surroundings.isAttended = true
    shell.surroundings.answers = answers
    let facts = try #require(try shell.run("tour") as? TourFacts)
    #expect(facts.stops == stops && facts.isDone == (stops == Tour.stops.count))
    #expect(shell.surroundings.renderer.text(of: try #require(shell.reports.last), width: 80).isEmpty == facts.isDone)
  }

  @Test("a lesson may not run it; its last words name commands that there are")
  func edges() throws {
    let shell = TestShell()
    let files = shell.surroundings.files
    shell.surroundings.files = files.confined(to: projectRoot, scratch: projectRoot)
    #expect(throws: Complaint.confined("tour")) { try shell.run("tour") }
    shell.surroundings.files = files
    let last = try #require(Tour.stops.last)
    #expect(last.commands.isEmpty)
    for words in [last.prose.en, last.prose.fr] {
      for quoted in words.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter({ $0.offset % 2 == 1 }) {
        let name = String(quoted.element.split(separator: " ")[0])
        #expect(Commands.outlines.contains { $0.name == name })
      }
    }
  }
}
