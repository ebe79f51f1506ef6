import Deck
import Foundation
import Shell

/// What a learner keeps of a lesson: its essence, the commands, the learner's own way through the tasks, the cards.
enum LessonRecap {
  /// The key of the front matter that tells a recap from other files.
  private static let mark = "recap"

  /// Whether a text was written by `lesson recap`, so that it may be written anew.
  static func isRecap(_ text: String) -> Bool { Document(file: "", text: text).frontMatter.other[mark] != nil }

  /// The commands that a lesson used, its own and the learner's, each once, with what they are for.
  static func commands(of steps: [LessonStep], _ progress: LessonProgress?) -> [(name: String, summary: String)] {
    let lines =
      steps.flatMap { $0.experiment.map(\.command) + ($0.task?.solution.map(\.command) ?? []) } + (progress?.log.map(\.command) ?? [])
    var seen = Set<String>()
    return lines.flatMap { (try? Lexer.commands(in: $0)) ?? [] }.compactMap { command in
      guard let first = command.words.first, let declaration = try? Commands.index.byPrefix(first, what: "command"),
        seen.insert(declaration.name).inserted
      else { return nil }
      return (declaration.name, declaration.outline.summary)
    }
  }

  /// The file, in Markdown. It is a deck too: its cards are those of the lesson.
  static func text(of lesson: CourseLesson, _ progress: LessonProgress?) -> String {
    let isFrench = lesson.lang == "fr"
    let steps = LessonStep.steps(of: lesson.document)
    var parts = ["# \(lesson.title)"]
    // The last section before the cards says what to keep.
    if let last = steps.last(where: { $0.prose.hasPrefix("## ") }) { parts.append(last.prose) }
    let used = commands(of: steps, progress)
    if !used.isEmpty {
      parts.append("## " + (isFrench ? "Les commandes" : "The commands"))
      parts.append(used.map { "- `\($0.name)`: \($0.summary)" }.joined(separator: "\n"))
    }
    let tasks = steps.indices.compactMap { place in steps[place].task.map { (place, $0) } }
    if !tasks.isEmpty {
      parts.append("## " + (isFrench ? "Les exercices" : "The tasks"))
      for (place, task) in tasks {
        if !steps[place].prose.isEmpty { parts.append(steps[place].prose.replacing("\n## ", with: "\n### ").withoutHeading) }
        let own = progress.map { $0.solved.contains(place) ? $0.log.filter { $0.step == place }.map(\.command) : [] } ?? []
        let commands = own.isEmpty ? task.solution.map(\.command) : own
        // Not a `gradus` fence: it is no experiment that could stand alone.
        parts.append(((own.isEmpty ? "" : (isFrench ? "À votre façon :" : "Your way:") + "\n\n") + fenced(commands.map { "> " + $0 })))
      }
    }
    for card in lesson.cards {
      let title = [card.category, card.topic, card.question].filter { !$0.isEmpty }.joined(separator: " - ")
      parts.append("Question : \(title)\nAnswer   : \(card.answer)")
    }
    let head = ["---", "title: \(lesson.title)", "lang: \(lesson.lang)", "\(mark): \(lesson.name)", "---"].joined(separator: "\n")
    return head + "\n\n" + parts.joined(separator: "\n\n") + "\n"
  }

  private static func fenced(_ lines: [String]) -> String {
    // A command may hold backticks: the fence is longer than any run of them.
    let longest = lines.flatMap { $0.split { $0 != "`" } }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ([fence + "text"] + lines + [fence]).joined(separator: "\n")
  }
}

extension String {
  /// The text without a heading on its first line.
  fileprivate var withoutHeading: String {
    guard hasPrefix("#") else { return self }
    return String(drop { $0 != "\n" }.drop { $0 == "\n" })
  }
}
