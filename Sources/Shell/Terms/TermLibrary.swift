import Deck
import Foundation
import Threads

/// The terms of the project's lessons, in every language.
public struct TermLibrary: Sendable {
  /// The folder of a language's lessons that holds its terms.
  public static let folder = "terms"

  /// What a text names.
  enum Match {
    /// No term.
    case none
    /// One term.
    case one(Term)
    /// Several terms whose names begin so.
    case several([String])
  }

  /// The terms by their id and language.
  private var byID: [String: [ProseLanguage: Term]] = [:]
  /// The ids by the folded names in all languages; the language of each says who wins where two terms share a name.
  private var byKey: [String: [(lang: ProseLanguage, id: String)]] = [:]

  /// No terms.
  init() {}

  /// The terms of the `terms` folders of lessons; files that cannot be read or name no term are passed over.
  init(lessons: URL) {
    for lang in ProseLanguage.allCases {
      let folder = lessons.appendingPathComponent(lang.rawValue).appendingPathComponent(Self.folder)
      guard let loaded = try? DeckFiles.load(folder.path) else { continue }
      for document in loaded.documents {
        let id = URL(fileURLWithPath: document.file).deletingPathExtension().lastPathComponent
        if let term = Term(document, id: id, lang: lang) { add(term) }
      }
    }
  }

  private mutating func add(_ term: Term) {
    byID[term.id, default: [:]][term.lang] = term
    for key in Set(term.names.map(TermName.key)) { byKey[key, default: []].append((term.lang, term.id)) }
  }

  /// The terms in a language, by name; those that it lacks in another.
  func all(in lang: ProseLanguage) -> [Term] {
    byID.keys.compactMap { term($0, in: lang) }.sorted { $0.name.lowercased() < $1.name.lowercased() }
  }

  /// The term with an id, in a language where it has one.
  private func term(_ id: String, in lang: ProseLanguage) -> Term? {
    let texts = byID[id] ?? [:]
    return texts[lang] ?? ProseLanguage.allCases.lazy.compactMap { texts[$0] }.first
  }

  /// All names of a term, in every language.
  func names(of term: Term) -> [String] {
    ProseLanguage.allCases.flatMap { byID[term.id]?[$0]?.names ?? [] }
  }

  /// The term of a name, of an alias, or of the start of one; a name of the given language wins over another language's.
  func find(_ text: String, in lang: ProseLanguage) -> Match {
    let key = TermName.key(text)
    guard !key.isEmpty else { return .none }
    if let owners = byKey[key] {
      let owner = owners.first { $0.lang == lang } ?? owners[0]
      return term(owner.id, in: lang).map(Match.one) ?? .none
    }
    guard key.count >= 3 else { return .none }
    // The names that begin so, one a term: those of the language, else those of another.
    for language in [lang] + ProseLanguage.allCases {
      let begun = byID.values.compactMap { $0[language] }.compactMap { term in
        term.names.first { TermName.key($0).hasPrefix(key) }.map { (name: $0, id: term.id) }
      }
      if begun.count > 1 { return .several(begun.map(\.name).sorted()) }
      if let only = begun.first { return term(only.id, in: lang).map(Match.one) ?? .none }
    }
    return .none
  }
}

/// Keeps the terms of one folder, read when they are first asked for.
final class TermShelf: Sendable {
  let lessons: URL?
  private let read = Guarded<TermLibrary?>(nil)

  init(lessons: URL?) { self.lessons = lessons }

  /// The terms.
  var library: TermLibrary {
    read.withLock { library in
      if let library { return library }
      let fresh = lessons.map { TermLibrary(lessons: $0) } ?? TermLibrary()
      library = fresh
      return fresh
    }
  }
}
