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
    var text = text
    text.withUTF8 { text in
      var index = 0
      while index < text.count {
        let byte = text[index]
        if byte < 0x80 {
          let end = text[index...].firstIndex { $0 >= 0x80 } ?? text.count
          appendASCII(UnsafeBufferPointer(rebasing: text[index..<end]))
          index = end
        } else {
          let end = min(index + (byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4), text.count)
          append(text[index..<end])
          index = end
        }
      }
    }
    part()
  }

  /// Adds a run of ASCII: it is taken over whole, and folded in its place.
  private mutating func appendASCII(_ run: UnsafeBufferPointer<UInt8>) {
    let begin = bytes.count
    bytes += run
    let end = FoldedText.letters.withUnsafeBufferPointer { letters in
      bytes.withUnsafeMutableBufferPointer { bytes in
        var end = begin
        var last = begin > 0 ? bytes[begin - 1] : 0
        for place in begin..<bytes.count {
          let letter = letters[Int(bytes[place])]
          if letter == 0x20, last == 0x20 { continue }
          bytes[end] = letter
          last = letter
          end += 1
        }
        return end
      }
    }
    bytes.removeLast(bytes.count - end)
  }

  /// Adds one scalar beyond ASCII.
  private mutating func append(_ encoded: Slice<UnsafeBufferPointer<UInt8>>) {
    guard let scalar = String(decoding: encoded, as: UTF8.self).unicodeScalars.first else { return }
    let letters = known[scalar] ?? FoldedText.folded(scalar)
    known[scalar] = letters
    if letters == [0x20] { part() } else { bytes += letters }
  }

  /// What each ASCII character becomes: a small letter, a digit, or a blank.
  private static let letters: [UInt8] = (0..<0x80 as Range<UInt8>).map { byte in
    switch byte {
    case 0x61...0x7A, 0x30...0x39: byte
    case 0x41...0x5A: byte + 0x20
    default: 0x20
    }
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
