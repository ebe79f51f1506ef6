import Deck
import Foundation
import Shell

/// The commands of a file, each with its line and, in a lesson, the output that it should give.
public struct Script: Sendable {
  /// What stands in a file, in order.
  public enum Part: Sendable {
    /// A lesson's prose in Markdown.
    case prose(String)
    /// A command.
    case command(String, line: Int, expected: [String], tolerance: Double)
  }

  /// The file, as it is named in complaints.
  public let file: String
  /// Its parts.
  public let parts: [Part]
  /// Whether it is a lesson, whose commands may touch little.
  public let isLesson: Bool

  /// Reads a script (`.gradus`, or anything that is no Markdown) or a lesson (`.md`).
  ///
  /// - Throws: A `Complaint` when the file cannot be read.
  public init(contentsOf url: URL) throws {
    file = url.lastPathComponent
    isLesson = ["md", "markdown"].contains(url.pathExtension.lowercased())
    if isLesson {
      guard FileManager.default.fileExists(atPath: url.path) else { throw Complaint.noScript(url.path) }
      let document = try Decks.document(at: url)
      parts = document.blocks.flatMap(Script.parts)
    } else {
      parts = Script.commands(in: try Script.text(of: url)).map { .command($0.text, line: $0.line, expected: [], tolerance: 0) }
    }
  }

  /// The text of a script, without a byte order mark.
  ///
  /// - Throws: A `Complaint` when it cannot be read.
  public static func text(of url: URL) throws -> String {
    let text = try contents(of: url)
    return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }

  /// A text file as it is.
  static func contents(of url: URL) throws -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { throw Complaint.noScript(url.path) }
    guard !isFolder.boolValue, let data = try? FileHandle(forReadingFrom: url).readToEnd() ?? Data() else {
      throw Complaint.unreadableScript(url.path)
    }
    guard let text = String(validating: data, as: UTF8.self) else { throw Complaint.unreadableScript(url.path) }
    return text
  }

  /// The commands of a text: one a line, a `\` at the end continues it.
  public static func commands(in text: String) -> [(text: String, line: Int)] {
    var commands: [(String, Int)] = []
    var open: (text: String, line: Int)?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      var whole = line[...]
      let continues = Lexer.continues(String(line))
      if continues { whole = whole.dropLast() }
      let joined = (open.map { ($0.text + " " + whole, $0.line) }) ?? (String(whole), index + 1)
      if continues {
        open = joined
      } else {
        open = nil
        commands.append(joined)
      }
    }
    if let open { commands.append(open) }
    return commands
  }

  static func parts(of block: Document.Block) -> [Part] {
    switch block {
    case .prose(let text, _): [.prose(text)]
    case .experiment(let fence): parts(of: fence)
    case .task(let task):
      task.solution.map { .command($0.command, line: $0.line, expected: $0.expected, tolerance: OutputComparison.usualTolerance) }
    }
  }

  static func parts(of fence: Fence) -> [Part] {
    let tolerance = OutputComparison.tolerance(of: fence)
    return fence.steps.map { .command($0.command, line: $0.line, expected: $0.expected, tolerance: tolerance) }
  }
}

extension Complaint {
  static func noLesson(_ path: String) -> Complaint {
    Complaint("there is no file or folder `\(path)`", hint: "`check` takes lessons (.md), or folders of them")
  }
  static func noScript(_ path: String) -> Complaint {
    Complaint("there is no file `\(path)`", hint: "a script ends in .gradus, a lesson in .md")
  }
  static func unreadableScript(_ path: String) -> Complaint { Complaint("`\(path)` is not a text file", hint: "scripts are UTF-8 text") }
}
