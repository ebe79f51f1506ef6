import Foundation
import Language

/// `history` and `edit`: what was typed before.
enum TypingCommands {
  static let history = Command(
    .shell,
    Declaration<Action>(
      "history", "Lists the lines that were typed, also in earlier sessions, with their numbers.", examples: ["history", "history 5"],
      notes: "Up and Ctrl-R bring a line back, `edit N` opens it in your editor. `history with=conv2d` lists those that hold a word.",
      .integer("count", "how many of the newest", in: 1...1_000_000, default: 20),
      .word("with", "a text that the lines hold", default: "").named
    ) { count, word in
      Action { _, surroundings in
        let lines = surroundings.typedLines.enumerated().map { (number: $0 + 1, line: $1) }
        let found = word.isEmpty ? lines : lines.filter { $0.line.localizedStandardContains(word) }
        return TypedFacts(lines: Array(found.suffix(count)), isSearch: !word.isEmpty)
      }
    })

  static let edit = Command(
    .shell,
    Declaration<Action>(
      "edit", "Opens the last line or paste, or the line of a number, in your editor and runs what you save.", examples: [],
      notes: """
        The editor is `$VISUAL`, else `$EDITOR`, else vi. Each line runs as if it was typed, and stands in the history. Leave the editor without \
        saving, or with an empty file, and nothing runs.
        """,
      .optional(.integer("number", "the line's number in `history`", in: 1...10_000_000).completed(from: .typedLines))
    ) { number in
      Action { _, surroundings in
        guard !surroundings.files.isConfined else { throw Complaint.confined("edit") }
        let lines = surroundings.typedLines
        let commands: [String]
        if let number {
          guard lines.indices.contains(number - 1) else {
            throw Complaint("there is no line \(number)", hint: lines.isEmpty ? "nothing was typed yet" : "from 1 to \(lines.count)")
          }
          commands = TypingCommands.commands(of: lines[number - 1])
        } else if !surroundings.lastBlock.isEmpty {
          commands = surroundings.lastBlock
        } else {
          commands = TypingCommands.commands(of: lines.last { !TypedFacts.looksBack($0) } ?? "")
        }
        let scratch = try ScratchFolder()
        defer { scratch.remove() }
        let file = scratch.url.appendingPathComponent("line.gradus")
        try AtomicFile.write(Foundation.Data((commands.joined(separator: "\n") + "\n").utf8), to: file, isDurable: false)
        let before = TypingCommands.stamp(of: file)
        try surroundings.edit(file, line: 1)
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
          throw Complaint("what was saved cannot be read", hint: "it must be a text in UTF-8")
        }
        let wanted = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        guard !wanted.isEmpty, TypingCommands.stamp(of: file) != before else { return Notice("nothing was saved: nothing runs") }
        surroundings.type(wanted)
        return Notice()
      }
    })

  /// The commands of a line, for it may hold many.
  private static func commands(of line: String) -> [String] { (try? Lexer.commands(in: line).map(\.typed)) ?? [line] }

  /// What tells whether a file was written again.
  private static func stamp(of file: URL) -> [AnyHashable] {
    let attributes = (try? FileManager.default.attributesOfItem(atPath: file.path)) ?? [:]
    let keys: [FileAttributeKey] = [.modificationDate, .size, .systemFileNumber]
    return keys.compactMap { attributes[$0] as? AnyHashable }
  }
}

/// Lines that were typed.
public struct TypedFacts: Facts {
  /// The lines with their numbers, oldest first.
  public let lines: [(number: Int, line: String)]
  /// Whether they were searched for.
  public let isSearch: Bool

  /// The lines.
  public var json: [(String, JSONValue)] {
    [("lines", .array(lines.map { .object([("number", .integer($0.number)), ("line", .string($0.line))]) }))]
  }

  /// Whether a line asks for earlier ones: it is not what one wants to edit.
  public static func looksBack(_ line: String) -> Bool {
    guard let word = try? Lexer.commands(in: line).first?.words.first else { return false }
    return ["edit", "history"].contains((try? Commands.index.byPrefix(word, what: "command"))?.name)
  }
}
