import Deck
import Foundation

/// Decks: documents, cards, tasks, the library and the checks of what they claim; now and then through the commands that use them.
final class DeckTarget: FuzzTarget {
  static let name = "decks"
  static let share = 20
  private let place: FuzzPlace
  private let seeds: [[UInt8]]
  private let mutation = Mutation(words: Corpus.deckWords, brackets: Corpus.deckBrackets)
  private let shell: FuzzShell

  init(_ place: FuzzPlace) throws {
    self.place = place
    seeds = try Corpus.sections(place)
    shell = try FuzzShell(place)
  }

  func input(_ random: inout Randomness) -> [UInt8] { mutation.changed(random.member(of: seeds), seeds, &random) }

  func read(_ input: [UInt8]) -> Bool {
    var random = Randomness(of: input)
    guard let check = try? DeckCheck(file: "f.md", bytes: input, hasPicture: { _ in false }) else { return false }
    let lines = 1 + input.count { $0 == 0x0a || $0 == 0x0d }
    precondition(check.document.cards.allSatisfy { (1...lines).contains($0.line) }, "a card stands outside of its file")
    precondition(check.findings.allSatisfy { (1...lines).contains($0.line) }, "a finding stands outside of its file")
    let library = CardLibrary([check.document])
    precondition(library.count == check.document.cards.count, "the library counts other cards")
    if let card = library.cards.first { _ = library.search(String(card.question.prefix(40))) }
    if random.one(in: 16) {
      _ = place.write(input, "f.md")
      let commands = ["deck load f.md", "deck check f.md", "deck list", "cards the", "topics", "quiz n=3 mode=mix", "deck export f.tsv"]
      shell.run(commands + ["deck import f.tsv to=g.md", "deck load g.md", "lesson start f.md", "next", "hint", "skip"], random)
    }
    return !check.document.cards.isEmpty || !check.document.blocks.isEmpty
  }
}
