import Shell

/// Draws the course: the list of lessons, the foot of a step, hints and ends. Its few sentences follow the language of the lesson.
enum CourseText {
  static func lines(of facts: LessonListFacts, on canvas: Canvas) -> [StyledText] {
    let rows = facts.lessons.map { lesson -> [StyledText] in
      let state: StyledText
      if lesson.isDone {
        state = StyledText("done", Style(.good))
      } else if lesson.step > 0 {
        state = StyledText("step \(lesson.step) of \(lesson.steps)", Style(.warning))
      } else {
        state = StyledText("-", .muted)
      }
      let mark = StyledText(lesson.name == facts.current ? ">" : "", Style(.accent))
      return [
        mark, StyledText(sanitized(lesson.name), Style(.accent)), StyledText(sanitized(lesson.title)), state,
        StyledText(lesson.minutes.map { "\($0)" } ?? "-", .muted),
        lesson.due > 0 ? StyledText("\(lesson.due)", Style(.warning)) : StyledText("-", .muted),
      ]
    }
    let table = TextTable(
      [.init("", width: 1), .init("lesson"), .init("title"), .init("progress"), .init("min", .right), .init("due", .right)], rows: rows,
      frame: .none)
    let done = facts.lessons.filter(\.isDone).count
    var foot = "\(done) of \(facts.lessons.count) done"
    let next = facts.lessons.first { $0.name == facts.current } ?? facts.lessons.first { !$0.isDone }
    if let next {
      let verb = next.step > 0 && !next.isDone ? "goes on" : "starts"
      foot += "   `lesson start \(sanitized(next.name))` \(verb)"
    }
    return table.lines(width: canvas.width, repertoire: canvas.repertoire) + ["", StyledText(foot, .muted)]
  }

  /// The foot of a step: where it stands, and what can be done.
  static func lines(of facts: LessonStepFacts, on canvas: Canvas) -> [StyledText] {
    let isFrench = facts.lang == "fr"
    let place = isFrench ? "étape \(facts.step) sur \(facts.steps)" : "step \(facts.step) of \(facts.steps)"
    var lines: [StyledText] = [""]
    if facts.kind == .task {
      if facts.isSolved {
        lines.append(
          StyledText(place, .muted) + StyledText("   ")
            + StyledText(verdict(on: facts, isFrench), Style(facts.isSkipped ? .warning : .good))
            + onward(isFrench))
      } else {
        lines.append(
          StyledText(place, .muted) + StyledText("   ") + StyledText(isFrench ? "À vous" : "Your turn", Style(.accent, bold: true))
            + StyledText(isFrench ? ".  `hint` : un indice   `skip` : la réponse" : ".  `hint` helps   `skip` shows an answer", .muted))
      }
    } else {
      lines.append(StyledText(place, .muted) + onward(isFrench, runs: facts.following, width: canvas.width - place.cellWidth))
    }
    return lines
  }

  private static func verdict(on facts: LessonStepFacts, _ isFrench: Bool) -> String {
    if facts.isSkipped { return isFrench ? "réponse montrée" : "answer shown" }
    return isFrench ? "résolu" : "solved"
  }

  /// What Enter does: it goes on, or runs commands, of which as many are named as a line of the given width has room for.
  private static func onward(_ isFrench: Bool, runs commands: [String] = [], width: Int = 0) -> StyledText {
    guard let first = commands.first else { return StyledText(isFrench ? "   Entrée\u{A0}: la suite" : "   Enter goes on", .muted) }
    let words = isFrench ? "   Entrée\u{A0}: " : "   Enter runs "
    let rest = "; ..."
    var shown = sanitized(first)
    let room = width - words.cellWidth - rest.count
    guard shown.cellWidth <= room, !shown.contains("\n") else {
      return StyledText(words + (isFrench ? "l’expérience" : "it"), .muted)
    }
    for command in commands.dropFirst() {
      let longer = shown + "; " + sanitized(command)
      guard longer.cellWidth <= room, !longer.contains("\n") else {
        shown += rest
        break
      }
      shown = longer
    }
    return StyledText(words, .muted) + StyledText(shown, Style(.code))
  }

  static func lines(of facts: LessonStatusFacts, on canvas: Canvas) -> [StyledText] {
    var lines = StyledText(sanitized(facts.title), Style(.heading)).wrapped(to: canvas.width)
    lines.append(StyledText("step \(facts.step.step) of \(facts.step.steps)" + (facts.minutes.map { ", \($0) minutes in all" } ?? "")))
    if facts.tasks.all > 0 {
      var tasks = "tasks: \(facts.tasks.solved) of \(facts.tasks.all) solved"
      if facts.tasks.skipped > 0 { tasks += ", \(facts.tasks.skipped) skipped" }
      lines.append(StyledText(tasks))
    }
    lines.append(StyledText("cards: \(facts.cards.all)" + (facts.cards.due > 0 ? ", \(facts.cards.due) due" : "")))
    for goal in facts.step.goals {
      let mark = goal.holds ? StyledText("  reached  ", Style(.good)) : StyledText("  open     ", Style(.warning))
      var text = mark + StyledText("\(sanitized(goal.command)): \(sanitized(goal.statement))")
      if !goal.holds { text.append("   " + (goal.shortActual.map { "now \(sanitized($0))" } ?? "not there yet"), .muted) }
      lines += text.wrapped(to: canvas.width)
    }
    return lines
  }

  static func lines(of moment: LessonMoment, on canvas: Canvas) -> [StyledText] {
    switch moment {
    case .hint(let text, let isLast, let lang):
      let isFrench = lang == "fr"
      var lines = MarkdownRenderer.lines(of: text, on: canvas).map { $0.restyled { if $0.role == nil { $0.role = .accent } } }
      if isLast {
        lines.append(
          StyledText(
            isFrench ? "Il n’y a pas d’autre indice ; `skip` montre la réponse." : "There is no further hint; `skip` shows an answer.",
            .muted))
      }
      return lines
    case .solved(let lang):
      return [StyledText(lang == "fr" ? "Résolu." : "Solved.", Style(.good, bold: true)) + onward(lang == "fr")]
    case .partly(let held, let goals, let lang):
      let reached = held == 1 ? "1 but sur \(goals) atteint" : "\(held) buts sur \(goals) atteints"
      return [StyledText(lang == "fr" ? reached : "\(held) of \(goals) goals reached", .muted)]
    case .solution(let lang): return [StyledText(lang == "fr" ? "Une réponse :" : "One answer:", Style(bold: true))]
    }
  }

  static func lines(of facts: RecordFacts) -> [StyledText] {
    let commands = facts.commands == 1 ? "1 command" : "\(grouped(facts.commands)) commands"
    let line = StyledText("\(sanitized(facts.file)): \(commands)", .muted)
    guard let passes = facts.passes else { return [line] }
    return [
      line
        + (passes
          ? StyledText(", and its check passes", .muted) : StyledText(", and its check fails: `gradus check` tells where", Style(.warning)))
    ]
  }

  static func lines(of facts: LessonEndFacts, on canvas: Canvas) -> [StyledText] {
    let isFrench = facts.step.lang == "fr"
    var lines: [StyledText] = ["", StyledText(isFrench ? "Fin de la leçon" : "The end of the lesson", Style(.heading))]
    if facts.tasks.all > 0 {
      lines.append(
        StyledText(
          isFrench
            ? "Exercices résolus : \(facts.tasks.solved) sur \(facts.tasks.all)"
            : "Tasks solved: \(facts.tasks.solved) of \(facts.tasks.all)"))
    }
    if !facts.commands.isEmpty {
      lines += ["", StyledText(isFrench ? "Commandes utilisées" : "Commands used", Style(bold: true))]
      let width = min(16, (facts.commands.map(\.name.count).max() ?? 0) + 2)
      for command in facts.commands {
        let text = StyledText(command.summary).wrapped(to: max(20, canvas.width - width - 2))
        lines += text.enumerated().map {
          ($0 == 0
            ? StyledText("  " + command.name.padded(to: width), Style(.accent)) : StyledText(String(repeating: " ", count: width + 2))) + $1
        }
      }
    }
    lines.append("")
    if facts.cards.all > 0 {
      let (all, new) = facts.cards
      let words: String
      if isFrench {
        words =
          (all == 1 ? "1 carte entre dans vos révisions" : "\(all) cartes entrent dans vos révisions")
          + (new == 0 ? "" : new == 1 ? ", dont 1 nouvelle" : ", dont \(new) nouvelles") + "\u{A0}: `quiz` les demande."
      } else {
        words =
          (all == 1 ? "1 card enters your reviews" : "\(all) cards enter your reviews") + (new == 0 ? "" : ", \(new) of them new")
          + ": `quiz` asks them."
      }
      lines += StyledText(words).wrapped(to: canvas.width)
      let topics = facts.topics.prefix(3).map { "`quiz \(sanitized($0))`" }.joined(separator: ", ")
      if !topics.isEmpty { lines += StyledText((isFrench ? "Par thème : " : "By topic: ") + topics, .muted).wrapped(to: canvas.width) }
    }
    lines += StyledText(
      isFrench ? "`lesson recap FICHIER.md` écrit ce qui reste de la leçon." : "`lesson recap FILE.md` writes what to keep of it.", .muted
    ).wrapped(to: canvas.width)
    if let following = facts.following {
      lines.append(StyledText((isFrench ? "Leçon suivante : " : "Next lesson: ") + "`lesson start \(sanitized(following))`", .muted))
    }
    if facts.hasModelAside {
      lines.append(
        StyledText(
          isFrench ? "`lesson leave` rend votre modèle d’avant la leçon." : "`lesson leave` brings back the model that you had before.",
          .muted))
    }
    return lines
  }
}
