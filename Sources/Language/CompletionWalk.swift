/// Follows the words of a command through its declared arguments, without reading values.
struct CompletionWalk {
  /// The arguments that may still take a word by its place, in order.
  private var pending: [ArgumentDescription]
  /// Those that take a value by their name alone.
  private var named: [ArgumentDescription]
  /// The values that stand in the command, by the names of their arguments.
  private var given: [String: String] = [:]
  /// The words so far of an argument that takes many.
  private var manyWords: [String] = []
  /// The phrase that has begun, and the words that follow its own.
  private var phrase: (argument: ArgumentDescription, words: Int)?

  init(_ outline: DeclarationOutline) {
    pending = outline.arguments.filter { $0.placement != .named }
    named = outline.arguments.filter { $0.placement == .named }
  }

  /// The argument that `name=` would give a value to.
  func argument(named name: String) -> ArgumentDescription? { (pending + named).first { $0.name == name } }

  /// Takes a word that stands before the one to complete.
  mutating func pass(_ word: Word) {
    if let split = word.split, take(split.name, split.value) { return }
    if phrase != nil {
      phrase?.words += 1
      return
    }
    var place = 0
    while place < pending.count {
      let next = pending[place]
      switch next.form {
      case .declared(let members), .declaredList(let members):
        if let member = members.first(where: { $0.answers(to: word.text) }) { return enter(member, at: place) }
        pending.remove(at: place)
        // Words that are none of the names have a declaration of their own, which reads this one too.
        if let other = next.otherwise {
          given[next.name] = word.text
          pending.insert(contentsOf: other.arguments.filter { $0.placement != .named }, at: place)
          named = other.arguments.filter { $0.placement == .named } + named
          continue
        }
        if next.isRequired { return }
      case .text, .words:
        manyWords.append(word.text)
        return
      case .numbers, .commandLine: return
      case .phrase:
        if word.text == next.name {
          phrase = (next, 0)
          return
        }
        place += 1
      default:
        let fits = next.accepts(word)
        if fits || (next.isRequired && next.placement == .positional) {
          pending.remove(at: place)
          given[next.name] = word.text
          return
        }
        // What takes its word wherever it stands waits for it; what was passed over can still be given by name.
        if next.placement == .anywhere { place += 1 } else { named.append(pending.remove(at: place)) }
      }
    }
  }

  /// Takes a value given by name; false where nothing has that name.
  private mutating func take(_ name: String, _ value: String) -> Bool {
    if let place = named.firstIndex(where: { $0.name == name }) {
      named.remove(at: place)
    } else if let place = pending.firstIndex(where: { $0.name == name }) {
      if case .declared(let members) = pending[place].form, let member = members.first(where: { $0.answers(to: value) }) {
        enter(member, at: place)
      } else {
        pending.remove(at: place)
      }
    } else {
      return false
    }
    given[name] = value
    return true
  }

  /// Goes into a declaration of a list, which takes its own arguments from the words that follow.
  private mutating func enter(_ member: DeclarationOutline, at place: Int) {
    let argument = pending[place]
    if case .declaredList(let members) = argument.form {
      pending[place].form = .declaredList(members.filter { $0.name != member.name })
    } else {
      pending.remove(at: place)
    }
    given[argument.name] = member.name
    pending.insert(contentsOf: member.arguments.filter { $0.placement != .named }, at: place)
    named = member.arguments.filter { $0.placement == .named } + named
  }

  /// What may stand next.
  ///
  /// Before a word is begun these are the values of the arguments up to the first that must come, and, where no value has to come first, the
  /// names of the others; once it is begun, whatever begins so is right.
  func candidates(typed: String, _ dynamic: Completion.Lookup) -> [Candidate] {
    if let phrase {
      return phrase.words == 0 ? dynamic(phrase.argument.moreCandidates.following(manyWords, given), typed) : []
    }
    var found: [Candidate] = []
    var shown = Set<String>()
    var isWaiting = false
    for argument in pending where argument.placement != .named {
      let values = values(of: argument, typed: typed, dynamic)
      if !values.isEmpty { shown.insert(argument.name) }
      found += values
      isWaiting = argument.isRequired && !values.isEmpty
      if argument.isRequired || argument.takesRest { break }
    }
    guard !typed.isEmpty || !isWaiting else { return found }
    let wanted = (pending + named).filter { $0.canBeNamed && (!typed.isEmpty || !shown.contains($0.name)) }
    return found + wanted.filter(\.isRequired).map(\.option) + wanted.filter { !$0.isRequired }.map(\.option)
  }

  /// The values of an argument, as far as they can be told.
  func values(of argument: ArgumentDescription, typed: String, _ dynamic: Completion.Lookup) -> [Candidate] {
    let more = argument.moreCandidates == .nothing ? [] : look(for: argument.moreCandidates, typed, dynamic)
    switch argument.form {
    case .declared(let members), .declaredList(let members): return members.map { Candidate($0.name, $0.summary) } + more
    case .choice(let choices): return choices.map { Candidate($0.name, $0.summary) } + more
    case .boolean:
      let words = argument.placement == .named ? ["yes", "no"] : ["on", "off"]
      return words.map { Candidate($0, $0 == argument.defaultText ? "as without it" : "") } + more
    case .word(let source), .words(_, let source), .text(let source): return look(for: source, typed, dynamic) + more
    case .phrase: return [Candidate(argument.name, argument.summary)]
    case .commandLine, .integer, .decimal, .size, .numbers, .values: return more
    }
  }

  /// The candidates of a source; where several values make one word, those that the word has not yet.
  private func look(for source: CandidateSource, _ typed: String, _ dynamic: Completion.Lookup) -> [Candidate] {
    let asked = source.following(manyWords, given)
    guard source.isList else { return dynamic(asked, typed) }
    let head = typed.lastIndex(of: ",").map { String(typed[...$0]) } ?? ""
    let taken = Set(head.split(separator: ",").map(String.init))
    return dynamic(asked, String(typed.dropFirst(head.count))).filter { !taken.contains($0.text) }.map { candidate in
      var copy = candidate
      copy.text = head + candidate.text
      copy.isOpen = true
      return copy
    }
  }
}

extension ArgumentDescription {
  /// Whether it takes all words that are left.
  fileprivate var takesRest: Bool {
    switch form {
    case .text, .words, .numbers, .commandLine: true
    default: false
    }
  }

  /// Whether one would give it by name: not what is written in free words.
  var canBeNamed: Bool {
    switch form {
    case .phrase, .declaredList: false
    default: !takesRest
    }
  }

  /// `name=`, with what it means and what it may be.
  fileprivate var option: Candidate {
    var words = summary
    switch form {
    case .integer, .decimal: words += ": \(allowed)"
    default: break
    }
    return Candidate(name + "=", defaultText.isEmpty ? words : "\(words) (\(defaultText))")
  }

  /// Whether a word would be taken for its value.
  fileprivate func accepts(_ word: Word) -> Bool {
    switch form {
    case .integer: Int(word.text) != nil
    case .decimal: decimal(word.text) != nil
    case .boolean: ["yes", "no", "on", "off", "true", "false"].contains(word.text.lowercased())
    case .choice(let choices): choices.contains { $0.name == word.text }
    case .size: word.text.first?.isNumber == true
    case .phrase: word.text == name
    default: true
    }
  }
}
