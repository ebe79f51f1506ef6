import ArgumentParser
import Foundation

/// The flags and arguments of one way of starting, as the parser itself tells them.
struct ProgramOutline {
  /// A flag, an option or an argument.
  struct Argument {
    enum Kind: String, Decodable { case flag, option, positional }

    /// How its value is completed.
    enum Values {
      case none
      case words([String])
      case files(endings: [String])
      case folders
      /// The words that a command of the Bourne shell prints.
      case command(String)
    }

    let kind: Kind
    /// With their hyphens, the short one first.
    let names: [String]
    let valueName: String
    let help: String
    let standard: String?
    let isRepeating: Bool
    let values: Values

    /// The name that tells most.
    var name: String { names.last ?? valueName }
  }

  let name: String
  let summary: String
  let remarks: String
  let arguments: [Argument]

  var options: [Argument] { arguments.filter { $0.kind != .positional } }
  var positionals: [Argument] { arguments.filter { $0.kind == .positional } }

  /// What the flags are called that another outline lacks.
  func options(besides other: ProgramOutline) -> [Argument] {
    let known = Set(other.options.map(\.name))
    return options.filter { !known.contains($0.name) }
  }

  init(_ command: any ParsableCommand.Type) {
    struct Dump: Decodable {
      struct Command: Decodable {
        var abstract, discussion: String?
        var arguments: [Argument]?
      }
      struct Argument: Decodable {
        struct Name: Decodable {
          var kind, name: String
        }
        struct Completion: Decodable {
          struct List: Decodable { var values: [String] }
          struct Files: Decodable { var extensions: [String] }
          struct Folder: Decodable {}
          struct Run: Decodable { var command: String }
          var list: List?
          var file: Files?
          var directory: Folder?
          var shellCommand: Run?
        }
        var kind: ProgramOutline.Argument.Kind
        var shouldDisplay, isRepeating: Bool
        var names: [Name]?
        var valueName, abstract, defaultValue: String?
        var allValues: [String]?
        var completionKind: Completion?
      }
      var command: Command
    }
    let dump = try? JSONDecoder().decode(Dump.self, from: Data(command._dumpHelp().utf8))
    name = command.configuration.commandName ?? ""
    summary = dump?.command.abstract ?? ""
    remarks = dump?.command.discussion ?? ""
    arguments = (dump?.command.arguments ?? []).filter(\.shouldDisplay).map { argument in
      let names = (argument.names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }.sorted { $0.count < $1.count }
      let values: Argument.Values =
        if let words = argument.allValues ?? argument.completionKind?.list?.values {
          .words(words)
        } else if let files = argument.completionKind?.file {
          .files(endings: files.extensions)
        } else if argument.completionKind?.directory != nil {
          .folders
        } else if let run = argument.completionKind?.shellCommand {
          .command(run.command)
        } else {
          .none
        }
      return Argument(
        kind: argument.kind, names: names, valueName: argument.valueName ?? "value", help: argument.abstract ?? "",
        standard: argument.defaultValue, isRepeating: argument.isRepeating, values: values)
    }
  }
}

/// The program and its subcommands.
struct WholeProgram {
  let start: ProgramOutline
  /// The subcommands by the word that is typed.
  let subcommands: [(word: String, outline: ProgramOutline)]

  static var whole: WholeProgram {
    WholeProgram(
      start: ProgramOutline(StartOptions.self),
      subcommands: [("check", ProgramOutline(CheckOptions.self)), ("new", ProgramOutline(NewOptions.self))])
  }

  /// The names of the options that take a value, in whatever way of starting.
  var valued: [String] {
    var seen = Set<String>()
    return ([start] + subcommands.map(\.outline)).flatMap(\.options).filter { $0.kind == .option }.flatMap(\.names)
      .filter { seen.insert($0).inserted }
  }

  /// All options that take a value, each once.
  var valuedOptions: [ProgramOutline.Argument] {
    var seen = Set<String>()
    return ([start] + subcommands.map(\.outline)).flatMap(\.options).filter { $0.kind == .option && seen.insert($0.name).inserted }
  }
}
