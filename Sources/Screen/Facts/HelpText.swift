import Shell

/// Draws the help pages and the settings.
enum HelpText {
  static func lines(of facts: HelpFacts, on canvas: Canvas) -> [StyledText] {
    switch facts {
    case .overview(let groups):
      var lines: [StyledText] = []
      if groups.count > 1 {
        let width = (groups.map(\.habit.title.count).max() ?? 0) + 2
        for group in groups where !group.commands.isEmpty {
          let names = StyledText(group.commands.map(\.name).joined(separator: "  "))
          lines += hanging(StyledText(group.habit.title.padded(to: width), Style(.heading)), names, indent: width, canvas)
        }
        let hint =
          "`help train` tells what each of a group is for (build, train, look, learn, shell), `help fit` how a command works, `apropos rate` finds "
          + "one, `help keys` lists the keys, `lesson` the lessons. Tab completes."
        return lines + [""] + StyledText(hint, .muted).wrapped(to: canvas.width)
      }
      for group in groups where !group.commands.isEmpty {
        if !lines.isEmpty { lines.append("") }
        lines.append(StyledText(group.habit.title, Style(.heading)))
        lines += list(group.commands.map { ($0.name, $0.summary) }, canvas)
      }
      return lines + ["", StyledText("`help fit` tells how a command works, `apropos WORD` finds one, Tab completes.", .muted)]
    case .found(let word, let pages):
      guard !pages.isEmpty else { return [StyledText("no command speaks of `\(sanitized(word))`")] }
      return list(pages.map { ($0.path.joined(separator: " "), $0.outline.summary) }, canvas)
    case .page(let path, let outline):
      var lines = hanging(StyledText(), StyledText(HelpFacts.usage(path, outline), Style(bold: true)), indent: 4, canvas)
      lines += StyledText(outline.summary).wrapped(to: canvas.width)
      if !outline.formula.isEmpty { lines += ["", StyledText("  " + outline.formula, Style(.formula))] }
      if !outline.arguments.isEmpty { lines.append("") }
      for argument in outline.arguments {
        lines += line(of: argument.name, argument.summary, argument.allowed, argument.defaultText, canvas)
      }
      if !outline.notes.isEmpty { lines += [""] + StyledText(outline.notes).wrapped(to: canvas.width) }
      if !outline.examples.isEmpty {
        lines.append("")
        for (place, example) in outline.examples.enumerated() {
          lines += hanging(StyledText("  \(place + 1)  ", .muted), StyledText(example, Style(.code)), indent: 5, canvas)
        }
        lines.append(StyledText("`help \(path.joined(separator: " ")) run 1` runs the first", .muted))
      }
      return lines
    }
  }

  static func lines(of facts: KeyFacts, on canvas: Canvas) -> [StyledText] {
    let width = (facts.keys.map(\.keys.count).max() ?? 0) + 2
    return facts.keys.flatMap { hanging(StyledText($0.keys.padded(to: width), Style(.accent)), StyledText($0.does), indent: width, canvas) }
      + [""]
      + StyledText(
        facts.style == .vi
          ? "Keys are bound as in vi, for `~/.editrc` says so."
          : "Keys are bound as in Emacs; `bind -v` in `~/.editrc` makes them those of vi.",
        .muted
      ).wrapped(to: canvas.width)
  }

  static func lines(of facts: TypedFacts, on canvas: Canvas) -> [StyledText] {
    guard !facts.lines.isEmpty else {
      return [StyledText(facts.isSearch ? "no line holds it" : "nothing was typed yet, or this is no terminal", .muted)]
    }
    let width = facts.lines.map { "\($0.number)".count }.max() ?? 1
    return facts.lines.map { StyledText("\($0.number)".padded(to: width, .right) + "  ", .muted) + StyledText(sanitized($0.line)) }
  }

  private static func line(of name: String, _ summary: String, _ allowed: String, _ standard: String, _ canvas: Canvas) -> [StyledText] {
    var text = StyledText(summary)
    if !allowed.isEmpty { text.append("; \(allowed)", .muted) }
    if !standard.isEmpty { text.append("; default \(standard)", .muted) }
    return hanging(StyledText("  " + name.padded(to: 16), Style(.accent)), text, indent: 18, canvas)
  }

  private static func list(_ items: [(name: String, summary: String)], _ canvas: Canvas) -> [StyledText] {
    let width = min(24, (items.map(\.name.count).max() ?? 0) + 2)
    return items.flatMap {
      hanging(
        StyledText("  " + $0.name.padded(to: max(width, $0.name.count + 2)), Style(.accent)), StyledText($0.summary), indent: width + 2,
        canvas)
    }
  }

  /// A name, and a text beside it whose further lines stand under its first.
  private static func hanging(_ head: StyledText, _ text: StyledText, indent: Int, _ canvas: Canvas) -> [StyledText] {
    let wrapped = text.wrapped(to: max(20, canvas.width - indent))
    return wrapped.enumerated().map { index, line in (index == 0 ? head : StyledText(String(repeating: " ", count: indent))) + line }
  }

  /// One that changed with its value; else all of them, each with its meaning, and where it is not the usual one, with that and whence it comes.
  static func lines(of facts: SettingsFacts, on canvas: Canvas) -> [StyledText] {
    if let name = facts.changed { return facts.values.filter { $0.name == name }.map { line($0.name, $0.value) } }
    if let name = facts.asked { return lines(of: name, in: facts, on: canvas) }
    let standard = Dictionary(SettingsFacts.standard.values.map { ($0.name, $0.value) }) { first, _ in first }
    let width = (facts.values.map(\.name.count).max() ?? 0) + 2
    let values = facts.values.map { sanitized($0.value).truncated(to: 14, mark: canvas.ellipsis) }
    let indent = width + (values.map(\.count).max() ?? 0) + 2
    return zip(facts.values, values).flatMap { setting, value in
      let usual = standard[setting.name].flatMap { $0 == setting.value || $0 == "-" ? nil : "\($0) is the default" }
      let remarks = [facts.origins[setting.name].flatMap(words), usual].compactMap(\.self)
      let head = StyledText(setting.name.padded(to: width), Style(.accent)) + StyledText(value.padded(to: indent - width))
      let text = (SettingsFacts.meanings[setting.name] ?? "") + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))")
      return hanging(head, StyledText(text, .muted), indent: indent, canvas)
    }
  }

  /// One setting: its value, then what it means, takes and usually is.
  private static func lines(of name: String, in facts: SettingsFacts, on canvas: Canvas) -> [StyledText] {
    guard let value = facts.values.first(where: { $0.name == name })?.value else { return [] }
    let usual = SettingsFacts.standard.values.first { $0.name == name }?.value ?? "-"
    var about = [SettingsFacts.meanings[name] ?? "", SettingsFacts.allowed(name)].filter { !$0.isEmpty }.joined(separator: " Values: ")
    if !about.hasSuffix(".") { about += "." }
    if let origin = facts.origins[name].flatMap(words) { about += " Set: \(origin)." }
    if usual != "-" { about += usual == value ? " This is the default." : " The default is \(usual)." }
    return hanging(
      StyledText(name.padded(to: max(12, name.count + 2)), Style(.accent)), StyledText(sanitized(value)), indent: 12, canvas)
      + StyledText(sanitized(about), .muted).wrapped(to: canvas.width)
  }

  /// Where a value comes from; nil where it is the usual one.
  private static func words(_ origin: SettingOrigin) -> String? {
    switch origin {
    case .standard: nil
    case .config: "from the config file"
    case .kept: "kept by `set`"
    case .flag: "from a flag"
    case .session: "this session"
    }
  }

  private static func line(_ name: String, _ value: String) -> StyledText {
    StyledText(name.padded(to: max(12, name.count + 2)), Style(.accent)) + StyledText(sanitized(value))
  }

  static func lines(of facts: StandingFacts, on canvas: Canvas) -> [StyledText] {
    let compiled = facts.compiled.map { facts in
      ([facts.settings.optimizer.name, "\(facts.settings.optimizer.rate)", facts.settings.loss.name] + facts.settings.metrics.map(\.name))
        .joined(separator: " ")
    }
    var trained =
      "\(facts.epochs) \(facts.epochs == 1 ? "epoch" : "epochs"), \(grouped(facts.updates)) \(facts.updates == 1 ? "update" : "updates")"
    if let loss = facts.history["loss"].last { trained += ", loss \(compact(loss))" }
    return lines(of: facts.settings, on: canvas) + [
      line("data", facts.data ?? "-"), line("compiled", compiled ?? "-"), line("trained", facts.updates > 0 ? trained : "-"),
    ]
  }
}
