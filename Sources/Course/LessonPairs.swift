import Deck
import Foundation

/// Finds the files that are one lesson in two languages, by their ids, and looks whether they are in step.
enum LessonPairs {
  /// What is out of step among lessons, and between them and their twins that were not named: `fr/NAME.md` beside `en/NAME.md`.
  static func findings(of documents: [Document]) -> [Finding] {
    let lessons = documents.filter { $0.frontMatter.id != nil && $0.frontMatter.lang != nil }
    let languages = Set(lessons.compactMap(\.frontMatter.lang))
    var findings: [Finding] = []
    for (id, group) in Dictionary(grouping: lessons, by: { $0.frontMatter.id ?? "" }).sorted(by: { $0.key < $1.key }) {
      let group = group.sorted { ($0.frontMatter.lang?.rawValue ?? "", $0.file) < ($1.frontMatter.lang?.rawValue ?? "", $1.file) }
      let first = group[0]
      for other in group.dropFirst() {
        if other.frontMatter.lang == first.frontMatter.lang {
          findings.append(Finding(.outOfStep, file: other.file, line: 1, "`\(first.file)` has the same id and language"))
        } else {
          findings += TwinComparison.findings(first, other)
        }
      }
      guard group.count == 1 else { continue }
      if let twin = twin(of: first) {
        findings += first.frontMatter.lang == .english ? TwinComparison.findings(first, twin) : TwinComparison.findings(twin, first)
      } else if languages.count > 1 {
        findings.append(Finding(.noTwin, file: first.file, line: 1, id))
      }
    }
    return findings
  }

  /// The same file in the folder of another language, where it is the same lesson.
  private static func twin(of document: Document) -> Document? {
    let url = URL(fileURLWithPath: document.file)
    let folder = url.deletingLastPathComponent()
    for language in ProseLanguage.allCases where language != document.frontMatter.lang && folder.lastPathComponent != language.rawValue {
      guard ProseLanguage(rawValue: folder.lastPathComponent) != nil else { return nil }
      let file = folder.deletingLastPathComponent().appendingPathComponent(language.rawValue).appendingPathComponent(url.lastPathComponent)
      if let twin = try? DeckFiles.document(file.path), twin.frontMatter.id == document.frontMatter.id,
        twin.frontMatter.lang == language
      {
        return twin
      }
    }
    return nil
  }
}

extension Document {
  /// Whether the lesson holds experiments or tasks.
  var hasExercises: Bool {
    blocks.contains { if case .prose = $0 { false } else { true } }
  }

  /// What a lesson does not say about itself, in words; nil when it says all, and for files that are no lessons.
  var missingFrontMatter: String? {
    guard hasExercises, frontMatter.other["term"] == nil else { return nil }
    let missing = [("title", frontMatter.title == nil), ("id", frontMatter.id == nil), ("lang", frontMatter.lang == nil)]
      .filter(\.1).map(\.0)
    return missing.isEmpty ? nil : missing.joined(separator: ", no ")
  }
}
