import ArgumentParser
import Foundation
import Screen
import Shell

/// The program: reads its flags and starts what they ask for.
@main
enum Main {
  @MainActor static func main() {
    Output.begin()
    SpinLimit.apply()
    let (subcommand, arguments) = separated(Array(CommandLine.arguments.dropFirst()))
    switch subcommand {
    case "check": exit(parsed(CheckOptions.self, arguments).run(CheckProgram.run))
    case "new": exit(parsed(NewOptions.self, arguments).run(NewLesson.run))
    default: exit(parsed(StartOptions.self, arguments).run(start))
    }
  }

  @MainActor private static func start(_ options: StartOptions) -> Int32 {
    guard let what = options.generate else { return Program(options).run() }
    Output.out(what.text)
    return 0
  }

  /// Takes the subcommand out, wherever it stands among the flags.
  private static func separated(_ arguments: [String]) -> (subcommand: String?, rest: [String]) {
    var index = 0
    while index < arguments.count {
      let word = arguments[index]
      if word == "--" { break }
      if word.hasPrefix("-") && word != "-" {
        index += SharedOptions.valued.contains(word) ? 2 : 1
        continue
      }
      guard word == "check" || word == "new" else { break }
      var rest = arguments
      rest.remove(at: index)
      return (word, rest)
    }
    return (nil, arguments)
  }

  private enum Parsed<Options> {
    case options(Options)
    case status(Int32)

    @MainActor func run(_ body: (Options) -> Int32) -> Int32 {
      switch self {
      case .options(let options): body(options)
      case .status(let status): status
      }
    }
  }

  /// Reads the flags; help and version end with 0, wrong usage with 2.
  private static func parsed<Options: ParsableCommand>(_ type: Options.Type, _ arguments: [String]) -> Parsed<Options> {
    do {
      // Not `parseAsRoot`: that answers `--help` with a command of its own.
      return .options(try type.parse(arguments))
    } catch {
      let message = type.fullMessage(for: error)
      guard type.exitCode(for: error) != .success else {
        Output.out(message + "\n")
        return .status(0)
      }
      Output.error(sanitized(message, keepingLines: true) + "\n")
      return .status(2)
    }
  }
}
