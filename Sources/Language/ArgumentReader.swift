/// The words of one command while its arguments take theirs.
public struct ArgumentReader {
  /// The command's name and, while a nested declaration reads, that declaration's: "layer dense".
  public internal(set) var path: [String]
  /// The usage of the declaration that reads, for the hint of a complaint.
  private(set) var usage: String
  /// The command's last argument is a nested declaration, so that words too many are that declaration's.
  private let endsNested: Bool
  private var lastNested: (path: [String], usage: String)?
  private let outline: DeclarationOutline
  /// The options of the whole command.
  private let optionNames: Set<String>
  /// The positional words that are left.
  public internal(set) var words: [Word]
  private var named: [String: (value: Word, whole: Word)] = [:]
  /// Where the command's own words end: the place of a complaint about a missing one.
  let end: Int
  /// Why an optional argument passed over a word; told when nothing else takes that word.
  private var refusals: [Int: Complaint] = [:]

  init(_ words: [Word], of outline: DeclarationOutline, path: [String]) throws {
    self.path = path
    self.outline = outline
    usage = outline.usage(under: path)
    if case .declared = outline.arguments.last(where: { $0.placement == .positional })?.form {
      endsNested = true
    } else {
      endsNested = false
    }
    end = words.last?.place.upperBound ?? 0
    self.words = []
    let names = outline.optionNames
    optionNames = names
    for word in words.dropFirst() {
      guard let split = word.split, names.contains(split.name) else {
        self.words.append(word)
        continue
      }
      if named[split.name] != nil { throw Complaint.givenTwice(split.name, at: word.place) }
      named[split.name] = (Word(split.value, at: split.valuePlace), word)
    }
  }

  /// Whether a value is given by name and not yet taken.
  func hasNamed(_ name: String) -> Bool { named[name] != nil }

  /// The value given by name, once.
  mutating func takeNamed(_ name: String) -> Word? { named.removeValue(forKey: name)?.value }

  /// The next positional word.
  mutating func takeWord() -> Word? { words.isEmpty ? nil : words.removeFirst() }

  /// The first positional word that a test accepts.
  mutating func takeWord(where accepts: (Word) -> Bool) -> Word? {
    guard let index = words.firstIndex(where: accepts) else { return nil }
    return words.remove(at: index)
  }

  /// All positional words that are left.
  mutating func takeRest() -> [Word] {
    defer { words = [] }
    return words
  }

  /// Reads a nested declaration: complaints meanwhile name it and show its usage.
  mutating func nested<Value>(_ outline: DeclarationOutline, _ read: (inout ArgumentReader) throws -> Value) rethrows -> Value {
    let outer = (path, usage)
    usage = outline.usage(under: path)
    path.append(outline.name)
    lastNested = (path, usage)
    let value = try read(&self)
    (path, usage) = outer
    return value
  }

  mutating func remember(_ refusal: Complaint, of word: Word) {
    if refusals[word.place.lowerBound] == nil { refusals[word.place.lowerBound] = refusal }
  }

  /// What is wrong with a word that was meant as an option: a name that is nearly one, before `=`.
  func mistypedOption(_ word: Word) -> Complaint? {
    guard let split = word.split, NearNames.hint(for: split.name, among: optionNames.sorted()) != nil else { return nil }
    return Complaint.oneTooMany(word, path: path, usage: usage, options: optionNames.sorted())
  }

  /// Why an optional argument passed over a word.
  func refusal(of word: Word) -> Complaint? { refusals[word.place.lowerBound] }

  /// Complains about the first word that no argument took.
  func finish() throws {
    let (path, usage) = endsNested ? lastNested ?? (path, usage) : (path, usage)
    if let word = words.first {
      if word.split == nil, let refusal = refusals[word.place.lowerBound] { throw refusal }
      throw Complaint.oneTooMany(word, path: path, usage: usage, options: optionNames.sorted())
    }
    if let stray = named.values.min(by: { $0.whole.place.lowerBound < $1.whole.place.lowerBound }) {
      throw Complaint.optionOfAnother(stray.whole, path: path, owners: outline.owners(of: stray.whole.split?.name ?? ""))
    }
  }
}
