import Language

/// `let n=8`: names for words, which `$n` stands for.
enum LetCommand {
  static let command = Command(
    .shell,
    Declaration<Action>(
      "let", "Gives names to words, which `$name` stands for in the commands that follow; alone it lists them.",
      examples: [
        "let n=8", "let n=8 kind=relu; layer dense $n $kind", "let n=8; let", "let n?=8", "let file=\"my data.csv\"", "let n=8; let n=",
      ],
      notes: """
        `${name}` is the same where letters follow. Names are read in bare words and in double quotes, not in 'single quotes'. `let n?=8` gives the \
        name only where it has no word yet, so that a script has a default and `let n=16; replay it.gradus` another value. `let n=` takes the \
        name away.
        """,
      .words("assignments", of: "NAME=WORD", "a name, `=`, and its word", from: .assignments)
    ) { words in
      let assignments = try words.map(Assignment.init)
      return Action { session, _ in
        for assignment in assignments {
          if assignment.isDefault, session.variables[assignment.name] != nil { continue }
          guard assignment.value != nil || session.variables[assignment.name] != nil else {
            throw Complaint(
              "there is no variable `\(assignment.name)`", at: assignment.place,
              hint: NearNames.hint(for: assignment.name, among: session.variables.names) ?? "`let` lists them")
          }
          if !assignment.isQuestion { session.variables[assignment.name] = assignment.value }
        }
        return VariableFacts(session.variables, changed: words.isEmpty ? nil : assignments.map(\.name))
      }
    })

  /// A name and what it is to stand for; nil takes the name away.
  private struct Assignment: Sendable {
    var name: String
    var value: String?
    var isDefault: Bool
    var isQuestion: Bool
    var place: Range<Int>

    init(_ word: Word) throws {
      place = word.place
      guard let equals = word.text.firstIndex(of: "="), !word.isQuoted else {
        // A name alone asks for its word.
        guard PlainName.isOne(word.text) else {
          throw Complaint("`\(word.text)` is no name", at: word.place, hint: "such as `let n=8`")
        }
        (name, value, isQuestion, isDefault) = (word.text, nil, true, false)
        return
      }
      isQuestion = false
      isDefault = word.text[..<equals].hasSuffix("?")
      name = String(word.text[..<equals].dropLast(isDefault ? 1 : 0))
      guard PlainName.isOne(name) else {
        throw Complaint("`\(name)` is no name", at: word.place, hint: "a letter, then letters, digits and _, such as `let n=8`")
      }
      let rest = String(word.text[word.text.index(after: equals)...])
      guard rest.utf8.count <= 10_000 else { throw Complaint("the word is too long", at: word.place, hint: "10,000 characters at most") }
      value = rest.isEmpty ? nil : rest
    }
  }
}

/// The words that have names.
public struct VariableFacts: Facts {
  /// The names with their words.
  public let variables: [(name: String, value: String)]
  /// Whether names were given or taken just now.
  public let isChange: Bool
  /// The names that were taken away.
  public let removed: [String]

  init(_ variables: Variables, changed: [String]?) {
    self.variables = changed.map { names in variables.all.filter { names.contains($0.name) } } ?? variables.all
    isChange = changed != nil
    removed = (changed ?? []).filter { variables[$0] == nil }
  }

  /// The names with their words.
  public var json: [(String, JSONValue)] { [("variables", .object(variables.map { ($0.name, .string($0.value)) }))] }
}
