import Shell

/// The reference of the command language as a Markdown page, made from the declarations of all commands.
public enum ReferencePage {
  /// The page; `REFERENCE.md` holds it, and a test fails when it does not.
  public static var markdown: String {
    var lines = [
      "# Reference", "",
      "Every command with what it takes, made from the declarations that also feed `help`, completion and the tests. "
        + "`RECORD_REFERENCE=1 swift test --filter ReferenceTests` writes it anew.",
    ]
    for habit in Command.Habit.allCases {
      lines += ["", "## \(habit.title)"]
      for command in Commands.all where command.habit == habit { lines += page(of: command.declaration.outline, path: []) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func page(of outline: DeclarationOutline, path: [String]) -> [String] {
    let path = path + [outline.name]
    var lines = [
      "", String(repeating: "#", count: min(6, path.count + 2)) + " " + path.joined(separator: " "), "",
      "    " + HelpFacts.usage(path, outline),
    ]
    lines += ["", outline.summary + (outline.notes.isEmpty ? "" : " " + outline.notes)]
    if !outline.formula.isEmpty { lines += ["", "    " + outline.formula] }
    if !outline.aliases.isEmpty { lines += ["", "Also: " + outline.aliases.map { "`\($0)`" }.joined(separator: ", ") + "."] }
    let plain = outline.arguments.filter { members(of: $0).isEmpty }
    if !plain.isEmpty {
      lines += ["", "| argument | | allowed | default |", "|---|---|---|---|"]
      lines += plain.map {
        "| `\($0.name)` | \(cell($0.summary)) | \(cell($0.allowed)) | \($0.defaultText.isEmpty ? "" : "`\($0.defaultText)`") |"
      }
    }
    if !outline.examples.isEmpty { lines += [""] + outline.examples.map { "    " + $0 } }
    // A kind that several commands nest (`layer insert`) has its page where it stands first.
    guard path.count == 1 else { return lines }
    for argument in outline.arguments { for member in members(of: argument) { lines += page(of: member, path: path) } }
    return lines
  }

  private static func members(of argument: ArgumentDescription) -> [DeclarationOutline] {
    switch argument.form {
    case .declared(let members), .declaredList(let members): members
    default: []
    }
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
