import Language

/// What `help` tells.
public enum HelpFacts: Facts {
  /// The list of commands by habit.
  case overview([(habit: Command.Habit, commands: [DeclarationOutline])])
  /// One command, or one declared kind of it, with the words before it.
  case page(path: [String], DeclarationOutline)
  /// The commands that speak of a word.
  case found(String, [(path: [String], outline: DeclarationOutline)])

  /// The commands, or the page's parts.
  public var json: [(String, JSONValue)] {
    switch self {
    case .overview(let groups):
      return [("commands", .array(groups.flatMap { group in group.commands.map { HelpFacts.short([$0.name], $0, group.habit) } }))]
    case .found(_, let pages): return [("commands", .array(pages.map { HelpFacts.short($0.path, $0.outline, nil) }))]
    case .page(let path, let outline):
      let arguments = outline.arguments.map { argument in
        JSONValue.object([
          ("name", .string(argument.name)), ("summary", .string(argument.summary)), ("required", .bool(argument.isRequired)),
          ("kind", .string(argument.kind)), ("allowed", .string(argument.allowed)), ("default", .string(argument.defaultText)),
        ])
      }
      return [
        ("name", .string(path.joined(separator: " "))), ("usage", .string(HelpFacts.usage(path, outline))),
        ("summary", .string(outline.summary)),
        ("arguments", .array(arguments)), ("examples", .strings(outline.examples)), ("notes", .string(outline.notes)),
      ]
    }
  }

  /// What was typed to ask for this page, the name in full.
  func command(_ text: CommandText) -> String {
    guard case .page(let path, _) = self, let name = path.first, text.words[0].text != "?" else { return text.typed }
    return name + (text.words[0].raw.hasSuffix("?") ? "?" : "") + text.typed.dropFirst(text.words[0].raw.count)
  }

  private static func short(_ path: [String], _ outline: DeclarationOutline, _ habit: Command.Habit?) -> JSONValue {
    var members: [(String, JSONValue)] = [("name", .string(path.joined(separator: " "))), ("summary", .string(outline.summary))]
    if let habit { members.append(("habit", .string(habit.rawValue))) }
    return .object(members)
  }

  /// The usage line with the words before the name.
  public static func usage(_ path: [String], _ outline: DeclarationOutline) -> String {
    (path.dropLast() + [outline.usage]).joined(separator: " ")
  }
}

/// Finds the page that was asked for.
enum Help {
  /// `?`, `fit?`, `layer dense?`: the help that a command's words ask for; nil when they ask for none.
  static func asked(by text: CommandText) throws -> HelpFacts? {
    let first = text.words[0]
    if first.text == "?" && !first.isQuoted { return try page(Array(text.words.dropFirst())) }
    if first.text.hasSuffix("?") && !first.isQuoted { return try page([first.withoutQuestionMark]) }
    // `?fit` is what IPython takes too.
    if first.text.hasPrefix("?") && !first.isQuoted {
      return try page([first.withoutQuestionMark] + text.words.dropFirst())
    }
    guard let last = text.words.last, last.text.hasSuffix("?"), !last.isQuoted else { return nil }
    let declaration = try Commands.index.byPrefix(first, what: "command")
    guard !declaration.outline.members.isEmpty else { return nil }
    if text.words.count == 2 { return try page([first] + (last.text == "?" ? [] : [last.withoutQuestionMark])) }
    // The kind may stand behind other words: `layer insert 1 dense?`, `compile adam 0.01 bce?`, `layer dense 8 ?`.
    var outlines = [declaration.outline]
    for word in text.words.dropFirst() {
      let isLast = word.place == last.place
      let name = isLast ? word.withoutQuestionMark.text : word.text
      var isKnown = isLast && name.isEmpty
      // The innermost kind that takes the name: the loss stands beside the optimizer, not in it.
      for depth in outlines.indices.reversed() where !isKnown {
        guard let member = outlines[depth].members.first(where: { $0.answers(to: name) }) else { continue }
        outlines = outlines[...depth] + [member]
        isKnown = true
      }
      if isLast, isKnown, let outline = outlines.last { return .page(path: outlines.map(\.name), outline) }
    }
    return nil
  }

  /// The page of a command, or of a declared kind of it; the overview, or a habit's, when no command is named.
  static func page(_ words: [Word]) throws -> HelpFacts {
    guard let first = words.first else { return overview() }
    if words.count == 1, let habit = Command.Habit(rawValue: first.text), Commands.index[first.text] == nil { return overview(habit) }
    if let path = try pathOfKind(first), words.count == 1 { return try page(path.map { Word($0, at: first.place) }) }
    var outline = try ForeignWords.command(of: CommandText(words: words, line: "", place: first.place, typed: "")).outline
    var path = [outline.name]
    for word in words.dropFirst() {
      let members = outline.members
      guard let member = members.first(where: { $0.answers(to: word.text) }) else {
        if members.isEmpty { break }
        throw Complaint.unknown(path.joined(separator: " "), word, among: members.map(\.name))
      }
      outline = member
      path.append(member.name)
    }
    return .page(path: path, outline)
  }

  /// `help dense`, `adam?`: the command that takes such a kind, and the kind; nil where a command has the name, or nothing has it.
  ///
  /// - Throws: A `Complaint` that names them where several commands take it.
  private static func pathOfKind(_ word: Word) throws -> [String]? {
    guard (try? Commands.index.byPrefix(word, what: "command")) == nil else { return nil }
    let paths = Commands.outlines.flatMap { outline in
      outline.members.filter { $0.answers(to: word.text) }.map { [outline.name, $0.name] }
    }
    guard paths.count > 1 else { return paths.first }
    let pages = paths.map { "`help \($0.joined(separator: " "))`" }
    throw Complaint("`\(word.text)` is known to several commands", at: word.place, hint: pages.joined(separator: ", "))
  }

  static func overview(_ only: Command.Habit? = nil) -> HelpFacts {
    let habits = Command.Habit.allCases.filter { only == nil || $0 == only }
    return .overview(habits.map { habit in (habit, Commands.all.filter { $0.habit == habit }.map(\.declaration.outline)) })
  }

  /// Commands and declared kinds whose name or help holds a word.
  static func apropos(_ words: String) -> HelpFacts {
    let wanted = words.lowercased()
    var found: [(path: [String], outline: DeclarationOutline)] = []
    func search(_ outline: DeclarationOutline, under path: [String]) {
      let path = path + [outline.name]
      let text = ([outline.name, outline.summary, outline.notes, outline.formula] + outline.aliases + outline.arguments.map(\.summary))
        .joined(separator: "\n")
      // A kind that several words take, such as a layer to append or to insert, is told once.
      let isKnown = path.count > 2 && found.contains { $0.outline.name == outline.name && $0.outline.summary == outline.summary }
      if !isKnown, text.lowercased().contains(wanted) { found.append((path, outline)) }
      for argument in outline.arguments {
        switch argument.form {
        case .declared(let members), .declaredList(let members): for member in members { search(member, under: path) }
        default: break
        }
      }
    }
    for outline in Commands.outlines { search(outline, under: []) }
    return .found(words, found)
  }
}

extension Word {
  fileprivate var withoutQuestionMark: Word {
    let before = text.prefix { $0 == "?" }.count
    let behind = text.dropFirst(before).reversed().prefix { $0 == "?" }.count
    let start = min(place.lowerBound + before, place.upperBound)
    return Word(String(text.dropFirst(before).dropLast(behind)), at: start..<max(start, place.upperBound - behind))
  }
}
