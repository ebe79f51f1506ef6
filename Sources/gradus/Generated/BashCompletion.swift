/// The completions of bash.
enum BashCompletion {
  static func text(of program: WholeProgram) -> String {
    let words = program.subcommands.map(\.word)
    return """
      # Completions of gradus for bash, made by `gradus --generate bash`.

      # Files that end in one of the given endings, and folders; where there are none, or no ending is given, whatever is there.
      _gradus_files() {
        local path ending
        local -a all=() fit=()
        mapfile -t all < <(compgen -f -- "$cur")
        for path in "${all[@]}"; do
          if [[ -d ${path/#\\~/$HOME} ]]; then
            fit+=("$path")
            continue
          fi
          for ending in "$@"; do [[ $path == *."$ending" ]] && fit+=("$path"); done
        done
        (($# && ${#fit[@]})) || fit=("${all[@]}")
        COMPREPLY=("${fit[@]}")
        compopt -o filenames 2>/dev/null
      }

      _gradus_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }

      _gradus() {
        local cur=${COMP_WORDS[COMP_CWORD]} word option= subcommand= ended= index
        local -i count=0
        COMPREPLY=()
        [[ $cur == = ]] && cur=
        # What the words before the cursor are: the option that waits for its value, the subcommand, how many arguments.
        for ((index = 1; index < COMP_CWORD; index++)); do
          word=${COMP_WORDS[index]}
          if [[ -n $option ]]; then
            [[ $word == = ]] || option=
            continue
          fi
          if [[ -z $ended ]]; then
            case $word in
              --) ended=yes ;;
              \(program.valued.joined(separator: " | "))) option=$word ;;
            esac
            [[ $word == -?* || $word == = ]] && continue
          fi
          case $count$subcommand:$word in
            \(words.map { "0:\($0)" }.joined(separator: " | "))) [[ -z $ended ]] && subcommand=$word && continue ;;
          esac
          count+=1
        done
        case $option in
          '') ;;
      \(program.valuedOptions.map { "    \($0.names.joined(separator: " | "))) \(action($0.values)) ;;" }.joined(separator: "\n"))
        esac
        [[ -n $option ]] && return
        if [[ -z $ended && $cur == -* ]]; then
          case $subcommand in
      \(program.subcommands.map { "      \($0.word)) _gradus_words '\(flags($0.outline))' ;;" }.joined(separator: "\n"))
            *) _gradus_words '\(flags(program.start))' ;;
          esac
          return
        fi
        case $subcommand:$count in
      \(program.subcommands.map { positionals($0.word, $0.outline) }.joined(separator: "\n"))
          :*)
            \(action(program.start.positionals.first?.values ?? .none))
            if ((count == 0)) && [[ -z $ended ]]; then
              for word in \(words.joined(separator: " ")); do [[ $word == "$cur"* ]] && COMPREPLY+=("$word"); done
            fi
            ;;
        esac
      }

      complete -F _gradus gradus

      """
  }

  private static func flags(_ outline: ProgramOutline) -> String { outline.options.flatMap(\.names).joined(separator: " ") }

  private static func positionals(_ word: String, _ outline: ProgramOutline) -> String {
    outline.positionals.enumerated().map { index, argument in
      "    \(word):\(argument.isRepeating ? "*" : "\(index)")) \(action(argument.values)) ;;"
    }.joined(separator: "\n")
  }

  private static func action(_ values: ProgramOutline.Argument.Values) -> String {
    switch values {
    case .none: ":"
    case .words(let words): "_gradus_words '\(words.joined(separator: " "))'"
    case .files(let endings): (["_gradus_files"] + endings).joined(separator: " ")
    case .folders: "mapfile -t COMPREPLY < <(compgen -d -- \"$cur\") && compopt -o filenames 2>/dev/null"
    case .command(let command): "_gradus_words \"$(\(command))\""
    }
  }
}
