import Foundation
import Shell

/// Writes what is typed as a lesson, or as a script; the file is whole after every command.
@MainActor public final class LessonRecorder: Recorder {
  private struct Recording {
    var file: URL
    var isLesson: Bool
    var entries: [(command: String, output: [String])] = []
    var hasTrained = false
  }

  private let renderer: any ReportRenderer
  private let plotter: any Plotter
  private var recording: Recording?

  /// A recorder that writes outputs as a renderer draws them.
  public init(renderer: any ReportRenderer, plotter: any Plotter) {
    self.renderer = renderer
    self.plotter = plotter
  }

  /// Begins a file.
  public func start(_ file: URL, _ settings: Settings) throws {
    guard !FileManager.default.fileExists(atPath: file.path) else {
      throw Complaint("`\(file.lastPathComponent)` is there already", hint: "record into another file")
    }
    var made = Recording(file: file, isLesson: ["md", "markdown"].contains(file.pathExtension.lowercased()))
    // What decides the numbers, where it is not as at the start of a lesson.
    let usual = Settings()
    if settings.seed != usual.seed { made.entries.append(("set seed \(settings.seed)", ["..."])) }
    if settings.batch != usual.batch { made.entries.append(("set batch \(settings.batch)", ["..."])) }
    try write(made)
    recording = made
  }

  /// Takes a command with what came of it.
  public func note(_ report: Report, _ surroundings: any Surroundings) {
    guard var made = recording else { return }
    let name = report.command.split(separator: " ").first.map(String.init) ?? ""
    let command = Commands.all.first { $0.declaration.name == name }
    if command?.effects.isDisjoint(with: [.runs, .leaves]) == false || ["quiz", "deck"].contains(name) { return }
    if made.isLesson {
      if command?.effects.contains(.reads) == true, readsOutside(report.source, made.file, surroundings.files) {
        surroundings.warn(Complaint("not recorded: a lesson reads files of its own folder only"))
        return
      }
    } else if report.complaint != nil {
      return
    }
    made.entries.append((report.command, output(of: report, name, made)))
    if ["fit", "epoch", "step"].contains(name), report.complaint == nil { made.hasTrained = true }
    do {
      try write(made)
      recording = made
    } catch {
      surroundings.warn(error as? Complaint ?? Complaint("\(error)"))
    }
  }

  /// Ends the file. A lesson is checked; what does not come out the same twice becomes what the check printed.
  public func stop(_ surroundings: any Surroundings) throws -> any Facts {
    guard let made = recording else { throw Complaint("nothing is being recorded") }
    recording = nil
    guard made.isLesson else { return RecordFacts(file: made.file.path, commands: made.entries.count, passes: nil) }
    let checker = LessonChecker(renderer: renderer, plotter: plotter, lessons: surroundings.files.lessons)
    let first = try checker.check([made.file.path])
    if !first.differences.isEmpty { try LessonChecker.update(first.differences) }
    let passes = try first.differences.isEmpty ? first.isFine : checker.check([made.file.path]).isFine
    return RecordFacts(file: made.file.path, commands: made.entries.count, passes: passes)
  }

  /// The lines that a command printed, as a lesson may expect them.
  private func output(of report: Report, _ name: String, _ made: Recording) -> [String] {
    guard made.isLesson else { return [] }
    if ["fit", "epoch", "step", "find", "check"].contains(name), report.complaint == nil { return ["..."] }
    let lines = renderer.text(of: report, width: LessonChecker.width).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    return (lines.last == "" ? lines.dropLast() : lines[...]).map { line in
      let line = made.hasTrained ? OutputComparison.withoutDecimals(line) : line
      // An output that looks like a command stands back from the margin.
      return line.hasPrefix(">") ? " " + line : line
    }
  }

  /// Whether a command names a file that the recorded lesson could not read.
  private func readsOutside(_ source: CommandText, _ file: URL, _ files: FileAccess) -> Bool {
    let folder = file.deletingLastPathComponent()
    let confined = files.confined(to: folder, scratch: folder)
    return source.words.dropFirst().contains { word in
      let path = word.split?.value ?? word.text
      guard let mine = try? files.readable(path), FileManager.default.fileExists(atPath: mine.path) else { return false }
      return (try? confined.readable(path))?.path != mine.path
    }
  }

  private func write(_ made: Recording) throws {
    let text = made.isLesson ? LessonRecorder.lesson(made.file, made.entries) : made.entries.map { $0.command + "\n" }.joined()
    do {
      try Data(text.utf8).write(to: made.file, options: .atomic)
    } catch {
      throw Complaint("`\(made.file.lastPathComponent)` cannot be written")
    }
  }

  /// The text of a lesson that does these commands.
  private static func lesson(_ file: URL, _ entries: [(command: String, output: [String])]) -> String {
    let name = file.deletingPathExtension().lastPathComponent
    let body = entries.flatMap { entry in ["> " + entry.command] + (entry.output.isEmpty ? [] : entry.output) }
    // A longer fence holds lines of backticks.
    let longest = body.map { $0.drop { $0 == " " }.prefix { $0 == "`" }.count }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let lines =
      ["---", "title: \(name)", "id: \(LessonTemplate.id(of: name))", "lang: en", "---", "", "# \(name)", "", fence + "gradus"] + body
    return (lines + [fence]).joined(separator: "\n") + "\n"
  }
}
