import Foundation
import Screen
import Shell
import Terminal

/// Where lines come from: a script's text, standard input, or a person at the keyboard.
@MainActor protocol LineSource: AnyObject {
  /// The next line for a command or an answer; nil at the end.
  func next(_ question: Question?) -> Reply
}

/// The lines of a text, then those of another source: `-c` and files hand their questions on to standard input when their lines are used up.
@MainActor final class TextSource: LineSource {
  private var lines: ArraySlice<Substring>
  private let rest: (any LineSource)?
  /// The number of the line that was read last, from 1.
  private(set) var number = 0

  init(_ text: String, then rest: (any LineSource)? = nil) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    // The newline at the end of a file begins no line.
    if lines.last == "" { lines.removeLast() }
    self.rest = rest
  }

  func next(_ question: Question?) -> Reply {
    guard let line = lines.popFirst() else { return question == nil ? .end : rest?.next(question) ?? .end }
    number += 1
    return .line(String(line))
  }
}

/// Standard input that is no terminal.
@MainActor final class StandardInputSource: LineSource {
  private var whenWaiting: (() -> Void)?

  /// - Parameter whenWaiting: What is done the first time that no line is there yet.
  init(whenWaiting: (() -> Void)? = nil) { self.whenWaiting = whenWaiting }

  func next(_ question: Question?) -> Reply {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    if let work = whenWaiting, poll(&input, 1, 0) == 0 {
      whenWaiting = nil
      work()
    }
    guard let line = readLine(strippingNewline: true) else { return .end }
    return .line(line)
  }
}

/// The person at the keyboard.
@MainActor final class EditorSource: LineSource {
  private let editor: LineEditor
  /// The lines that wait: of a paste, or from an editor. They were never on the screen, and each is shown when its turn comes.
  private var pasted: ArraySlice<Substring> = []
  /// The cells before the line that was shown last in that way; nil when the last one was typed.
  private(set) var echoWidth: Int?
  /// The language of the words that ask to go on.
  var lang = "en"

  /// - Parameter tells: Whether it says how to answer.
  init(_ editor: LineEditor, tells: Bool) {
    self.editor = editor
    hasToldOfAnswers = !tells
  }

  /// Whether prompts are coloured.
  var isColoured: Bool {
    get { editor.isColoured }
    set { editor.isColoured = newValue }
  }

  func next(_ question: Question?) -> Reply {
    if let line = popPasted(shown: question == nil) { return .line(line) }
    echoWidth = nil
    let outcome: LineEditor.Outcome
    switch question {
    case nil: outcome = editor.readLine()
    case .answer:
      tellOfAnswers()
      outcome = editor.readAnswer(prompt: Prompt([.init("answer", .cyan), .init(" > ")]))
    case .grade: outcome = editor.readAnswer(prompt: Prompt([.init("grade 1-4", .cyan), .init(" > ")]))
    case .consent: outcome = editor.readAnswer(prompt: Prompt([.init("yes or no", .cyan), .init(" > ")]))
    case .choice: outcome = editor.readAnswer(prompt: Prompt([.init("option a-d", .cyan), .init(" > ")]))
    case .proposedGrade(let grade):
      outcome = editor.readAnswer(prompt: Prompt([.init("grade 1-4, Enter is \(grade)", .cyan), .init(" > ")]))
    case .prediction: outcome = editor.readAnswer(prompt: Prompt([.init("prediction", .cyan), .init(" > ")]))
    case .pause:
      outcome = editor.readAnswer(prompt: Prompt([.init(lang == "fr" ? "Entrée : la suite" : "Enter goes on", .dim), .init(" ")]))
    }
    switch outcome {
    case .line(let line):
      if question == nil, !TypedFacts.looksBack(line), !line.allSatisfy(\.isWhitespace) { lastBlock = [] }
      return .line(line)
    case .cancelled: return .cancelled
    case .endOfInput: return .end
    case .paste(let text):
      var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      if lines.last == "" { lines.removeLast() }
      // A paste that holds prompts is a transcript: what stands without one is output.
      if question == nil, lines.contains(where: { Lexer.promptLength(of: String($0)) > 0 }) {
        lines = lines.filter { Lexer.promptLength(of: String($0)) > 0 }
      }
      if question == nil {
        lastBlock = lines.map { String($0.dropFirst(Lexer.promptLength(of: String($0)))) }
        for line in lastBlock { editor.remember(line) }
      }
      pasted = lines[...]
      return next(question)
    }
  }

  private var hasToldOfAnswers: Bool

  /// Says once what an answer may be.
  private func tellOfAnswers() {
    guard !hasToldOfAnswers else { return }
    hasToldOfAnswers = true
    Output.out(
      lang == "fr"
        ? "Entrée montre la réponse, `:help` dit ce qui s’écrit encore\n" : "Enter shows the answer, `:help` lists what else can be typed\n"
    )
  }

  /// Whether the keys are bound as in vi.
  var isVi: Bool { editor.isVi }
  /// The lines that were typed, oldest first.
  var typedLines: [String] { editor.history }

  /// The lines that were pasted or came from an editor last; empty when a line was typed since.
  private(set) var lastBlock: [String] = []

  /// Lets lines come next, as if they were typed.
  func type(_ lines: [String]) {
    lastBlock = lines
    for line in lines { editor.remember(line) }
    pasted = (lines.map { $0[...] } + pasted)[...]
  }

  /// The next line that waits, shown as if somebody typed it: else nobody sees which output is whose.
  private func popPasted(shown: Bool) -> String? {
    guard let line = pasted.popFirst().map(String.init) else { return nil }
    guard shown else { return line }
    // A prompt that came with it takes no second place.
    let bare = line.dropFirst(Lexer.promptLength(of: line)).drop(while: \.isWhitespace)
    if !bare.isEmpty { Output.out("> \(sanitized(String(bare)))\n") }
    echoWidth = 2
    return String(bare)
  }

  /// Whether the next line comes from a paste, so that no typed line stands above a complaint.
  var isPasting: Bool { !pasted.isEmpty }

  /// The rest of a line that a backslash continues.
  func continuation() -> Reply {
    // A caret would stand under the last of several lines.
    defer { echoWidth = nil }
    if let line = popPasted(shown: true) { return .line(line) }
    switch editor.readLine(continuation: true) {
    case .line(let line): return .line(line)
    case .paste(let text): return .line(text.replacing("\n", with: " "))
    case .cancelled: return .cancelled
    case .endOfInput: return .end
    }
  }
}
