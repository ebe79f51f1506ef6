import Course
import Foundation
import Language
import Screen
import Shell

/// What is typed: words, prompts, continuation, completion at the end of a line, arguments, and complaints about all of it.
final class LanguageTarget: FuzzTarget {
  static let name = "language"
  static let share = 800
  private let seeds: [[UInt8]]
  private let mutation: Mutation
  private var session: Session
  private let surroundings: FuzzSurroundings

  init(_ place: FuzzPlace) throws {
    let more = [
      "gradus moons 2-8-1 e30 0.08 > fit 3", "> summary # all", "let n=8; layer dense $n", "set dense.kernel [[0.1, 0.2], [3, 4]]",
    ]
    seeds = (Corpus.examples + (try Corpus.commands(place)) + more).map { Array($0.utf8) }
    mutation = Mutation(
      words: Corpus.names + [
        "\"", "'", "[", "]", ";", "#", "\\", "=", "$n", "$", "gradus > ", "> ", "\\\n", "?", "!", "3x3", "100x100x3", "dense.kernel[0,1]",
        " ",
      ], brackets: [("[", "]"), ("\"", "\""), ("$", ""), ("(", ")")], most: 4_096)
    session = Session()
    surroundings = FuzzSurroundings(place, Randomness(of: []))
    surroundings.files = FileAccess(folder: place.project.appendingPathComponent("Lessons/data"), lessons: nil)
    Interpreter.run("layer dense 4 name=first; layer dense 1; input 2; let n=8", on: &session, surroundings) { _ in }
  }

  func input(_ random: inout Randomness) -> [UInt8] { mutation.changed(random.member(of: seeds), seeds, &random) }

  func read(_ input: [UInt8]) -> Bool {
    let text = String(decoding: input, as: UTF8.self)
    let script = Script.commands(in: text)
    precondition(script.allSatisfy { $0.line >= 1 && !$0.text.contains("\n") }, "a command of a script has a line end")
    var isTaken = false
    for line in script.prefix(8).map(\.text) where read(line: line) { isTaken = true }
    return isTaken
  }

  private func read(line: String) -> Bool {
    let whole = 0..<line.count
    precondition((0...line.count).contains(Lexer.promptLength(of: line)), "a prompt is longer than its line")
    _ = Lexer.continues(line)
    let completion = Completer.complete(line, on: &session, surroundings)
    precondition(
      whole.lowerBound <= completion.replacing.lowerBound && completion.replacing.upperBound <= line.count, "\(completion.replacing)")
    let commands: [CommandText]
    do {
      commands = try Lexer.commands(in: line)
      precondition(!Lexer.isOpen(line), "a line that is read is open")
    } catch {
      precondition(Lexer.isOpen(line), "a line that is not read is not open")
      return false
    }
    var isTaken = false
    for command in commands {
      precondition(command.place.upperBound <= line.count, "a command ends behind its line")
      var end = command.place.lowerBound
      for word in command.words {
        precondition(word.place.lowerBound >= end && word.place.upperBound <= command.place.upperBound, "words overlap")
        end = word.place.upperBound
      }
      do {
        _ = try Commands.index.byPrefix(command.words[0], what: "command").parse(command.words)
        isTaken = true
      } catch {
        guard let complaint = error as? Complaint else { continue }
        let lines =
          ReportText.lines(of: complaint, in: command) + ReportText.lines(of: complaint, in: command, afterPrompt: 9, on: Canvas(width: 40))
        precondition(lines.allSatisfy { !$0.plain.unicodeScalars.contains { $0.value < 0x20 } }, "a complaint holds a control character")
      }
    }
    return isTaken
  }
}
