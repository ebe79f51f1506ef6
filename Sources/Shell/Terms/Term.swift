import Deck

/// A term of the field in one language, as one Markdown file explains it:
///
///     ---
///     term: learning rate
///     aliases: [lr, step size]
///     related: [gradient descent, momentum]
///     lang: en
///     ---
///     One paragraph.
///
///     $$ \theta' = \theta - \eta \nabla J(\theta) $$
///
///     ```gradus
///     > a command to try
///     ```
public struct Term: Sendable, Equatable {
  /// The file's name without `.md`, the same in every language.
  public let id: String
  /// The name that the field gives it.
  public let name: String
  /// Other names.
  public let aliases: [String]
  /// The names of terms to go on with.
  public let related: [String]
  /// The language of the text.
  public let lang: ProseLanguage
  /// What it means, in Markdown.
  public let paragraph: String
  /// LaTeX, nil for a term without a formula.
  public let formula: String?
  /// The commands to try.
  public let commands: [String]

  /// The term of a file; nil when the file names none.
  init?(_ document: Document, id: String, lang: ProseLanguage) {
    let other = document.frontMatter.other
    guard let name = Self.words(other["term"]).first else { return nil }
    self.id = id
    self.name = name
    self.lang = document.frontMatter.lang ?? lang
    aliases = Self.words(other["aliases"])
    related = Self.words(other["related"])
    commands = document.experiments.flatMap { $0.steps.map(\.command) }
    let prose = document.blocks.compactMap { block in if case .prose(let text, _) = block { text } else { nil } }.joined(separator: "\n\n")
    // What stands between two pairs of dollar signs.
    let pieces = prose.split(separator: "$$", omittingEmptySubsequences: false).map(String.init)
    formula = pieces.count == 3 ? pieces[1].trimmingBlanks : nil
    paragraph = (pieces.count == 3 ? pieces[0].trimmingBlanks + "\n\n" + pieces[2].trimmingBlanks : prose).trimmingBlanks
  }

  /// Whether the text is French.
  public var isFrench: Bool { lang == .french }

  /// All its names, the usual one first.
  public var names: [String] { [name] + aliases }

  /// The values of `[a, b]` or of one word.
  private static func words(_ text: String?) -> [String] {
    guard let text else { return [] }
    let inside = text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : text[...]
    return inside.split(separator: ",").map { String($0).trimmingBlanks.trimmingQuotes }.filter { !$0.isEmpty }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var rest = self[...].drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  fileprivate var trimmingQuotes: String { count >= 2 && first == "\"" && last == "\"" ? String(dropFirst().dropLast()) : self }
}
