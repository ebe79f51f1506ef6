import Foundation
import Terminal

// The line editor with a toy language: it says in brackets what each read brought, and the tests read that.

let words: [CompletionList.Candidate] = [
  .init("layer", summary: "Append a layer."), .init("quit", summary: "Leave."), .init("set"), .init("step", summary: "Update once."),
  .init("summary", summary: "The table."),
]
let kinds: [CompletionList.Candidate] = [.init("dense", summary: "Fully connected."), .init("dropout", summary: "Drops units.")]
let many: [CompletionList.Candidate] = (1...40).map { .init("item\($0)") }

@MainActor func complete(_ line: String, _ cursor: Int) -> CompletionList {
  let before = String(line.prefix(cursor))
  let start = before.lastIndex(of: " ").map { before.distance(from: before.startIndex, to: $0) + 1 } ?? 0
  let typed = String(before.dropFirst(start))
  let source = before.hasPrefix("layer ") ? kinds : before.hasPrefix("show ") ? many : words
  return CompletionList(replacing: start..<cursor, candidates: source.filter { $0.text.hasPrefix(typed) })
}

func say(_ text: String) {
  print(text)
  fflush(nil)
}

@MainActor func show(_ outcome: LineEditor.Outcome) {
  switch outcome {
  case .line(let line): say("<\(line)>")
  case .paste(let text): say("{\(text.replacingOccurrences(of: "\n", with: "|"))}")
  case .cancelled: say("[cancelled]")
  case .endOfInput: say("[end]")
  }
}

let environment = ProcessInfo.processInfo.environment
let folder = environment["XDG_STATE_HOME"].map { URL(fileURLWithPath: $0).appendingPathComponent("probe") }
let editor = LineEditor(
  programName: "probe", historyFile: folder?.appendingPathComponent("history"),
  prompt: { Prompt([.init("probe", .cyan), .init("> ")]) }, completer: complete)
Interrupts.ignoreBrokenPipes()

loop: while true {
  let outcome = editor.readLine()
  show(outcome)
  switch outcome {
  case .endOfInput, .line("quit"): break loop
  case .line("answer"): show(editor.readAnswer(prompt: "your answer: "))
  case .line("width"): say("width \(Capabilities.current().size.width)")
  case .line("pictures"), .line("pictures soon"):
    // Long, for tests that answer; short, for those that do not.
    let images = Capabilities.current().asksInlineImages(timeout: outcome == .line("pictures") ? 5_000 : 60)
    say("pictures \(images.way?.rawValue ?? "none") \(images.cellWidth)x\(images.cellHeight)")
  case .line("history"): say("history \(editor.history.suffix(3))")
  case .line("work"):
    Interrupts.begin()
    say("working")
    while !Interrupts.isRequested { usleep(2_000) }
    Interrupts.clear()
    Interrupts.end()
    say("stopped")
  case .line(let line) where line.hasSuffix("\\"): show(editor.readLine(continuation: true))
  default: break
  }
}
if let problem = editor.historyProblem { say("problem: \(problem.what)") }
