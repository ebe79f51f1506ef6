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

  @Option(help: ArgumentHelp("The folder of the lessons and the embedded data.", valueName: "dir"), completion: .directory)
  var lessons: String?

  @Option(help: ArgumentHelp("The file of reviews, runs and progress.", valueName: "file"), completion: .file())
  var store: String?

  @Option(
    help: ArgumentHelp("A learner with settings, history, sessions and store of their own; $GRADUS_PROFILE without it.", valueName: "name"),
    completion: .shellCommand(Profile.listing))
  var profile: String?

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
    if let profile, Profile(profile) == nil { throw ValidationError("--profile takes \(Profile.rule), not `\(profile)`") }
    if let named = Profile.ofEnvironment, profile == nil, Profile(named) == nil {
      throw ValidationError("$\(Profile.variable) holds \(Profile.rule), not `\(named)`")
    }
    if let seed, seed > UInt64(Int.max) { throw ValidationError("--seed takes a number from 0 to \(Int.max)") }
  }

  /// Where the files of this run are.
  var places: Places { Places(profile: (profile ?? Profile.ofEnvironment).flatMap(Profile.init)) }

  /// The flags that take a value, for whoever looks for a subcommand behind them.
  static let valued: Set<String> = [
    "--lessons", "--store", "--profile", "--seed", "--threads", "--color", "--limit", "--generate", "-c", "-f",
  ]
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
    discussion: "Exit status: \(ExitStatus.meanings.map { "\($0.status) \($0.meaning)" }.joined(separator: ", ")).",
    version: "gradus \(VersionFacts.version)")

  @OptionGroup var shared: SharedOptions

  @Option(name: .customShort("c"), help: ArgumentHelp("Run these commands, then leave.", valueName: "commands"))
  var commands: [String] = []

  @Option(
    name: .customShort("f"), help: ArgumentHelp("Replay a script or a lesson, then leave.", valueName: "file"),
    completion: .file(extensions: StartOptions.extensions))
  var scripts: [String] = []

  @Flag(name: .customShort("i"), help: "Stay in the shell afterwards, also after an error.")
  var stay = false

  @Option(help: ArgumentHelp("Print the man page or the completions of a shell, then leave.", valueName: "what"))
  var generate: Generated?

  @ArgumentParser.Argument(
    help: ArgumentHelp("Scripts (.gradus) or lessons (.md) to replay.", valueName: "file"),
    completion: .file(extensions: StartOptions.extensions))
  var files: [String] = []

  /// What a script or a lesson ends in.
  static let extensions = ["gradus", "md", "markdown"]
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

  @ArgumentParser.Argument(
    help: ArgumentHelp("Lessons, or folders of lessons.", valueName: "file"), completion: .file(extensions: ["md", "markdown"]))
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

  @ArgumentParser.Argument(help: "What to make: lesson.", completion: .list(["lesson"]))
  var kind: String

  @ArgumentParser.Argument(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file(extensions: ["md"]))
  var file: String

  func validate() throws {
    if kind != "lesson" { throw ValidationError("`gradus new` makes a lesson, not `\(kind)`: gradus new lesson FILE") }
  }
}
