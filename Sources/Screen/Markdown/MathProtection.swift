/// Takes the formulas out of a Markdown text before it is parsed, as the parser would take their stars and underscores for emphasis.
///
/// `$...$`, `$$...$$`, `\(...\)` and `\[...\]` outside code become a number between two private characters. What is code after all (an indented
/// block) gets its source back when it is rendered.
struct MathProtection {
  /// A formula that was taken out.
  struct Protected: Equatable {
    /// What the author typed, delimiters included.
    var raw: String
    /// What stands between the delimiters.
    var formula: String
    /// Whether it stands on lines of its own.
    var isDisplay: Bool
  }

  /// The text with placeholders.
  private(set) var text = ""
  /// The formulas by the number in their placeholder.
  private(set) var formulas: [Protected] = []

  /// The characters around a number; an author's own are replaced.
  static let opening: Unicode.Scalar = "\u{E000}"
  static let closing: Unicode.Scalar = "\u{E001}"

  init(_ source: String) {
    let clean = source.replacing("\r\n", with: "\n")
    scalars = clean.unicodeScalars.map { $0 == Self.opening || $0 == Self.closing ? "\u{FFFD}" : $0 }
    scan()
    text = String(output)
    output = .init()
    scalars = []
  }

  private var scalars: [Unicode.Scalar] = []
  private var output = String.UnicodeScalarView()

  private mutating func scan() {
    var index = 0
    var atLineStart = true
    while index < scalars.count {
      if atLineStart, let end = fenceEnd(from: index) {
        output.append(contentsOf: scalars[index..<end])
        index = end
        continue
      }
      let scalar = scalars[index]
      atLineStart = scalar == "\n"
      if let end = verbatimEnd(from: index) {
        output.append(contentsOf: scalars[index..<end])
        index = end
      } else if let (formula, end) = formula(from: index) {
        output.append(Self.opening)
        output.append(contentsOf: String(formulas.count).unicodeScalars)
        output.append(Self.closing)
        formulas.append(formula)
        index = end
      } else {
        let escaped = scalar == "\\" && index + 1 < scalars.count && scalars[index + 1] == "$"
        output.append(contentsOf: scalars[index..<(index + (escaped ? 2 : 1))])
        index += escaped ? 2 : 1
      }
    }
  }

  /// The end of a fenced code block that opens on the line starting at `start`.
  private func fenceEnd(from start: Int) -> Int? {
    guard let (mark, length) = fence(at: start) else { return nil }
    var line = lineEnd(start)
    while line < scalars.count {
      if let (other, count) = fence(at: line), other == mark, count >= length, isBlank(afterFenceAt: line) { return lineEnd(line) }
      line = lineEnd(line)
    }
    return scalars.count
  }

  /// The fence's character and length where a line begins with one, after blanks and marks of quotations.
  private func fence(at start: Int) -> (Unicode.Scalar, Int)? {
    var index = start
    while index < scalars.count, scalars[index] == " " || scalars[index] == ">" || scalars[index] == "\t" { index += 1 }
    guard index < scalars.count, scalars[index] == "`" || scalars[index] == "~" else { return nil }
    let run = scalars[index...].prefix { $0 == scalars[index] }.count
    guard run >= 3 else { return nil }
    // A fence of backticks holds no backtick in its line.
    if scalars[index] == "`", scalars[(index + run)..<lineEnd(start)].contains("`") { return nil }
    return (scalars[index], run)
  }

  private func isBlank(afterFenceAt start: Int) -> Bool {
    scalars[start..<lineEnd(start)].allSatisfy { [" ", ">", "\t", "`", "~", "\n", "\r"].contains($0) }
  }

  /// The index after the line feed of the line that holds `index`.
  private func lineEnd(_ index: Int) -> Int { scalars[index...].firstIndex(of: "\n").map { $0 + 1 } ?? scalars.count }

  /// The end of a code span or an HTML comment at `start`.
  private func verbatimEnd(from start: Int) -> Int? {
    if scalars[start] == "`" {
      let run = scalars[start...].prefix { $0 == "`" }.count
      var index = start + run
      while index < scalars.count {
        if scalars[index] == "\n", isBlankLine(after: index) { return start + run }
        guard scalars[index] == "`" else {
          index += 1
          continue
        }
        let other = scalars[index...].prefix { $0 == "`" }.count
        index += other
        if other == run { return index }
      }
      return start + run
    }
    if scalars[start...].starts(with: "<!--".unicodeScalars) {
      var index = start + 4
      while index < scalars.count {
        if scalars[index...].starts(with: "-->".unicodeScalars) { return index + 3 }
        index += 1
      }
      return scalars.count
    }
    return nil
  }

  private func isBlankLine(after lineFeed: Int) -> Bool {
    let rest = scalars[(lineFeed + 1)...].drop { $0 == " " || $0 == "\t" }
    return rest.first.map { $0 == "\n" } ?? true
  }

  /// The formula that opens at `start`, and where it ends.
  private func formula(from start: Int) -> (Protected, Int)? {
    for (open, close, isDisplay) in [("$$", "$$", true), ("$", "$", false), ("\\(", "\\)", false), ("\\[", "\\]", true)] {
      guard scalars[start...].starts(with: open.unicodeScalars) else { continue }
      guard let end = closing(close, from: start + open.count) else {
        if open == "$$" { return nil }
        continue
      }
      let content = String(String.UnicodeScalarView(scalars[(start + open.count)..<end]))
      let after = end + close.count
      if open == "$", !MathDetection.isFormula(content, followedBy: after < scalars.count ? scalars[after] : nil) { return nil }
      guard content.contains(where: { !$0.isWhitespace }) else { return nil }
      let raw = String(String.UnicodeScalarView(scalars[start..<after]))
      return (Protected(raw: raw, formula: content, isDisplay: isDisplay), after)
    }
    return nil
  }

  /// Where a delimiter stands next, within the paragraph.
  private func closing(_ delimiter: String, from start: Int) -> Int? {
    var index = start
    while index < scalars.count {
      if scalars[index] == "\n", isBlankLine(after: index) { return nil }
      if scalars[index...].starts(with: delimiter.unicodeScalars) { return index }
      index += scalars[index] == "\\" ? 2 : 1
    }
    return nil
  }
}

/// Tells formulas from prices.
enum MathDetection {
  /// Whether what stands between two single dollar signs is a formula rather than prose between two prices.
  ///
  /// - A command, an index, a power or a brace makes it one.
  /// - Else it holds no word of prose, and blanks stand at both of its ends or at none; an equals sign allows one, `$w = 0.5 $`.
  /// - A digit directly after the closing sign belongs to a price: `$5-$6`.
  static func isFormula(_ content: String, followedBy next: Unicode.Scalar?) -> Bool {
    guard content.contains(where: { !$0.isWhitespace }) else { return false }
    if content.contains(where: { "\\_^{".contains($0) }) { return true }
    if let next, next.properties.numericType != nil { return false }
    let words: [Substring] = content.split { !$0.isLetter }.filter { $0.count > 1 }
    guard words.allSatisfy({ isName($0) }) else { return false }
    let blankBefore = content.first?.isWhitespace == true
    let blankAfter = content.last?.isWhitespace == true
    return blankBefore == blankAfter || content.contains("=")
  }

  /// Whether a word is the name of a function or a product of few letters (`xy`), as formulas hold them.
  private static func isName(_ word: Substring) -> Bool {
    let name = word.lowercased()
    if MathSymbols.functions.contains(name) || MathSymbols.large[name] != nil { return true }
    return word.count == 2
      && !["an", "as", "at", "by", "or", "to", "in", "is", "it", "if", "et", "ou", "de", "du", "la", "le", "un"].contains(name)
  }
}
