import Foundation
import Language

@testable import Shell

/// A command, or a kind declared in one, as the declarations have it.
struct DeclaredPage: Sendable {
  /// The names that lead to it: `layer`, `dense`.
  let path: [String]
  let outline: DeclarationOutline
  /// The words that lead to it in a line: those of `path`, and between them what the arguments before it need.
  let words: [String]
  /// The arguments of the commands around it that come behind its own.
  let following: [ArgumentDescription]

  var name: String { path.joined(separator: " ") }

  /// All of them, commands and kinds.
  static let all: [DeclaredPage] = {
    func collect(_ page: DeclaredPage) -> [DeclaredPage] {
      var found = [page]
      var before = page.words
      for (place, argument) in page.outline.arguments.enumerated() {
        let behind = Array(page.outline.arguments[(place + 1)...]) + page.following
        for member in argument.members {
          found += collect(
            DeclaredPage(path: page.path + [member.name], outline: member, words: before + [member.name], following: behind))
        }
        if argument.isRequired { before += argument.sampleWords }
      }
      return found
    }
    return Commands.outlines.flatMap { collect(DeclaredPage(path: [$0.name], outline: $0, words: [$0.name], following: [])) }
  }()

  /// All that has to be given behind its name, each with words that do.
  var required: [(argument: ArgumentDescription, words: [String])] {
    (outline.arguments + following).filter(\.isRequired).map { ($0, $0.sampleWords) }
  }

  /// A line that has all that the declaration wants, with the given words of its required arguments.
  var sample: String { (words + required.flatMap(\.words)).joined(separator: " ") }
}

extension ArgumentDescription {
  /// The declarations that it takes one of.
  var members: [DeclarationOutline] {
    switch form {
    case .declared(let members), .declaredList(let members): members
    default: []
    }
  }

  /// The words that give it a value, as far as its form tells: by its place, or by its name where it has no place.
  var sampleWords: [String] {
    let words: [String] =
      switch form {
      case .integer(let range): ["\(range.clamped(to: 1...Int.max).lowerBound)"]
      case .decimal(let words): [words.contains("0.7") ? "0.9" : "0.5"]
      case .boolean: ["yes"]
      case .size: ["3"]
      case .choice(let choices): [choices[0].name]
      case .word, .text: ["nosuch"]
      case .commandLine: ["version"]
      case .words, .phrase: []
      case .numbers: ["1", "2"]
      case .values: ["1"]
      case .declared(let members), .declaredList(let members):
        [members[0].name] + members[0].arguments.filter(\.isRequired).flatMap(\.sampleWords)
      }
    return placement == .named ? ["\(name)=\(words.first ?? "")"] : words
  }

  /// Whether it can be given as `name=value` in one word.
  var hasName: Bool {
    switch form {
    case .text, .words, .numbers, .commandLine, .phrase, .declaredList: false
    default: true
    }
  }

  /// The values that its form lists.
  var listedValues: [String] {
    switch form {
    case .choice(let choices): choices.map(\.name)
    case .boolean: placement == .named ? ["yes", "no"] : ["on", "off"]
    case .declared(let members), .declaredList(let members): members.map(\.name)
    default: []
    }
  }

  /// Where the session is asked for its values.
  var sources: [CandidateSource] {
    var sources = [moreCandidates]
    switch form {
    case .word(let source), .text(let source), .words(_, let source): sources.append(source)
    default: break
    }
    return sources.filter { $0 != .nothing }
  }

  /// Values that its form refuses, each with a part of what the complaint says would be right.
  var refusedValues: [(value: String, right: String)] {
    switch form {
    case .integer(let range):
      let right = "must be a whole number"
      let below = range.lowerBound > -1_000_000_000 ? [(String(range.lowerBound - 1), grouped(range.lowerBound))] : []
      let above = range.upperBound < Int.max ? [(String(range.upperBound + 1), grouped(range.upperBound))] : []
      return [("zz", right), ("1.5", right), ("99999999999999999999999", right)] + below + above
    case .decimal(let words):
      let bounds = words.split(separator: " ").compactMap { Double($0) }
      var outside = [(String, String)]()
      if let low = bounds.first, words.contains("from") || words.contains("between") { outside.append((plain(low - 1), words)) }
      if bounds.count == 2, let high = bounds.last { outside.append((plain(high + 1), words)) }
      if bounds.count == 1 { outside.append(("-1", words)) }
      return [("zz", "must be a number"), ("nan", "must be a number")] + outside
    case .boolean: return [("perhaps", "yes or no")]
    case .size: return [("zz", "must be a size"), ("3y3", "must be a size")]
    case .choice(let choices): return [(mistyped(choices[0].name), "`\(choices[0].name)`")]
    default: return []
    }
  }
}

/// A name with its last letter doubled: what a slip of the finger makes of it.
func mistyped(_ name: String) -> String { name + String(name.suffix(1)) }
