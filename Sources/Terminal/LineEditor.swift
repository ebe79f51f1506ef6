import CEditline
import Foundation
import Language

/// Reads what a user types: with editing, history and completion in a terminal, plainly elsewhere.
@MainActor public final class LineEditor {
  /// What one read brought.
  public enum Outcome: Sendable, Equatable {
    /// A line, without its end.
    case line(String)
    /// A paste of several lines, together with what stood around the cursor; lines end in a newline, the last may not. Not in the history.
    case paste(String)
    /// Ctrl-C: the line is dropped.
    case cancelled
    /// Ctrl-D on an empty line, or the end of the input.
    case endOfInput
  }

  /// What completes a word: the line and the cursor, in characters from its start.
  public typealias Completer = @MainActor (_ line: String, _ cursor: Int) -> CompletionList

  /// Whether lines are edited here: there is a terminal that can.
  public var isEditing: Bool { editor != nil }
  /// Whether the keys are bound as in vi, for `~/.editrc` says so.
  public var isVi: Bool { editor.map { gradus_editor_is_vi($0) != 0 } ?? false }
  /// The lines read so far, of earlier sessions too, oldest first.
  public private(set) var history: [String] = []
  /// Why the history is not kept, once a write to it has failed.
  public private(set) var historyProblem: Complaint?

  private let capabilities: Capabilities
  /// Whether prompts are coloured.
  public var isColoured: Bool
  private let file: HistoryFile?
  private let prompt: @MainActor () -> Prompt
  private let continuationPrompt: Prompt
  private let completer: Completer
  private var editor: OpaquePointer?
  private var shown: Prompt = ""
  /// The line whose candidates were listed last, and how often in a row.
  private var listed: (line: String, times: Int) = ("", 0)
  /// The walk through earlier lines that Up and Down are on; it ends when the line is changed.
  private var walk: HistoryWalk?

  /// An editor on the standard streams. The history file and its folder are made with the first line; without one nothing is kept.
  public init(
    programName: String, historyFile: URL?, capabilities: Capabilities = .current(), continuationPrompt: Prompt = "... ",
    prompt: @escaping @MainActor () -> Prompt, completer: @escaping Completer = { _, cursor in .none(at: cursor) }
  ) {
    self.capabilities = capabilities
    isColoured = capabilities.colorsOutput
    self.prompt = prompt
    self.continuationPrompt = continuationPrompt
    self.completer = completer
    file = historyFile.map { HistoryFile(url: $0) }
    gradus_adopt_locale()
    guard capabilities.canEdit else { return }
    editor = gradus_editor_open(programName, Unmanaged.passUnretained(self).toOpaque(), completeKey, searchKey, recallKey)
    guard let editor else { return }
    Interrupts.begin()
    history = file?.load() ?? []
    gradus_editor_history_limit(editor, Int32(file?.limit ?? 10_000))
    for line in history { gradus_editor_history_add(editor, line) }
  }

  isolated deinit {
    guard let editor else { return }
    gradus_editor_close(editor)
    Interrupts.end()
  }

  /// Reads a command. A continuation has a prompt of its own, and in the history it joins the line that it continues.
  public func readLine(continuation: Bool = false) -> Outcome {
    let outcome = read(continuation ? continuationPrompt : prompt(), isCommand: true)
    if case .line(let line) = outcome { continuation ? continueLast(with: line) : remember(line) }
    return outcome
  }

  /// Reads an answer: no history, no completion; Enter alone is an empty line.
  public func readAnswer(prompt: Prompt) -> Outcome { read(prompt, isCommand: false) }

  /// Puts a line into the history: what was typed is there already, the commands of a paste are not.
  public func remember(_ line: String) {
    let line = HistoryFile.encoded(line)
    guard isEditing, !line.allSatisfy(\.isWhitespace), line != history.last else { return }
    history.append(line)
    gradus_editor_history_add(editor, line)
    keep { try $0.append(line) }
  }

  private func continueLast(with line: String) {
    guard let last = history.last, isEditing else { return remember(line) }
    // A backslash joins; after an open quote or bracket the line break was a blank of the text.
    let joined = HistoryFile.encoded(last.hasSuffix("\\") ? last.dropLast() + line : last + " " + line)
    history[history.count - 1] = joined
    gradus_editor_history_drop_last(editor)
    gradus_editor_history_add(editor, joined)
    keep { try $0.replaceLast(last, by: joined) }
  }

  private func keep(_ write: (HistoryFile) throws -> Void) {
    guard let file, historyProblem == nil else { return }
    do { try write(file) } catch { historyProblem = .historyNotKept(path: file.url.path) }
  }

  private func read(_ prompt: Prompt, isCommand: Bool) -> Outcome {
    var text: UnsafePointer<CChar>?
    shown = prompt
    walk = nil
    listed = ("", 0)
    let code: Int32
    // A Ctrl-C between two prompts has no line to cancel.
    Interrupts.clear()
    if let editor {
      gradus_editor_set_prompt(editor, prompt.marked(color: isColoured))
      code = gradus_editor_read(editor, isCommand ? 1 : 0, &text)
      Interrupts.clear()
    } else {
      code = gradus_plain_read(capabilities.streams.input ? prompt.plainText : "", &text)
    }
    switch Int(code) {
    case Int(GRADUS_READ_LINE): return .line(text.map { String(cString: $0) } ?? "")
    case Int(GRADUS_READ_PASTE): return .paste(text.map { String(cString: $0) } ?? "")
    case Int(GRADUS_READ_CANCELLED): return .cancelled
    default: return .endOfInput
    }
  }

  /// The Tab key.
  fileprivate func complete() -> Int32 {
    guard let editor else { return Int32(GRADUS_KEY_BEEP) }
    var position: Int32 = 0
    let line = String(cString: gradus_editor_line(editor, &position))
    let scalars = line.unicodeScalars
    let cursorIndex = scalars.index(scalars.startIndex, offsetBy: Int(position), limitedBy: scalars.endIndex) ?? scalars.endIndex
    let list = completer(line, String(scalars[..<cursorIndex]).count)
    switch CompletionStep.decide(line: line, for: list) {
    case .nothing:
      return Int32(GRADUS_KEY_BEEP)
    case .replace(let range, let text):
      // libedit counts code points, and an accented letter may have two.
      let characters = Array(line)
      let start = characters[..<range.lowerBound].reduce(0) { $0 + $1.unicodeScalars.count }
      let end = characters[range].reduce(start) { $0 + $1.unicodeScalars.count }
      gradus_editor_replace(editor, Int32(start), Int32(end), text)
      return Int32(GRADUS_KEY_REFRESH)
    case .list:
      let size = Capabilities.Size.current ?? capabilities.size
      listed = (line, listed.line == line ? listed.times + 1 : 0)
      let rows = CompletionLayout.rows(list.candidates, width: size.width, height: size.height, page: listed.times)
      let before = columnCount(shown.plainText) + columnCount(String(scalars[..<cursorIndex]))
      let all = columnCount(shown.plainText) + columnCount(line)
      gradus_editor_print_below(editor, Int32(all / size.width - before / size.width), rows.joined(separator: "\n"))
      return Int32(GRADUS_KEY_DONE)
    }
  }

  /// The keys Up and Down: lines that begin as what stood before the cursor.
  fileprivate func recall(older: Bool) -> Int32 {
    guard let editor else { return Int32(GRADUS_KEY_BEEP) }
    var position: Int32 = 0
    let line = String(cString: gradus_editor_line(editor, &position))
    if walk?.shown != line {
      walk = HistoryWalk(
        typed: line, prefix: String(String.UnicodeScalarView(line.unicodeScalars.prefix(Int(position)))), lines: history.count)
    }
    guard let text = walk?.step(older: older, in: history) else { return Int32(GRADUS_KEY_BEEP) }
    gradus_editor_replace(editor, 0, Int32(line.unicodeScalars.count), text)
    return Int32(GRADUS_KEY_REFRESH)
  }

  /// The Ctrl-R key: the search has the row of the prompt until it ends.
  fileprivate func search() -> Int32 {
    guard let editor else { return Int32(GRADUS_KEY_BEEP) }
    var position: Int32 = 0
    let line = String(cString: gradus_editor_line(editor, &position))
    let before = String(String.UnicodeScalarView(line.unicodeScalars.prefix(Int(position))))
    let width = (Capabilities.Size.current ?? capabilities.size).width
    let rowsAbove = (columnCount(shown.plainText) + columnCount(before)) / width
    gradus_editor_put(editor, (rowsAbove > 0 ? "\u{1b}[\(rowsAbove)A" : "") + "\r\u{1b}[J")
    var search = ReverseSearch(history: history)
    var step = ReverseSearch.Step.goOn
    while step == .goOn {
      gradus_editor_put(editor, "\r\u{1b}[K" + search.row(width: width))
      let key = gradus_editor_next_key(editor)
      step = UInt32(exactly: key).flatMap(Unicode.Scalar.init).map { search.take($0) } ?? .abandon
    }
    gradus_editor_put(editor, "\r\u{1b}[K")
    if case .accept(let key) = step {
      if let match = search.match {
        gradus_editor_replace(editor, 0, Int32(line.unicodeScalars.count), match.line)
      }
      // A lone Escape only ends the search; at the head of an arrow key or a paste it belongs to what follows.
      if let key, key != "\u{1b}" || gradus_editor_has_more_keys() != 0 { gradus_editor_push_key(editor, CChar(key.value)) }
    }
    gradus_editor_redraw(editor)
    return Int32(GRADUS_KEY_DONE)
  }
}

private func completeKey(_ context: UnsafeMutableRawPointer?) -> Int32 { withEditor(context) { $0.complete() } }

private func recallKey(_ context: UnsafeMutableRawPointer?, _ older: Int32) -> Int32 {
  withEditor(context) { $0.recall(older: older != 0) }
}

private func searchKey(_ context: UnsafeMutableRawPointer?) -> Int32 { withEditor(context) { $0.search() } }

private func withEditor(_ context: UnsafeMutableRawPointer?, _ body: @MainActor (LineEditor) -> Int32) -> Int32 {
  // libedit calls back on the thread that reads, and only the main actor reads. The pointer travels as a number, for it is not Sendable.
  let address = UInt(bitPattern: context)
  return MainActor.assumeIsolated {
    guard let pointer = UnsafeRawPointer(bitPattern: address) else { return Int32(GRADUS_KEY_BEEP) }
    return body(Unmanaged<LineEditor>.fromOpaque(pointer).takeUnretainedValue())
  }
}
