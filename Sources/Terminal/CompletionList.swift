/// What could stand where the cursor is: the answer of a completer.
public struct CompletionList: Sendable, Equatable {
  /// One thing that could be typed.
  public struct Candidate: Sendable, Equatable {
    /// The text that would stand in the line.
    public var text: String
    /// A few words on it, shown in a short list; may be empty.
    public var summary: String
    /// Whether a blank follows once it is complete; no by default after `=` and `/`, where the word goes on.
    public var endsWord: Bool

    /// A candidate.
    public init(_ text: String, summary: String = "", endsWord: Bool? = nil) {
      self.text = text
      self.summary = summary
      self.endsWord = endsWord ?? !(text.hasSuffix("=") || text.hasSuffix("/"))
    }
  }

  /// The part of the line that a candidate would replace, in characters from its start.
  public var replacing: Range<Int>
  /// All candidates, in the order in which they are shown.
  public var candidates: [Candidate]

  /// A list of candidates for a part of the line.
  public init(replacing: Range<Int>, candidates: [Candidate]) {
    self.replacing = replacing
    self.candidates = candidates
  }

  /// Nothing to offer at the cursor.
  public static func none(at cursor: Int) -> CompletionList { CompletionList(replacing: cursor..<cursor, candidates: []) }
}

/// What a press of Tab does, decided without a terminal.
enum CompletionStep: Equatable {
  /// There is nothing to offer.
  case nothing
  /// The characters of the range give way to the text.
  case replace(Range<Int>, by: String)
  /// Nothing is left that all candidates share: show them.
  case list

  /// The step for a line: the unique candidate, else what all candidates share, else the list.
  static func decide(line: String, for list: CompletionList) -> CompletionStep {
    let characters = Array(line)
    guard let first = list.candidates.first else { return .nothing }
    guard list.replacing.lowerBound >= 0, list.replacing.upperBound <= characters.count else { return .nothing }
    let typed = String(characters[list.replacing])
    let texts = Set(list.candidates.map(\.text))
    if texts.count == 1 {
      var text = first.text
      let next = list.replacing.upperBound < characters.count ? characters[list.replacing.upperBound] : nil
      if first.endsWord && next != " " { text += " " }
      return text == typed ? .list : .replace(list.replacing, by: text)
    }
    var shared = first.text
    for candidate in list.candidates.dropFirst() where !shared.isEmpty { shared = commonPrefix(shared, candidate.text) }
    // Quotes may come before what is typed, and a name may begin so in another case.
    let bare = shared.hasPrefix("\"") && !typed.hasPrefix("\"") ? String(shared.dropFirst()) : shared
    return bare.count > typed.count && bare.lowercased().hasPrefix(typed.lowercased()) ? .replace(list.replacing, by: shared) : .list
  }

  private static func commonPrefix(_ a: String, _ b: String) -> String {
    String(zip(a, b).prefix { $0 == $1 }.map(\.0))
  }
}
