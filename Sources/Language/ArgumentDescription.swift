/// What help, completion and tests know of an argument, without its type.
public struct ArgumentDescription: Sendable {
  /// Where an argument stands.
  public enum Placement: Sendable, Equatable {
    /// In order; it may be given by name too.
    case positional
    /// Only as `name=value`, anywhere after the command's name.
    case named
    /// A positional argument that takes the first fitting word wherever it stands (the rate, the only number of `compile`).
    case anywhere
  }

  /// The form of a value.
  public enum Form: Sendable {
    /// A whole number in a range.
    case integer(ClosedRange<Int>)
    /// A decimal number, with words for its range ("from 0 to 1").
    case decimal(String)
    /// yes/no, on/off, true/false.
    case boolean
    /// A shape such as 3x3 or 100x100x3.
    case size
    /// One of a few words, each with what it means.
    case choice([(name: String, summary: String)])
    /// One word, with the source of its completions.
    case word(CandidateSource)
    /// The rest of the words as one text, with the source of its completions.
    case text(CandidateSource)
    /// The rest of the words as one command, or several in one pair of quotes.
    case commandLine
    /// Any number of words, each of a form such as `NAME=WORD`, with the source of their completions.
    case words(String, CandidateSource)
    /// Any number of decimals.
    case numbers
    /// A number or nested lists of numbers.
    case values
    /// A declaration of another list, with its own arguments.
    case declared([DeclarationOutline])
    /// Any number of declarations of another list.
    case declaredList([DeclarationOutline])
    /// A fixed word and what follows it ("until accuracy>0.95").
    case phrase(String)
  }

  /// The name: in capitals in the usage, and before `=`.
  public var name: String
  /// What it means, one phrase.
  public var summary: String
  /// The form of its value.
  public var form: Form
  /// Where it stands.
  public var placement: Placement = .positional
  /// Whether the command fails without it.
  public var isRequired: Bool
  /// The value that holds without it, as one would type it; empty when there is none.
  public var defaultText: String = ""
  /// The source of completions besides those of its form; of a phrase, that of the word behind its own.
  public var moreCandidates: CandidateSource = .nothing
  /// How words are read that are none of the declared names.
  var fallback: [DeclarationOutline] = []
  var otherwise: DeclarationOutline? { fallback.first }

  /// The argument in a usage line: `UNITS`, `[ACTIVATION]`, `[bias=yes]`.
  public var usage: String {
    let upper = name.uppercased()
    switch form {
    case .phrase(let shape): return "[\(name) \(shape)]"
    case .declared where placement != .named: return isRequired ? "\(upper) ..." : "[\(upper) ...]"
    case .declaredList: return "[\(upper) ...]"
    case .numbers, .text, .commandLine: return isRequired ? "\(upper) ..." : "[\(upper) ...]"
    case .words(let shape, _): return isRequired ? "\(shape) ..." : "[\(shape) ...]"
    default: break
    }
    switch placement {
    case .named:
      let value = defaultText.isEmpty ? valueForm : defaultText
      return isRequired ? "\(name)=\(value)" : "[\(name)=\(value)]"
    default: return isRequired ? upper : "[\(upper)]"
    }
  }

  /// The placeholder of a value in a usage line without default.
  private var valueForm: String {
    switch form {
    case .integer: "N"
    case .decimal: "X"
    case .boolean: "yes|no"
    case .size: "HxW"
    case .choice(let choices) where choices.count <= 4: choices.map(\.name).joined(separator: "|")
    default: name.uppercased()
    }
  }

  /// What kind of value it takes, in a word or two: "whole number".
  public var kind: String {
    switch form {
    case .integer: "whole number"
    case .decimal: "number"
    case .boolean: "yes or no"
    case .size: "size"
    case .choice, .declared: "one of a list"
    case .declaredList: "some of a list"
    case .word(let source), .words(_, let source):
      source == .files ? "file" : source == .folders ? "folder" : source.isList ? "words with commas between them" : "word"
    case .text: "text"
    case .commandLine: "command"
    case .numbers: "numbers"
    case .values: "number or list"
    case .phrase(let shape): shape
    }
  }

  /// What values are allowed, in words: "1 to 1,000,000".
  public var allowed: String {
    switch form {
    case .integer(let range):
      range.upperBound == Int.max ? "\(grouped(range.lowerBound)) or more" : "\(grouped(range.lowerBound)) to \(grouped(range.upperBound))"
    case .decimal(let words): words.isEmpty ? "any number" : words
    case .boolean: placement == .named ? "yes or no" : "on or off"
    case .size: "such as 3x3"
    case .choice(let choices): choices.map(\.name).joined(separator: ", ")
    case .declared(let members), .declaredList(let members): members.map(\.name).joined(separator: ", ")
    case .values: "a number or a list [1, 2]"
    case .numbers, .word, .text, .phrase, .commandLine, .words: ""
    }
  }
}

/// What help and completion know of a declaration, without the type of what it makes.
public struct DeclarationOutline: Sendable {
  /// The name that is typed.
  public var name: String
  /// Other names for the same.
  public var aliases: [String]
  /// One sentence.
  public var summary: String
  /// What it computes, if it computes.
  public var formula: String
  /// Complete commands, each of which a test runs.
  public var examples: [String]
  /// Further sentences for the help page.
  public var notes: String
  /// The arguments in order.
  public var arguments: [ArgumentDescription]

  /// The names of all options that it, or a declaration nested in it, can take by name.
  public var optionNames: Set<String> {
    var names = Set<String>()
    for argument in arguments {
      switch argument.form {
      case .declared(let members), .declaredList(let members):
        for member in members { names.formUnion(member.optionNames) }
        names.insert(argument.name)
      case .words: break
      default: names.insert(argument.name)
      }
    }
    return names
  }

  /// The names of the declarations nested in it that take an option themselves.
  func owners(of option: String) -> [String] {
    arguments.flatMap { argument -> [DeclarationOutline] in
      if case .declared(let members) = argument.form { members } else { [] }
    }.filter { $0.optionNames.contains(option) }.map(\.name)
  }

  /// Whether a word is its name or another name for it.
  public func answers(to word: String) -> Bool { name == word || aliases.contains(word) }

  /// The usage line: `dense UNITS [ACTIVATION] [bias=yes]`.
  public var usage: String { ([name] + arguments.map(\.usage)).joined(separator: " ") }

  /// The usage line as a complaint tells it: a long one names its options together. The page of help has them all.
  func usage(under path: [String]) -> String {
    let words = ((path.last == name ? path.dropLast() : path[...]) + [usage]).joined(separator: " ")
    let options = arguments.filter { $0.placement == .named && !$0.isRequired }
    guard words.count > 80, options.count > 1 else { return words }
    let others = arguments.filter { $0.placement != .named || $0.isRequired }.map(\.usage)
    let names = (path.last == name ? path : path + [name]).joined(separator: " ")
    return ([names] + others + ["[OPTION=VALUE ...]"]).joined(separator: " ") + "; `help \(names)` lists the options"
  }
}

/// A whole number with thousands separators: 1,000,000.
public func grouped(_ number: Int) -> String {
  var digits = Array(String(number.magnitude))
  var index = digits.count - 3
  while index > 0 {
    digits.insert(",", at: index)
    index -= 3
  }
  return (number < 0 ? "-" : "") + String(digits)
}

/// So many of a thing: `1 review`, `2,000 reviews`.
public func counted(_ number: Int, _ thing: String) -> String { "\(grouped(number)) \(thing)\(number == 1 ? "" : "s")" }
