import Deck
import Foundation
import Shell

extension LessonGuide.Current {
  /// Whether the step's task is done with: solved, or its answer was shown.
  var isPassed: Bool { progress.solved.contains(progress.step) || progress.skipped.contains(progress.step) }
  /// The tasks of the lesson, and those that the learner solved.
  var tasks: (all: Int, solved: Int) {
    let places = steps.indices.filter { steps[$0].task != nil }
    return (places.count, places.filter(progress.solved.contains).count)
  }
}

extension LessonGuide {
  /// What each step of a lesson is about.
  public func steps(of lesson: String, _ session: Session, _ surroundings: any Surroundings) -> [String] {
    ((try? found(lesson, session, surroundings)).map { LessonStep.steps(of: $0.lesson.document) } ?? []).map(\.headline)
  }

  /// The lesson of a name, or of a Markdown file.
  func found(_ name: String, _ session: Session, _ surroundings: any Surroundings) throws -> (lesson: CourseLesson, file: URL?) {
    if name.lowercased().hasSuffix(".md") {
      let url = try surroundings.files.readable(name)
      return (CourseLesson(try Decks.document(at: url)), url)
    }
    let shelf = LessonShelf(surroundings.files.lessons, lang: session.settings.lang)
    guard !shelf.lessons.isEmpty else { throw Complaint.noLessons }
    return (try shelf.lesson(name), nil)
  }

  /// The lesson that is on, as its file is now and in the language that is set.
  ///
  /// - Throws: A `Complaint` when none is on.
  func lessonOn(_ session: Session, _ surroundings: any Surroundings) throws -> Current {
    guard session.lesson != nil, var made = current else { throw Complaint.noLessonOn(try lastLeft(surroundings)) }
    let lesson: CourseLesson
    if let file = made.file {
      lesson = CourseLesson(try Decks.document(at: file))
    } else {
      lesson = try found(made.lesson.name, session, surroundings).lesson
    }
    if lesson.document != made.lesson.document {
      made.lesson = lesson
      made.steps = LessonStep.steps(of: lesson.document)
      made.progress.steps = made.steps.count
      made.progress.step = max(0, min(made.progress.step, made.steps.count - 1))
    }
    return made
  }

  /// The lesson that was left last before its end.
  func lastLeft(_ surroundings: any Surroundings) throws -> String? {
    try surroundings.progressStore.lessons().values.filter { !$0.isDone }.max { $0.date < $1.date }?.lesson
  }

  /// Shows a lesson's prose.
  func show(_ markdown: String, of lesson: CourseLesson, _ surroundings: any Surroundings) {
    if !markdown.isEmpty { surroundings.show(ProseFacts(markdown: markdown, folder: lesson.folder)) }
  }

  /// Runs commands of a lesson and shows what comes of each; ends after one that fails without being expected to.
  func play(_ steps: [Fence.Step], of lesson: CourseLesson, on session: inout Session, _ surroundings: any Surroundings) {
    let files = surroundings.files
    defer { surroundings.files = files }
    surroundings.files = confined(lesson, files)
    session.lesson = nil
    for (place, step) in steps.enumerated() {
      surroundings.show(LessonCommandFacts(text: step.command, isFirst: place == 0))
      let isFine = Interpreter.run(step.command, on: &session, surroundings) { surroundings.show($0) }
      if surroundings.isInterrupted || !isFine && step.expected.isEmpty { break }
    }
  }

  /// Runs commands once more, without a word; the learner's own where no lesson is given. One that fails is passed over.
  ///
  /// - Throws: A `Complaint` when the learner stops it.
  func replay(_ commands: [String], of lesson: CourseLesson?, on session: inout Session, _ surroundings: any Surroundings) throws {
    guard !commands.isEmpty else { return }
    let files = lesson.map { confined($0, surroundings.files) } ?? surroundings.files
    let quiet = QuietSurroundings(files: files, renderer: renderer, plotter: plotter) { surroundings.isInterrupted }
    session.lesson = nil
    for command in commands {
      Interpreter.run(command, on: &session, quiet) { _ in }
      if surroundings.isInterrupted { throw Complaint.stoppedOnTheWay }
    }
  }

  /// Makes the session that a step begins with, by all that the steps before it did.
  func rebuild(_ made: inout Current, _ session: Session, _ surroundings: any Surroundings) throws {
    var played = session.emptied()
    made.starts = [0: played]
    for place in 0..<made.progress.step {
      let step = made.steps[place]
      try replay(step.experiment.map(\.command), of: made.lesson, on: &played, surroundings)
      if let task = step.task {
        let start = played
        try replay(made.progress.log.filter { $0.step == place }.map(\.command), of: nil, on: &played, surroundings)
        var look = GoalCheck(played, quiet(made.lesson, surroundings))
        if !task.goals.allSatisfy({ look.verdict(on: $0) == .holds }) {
          played = start
          try replay(task.solution.map(\.command), of: made.lesson, on: &played, surroundings)
        }
      }
      made.starts[place + 1] = played
    }
  }

  /// Where a lesson's commands run: they read its folder and write a scratch folder.
  private func confined(_ lesson: CourseLesson, _ files: FileAccess) -> FileAccess {
    files.confined(to: lesson.folder, scratch: scratch?.url ?? lesson.folder.appendingPathComponent(".none"))
  }

  /// Surroundings for looking at goals.
  func quiet(_ lesson: CourseLesson, _ surroundings: any Surroundings) -> QuietSurroundings {
    QuietSurroundings(files: confined(lesson, surroundings.files), renderer: renderer, plotter: plotter) { surroundings.isInterrupted }
  }

  /// How the goals of a step's task stand.
  func goals(of made: Current, _ session: Session, _ surroundings: any Surroundings) -> [LessonGoalFacts] {
    guard let task = made.step.task else { return [] }
    var look = GoalCheck(session, quiet(made.lesson, surroundings))
    return task.goals.map { goal in
      let statement = "\(goal.path) \(goal.comparison.rawValue) \(goal.value)"
      switch look.verdict(on: goal) {
      case .holds: return LessonGoalFacts(command: goal.command, statement: statement, holds: true, actual: nil)
      case .fails(let value): return LessonGoalFacts(command: goal.command, statement: statement, holds: false, actual: value)
      case .missing, .unclear: return LessonGoalFacts(command: goal.command, statement: statement, holds: false, actual: nil)
      }
    }
  }

  /// The step as it stands.
  func facts(of made: Current, _ session: Session, _ surroundings: any Surroundings) -> LessonStepFacts {
    let kind: LessonStepFacts.Kind =
      switch made.step.exercise {
      case .none: .prose
      case .experiment: .experiment
      case .task: .task
      }
    return LessonStepFacts(
      name: made.lesson.name, step: made.progress.step + 1, steps: made.steps.count, isDone: made.progress.isDone, kind: kind,
      isSolved: made.step.task == nil || made.isPassed, goals: goals(of: made, session, surroundings),
      isSkipped: made.step.task != nil && made.progress.skipped.contains(made.progress.step)
        && !made.progress.solved.contains(made.progress.step),
      following: made.progress.step + 1 < made.steps.count ? made.steps[made.progress.step + 1].experiment.map(\.command) : [],
      lang: made.lesson.lang)
  }

  func list(_ session: Session, _ surroundings: any Surroundings) throws -> any Facts {
    let shelf = LessonShelf(surroundings.files.lessons, lang: session.settings.lang)
    guard !shelf.lessons.isEmpty else { throw Complaint.noLessons }
    let progress = try surroundings.progressStore.lessons()
    let standings = try surroundings.countedReviews.standings(of: shelf.lessons.map(\.cards), at: surroundings.now)
    return LessonListFacts(
      lessons: zip(shelf.lessons, standings).map { lesson, standing in
        let steps = LessonStep.steps(of: lesson.document).count
        let begun = progress[lesson.name]
        return LessonListFacts.Item(
          name: lesson.name, title: lesson.title, lang: lesson.lang, file: lesson.document.file,
          step: begun.map { min($0.step + 1, steps) } ?? 0, steps: steps, isDone: begun?.isDone ?? false, minutes: lesson.minutes,
          cards: lesson.cards.count, due: standing.due, needs: lesson.document.frontMatter.needs.filter { progress[$0]?.isDone != true })
      }, current: try session.lesson?.lesson ?? lastLeft(surroundings))
  }

  func status(_ session: Session, _ surroundings: any Surroundings) throws -> any Facts {
    let made = try lessonOn(session, surroundings)
    let places = made.steps.indices.filter { made.steps[$0].task != nil }
    return LessonStatusFacts(
      step: facts(of: made, session, surroundings), title: made.lesson.title,
      tasks: (places.count, places.filter(made.progress.solved.contains).count, places.filter(made.progress.skipped.contains).count),
      cards: (made.lesson.cards.count, try surroundings.countedReviews.standing(of: made.lesson.cards, at: surroundings.now).due),
      minutes: made.lesson.minutes)
  }

  func recap(_ path: String, of name: String?, _ session: Session, _ surroundings: any Surroundings) throws -> any Facts {
    let progress = try surroundings.progressStore.lessons()
    guard let wanted = name ?? session.lesson?.lesson ?? current?.lesson.name ?? progress.values.max(by: { $0.date < $1.date })?.lesson
    else {
      throw Complaint.noLessonOn(nil)
    }
    let lesson: CourseLesson
    if let current, current.lesson.name == wanted, current.file != nil {
      lesson = current.lesson
    } else {
      lesson = try found(wanted, session, surroundings).lesson
    }
    let url = try surroundings.files.writable(path)
    if let old = try? String(contentsOf: url, encoding: .utf8), !LessonRecap.isRecap(old) {
      throw Complaint("`\(path)` is there already and is no recap", hint: "name another file")
    }
    do {
      try Data(LessonRecap.text(of: lesson, progress[lesson.name]).utf8).write(to: url, options: .atomic)
    } catch {
      throw Complaint("`\(path)` cannot be written")
    }
    return Notice("the recap of \(lesson.name) is written to \(path)")
  }
}
