/// Tells English from French by the small words that no sentence does without.
///
/// Words are counted outside code and mathematics: one point for a function word of a language, one for French elision (`l'`, `qu'`), one for
/// a word with a French accent. The greater sum wins, English at a draw. Words that both languages write alike (a, on, or, plus, son) count
/// for neither.
enum LanguageDetection {
  /// The language of Markdown text.
  static func language(of text: String) -> ProseLanguage {
    var french = 0
    var english = 0
    var word: [UInt8] = []
    var isAccented = false
    let bytes = prose(text) + [0x20]
    var index = 0
    while index < bytes.count {
      let (letter, length) = letter(in: bytes, at: index)
      index += length
      switch letter {
      case .plain(let byte): word.append(byte)
      case .accented:
        isAccented = true
        word += bytes[index - length..<index]
      case .apostrophe where elisions.contains(String(decoding: word, as: UTF8.self)):
        french += 1
        word = []
      case .apostrophe, .none:
        let name = String(decoding: word, as: UTF8.self)
        if frenchWords.contains(name) { french += 1 } else if englishWords.contains(name) { english += 1 }
        if isAccented { french += 1 }
        word.removeAll(keepingCapacity: true)
        isAccented = false
      }
    }
    return french > english ? .french : .english
  }

  private enum Letter { case plain(UInt8), accented, apostrophe, none }

  /// The letter at an index, ASCII ones in lower case, and its length in bytes.
  private static func letter(in bytes: [UInt8], at index: Int) -> (Letter, length: Int) {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return (.plain(byte + 0x20), 1)
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return (.plain(byte), 1)
    case UInt8(ascii: "'"): return (.apostrophe, 1)
    case ..<0xC0: return (.none, 1)
    default: break
    }
    let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    guard index + length <= bytes.count else { return (.none, 1) }
    let next = bytes[index + 1]
    switch byte {
    case 0xC3:
      // U+00C0...U+00FF, where a capital lies 0x20 before its small letter: only the accents of French count.
      return ("àâçèéêëîïôùû".utf8.contains(next | 0x20) ? .accented : .plain(0x3F), 2)
    case 0xC5: return (next == 0x92 || next == 0x93 ? .accented : .plain(0x3F), 2)
    // Marks that stand for themselves after their letter: grave, acute, circumflex, diaeresis, cedilla.
    case 0xCC: return ([0x80, 0x81, 0x82, 0x88, 0xA7].contains(next) ? .accented : .plain(0x3F), 2)
    case 0xE2: return (next == 0x80 && bytes[index + 2] == 0x99 ? .apostrophe : .none, 3)
    case 0xC2: return (.none, 2)
    default: return (.plain(0x3F), length)
    }
  }

  /// The text without fenced code, code spans and mathematics.
  private static func prose(_ text: String) -> [UInt8] {
    var scanner = LineScanner(file: [])
    var reader = LineReader(Array(text.utf8)[...])
    var kept: [UInt8] = []
    while let (line, number) = reader.next() {
      let scanned = scanner.scan(line, number: number)
      guard scanned.kind != .code, scanned.kind != .fenceEnd, scanned.opens == nil else { continue }
      var hidden: UInt8?
      for byte in scanned.text {
        if let mark = hidden {
          if byte == mark { hidden = nil }
        } else if byte == UInt8(ascii: "`") || byte == UInt8(ascii: "$") {
          hidden = byte
        } else {
          kept.append(byte)
        }
      }
      kept.append(0x0A)
    }
    return kept
  }

  private static let elisions: Set<String> = ["l", "d", "c", "n", "s", "j", "m", "t", "qu", "lorsqu", "puisqu", "jusqu"]

  private static let frenchWords: Set<String> = [
    "le", "la", "les", "un", "une", "des", "du", "de", "et", "ou", "où", "est", "sont", "être", "que", "qui", "quoi", "quel", "quelle",
    "quels", "quelles", "pour", "dans", "sur", "avec", "sans", "par", "pas", "ne", "se", "ce", "cet", "cette", "ces", "il", "elle", "ils",
    "elles", "nous", "vous", "tu", "je", "au", "aux", "en", "peut", "peux", "ça", "ca", "comment", "pourquoi", "donc", "mais", "si", "leur",
    "leurs", "sa", "ses", "mon", "votre", "entre", "quand", "fait", "sert", "faut",
  ]

  private static let englishWords: Set<String> = [
    "the", "an", "of", "is", "are", "was", "be", "been", "to", "in", "and", "what", "which", "how", "why", "when", "where", "who", "does",
    "do",
    "did", "for", "with", "that", "this", "these", "those", "it", "its", "by", "from", "not", "can", "could", "would", "should",
    "you",
    "we", "they", "there", "if", "than", "then", "has", "have", "at", "into", "their", "your", "will", "each", "all", "between",
  ]
}
