import Foundation
import Shell

/// Plays scripts and lessons on a session: shows prose, runs the commands and compares what they print with what the lesson says.
@MainActor public final class LessonPlayer: Replayer {
  private let renderer: any ReportRenderer
  private var depth = 0
  /// The complaint that ended the innermost script: those around it need not name their lines too.
  private var innermost: Complaint?

  /// A player that compares outputs as a renderer writes them.
  public init(renderer: any ReportRenderer) { self.renderer = renderer }

  /// Runs the commands of a file in order and shows what comes of each.
  public func replay(
    _ file: URL, pausing: Bool, speed: Double?, on session: inout Session, _ surroundings: any Surroundings
  ) throws -> any Facts {
    guard depth < 8 else { throw Complaint("scripts replay each other without end", hint: "a script may replay others up to 8 deep") }
    depth += 1
    defer { depth -= 1 }
    let script = try Script(contentsOf: file)
    let files = surroundings.files
    defer { surroundings.files = files }
    var scratch: ScratchFolder?
    if script.isLesson {
      let folder = try ScratchFolder()
      scratch = folder
      surroundings.files = files.confined(to: file.deletingLastPathComponent(), scratch: folder.url)
    }
    defer { scratch?.remove() }

    var facts = ReplayFacts(file: script.file)
    var isAfterProse = true
    for part in script.parts {
      if surroundings.isInterrupted { break }
      switch part {
      case .prose(let text):
        surroundings.show(ProseFacts(markdown: text, folder: file.deletingLastPathComponent()))
        isAfterProse = true
      case .command(let text, let line, let expected, let tolerance):
        // Nobody typed it, so it is shown: between prose an output alone would say little.
        if script.isLesson || pausing || speed != nil, text.contains(where: { !$0.isWhitespace }) {
          surroundings.show(LessonCommandFacts(text: text, isFirst: isAfterProse, speed: speed))
        }
        isAfterProse = false
        var printed: [String] = []
        var failed: Report?
        Interpreter.run(text, on: &session, surroundings) { report in
          // A failure is shown below, or thrown: once is enough.
          if report.complaint == nil { surroundings.show(report) } else { failed = report }
          facts.commands += 1
          printed += renderer.text(of: report, width: LessonChecker.width).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        }
        let isExpected = OutputComparison(tolerance: tolerance).matches(expected: expected, actual: printed)
        if !expected.isEmpty && !isExpected {
          facts.differences += 1
          surroundings.warn(.differs(file: script.file, line: line, expected: expected))
        }
        if let failed, let complaint = failed.complaint {
          guard !expected.isEmpty, isExpected else {
            let located = complaint == innermost ? complaint : Complaint.inScript(complaint, file: script.file, line: line)
            innermost = located
            throw located
          }
          surroundings.show(failed)
        }
        if session.wantsToLeave { return facts }
        if pausing, surroundings.ask(.pause) != .line("") { return facts }
      }
    }
    return facts
  }
}

extension Complaint {
  static func inScript(_ complaint: Complaint, file: String, line: Int) -> Complaint {
    Complaint("\(file), line \(line): \(complaint.what)", hint: complaint.hint)
  }
  static func differs(file: String, line: Int, expected: [String]) -> Complaint {
    Complaint("\(file), line \(line): the output is not as the lesson says", hint: "it says: " + expected.joined(separator: " / "))
  }
}
