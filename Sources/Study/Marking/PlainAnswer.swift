import Foundation

/// The text of an answer without the marks of Markdown and LaTeX that a learner does not type.
enum PlainAnswer {
  /// The first part of an answer that stands for itself, and whether it is a list of items.
  ///
  /// What follows below (code, a table, a picture, a heading) explains; more prose or a list below makes the answer a long one.
  static func head(_ markdown: String) -> (items: [String], isWhole: Bool) {
    let blocks = blocks(of: markdown)
    guard let first = blocks.first, !first.isAside else { return ([], false) }
    let rest = blocks.dropFirst()
    return (first.items, rest.first.map(\.isAside) ?? true)
  }

  /// A block of a Markdown text, as far as an answer is told by it.
  private struct Block {
    var items: [String]
    /// Code, a heading, a table, a picture: no words of the answer.
    var isAside: Bool
  }

  private static func blocks(of markdown: String) -> [Block] {
    var blocks: [Block] = []
    var lines: [Substring] = []
    var fence: Substring?
    func close() {
      if !lines.isEmpty { blocks.append(block(lines)) }
      lines = []
    }
    for line in markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let text = line.drop(while: \.isWhitespace)
      if let open = fence {
        if text.hasPrefix(open) { fence = nil }
      } else if text.hasPrefix("```") || text.hasPrefix("~~~") {
        // A fence of backticks has none after its opening ones; else the line is code within prose.
        let marks = text.prefix { $0 == text.first }
        if marks.first == "`", text.dropFirst(marks.count).contains("`") {
          lines.append(line)
        } else {
          close()
          blocks.append(Block(items: [], isAside: true))
          fence = marks
        }
      } else if text.isEmpty {
        close()
      } else {
        lines.append(line)
      }
    }
    close()
    return blocks
  }

  private static func block(_ lines: [Substring]) -> Block {
    let first = lines[0].drop(while: \.isWhitespace)
    if first.hasPrefix("#") || first.hasPrefix("<") || first.hasPrefix("|") || first.hasPrefix("![") || first.hasPrefix("$$") {
      return Block(items: [], isAside: true)
    }
    guard first.prefixMatch(of: marker) != nil else {
      return Block(items: [plain(lines.joined(separator: " "))], isAside: false)
    }
    var items: [String] = []
    for line in lines {
      let text = line.drop(while: \.isWhitespace)
      if let match = text.prefixMatch(of: marker) {
        items.append(String(text[match.range.upperBound...]))
      } else if let last = items.indices.last {
        items[last] += " " + text
      }
    }
    return Block(items: items.map(plain), isAside: false)
  }

  private nonisolated(unsafe) static let marker = /(?:[-*+]|\d{1,3}[.)])\s+/

  /// The text without marks: emphasis, code, the dollar signs and commands of LaTeX, links.
  static func plain(_ text: String) -> String {
    var plain = text.replacing(/!?\[([^\]]*)\]\([^)]*\)/) { String($0.output.1) }
    plain = plain.replacing(/<[^>]{1,80}>/, with: "").replacing(/[`$]/, with: "").replacing("**", with: "")
    plain = plain.replacing(/(^|[^\w*])[*_](\w[^*_]*)[*_](?!\w)/) { String($0.output.1 + $0.output.2) }
    plain = plain.replacing(/\\(?:cdot|times)\b/, with: "*").replacing(/\\(?:text|mathrm|mathbf)\{([^}]*)\}/) { String($0.output.1) }
    plain = plain.replacing(/\\frac\{([^{}]*)\}\{([^{}]*)\}/) { "\($0.output.1)/\($0.output.2)" }
    plain = plain.replacing(/\\[,;!: ]/, with: " ").replacing("\\%", with: "%").replacing("\\", with: "")
    return plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
