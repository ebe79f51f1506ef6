/// The form of names that are typed without quotes, those of options and of variables: a letter, then letters, digits and `_`, all of ASCII.
public enum PlainName {
  /// Whether such a name may hold a character.
  public static func mayHold(_ character: Character) -> Bool {
    character == "_" || character.isASCII && (character.isLetter || character.isNumber)
  }

  /// Whether a text is such a name.
  public static func isOne(_ text: some StringProtocol) -> Bool { text.first?.isLetter == true && text.allSatisfy(mayHold) }

  /// The characters of such a name that a text begins with.
  public static func beginning(of text: some Sequence<Character>) -> String { String(text.prefix { mayHold($0) }) }
}
