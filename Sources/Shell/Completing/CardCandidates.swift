import Deck
import Foundation
import Language

/// What completes topics and the ids of cards.
@MainActor struct CardCandidates {
  let library: CardLibrary

  /// So many cards are told with the first line of their question.
  private static let mostDescribed = 500

  func candidates(of source: CandidateSource, typed: String) -> [Candidate] {
    switch source {
    case .topics:
      let topics = library.topics.filter { !$0.name.isEmpty }
      return CardCandidates.endings(
        of: topics.map { ($0.name, $0.cards.count == 1 ? "1 card" : "\(grouped($0.cards.count)) cards") }, after: source.before)
    case .cards, .experiments:
      let start = typed.lowercased()
      let found = library.differentCards.filter {
        $0.id.hasPrefix(start) && (source == .cards || $0.experiments.contains { !$0.steps.isEmpty })
      }
      return found.enumerated().map { place, card in
        // Nobody leafs through more.
        guard place < CardCandidates.mostDescribed else { return Candidate(card.id) }
        return Candidate(card.id, String(decoding: card.question.utf8.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
      }
    default: return []
    }
  }

  /// What is left of names whose first words are typed, in any case.
  static func endings(of names: [(name: String, summary: String)], after words: [String]) -> [Candidate] {
    guard !words.isEmpty else { return names.map { Candidate($0.name, $0.summary) } }
    let typed = words.map { $0.lowercased() }
    return names.compactMap { name, summary in
      let parts = name.split(separator: " ")
      guard parts.count > typed.count, parts.prefix(typed.count).map({ $0.lowercased() }) == typed else { return nil }
      return Candidate(parts.dropFirst(typed.count).joined(separator: " "), summary)
    }
  }
}

/// What completes the names of lessons.
@MainActor enum LessonCandidates {
  /// The lessons in their order, each with its title: in the language of the settings where they are written in it. Only the heads of their files
  /// are read. A path completes to a file.
  static func candidates(typed: String, _ session: Session, _ files: FileAccess) -> [Candidate] {
    if typed.contains("/") { return CompletionFiles(files).candidates(of: .files(ending: "md"), typed: typed) }
    guard let folder = files.lessons else { return [] }
    let own = session.settings.lang
    let others = ProseLanguage.allCases.map(\.rawValue).filter { $0 != own }
    var found: [(order: Int, candidate: Candidate)] = []
    var seen = Set<String>()
    for place in [folder.appendingPathComponent(own), folder] + others.map({ folder.appendingPathComponent($0) }) {
      for name in ((try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []).sorted()
      where name.hasSuffix(".md") && !name.hasPrefix(".") {
        guard let matter = FrontMatter(headOf: place.appendingPathComponent(name).path) else { continue }
        let lesson = matter.id ?? String(name.dropLast(3))
        guard seen.insert(lesson).inserted else { continue }
        let order = matter.other["order"].flatMap { Int($0) } ?? .max
        found.append((order, Candidate(lesson, matter.title ?? "")))
      }
    }
    return found.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }.map(\.element.candidate)
  }
}
