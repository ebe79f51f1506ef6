import Datasets
import Engine
import Language

/// What somebody types out of the habit of other programs, and what does it here: the hint of a complaint about a word that is no command.
enum ForeignWords {
  /// Words of shells, Python, data bases and of everyday speech, several for one answer.
  private static let answers: [(words: String, hint: String)] = [
    ("q q! wq! bye logout leave close end x wq qa", "`quit` leaves, and so does Ctrl-D"),
    ("man info whatis usage manual docs doc pydoc h", "`help fit` tells how a command works"),
    ("dir ll tree", "`ls` lists the folder"),
    ("pwd", "`cd .` tells the folder"),
    ("clear cls", "Ctrl-L clears the screen, `reset` empties model and data"),
    (
      "cat more head tail bat type",
      "`data csv FILE` reads data, `deck load FILE` cards, `replay FILE` a script; `data show`, `cards` show them"
    ),
    ("vi vim nvim nano emacs editor", "`edit` opens the last lines in your editor"),
    ("echo print printf puts", "`show dense.kernel` prints numbers, `let` the names that `$` stands before"),
    ("time timeit", "`fit` and `step` tell how long they take"),
    (
      "run source . load exec read play execute",
      "`replay FILE` plays a script, `open FILE` goes on with a session, `data csv FILE` reads data"
    ),
    ("paste cpaste", "paste at the prompt: the lines run one after the other"),
    ("train learn go start", "`fit 10` trains, `lesson start neuron` begins the lessons"),
    ("append insert stack", "`layer dense 8 relu` appends a layer, `layer insert 1 dense 8` puts one before another"),
    ("rm del delete remove drop", "`layer remove NAME` removes a layer, `runs rm N` a run, `reset` model and data"),
    ("new restart clean init", "`reset` empties model and data, `rewind` takes back the training"),
    ("model net network layers arch architecture params parameters", "`summary` shows the network, `draw` its picture"),
    ("test score validate", "`evaluate` measures, `predict 0.5 0.2` answers for one sample"),
    ("infer inference", "`predict 0.5 0.2` answers for one sample"),
    ("why how what", "`explain step` tells why, number by number; `explain dense`, `explain loss` and `explain overfitting` too"),
    ("optimizer optimiser metrics metric", "`compile adam 0.01 bce accuracy` chooses optimizer, loss and metrics"),
    (
      "tables schema describe desc d dt select sql pragma databases",
      "`data describe` tells the columns, `runs` the trainings, `summary` the layers"
    ),
    ("mode output headers", "`gradus --json` prints JSON, `set` lists the settings"),
    (
      "dataset datasets mnist cifar10 titanic",
      "`data?` lists the data; `data digits` and `data glyphs` are small images of digits, `data npz FILE` reads MNIST"
    ),
    ("tutorial demo intro guide", "`tour` shows it in two minutes"),
    ("course chapter lessons", "`lesson` lists the lessons"),
    ("about license credits copyright", "`version` tells the program's version, `doctor` what it found"),
    ("who whos vars", "`let` lists the names, `summary` the network, `data describe` the columns, `runs` the trainings"),
    ("alias export env setenv unset declare var const", "`let n=8` gives a name, `$n` stands for its word"),
    ("config options preferences prefs setting", "`set` lists the settings, `set plot ascii` changes one"),
    ("jobs bg fg kill ps top", "one thing runs at a time: Ctrl-C ends it, Ctrl-Z leaves for your shell until `fg`"),
    ("graph chart visualize visualise show_plot", "`plot loss` draws curves, `draw` the network"),
    ("question flashcards ask study anki learn_cards", "`quiz` asks cards, `due` tells how many wait"),
    ("write dump backup", "`save FILE` keeps the session, `runs export FILE.csv` the trainings, `store backup FILE` the store"),
    ("grid gridsearch tune search optimize", "`sweep lr=0.1,0.01 dense.units=4,8` trains all combinations"),
    ("for while loop times", "`repeat 3 COMMAND` runs a command again and again"),
    (
      "git sudo python python3 ipython pip bash sh zsh make grep find mkdir cp mv touch exit_code ssh curl",
      "no other programs are run from here; Ctrl-Z leaves for your shell, `fg` comes back"
    ),
    (
      "import from def class if with return lambda async await",
      "this is no Python: `help` lists the commands, `keras` prints the model as Python"
    ),
    ("$ % gradus", "this is gradus already: leave the prompt out"),
    (">>> ... in out", "leave the prompt out; `gradus > ` and `> ` are dropped by themselves"),
  ]

  private static let byWord: [String: String] = {
    var hints: [String: String] = [:]
    for answer in answers { for word in answer.words.split(separator: " ") { hints[String(word)] = answer.hint } }
    return hints
  }()

  /// The functions of Keras' models, and the command that does the same.
  private static let methods = ["add": "layer dense 8 relu", "load_weights": "weights load FILE", "save_weights": "weights save FILE"]

  /// Signs that stand before or behind a word elsewhere: `.tables`, `%history`, `\q`, `!ls`, `--help`, `exit()`.
  private static let marks = Set<Character>(".%\\!:-?/@")

  /// The command that is meant by its name in full, or by a beginning of it that no other name has.
  ///
  /// - Throws: A `Complaint` that names what does here what was meant, where that is known.
  static func command(of text: CommandText) throws -> Declaration<Action> {
    if let complaint = assignment(text) { throw complaint }
    do {
      let first = text.words[0]
      // `!!` and `!fit` bring lines back elsewhere, `!ls` runs another program.
      if first.text.hasPrefix("!"), hint(for: text) == nil { throw Complaint.noExpansion(first) }
      return try Commands.index.byPrefix(first, what: "command")
    } catch var complaint as Complaint {
      let isBeginning = Commands.outlines.contains { $0.name.hasPrefix(text.words[0].text) }
      if !isBeginning, let hint = hint(for: text) { complaint.hint = hint }
      throw complaint
    }
  }

  private static func hint(for text: CommandText) -> String? {
    let first = text.words[0].text
    if text.words[0].isQuoted { return nil }
    let rest = text.words.dropFirst().map(\.raw).joined(separator: " ")
    if let word = byWord[first.lowercased()] { return word }
    if first.hasPrefix("Out["), let hint = byWord["out"] { return hint }
    if let parenthesis = first.firstIndex(of: "(") {
      return call(String(first[..<parenthesis]), isEmpty: first.hasSuffix("()") && rest.isEmpty)
    }
    var bare = first[...]
    while let mark = bare.first, marks.contains(mark) { bare = bare.dropFirst() }
    let isMarked = bare.count < first.count && !bare.isEmpty
    // `!ls` is for another shell, unless it is known here.
    if isMarked {
      return known(String(bare), rest, isWhole: true) ?? byWord[bare.lowercased()] ?? known(String(bare), rest, isWhole: false)
    }
    if first.contains("."), let method = first.split(separator: ".").last { return call(String(method), isEmpty: true) }
    return declared(first, rest)
  }

  /// A command without the marks around it.
  private static func known(_ word: String, _ rest: String, isWhole: Bool) -> String? {
    let beginnings = isWhole || word.count < 2 ? [] : Commands.outlines.filter { $0.name.hasPrefix(word) }
    let name = Commands.index[word]?.name ?? (beginnings.count == 1 ? beginnings[0].name : nil)
    return name.map { "here it is `\(rest.isEmpty || rest.count > 40 ? $0 : $0 + " " + rest)`" }
  }

  /// A function as Python calls it: `exit()`, `model.fit(x, y)`, `layers.Dense(8)`.
  private static func call(_ path: String, isEmpty: Bool) -> String? {
    let name = path.split(separator: ".").last.map(String.init) ?? path
    if isEmpty, let command = Commands.index[name]?.name { return "here it is `\(command)`" }
    if let command = methods[name] { return "this is no Python; here it is `\(command)`" }
    if let command = Commands.index[name] { return "this is no Python; here it is `\(brief(command.outline))`" }
    if let layer = layer(name) { return "this is no Python; here it is `\(layer)`" }
    return byWord[name.lowercased()] ?? "this is no Python: `help` lists the commands, `keras` prints the model as Python"
  }

  /// A command with the arguments that it needs.
  private static func brief(_ outline: DeclarationOutline) -> String {
    ([outline.name] + outline.arguments.filter { $0.isRequired && $0.placement != .named }.map(\.usage)).joined(separator: " ")
  }

  /// The command that appends a layer, by its name here or in Keras; nil where there is no such layer.
  private static func layer(_ name: String) -> String? {
    let folded = name.lowercased().filter { $0 != "_" }
    let shorter = folded.replacing("pooling2d", with: "pool").replacing("average", with: "avg").replacing("normalization", with: "norm")
    for member in EngineDeclarations.layers
    where ([member.name] + member.outline.aliases).contains(where: { [folded, shorter].contains($0) }) {
      return "layer " + brief(member.outline)
    }
    return nil
  }

  /// A word that some command takes: `dense 8 relu`, `vgg16`, `moons`, `adam`, `lr 0.1`.
  private static func declared(_ word: String, _ rest: String) -> String? {
    let word = word.lowercased()
    let tail = rest.isEmpty || rest.count > 40 ? "" : " " + rest
    if SettingsFacts.standard.values.contains(where: { $0.name == word }) {
      return rest.isEmpty ? "`set \(word) VALUE` sets it, `set` lists the settings" : "`set \(word)\(tail)` sets it"
    }
    if Preset.declarations.contains(where: { $0.name == word }) { return "`preset \(word)\(tail)` takes that network" }
    if DatasetDeclarations.all.contains(where: { $0.name == word }) { return "`data \(word)\(tail)` makes or reads those data" }
    if EngineDeclarations.layers.contains(where: { $0.name == word }) {
      return rest.isEmpty ? "`\(layer(word) ?? "layer \(word)")` appends such a layer" : "`layer \(word)\(tail)` appends such a layer"
    }
    if let layer = layer(word) { return "`\(layer)` appends such a layer" }
    let names = EngineDeclarations.optimizers.map(\.name) + EngineDeclarations.losses.map(\.name)
    if names.contains(word) { return "`compile adam 0.01 bce accuracy` chooses it, `explain \(word)` explains it" }
    if EngineDeclarations.metrics.contains(where: { $0.name == word }) || word == "loss" {
      return "`evaluate` measures it, `plot \(word)` draws its curve, `explain \(word)` explains it"
    }
    return Command.Habit(rawValue: word).map { _ in "`help \(word)` lists the commands for it" }
  }

  /// `a = 3` and `a=3`: the command that gives a word a name; nil where nothing of the kind was typed.
  static func assignment(_ text: CommandText) -> Complaint? {
    let words = text.words.map(\.raw)
    let name: String
    let value: String
    if words.count > 1, words[1] == "=" || words[1].hasPrefix("=") && words[1] != "==" {
      (name, value) = (text.words[0].text, words.dropFirst().joined(separator: " ").dropFirst().trimmingBlanks)
    } else if let split = text.words[0].split {
      (name, value) = (split.name, ([split.value] + words.dropFirst()).joined(separator: " "))
    } else {
      return nil
    }
    guard PlainName.isOne(name), Commands.index[name] == nil else { return nil }
    let isSetting = SettingsFacts.standard.values.contains { $0.name == name }
    let hint: String
    if value.contains("(") || value.contains("[") {
      hint = call(String(value.prefix { $0 != "(" && $0 != "[" }), isEmpty: false) ?? "`help` lists the commands"
    } else if isSetting, !value.isEmpty, !value.contains(" ") {
      hint = "`set \(name) \(value)` sets it"
    } else if value.isEmpty || value.contains(" ") || value.count > 40 {
      hint = "`let \(name)=WORD` gives a word a name"
    } else {
      hint = "`let \(name)=\(value)` gives the word a name, `$\(name)` stands for it"
    }
    return Complaint("nothing is assigned with `=` alone", at: text.words[0].place, hint: hint)
  }

  /// Layers that frameworks have and this shell has not.
  private static let missingNetworks: [String: String] = {
    let recurrent = "recurrent layers are not there: networks here read one sample at a time; `help layer` lists the kinds"
    let language = "layers for language are not there; `help layer` lists the kinds"
    return Dictionary(
      uniqueKeysWithValues: ["rnn", "lstm", "gru", "simplernn", "bidirectional", "timedistributed"].map { ($0, recurrent) }
        + ["embedding", "attention", "multiheadattention", "transformer", "conv1d"].map { ($0, language) })
  }()

  /// Signs of other shells that no command takes as words.
  private static let operators: Set<String> = ["|", ">", ">>", "<", "&", "&&", "||", "2>&1"]

  /// Refuses a pipe behind a command that takes the rest of its line as words, and would take the pipe for some.
  static func checkPipes(_ text: CommandText) throws {
    // The words of a note are a person's own.
    if text.words.dropFirst().first?.text == "note" { return }
    for (word, next) in zip(text.words.dropFirst(), text.words.dropFirst(2).map(Optional.init) + [nil]) where !word.isQuoted {
      let sign = word.text.prefix { "|&>".contains($0) }
      let rest = word.text.dropFirst(sign.count)
      // `|x|` is an absolute value.
      let isPipe = word.text == "2>&1" || ["|", "||", "&&", "|&"].contains(sign) && rest.allSatisfy { $0.isLetter }
      // `until accuracy > 0.9` is no file, nor is the end of a sentence.
      let file = rest.isEmpty ? next?.text[...] ?? "" : rest
      let isFile = [">", ">>"].contains(sign) && file.contains(/^(?:~|\.{0,2}\/)|^[^>|]*\.[A-Za-z]{1,5}$/)
      if isPipe || isFile { throw noPipes(word) }
    }
  }

  private static func noPipes(_ word: Word) -> Complaint {
    Complaint(
      "there are no pipes, files or jobs behind a command: `\(word.text)`", at: word.place,
      hint: "`;` parts commands; in your own shell `gradus -c '...' \(word.text == "&&" ? "|" : word.text) ...` does it")
  }

  /// The complaint about a command that failed, where a sign of other shells is to blame.
  static func complaint(_ complaint: Complaint, failed text: CommandText) -> Complaint {
    guard let place = complaint.place, let word = text.words.dropFirst().first(where: { $0.place == place }), !word.isQuoted else {
      return complaint
    }
    if operators.contains(word.text) {
      return noPipes(word)
    }
    if let network = missingNetworks[word.text.lowercased()], complaint.what.hasPrefix("there is no kind") {
      return Complaint(complaint.what, at: place, hint: network)
    }
    if complaint.hint.isEmpty, complaint.what.hasPrefix("there is no ") {
      return Complaint(complaint.what, at: place, hint: "`help \(text.words[0].text)` lists what there is")
    }
    if let split = word.split, ["lr", "rate", "learning_rate"].contains(split.name), complaint.what.contains("no option") {
      var better = complaint
      better.hint = "`set lr \(split.value)` changes the rate, `compile adam \(split.value) ...` begins with it"
      return better
    }
    return complaint
  }
}

extension StringProtocol {
  fileprivate var trimmingBlanks: String { String(drop(while: \.isWhitespace)) }
}
