/// The completions of fish.
enum FishCompletion {
  static func text(of program: WholeProgram) -> String {
    let words = program.subcommands.map(\.word)
    var lines = [
      """
      # Completions of gradus for fish, made by `gradus --generate fish`.

      # What the words before the cursor are: the subcommand, or `start`, and how many arguments follow it.
      function __gradus_place
        set -l subcommand start
        set -l count 0
        set -l skip no
        for word in (commandline -opc)[2..]
          if test $skip = yes
            set skip no
            continue
          end
          switch $word
            case \(program.valued.joined(separator: " "))
              set skip yes
            case '-*'
            case \(words.joined(separator: " "))
              if test $count = 0 -a $subcommand = start
                set subcommand $word
              else
                set count (math $count + 1)
              end
            case '*'
              set count (math $count + 1)
          end
        end
        echo $subcommand $count
      end

      function __gradus_is
        string match -q -- $argv[1] (__gradus_place)
      end

      function __gradus_files
        for ending in $argv
          __fish_complete_suffix .$ending
        end
      end

      complete -c gradus -f
      """
    ]
    lines += program.start.options.map { option($0, in: program.subcommands.isEmpty ? nil : shared($0, program) ? nil : "start") }
    lines += [positional(program.start.positionals.first, "start *")]
    for (word, outline) in program.subcommands {
      lines.append("complete -c gradus -n '__gradus_is \"start 0\"' -a \(word) -d \(quoted(outline.summary))")
      lines += outline.options(besides: program.start).map { option($0, in: word) }
      lines += outline.positionals.enumerated().map { positional($1, "\(word) \($1.isRepeating ? "*" : "\($0)")") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether every way of starting takes the option.
  private static func shared(_ option: ProgramOutline.Argument, _ program: WholeProgram) -> Bool {
    program.subcommands.allSatisfy { $0.outline.options.contains { $0.name == option.name } }
  }

  private static func positional(_ argument: ProgramOutline.Argument?, _ place: String) -> String {
    "complete -c gradus -n '__gradus_is \"\(place)\"' -k\(values(argument?.values ?? .none, isArgument: true))"
  }

  private static func option(_ option: ProgramOutline.Argument, in word: String?) -> String {
    let names = option.names.map { $0.hasPrefix("--") ? " -l \($0.dropFirst(2))" : " -s \($0.dropFirst(1))" }.joined()
    let place = word.map { " -n '__gradus_is \"\($0) *\"'" } ?? ""
    let value = option.kind == .option ? " -x" + values(option.values, isArgument: false) : ""
    return "complete -c gradus\(place)\(names)\(value) -d \(quoted(option.help))"
  }

  private static func values(_ values: ProgramOutline.Argument.Values, isArgument: Bool) -> String {
    switch values {
    case .none: ""
    case .words(let words): " -a \(quoted(words.joined(separator: " ")))"
    case .files(let endings):
      endings.isEmpty ? " -a '(__fish_complete_path)'" : " -a '(__gradus_files \(endings.joined(separator: " ")))'"
    case .folders: " -a '(__fish_complete_directories)'"
    case .command(let command): " -a \(quoted("(sh -c \(quoted(command)))"))"
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
