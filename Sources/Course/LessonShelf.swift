import Deck
import Foundation
import Shell

/// A lesson of the course, as its file is now.
struct CourseLesson: Sendable {
  /// The name that starts it: the id of its front matter, else its file's name.
  let name: String
  /// Its file.
  let document: Document
  /// Its place in the course, where its front matter says one.
  let order: Int?

  init(_ document: Document) {
    self.document = document
    name = document.frontMatter.id ?? URL(fileURLWithPath: document.file).deletingPathExtension().lastPathComponent
    order = document.frontMatter.other["order"].flatMap { Int($0) }
  }

  /// What a reader calls it.
  var title: String { document.frontMatter.title ?? name }
  /// The minutes that its author thinks it takes.
  var minutes: Int? { document.frontMatter.other["minutes"].flatMap { Int($0) } }
  /// The language of its file.
  var lang: String { document.frontMatter.lang?.rawValue ?? "en" }
  /// Its folder.
  var folder: URL { URL(fileURLWithPath: document.file).deletingLastPathComponent() }
  /// Its cards, each once.
  var cards: [Card] {
    var seen = Set<String>()
    return document.cards.filter { seen.insert($0.id).inserted }
  }
}

/// The lessons of a folder: those in the folder of a language (`en/`, `fr/`), and those that lie in the folder itself.
struct LessonShelf {
  /// The lessons in their order, each once.
  let lessons: [CourseLesson]

  /// The lessons of a folder, in a language where they are written in it, else in another.
  init(_ folder: URL?, lang: String) {
    guard let folder else {
      lessons = []
      return
    }
    let languages = [lang] + ProseLanguage.allCases.map(\.rawValue).filter { $0 != lang }
    var found: [CourseLesson] = []
    var names = Set<String>()
    for name in languages {
      let own = LessonShelf.documents(in: folder.appendingPathComponent(name))
      let shared = LessonShelf.documents(in: folder).filter { ($0.frontMatter.lang?.rawValue ?? lang) == name }
      for lesson in (own + shared).map(CourseLesson.init) where names.insert(lesson.name).inserted { found.append(lesson) }
    }
    lessons = found.enumerated().sorted {
      ($0.element.order ?? .max, $0.offset) < ($1.element.order ?? .max, $1.offset)
    }.map(\.element)
  }

  /// The files of a folder that are lessons, sorted by name; folders in it are passed over.
  private static func documents(in folder: URL) -> [Document] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter {
      $0.hasSuffix(".md") && !$0.hasPrefix(".")
    }
    return DeckFiles.documents(names.sorted().map { folder.appendingPathComponent($0).path }).compactMap { try? $0.get() }.filter(
      \.isLesson)
  }

  /// The lesson of a name, of a number, or of the only name that begins so.
  ///
  /// - Throws: A `Complaint` with the nearest names.
  func lesson(_ word: String) throws -> CourseLesson {
    let names = lessons.map(\.name)
    if let exact = lessons.first(where: { $0.name == word }) { return exact }
    if let number = Int(word), let numbered = lessons.first(where: { $0.order == number }) { return numbered }
    let candidates = lessons.filter { $0.name.hasPrefix(word.lowercased()) }
    if candidates.count == 1 { return candidates[0] }
    if candidates.count > 1 { throw Complaint("`\(word)` may be " + candidates.map(\.name).joined(separator: ", ")) }
    throw Complaint.noSuchLesson(word, NearNames.hint(for: word, among: names))
  }
}

extension Complaint {
  static func noSuchLesson(_ word: String, _ near: String?) -> Complaint {
    Complaint("there is no lesson `\(word)`", hint: near ?? "`lesson` lists them")
  }
  static var noLessons: Complaint { Complaint("no lessons were found", hint: "start with `--lessons DIR`") }
  static func noLessonOn(_ left: String?) -> Complaint {
    Complaint(
      "no lesson is on",
      hint: left.map { "`lesson start \($0)` goes on with the last one" } ?? "`lesson` lists them, `lesson start NAME` starts one")
  }
  static func taskLeft(_ goals: [LessonGoalFacts]) -> Complaint {
    let left = goals.filter { !$0.holds }
    let what = left.first.map { goal in "\(goal.command): \(goal.statement)" + (goal.shortActual.map { ", and it is \($0)" } ?? "") }
    return Complaint("the task is not solved yet" + (what.map { " (\($0))" } ?? ""), hint: "`hint` helps, `skip` shows an answer")
  }
  static var stoppedOnTheWay: Complaint {
    Complaint("stopped before the lesson was where it was left", hint: "start it again, or `lesson reset NAME` to begin anew")
  }
  static var noTask: Complaint { Complaint("this step has no task", hint: "`next` goes on") }
  static var taskPassed: Complaint { Complaint("the task is done", hint: "`next` goes on") }
  static var firstStep: Complaint { Complaint("this is the first step", hint: "`next` goes on") }
  static func noSuchStep(_ steps: Int) -> Complaint { Complaint("the lesson has no such step", hint: "from 1 to \(steps)") }
}
