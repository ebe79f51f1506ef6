import Deck
import Foundation
import Shell

/// Leads a learner through a lesson beside the commands that are typed: shows prose, runs experiments, and looks after every command whether the task
/// is solved.
///
/// What a learner tries beside the lesson is thrown away at `next`: a step begins with the session that the step before left, which is the one after
/// its experiment, or the one in which its goals first held. So experiments always find what they need, and a lesson that was left is taken up by
/// running its experiments, and the learner's own commands at its tasks, once more.
@MainActor public final class LessonGuide: Tutor {
  /// The lesson that is on.
  struct Current {
    /// The lesson as its file is now.
    var lesson: CourseLesson
    /// The file that was named to `lesson start`; nil for a lesson of the course.
    var file: URL?
    /// The steps.
    var steps: [LessonStep]
    /// How far the learner is.
    var progress: LessonProgress
    /// The sessions that steps began with.
    var starts: [Int: Session] = [:]
    /// What `next` goes on with.
    var carried = Session()
    /// The hints that were given at this step.
    var givenHints: Set<Int> = []
    /// How many goals held at the last look.
    var held = 0
    /// The step, in bounds.
    var step: LessonStep { steps.isEmpty ? LessonStep(prose: "") : steps[min(progress.step, steps.count - 1)] }
  }

  let renderer: any ReportRenderer
  let plotter: any Plotter
  var current: Current?
  /// What was in hand before the lesson.
  private var aside: Session?
  private(set) var scratch: ScratchFolder?

  /// A guide.
  public init(renderer: any ReportRenderer, plotter: any Plotter) {
    self.renderer = renderer
    self.plotter = plotter
  }

  deinit { scratch?.remove() }

  /// Does what is asked.
  public func perform(_ request: LessonRequest, on session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    switch request {
    case .list: return try list(session, surroundings)
    case .start(let name, let step): return try start(name, step: step, on: &session, surroundings)
    case .next: return try next(on: &session, surroundings)
    case .back: return try back(on: &session, surroundings)
    case .skip: return try skip(on: &session, surroundings)
    case .hint: return try hint(session, surroundings)
    case .status: return try status(session, surroundings)
    case .leave: return try leave(&session, surroundings)
    case .reset(let name): return try reset(name, &session, surroundings)
    case .recap(let file, let name): return try recap(file, of: name, session, surroundings)
    }
  }

  // MARK: - The way through a lesson

  private func start(_ name: String, step: Int?, on session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    let (lesson, file) = try found(name, session, surroundings)
    let steps = LessonStep.steps(of: lesson.document)
    guard !steps.isEmpty else { throw Complaint.deck(.noDecks(lesson.document.file)) }
    if let step, step > steps.count { throw Complaint.noSuchStep(steps.count) }
    var progress =
      try surroundings.progressStore.lessons()[lesson.name]
      ?? LessonProgress(lesson: lesson.name, steps: steps.count, date: surroundings.now)
    let isAtEnd = progress.isDone && progress.step >= progress.steps - 1
    progress.step = min(step.map { $0 - 1 } ?? (isAtEnd ? 0 : progress.step), steps.count - 1)
    progress.steps = steps.count
    var made = Current(lesson: lesson, file: file, steps: steps, progress: progress)
    if scratch == nil { scratch = try ScratchFolder() }
    try rebuild(&made, session, surroundings)
    if session.lesson == nil, aside == nil, session.hasModelOrData { aside = session }
    return try enter(made, &session, surroundings)
  }

  private func next(on session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    var made = try lessonOn(session, surroundings)
    if made.step.task != nil {
      if !made.isPassed {
        look(&made, session, surroundings)
        let goals = goals(of: made, session, surroundings)
        guard made.isPassed else { throw Complaint.taskLeft(goals) }
      }
    }
    guard made.progress.step + 1 < made.steps.count else { return try finish(made, &session, surroundings) }
    made.progress.step += 1
    made.starts[made.progress.step] = made.carried
    return try enter(made, &session, surroundings)
  }

  private func back(on session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    var made = try lessonOn(session, surroundings)
    guard made.progress.step > 0 else { throw Complaint.firstStep }
    made.progress.step -= 1
    if made.starts[made.progress.step] == nil { try rebuild(&made, session, surroundings) }
    return try enter(made, &session, surroundings)
  }

  private func skip(on session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    var made = try lessonOn(session, surroundings)
    guard let task = made.step.task, !made.isPassed else { return try next(on: &session, surroundings) }
    surroundings.show(LessonMoment.solution(lang: made.lesson.lang))
    var played = made.starts[made.progress.step] ?? made.carried
    play(task.solution, of: made.lesson, on: &played, surroundings)
    made.progress.log.removeAll { $0.step == made.progress.step }
    made.progress.skipped.insert(made.progress.step)
    made.carried = played
    return try settle(made, showing: played, &session, surroundings)
  }

  /// Shows a step: its prose, its experiment with the outputs, its remark; and keeps that the learner is there.
  private func enter(_ entered: Current, _ session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    var made = entered
    made.givenHints = []
    made.held = 0
    var played = made.starts[made.progress.step] ?? session.emptied()
    let step = made.step
    show(step.prose, of: made.lesson, surroundings)
    play(step.experiment, of: made.lesson, on: &played, surroundings)
    show(step.remark, of: made.lesson, surroundings)
    made.carried = played
    if step.task != nil {
      let entries = made.progress.log.filter { $0.step == made.progress.step }.map(\.command)
      try replay(entries, of: nil, on: &played, surroundings)
      if made.progress.skipped.contains(made.progress.step), entries.isEmpty, let task = step.task {
        try replay(task.solution.map(\.command), of: made.lesson, on: &played, surroundings)
      }
      let holds = goals(of: made, played, surroundings)
      made.held = holds.filter(\.holds).count
      if !entries.isEmpty || made.progress.skipped.contains(made.progress.step), holds.allSatisfy(\.holds) {
        made.carried = played
      } else {
        made.progress.solved.remove(made.progress.step)
        made.progress.skipped.remove(made.progress.step)
      }
    }
    return try settle(made, showing: played, &session, surroundings)
  }

  /// Keeps where the learner is, and makes it the session's place.
  private func settle(_ settled: Current, showing played: Session, _ session: inout Session, _ surroundings: any Surroundings) throws
    -> any Facts
  {
    var made = settled
    made.progress.date = surroundings.now
    try surroundings.progressStore.keep(made.progress)
    session = session.with(modelOf: played)
    session.lesson = LessonPlace(
      lesson: made.lesson.name, step: made.progress.step, steps: made.steps.count, awaitsEnter: made.step.task == nil || made.isPassed)
    surroundings.files.lessonFolder = made.lesson.folder
    current = made
    return facts(of: made, session, surroundings)
  }

  private func finish(_ made: Current, _ session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    var made = made
    made.progress.isDone = true
    made.progress.date = surroundings.now
    try surroundings.progressStore.keep(made.progress)
    var facts = facts(of: made, session, surroundings)
    facts.kind = .end
    facts.isDone = true
    session = session.with(modelOf: made.carried)
    session.lesson = nil
    current = made
    let shelf = LessonShelf(surroundings.files.lessons, lang: session.settings.lang)
    let place = shelf.lessons.firstIndex { $0.name == made.lesson.name }
    let cards = made.lesson.cards
    let new = try surroundings.countedReviews.standing(of: cards, at: surroundings.now).new
    let topics = cards.reduce(into: [String]()) { if !$1.topic.isEmpty, !$0.contains($1.topic) { $0.append($1.topic) } }
    return LessonEndFacts(
      step: facts, commands: LessonRecap.commands(of: made.steps, made.progress), tasks: made.tasks,
      cards: (cards.count, new), topics: topics,
      following: place.flatMap { $0 + 1 < shelf.lessons.count ? shelf.lessons[$0 + 1].name : nil }, hasModelAside: aside != nil)
  }

  private func leave(_ session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    guard session.lesson != nil || aside != nil else { throw Complaint.noLessonOn(nil) }
    let place = session.lesson
    session.lesson = nil
    session = session.with(modelOf: aside ?? session.emptied())
    aside = nil
    surroundings.files.lessonFolder = nil
    guard let place else { return Notice("what you had in hand before the lesson is back") }
    return Notice("left at step \(place.step + 1) of \(place.steps); `lesson start \(place.lesson)` goes on there")
  }

  private func reset(_ name: String, _ session: inout Session, _ surroundings: any Surroundings) throws -> any Facts {
    let store = try surroundings.progressStore
    let begun = try store.lessons()
    let names: [String]
    if name == "all" {
      names = begun.keys.sorted()
    } else if begun[name] != nil {
      names = [name]
    } else {
      names = [try found(name, session, surroundings).lesson.name].filter { begun[$0] != nil }
    }
    for name in names { try store.forget(name) }
    if let place = session.lesson, names.contains(place.lesson) { _ = try leave(&session, surroundings) }
    switch names.count {
    case 0: return Notice("nothing was begun")
    case 1: return Notice("the progress of \(names[0]) is forgotten; reviews of its cards stay")
    default: return Notice("the progress of \(names.count) lessons is forgotten; reviews of their cards stay")
    }
  }

  // MARK: - Beside the learner's commands

  /// Looks at what came of a command that the learner typed.
  public func watch(_ report: Report, on session: inout Session, _ surroundings: any Surroundings) {
    let name = report.command.split(separator: " ").first.map(String.init) ?? ""
    guard session.lesson != nil, !["lesson", "next", "back", "skip", "hint"].contains(name), var made = current else { return }
    guard report.complaint == nil, made.step.task != nil, !made.isPassed else { return }
    if LessonGuide.changes(report) { made.progress.log.append(LessonProgress.Entry(step: made.progress.step, command: report.command)) }
    // Between the commands of one line nobody is at a loss yet.
    look(&made, session, surroundings, isLineOver: report.endsLine)
    made.progress.date = surroundings.now
    do {
      try surroundings.progressStore.keep(made.progress)
    } catch {
      surroundings.warn(error as? Complaint ?? Complaint("\(error)"))
    }
    current = made
    session.lesson?.awaitsEnter = made.isPassed
  }

  /// Looks at the goals; tells when all hold, how many do when there are more than before, and the hint whose condition holds.
  private func look(_ made: inout Current, _ session: Session, _ surroundings: any Surroundings, isLineOver: Bool = true) {
    guard let task = made.step.task else { return }
    var look = GoalCheck(session, quiet(made.lesson, surroundings))
    let held = task.goals.filter { look.verdict(on: $0) == .holds }.count
    let lang = made.lesson.lang
    if held == task.goals.count {
      made.progress.solved.insert(made.progress.step)
      made.carried = session
      surroundings.show(LessonMoment.solved(lang: lang))
      return
    }
    guard isLineOver else { return }
    if let place = task.hints.indices.first(where: { fits(task.hints[$0], &look) }), !made.givenHints.contains(place) {
      made.givenHints.insert(place)
      surroundings.show(LessonMoment.hint(task.hints[place].text, isLast: false, lang: lang))
    } else if held > made.held {
      surroundings.show(LessonMoment.partly(held: held, goals: task.goals.count, lang: lang))
    }
    made.held = held
  }

  private func fits(_ hint: LessonTask.Hint, _ look: inout GoalCheck) -> Bool {
    guard let condition = hint.condition else { return false }
    return look.verdict(on: condition) == .holds
  }

  private func hint(_ session: Session, _ surroundings: any Surroundings) throws -> any Facts {
    var made = try lessonOn(session, surroundings)
    guard let task = made.step.task else { throw Complaint.noTask }
    guard !made.isPassed else { throw Complaint.taskPassed }
    let lang = made.lesson.lang
    var look = GoalCheck(session, quiet(made.lesson, surroundings))
    let fitting = task.hints.indices.first { fits(task.hints[$0], &look) }
    let plain = task.hints.indices.filter { task.hints[$0].condition == nil }
    // The hint that fits comes first, once; then the others in turn, and the last one again.
    guard
      let place = fitting.flatMap({ made.givenHints.contains($0) ? nil : $0 }) ?? plain.first(where: { !made.givenHints.contains($0) })
        ?? fitting ?? plain.last
    else { throw Complaint.taskLeft(goals(of: made, session, surroundings)) }
    made.givenHints.insert(place)
    current = made
    return LessonMoment.hint(task.hints[place].text, isLast: plain.allSatisfy(made.givenHints.contains), lang: lang)
  }

  /// Whether a command changed what later commands find.
  private static func changes(_ report: Report) -> Bool {
    let name = report.command.split(separator: " ").first.map(String.init) ?? ""
    guard let command = Commands.all.first(where: { $0.declaration.name == name }), command.effects.isDisjoint(with: [.runs, .leaves])
    else { return false }
    return command.effects.contains(.changes) || name == "data" || name == "set"
  }
}
