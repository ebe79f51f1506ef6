import Course
import Deck
import Foundation
import Language
import Shell

/// The valid inputs that mutations start from: the project's own files, and what the program writes.
@MainActor enum Corpus {
  /// The commands of all examples.
  static var examples: [String] {
    var seen = Set<String>()
    return Commands.outlines.flatMap { examples(of: $0) }.filter { seen.insert($0).inserted }
  }

  private static func examples(of outline: DeclarationOutline) -> [String] {
    outline.examples
      + outline.arguments.flatMap { argument -> [String] in
        switch argument.form {
        case .declared(let members), .declaredList(let members): members.flatMap { examples(of: $0) }
        default: []
        }
      }
  }

  /// The words of all declarations: names of commands, of what they take, and of arguments.
  static var names: [String] {
    func names(_ outline: DeclarationOutline) -> [String] {
      [outline.name] + outline.aliases
        + outline.arguments.flatMap { argument -> [String] in
          let own = [argument.placement == .named ? argument.name + "=" : argument.name]
          return switch argument.form {
          case .declared(let members), .declaredList(let members): own + members.flatMap(names)
          case .choice(let choices): own + choices.map(\.name)
          default: own
          }
        }
    }
    return Set(Commands.outlines.flatMap(names)).sorted()
  }

  /// The commands of the lessons.
  static func commands(_ place: FuzzPlace) throws -> [String] {
    try lessons(place).flatMap { text in
      Document(file: "f.md", text: text).experiments.flatMap { $0.steps.map(\.command) }
    }
  }

  /// The texts of the lessons.
  static func lessons(_ place: FuzzPlace) throws -> [String] {
    try (["en", "fr"].flatMap { try place.files("Lessons/\($0)", ".md") }).map { String(decoding: try place.bytes($0), as: UTF8.self) }
  }

  /// The sections of the lessons, and the pages of terms: pieces that are read in a breath.
  static func sections(_ place: FuzzPlace) throws -> [[UInt8]] {
    let head = "---\ntitle: The neuron\nid: neuron\nlang: en\norder: 1\nminutes: 30\nneeds: [shell]\n---\n"
    let sections = try lessons(place).flatMap { text in
      text.components(separatedBy: "\n## ").dropFirst().map { head + "## " + $0 }.filter { $0.utf8.count < 6_000 }
    }
    let terms = try ["en", "fr"].flatMap { try place.files("Lessons/\($0)/terms", ".md") }.map { try place.bytes($0) }
    return sections.map { Array($0.utf8) } + terms + [Array(LessonTemplate.text(named: "mine").utf8)]
  }

  /// Words of Markdown, of cards, tasks and lessons.
  static let deckWords = [
    "Question : ", "Answer   : ", "Question", "Answer", " : ", " - ", "\n", "\r\n", "---\n", "```gradus\n", "```task\n", "```", "````",
    "~~~",
    "> ", "\\", "<!--", "-->", "`", "$", "$$", "goal: ", "hint: ", "hint: summary | total == 3 | x", "| total == 33", " == ", "title: ",
    "id: ", "lang: fr\n", "needs: [", "]", "minutes: ", "tol=1e-5", "...", "## ", "![a](b.png)", "[t](http://u.v)", "* ", "1. ", "    ",
    "|",
    "|---|", "<table>", "<td>", "<sub>", "&eacute;", "&#x1B;", "\\frac{", "}", "{", "\\\\", "#", "**", "~~", "[x]", "(None, 3)", " = ",
    " x ",
    "32 x (3x3x3 + 1) = 896", "12.5%", "Total params: 33", "layers[0].parameters", "layers.count", "1,234",
  ]

  /// What opens and closes in Markdown.
  static let deckBrackets = [
    ("> ", ""), ("* ", ""), ("[", "]"), ("(", ")"), ("**", "**"), ("$", "$"), ("{", "}"), ("<b>", "</b>"), ("`", "`"), ("<div>", "</div>"),
    ("\\frac{", "}{2}"), ("(1+", ")"), ("![", "](x)"), ("<table><tr><td>", "</td></tr></table>"), ("\\sqrt{", "}"),
  ]
}
