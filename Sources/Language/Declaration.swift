/// A thing that can be typed, declared once: its name, its typed arguments, its help and what it makes.
///
/// Parsing, usage, help, completion, the reference page and the test that runs every example all come from it. Commands, layers, losses,
/// optimizers and data sets are declared in the same way, and one declaration may nest another list.
public struct Declaration<Product: Sendable>: Sendable {
  /// What help and completion see.
  public var outline: DeclarationOutline
  let read: @Sendable (inout ArgumentReader) throws -> Product

  /// The name that is typed.
  public var name: String { outline.name }

  /// A declaration whose closure gets the values of its arguments in order.
  ///
  /// - Parameters:
  ///   - name: What is typed.
  ///   - summary: One sentence.
  ///   - formula: What it computes, if it computes.
  ///   - examples: Complete commands; a test runs each.
  ///   - notes: Further sentences for the help page.
  public init<each Value: Sendable>(
    _ name: String, aliases: [String] = [], _ summary: String, formula: String = "", examples: [String] = [], notes: String = "",
    _ arguments: repeat Argument<each Value>, make: @escaping @Sendable (repeat each Value) throws -> Product
  ) {
    var descriptions: [ArgumentDescription] = []
    for argument in repeat each arguments { descriptions.append(argument.description) }
    outline = DeclarationOutline(
      name: name, aliases: aliases, summary: summary, formula: formula, examples: examples, notes: notes, arguments: descriptions)
    let packed = (repeat each arguments)
    read = { reader in
      try make(repeat try (each packed).read(&reader))
    }
  }

  private init(outline: DeclarationOutline, read: @escaping @Sendable (inout ArgumentReader) throws -> Product) {
    self.outline = outline
    self.read = read
  }

  /// The same declaration making something else of its product.
  public func map<Other: Sendable>(_ transform: @escaping @Sendable (Product) throws -> Other) -> Declaration<Other> {
    let read = read
    return Declaration<Other>(outline: outline) { reader in try transform(try read(&reader)) }
  }

  /// Reads a whole command: its first word is the name, already matched.
  ///
  /// - Throws: A `Complaint` with the place of the word that does not fit.
  public func parse(_ words: [Word]) throws -> Product {
    var reader = try ArgumentReader(words, of: outline, path: [name])
    let product = try read(&reader)
    try reader.finish()
    return product
  }

  func nested(in reader: inout ArgumentReader) throws -> Product {
    try reader.nested(outline, read)
  }
}

/// Finds a declaration by what was typed.
public struct DeclarationIndex<Product: Sendable>: Sendable {
  /// The declarations in order.
  public let members: [Declaration<Product>]
  private let byName: [String: Int]

  /// An index of a list.
  public init(_ members: [Declaration<Product>]) {
    self.members = members
    var byName: [String: Int] = [:]
    for (index, member) in members.enumerated() {
      byName[member.name] = index
      for alias in member.outline.aliases { byName[alias] = index }
    }
    self.byName = byName
  }

  /// The declaration of a name or alias.
  public subscript(name: String) -> Declaration<Product>? { byName[name].map { members[$0] } }

  /// The declaration of that name or alias.
  ///
  /// - Throws: A `Complaint` with the nearest names.
  public func exactly(_ word: Word, what: String) throws -> Declaration<Product> {
    guard let member = self[word.text] else {
      throw Complaint.unknown(what, word, among: members.map(\.name))
    }
    return member
  }

  /// The declaration of that name, or of the only name that begins so.
  ///
  /// - Throws: A `Complaint` with the candidates or the nearest names.
  public func byPrefix(_ word: Word, what: String) throws -> Declaration<Product> {
    if let member = self[word.text] { return member }
    let candidates = members.filter { $0.name.hasPrefix(word.text) }
    if candidates.count == 1 { return candidates[0] }
    if candidates.count > 1 && !word.text.isEmpty { throw Complaint.ambiguous(word, candidates.map(\.name)) }
    let names = members.map(\.name)
    let near = NearNames.hint(for: word.text, among: names)
    throw Complaint("there is no \(what) `\(word.text)`", at: word.place, hint: near ?? "`help` lists the commands")
  }
}
