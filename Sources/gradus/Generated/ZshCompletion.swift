/// The completions of zsh.
enum ZshCompletion {
  static func text(of program: WholeProgram) -> String {
    let shared = program.start
    return """
      #compdef gradus
      # Completions of gradus for zsh, made by `gradus --generate zsh`.

      _gradus() {
        local curcontext=$curcontext state
        local -a line options
        typeset -A opt_args
        options=(
      \(specifications(shared.options))
        )
        _arguments -C -S $options '1: :->first' '*:: :->rest' && return 0
        case $state in
          first)
            local -a subcommands=(\(program.subcommands.map { quoted("\($0.word):\($0.outline.summary)") }.joined(separator: " ")))
            _describe -t subcommands subcommand subcommands
            \(action(shared.positionals.first?.values ?? .none))
            ;;
          rest)
            case $line[1] in
      \(program.subcommands.map { branch($0.word, $0.outline, shared) }.joined(separator: "\n"))
              *) \(action(shared.positionals.first?.values ?? .none)) ;;
            esac
            ;;
        esac
      }

      _gradus "$@"

      """
  }

  private static func branch(_ word: String, _ outline: ProgramOutline, _ shared: ProgramOutline) -> String {
    let own = outline.options(besides: shared)
    let places = outline.positionals.enumerated().map { index, argument in
      quoted("\(argument.isRepeating ? "*" : "\(index + 1)"):\(argument.name):\(action(argument.values))")
    }
    return """
              \(word))
                _arguments -S $options \\
      \((own.flatMap(specification) + places).map { "            \($0)" }.joined(separator: " \\\n"))
                ;;
      """
  }

  private static func specifications(_ options: [ProgramOutline.Argument]) -> String {
    options.flatMap(specification).map { "    \($0)" }.joined(separator: "\n")
  }

  private static func specification(_ option: ProgramOutline.Argument) -> [String] {
    option.names.map { name in
      // Brackets and colons of a text would end it.
      let text = option.help.replacing("[", with: "\\[").replacing("]", with: "\\]").replacing(":", with: "\\:")
      let own = option.isRepeating ? "*" : option.names.count > 1 ? "(\(option.names.joined(separator: " ")))" : ""
      guard option.kind == .option else { return quoted("\(own)\(name)[\(text)]") }
      let joint = name.hasPrefix("--") ? "=" : ""
      return quoted("\(own)\(name)\(joint)[\(text)]:\(option.valueName):\(action(option.values))")
    }
  }

  private static func action(_ values: ProgramOutline.Argument.Values) -> String {
    switch values {
    case .none: " "
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .files(let endings): endings.isEmpty ? "_files" : "_files -g \"*.(\(endings.joined(separator: "|")))(-.)\""
    case .folders: "_files -/"
    case .command(let command): "{compadd -- $(\(command.replacing(":", with: "\\:")))}"
    }
  }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
