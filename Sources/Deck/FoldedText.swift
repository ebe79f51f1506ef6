import Foundation

/// Text as a search sees it: words of letters and digits in lower case and without accents, one blank before, between and after them.
///
/// Everything else parts words, so that `mot-clé` is `mot cle`, `fit()` is `fit` and `l’époque` is `l epoque`.
struct FoldedText {
  /// The words with their blanks; a single blank when there are none.
  private(set) var bytes: [UInt8] = [0x20]
  /// What a letter beyond ASCII becomes, looked up once.
  private var known: [Unicode.Scalar: [UInt8]] = [:]

  /// The words of a text.
  static func words(of text: String) -> [UInt8] {
    var folded = FoldedText()
    folded.append(text)
    return folded.bytes
  }

  /// Adds the words of a text behind those that are there.
  mutating func append(_ text: String) {
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if value < 0x80 {
        let byte = UInt8(value)
        switch byte {
        case 0x61...0x7A, 0x30...0x39: bytes.append(byte)
        case 0x41...0x5A: bytes.append(byte + 0x20)
        default: part()
        }
        continue
      }
      let letters = known[scalar] ?? FoldedText.folded(scalar)
      known[scalar] = letters
      if letters == [0x20] { part() } else { bytes += letters }
    }
    part()
  }

  /// Forgets the words but not the letters that were looked up.
  mutating func clear() { bytes = [0x20] }

  private mutating func part() {
    if bytes.last != 0x20 { bytes.append(0x20) }
  }

  /// The letters of one scalar beyond ASCII: none of an accent that stands alone, a blank of what is neither letter nor digit.
  private static func folded(_ scalar: Unicode.Scalar) -> [UInt8] {
    let ligatures: [Unicode.Scalar: String] = ["œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"]
    if let letters = ligatures[scalar] { return Array(letters.utf8) }
    if [.nonspacingMark, .enclosingMark, .format].contains(scalar.properties.generalCategory) { return [] }
    guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return [0x20] }
    let text = String(Character(scalar)).folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    return Array(text.utf8)
  }
}
