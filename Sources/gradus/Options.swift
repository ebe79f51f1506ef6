import ArgumentParser
import Course
import Foundation
import Shell
import Terminal

/// The flags that every way of starting shares; they may stand before or after a subcommand.
struct SharedOptions: ParsableArguments {
  @Flag(help: "Print one JSON object a command.")
  var json = false

  @Flag(help: "Print results and complaints only: no greeting, no progress, no remarks.")
  var quiet = false

  @Flag(help: "Go on after a command that failed.")
  var keepGoing = false

  @Option(help: ArgumentHelp("The folder of the lessons and the embedded data.", valueName: "dir"))
  var lessons: String?

  @Option(help: ArgumentHelp("The file of the reviews.", valueName: "file"))
  var store: String?

  @Option(help: ArgumentHelp("Decides initial weights, shuffles, dropout and drawn data.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Threads of the kernels.", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("Whether to use colours: auto, always or never.", valueName: "when"))
  var color: Capabilities.ColorChoice?

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads takes a number from 1 to 256, not \(threads)") }
    var isFolder: ObjCBool = false
    if let lessons, !FileManager.default.fileExists(atPath: lessons, isDirectory: &isFolder) || !isFolder.boolValue {
      throw ValidationError("--lessons takes a folder, and `\(lessons)` is none")
    }
    if let seed, seed > UInt64(Int.max) { throw ValidationError("--seed takes a number from 0 to \(Int.max)") }
  }

  /// The flags that take a value, for whoever looks for a subcommand behind them.
  static let valued: Set<String> = ["--lessons", "--store", "--seed", "--threads", "--color", "--limit", "-c", "-f"]
}

extension Capabilities.ColorChoice: ExpressibleByArgument {}

/// `gradus`, `gradus FILE...`, `gradus -c 'COMMANDS'`.
struct StartOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradus", abstract: "A shell to learn deep learning: build a network, watch it learn, ask why, be asked.",
    usage: """
      gradus [OPTIONS]                      the interactive shell
      gradus [OPTIONS] FILE...              replay scripts (.gradus) or lessons (.md), then leave
      gradus [OPTIONS] -c 'COMMANDS'        run them, then leave
      gradus check FILE|FOLDER...           replay lessons as tests
      gradus new lesson FILE                a lesson to start from
      """,
    discussion: "Exit status: 0 all well, 1 a command failed, 2 wrong usage, 130 interrupted.", version: "gradus \(VersionFacts.version)")

  @OptionGroup var shared: SharedOptions

  @Option(name: .customShort("c"), help: ArgumentHelp("Run these commands, then leave.", valueName: "commands"))
  var commands: [String] = []

  @Option(name: .customShort("f"), help: ArgumentHelp("Replay a script or a lesson, then leave.", valueName: "file"))
  var scripts: [String] = []

  @Flag(name: .customShort("i"), help: "Stay in the shell afterwards, also after an error.")
  var stay = false

  @ArgumentParser.Argument(help: ArgumentHelp("Scripts (.gradus) or lessons (.md) to replay.", valueName: "file"))
  var files: [String] = []
}

/// `gradus check FILE|FOLDER...`.
struct CheckOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradus check", abstract: "Replay lessons as tests: every expected output is compared.",
    discussion: "Exit status: 0 when all outputs are as expected, 1 with a diff when one differs.")

  @OptionGroup var shared: SharedOptions

  @Flag(help: "Show the differences and rewrite the expected outputs on consent.")
  var update = false

  @Flag(help: "With --update: rewrite without asking.")
  var yes = false

  @Option(help: ArgumentHelp("The seconds that a fence may take.", valueName: "seconds"))
  var limit = LessonChecker.usualLimit

  /// Checks the files that standard input names, for `CheckWorkers`.
  @Flag(help: .hidden)
  var worker = false

  @ArgumentParser.Argument(help: ArgumentHelp("Lessons, or folders of lessons.", valueName: "file"))
  var paths: [String] = []

  func validate() throws {
    if paths.isEmpty && !worker {
      throw ValidationError("`gradus check` takes lessons (.md), or folders of them: gradus check FILE|FOLDER...")
    }
    guard limit.isFinite, limit > 0 else { throw ValidationError("--limit takes a number of seconds over 0") }
  }
}

/// `gradus new lesson FILE`.
struct NewOptions: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "gradus new", abstract: "Write a lesson to start from.")

  @OptionGroup var shared: SharedOptions

  @ArgumentParser.Argument(help: "What to make: lesson.")
  var kind: String

  @ArgumentParser.Argument(help: ArgumentHelp("The file to write.", valueName: "file"))
  var file: String

  func validate() throws {
    if kind != "lesson" { throw ValidationError("`gradus new` makes a lesson, not `\(kind)`: gradus new lesson FILE") }
  }
}
