import Deck
import Foundation
import Language
import Study

/// What follows a colon in a quiz, and how much of the present card it has told.
@MainActor struct QuizCommands {
  /// Where a command leads.
  enum Outcome { case stay, next, leave }

  /// The commands by name, with what each does.
  static let all: [(name: String, meaning: String)] = [
    ("hint", "helps, each time a little more"), ("skip", "passes the card over"),
    ("undo", "takes the last grade back and asks its card again"), ("edit", "opens the card in your editor, then goes on with it"),
    ("try", "runs the card's experiment in a scratch session"), ("explain", "`:explain TERM` tells what a term means"),
    ("quit", "leaves; everything graded is kept"), ("help", "this list"),
  ]

  private let item: any QuizItem
  private let hints: [AnswerHint]
  private var hinted = 0

  init(_ item: any QuizItem) {
    self.item = item
    hints = item.hints
  }

  /// Whether the hints gave more away than the topic.
  var toldMuch: Bool { hints.prefix(hinted).contains { if case .topic = $0 { false } else { true } } }

  /// Runs the command of a line that starts with a colon; a mistake is told and changes nothing.
  mutating func run(_ line: String, in quiz: inout Quiz) throws -> Outcome {
    let words = line.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
    let surroundings = quiz.surroundings
    do {
      switch try QuizCommands.name(words.first ?? "help") {
      case "quit": return .leave
      case "skip":
        quiz.skip(item.card)
        return .next
      case "undo":
        guard try quiz.takeBack() else { throw Complaint("nothing is graded yet in this quiz") }
        surroundings.show(QuizMoment.remark("the last grade is taken back"))
        return .next
      case "hint":
        guard hinted < hints.count else { throw Complaint("there is no further hint", hint: "Enter shows the answer") }
        surroundings.show(QuizMoment.hint(hints[hinted]))
        hinted += 1
      case "edit":
        try edit(in: &quiz)
        return .next
      case "try":
        if item.mode == .drill {
          throw Complaint("an exercise has no experiment", hint: "`:quit` leaves, and the commands of the question work in the shell")
        }
        _ = try Experiment.run(item.card, settings: quiz.session.settings, surroundings)
      case "explain":
        guard words.count > 1 else { throw Complaint("`:explain` needs a term", hint: "for example `:explain learning rate`") }
        guard let term = try Terms.explain(words[1], quiz.session) else {
          throw Complaint(
            "no term is called `\(words[1])`", hint: NearNames.hint(for: words[1], among: Terms.names(in: quiz.session)) ?? "")
        }
        surroundings.show(term)
      default:
        // An exercise stands in no file and is its own experiment.
        let isDrill = item.mode == .drill
        surroundings.show(QuizMoment.help(QuizCommands.all.filter { !isDrill || !["edit", "try"].contains($0.name) }))
      }
    } catch let complaint as Complaint {
      surroundings.warn(complaint)
    }
    return .stay
  }

  /// The full name of a command, or of the first that begins so.
  ///
  /// - Throws: A `Complaint` that lists the commands.
  static func name(_ typed: String) throws -> String {
    let typed = typed.lowercased()
    if typed == "?" { return "help" }
    if let found = all.first(where: { $0.name.hasPrefix(typed) }) { return found.name }
    throw Complaint("a quiz has no command `:\(typed)`", hint: all.map { ":" + $0.name }.joined(separator: " "))
  }

  private func edit(in quiz: inout Quiz) throws {
    let surroundings = quiz.surroundings
    if surroundings.files.isConfined { throw Complaint.confined(":edit") }
    guard !item.card.file.isEmpty, item.mode != .drill else { throw Complaint("this question stands in no file") }
    let file = URL(fileURLWithPath: item.card.file)
    try surroundings.edit(file, line: item.card.line)
    quiz.reload(try Decks.document(at: file), asking: item.card)
  }
}
