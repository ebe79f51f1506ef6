import Foundation
import Shell

/// The man page, in the macros of man(7).
@MainActor enum ManPage {
  /// What the program looks for in its environment.
  static let environment = [
    ("GRADUS_PROFILE", "The profile, where \\fB\\-\\-profile\\fR names none."),
    ("GRADUS_LESSONS", "The folder of the lessons, where \\fB\\-\\-lessons\\fR names none."),
    (
      "XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_DATA_HOME",
      "Where the files below are, in place of ~/.config, ~/.local/state and ~/.local/share."
    ),
    ("NO_COLOR", "No colours, where \\fB\\-\\-color\\fR does not want them."),
    ("VISUAL, EDITOR", "The editor that opens a lesson or a command."),
    (
      "PAGER",
      "The program that shows an answer longer than the screen, where a person types; without it nothing is paged. LESS is FRX for it where it is not set."
    ),
    ("COLUMNS, LINES", "The size of the terminal, where it is told wrong."),
  ]

  /// What it keeps and reads.
  static let files = [
    (
      "~/.config/gradus/config",
      "Settings of your own making, a name and a value a line, with comments behind #. A line that is wrong is told with its number, and the others count."
    ),
    ("~/.config/gradus/settings", "What the command set keeps; it wins over the config file, and flags win over both."),
    ("~/.local/state/gradus/history", "The lines that were typed."),
    ("~/.local/share/gradus/gradus.sqlite", "Reviews, runs and progress in lessons."),
    ("~/.local/share/gradus/sessions", "Sessions that are under way, kept as they go."),
    (".../gradus/profiles/NAME", "The same of a profile; the config file is read for all."),
  ]

  static func text(of program: WholeProgram) -> String {
    var lines = [
      ".\\\" Made by `gradus --generate man`.",
      ".TH GRADUS 1 \(VersionFacts.date) \"gradus \(VersionFacts.version)\"",
      ".SH NAME", "gradus \\- \(plain(headline(program.start.summary)))", ".SH SYNOPSIS",
    ]
    for (form, meaning) in forms { lines += [".TP", bold(form), plain(meaning)] }
    lines += [".SH DESCRIPTION", plain(program.start.summary)]
    lines += [plain("Started alone it is a shell: \\(oqhelp\\(cq lists the commands, Tab completes, \\(oqquit\\(cq leaves.", isRaw: true)]
    lines += [".SH OPTIONS"] + program.start.options.flatMap(option)
    for (word, outline) in program.subcommands {
      let words = ([word] + outline.positionals.map { $0.name.uppercased() + ($0.isRepeating ? " ..." : "") }).joined(separator: " ")
      lines += [".SS \"gradus \(word)\"", plain(outline.summary), ".PP", "gradus " + plain(words)]
      lines += outline.options(besides: program.start).flatMap(option)
      if !outline.remarks.isEmpty { lines += [".PP", plain(outline.remarks)] }
    }
    lines += [".SH COMMANDS", plain("What can be typed in the shell, in a script, or after -c. `help COMMAND` tells more.")]
    for habit in Command.Habit.allCases {
      lines += [".SS \"\(plain(habit.title))\""]
      for command in Commands.all where command.habit == habit {
        lines += [".TP", ".B \(plain(command.declaration.outline.usage))", plain(command.declaration.outline.summary)]
      }
    }
    lines += [".SH EXIT STATUS"]
    for (status, meaning) in ExitStatus.meanings { lines += [".TP", ".B \(status)", plain(meaning)] }
    lines += [".SH ENVIRONMENT"] + environment.flatMap { [".TP", ".B \(plain($0))", $1] }
    lines += [".SH FILES"] + files.flatMap { [".TP", ".I \(plain($0))", plain($1)] }
    lines += [
      ".SH EXAMPLES", ".TP", ".B gradus \\-c \\(aqinput 2; layer dense 8 relu; layer dense 1 sigmoid; summary\\(aq",
      "Run commands, then leave.", ".TP", ".B gradus \\-\\-json \\-c \\(aqdata iris; data describe\\(aq", "One JSON object a command.",
      ".TP", ".B gradus \\-\\-profile anna", "The shell of a learner with reviews of her own.",
    ]
    return lines.flatMap(wrapped).joined(separator: "\n") + "\n"
  }

  /// A line of text as lines of at most 79 bytes, as the tools that check man pages want them; requests stay whole.
  private static func wrapped(_ line: String) -> [String] {
    guard line.utf8.count > 79, !line.hasPrefix(".") else { return [line] }
    var lines: [String] = [""]
    for word in line.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.utf8.count + 1 + word.utf8.count <= 79 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append((word.hasPrefix(".") || word.hasPrefix("'") ? "\\&" : "") + word)
      }
    }
    return lines
  }

  /// The ways of starting with what each does, from the usage.
  private static var forms: [(form: String, meaning: String)] {
    (StartOptions.configuration.usage ?? "").split(separator: "\n").map { line in
      let parts = line.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      return (parts.first ?? "", parts.dropFirst().joined(separator: " "))
    }
  }

  /// The summary up to its colon, for the line that `apropos` shows.
  private static func headline(_ summary: String) -> String {
    let head = String(summary.prefix { $0 != ":" })
    return head.prefix(1).lowercased() + head.dropFirst()
  }

  private static func option(_ option: ProgramOutline.Argument) -> [String] {
    let value = option.kind == .option ? " \\fI\(plain(option.valueName))\\fR" : ""
    let names = option.names.map { "\\fB\(plain($0))\\fR" }.joined(separator: ", ")
    var text = option.help
    if case .words(let words) = option.values, !words.allSatisfy(text.contains) { text += " One of \(words.joined(separator: ", "))." }
    if let standard = option.standard { text += " The default is \(standard.replacing(/\.0$/, with: ""))." }
    return [".TP", names + value, plain(text)]
  }

  private static func bold(_ text: String) -> String { ".B " + plain(text) }

  /// Text as roff takes it: no character of it is a command.
  static func plain(_ text: String, isRaw: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\" where !isRaw: result += "\\e"
      case "-": result += "\\-"
      case "'" where !isRaw: result += "\\(aq"
      case "`" where !isRaw: result += "\\(ga"
      case "\"": result += "\\(dq"
      case "~": result += "\\(ti"
      case "^": result += "\\(ha"
      case "\n": result += " "
      default: result += scalar.isASCII ? String(scalar) : "\\[u" + String(format: "%04X", scalar.value) + "]"
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }
}

/// What the exit statuses say.
enum ExitStatus {
  static let meanings: [(status: Int, meaning: String)] = [
    (0, "all well"), (1, "a command failed"), (2, "wrong usage"), (130, "interrupted"), (141, "nobody reads the output"),
  ]
}
