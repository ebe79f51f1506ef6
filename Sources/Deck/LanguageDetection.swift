import Foundation

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
    for word in prose(text).split(whereSeparator: { !$0.isLetter && $0 != "'" && $0 != "’" }) {
      let word = word.lowercased().replacing("’", with: "'")
      let bare = elided(word)
      if let bare {
        french += 1
        if frenchWords.contains(bare) { french += 1 }
      } else if frenchWords.contains(word) {
        french += 1
      } else if englishWords.contains(word) {
        english += 1
      }
      if word.unicodeScalars.contains(where: accents.contains) { french += 1 }
    }
    return french > english ? .french : .english
  }

  /// The rest of a word after an elision, or nil where there is none.
  private static func elided(_ word: String) -> String? {
    guard let quote = word.firstIndex(of: "'"), elisions.contains(String(word[..<quote])) else { return nil }
    let rest = word[word.index(after: quote)...]
    return rest.isEmpty ? nil : String(rest)
  }

  /// The text without fenced code, code spans and mathematics.
  private static func prose(_ text: String) -> String {
    var scanner = LineScanner(file: [])
    var kept: [UInt8] = []
    let bytes = Array(text.precomposedStringWithCanonicalMapping.utf8)
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
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
    return String(decoding: kept, as: UTF8.self)
  }

  private static let accents = Set("éèêëàâçùûôîïœ".unicodeScalars)

  private static let elisions: Set<String> = ["l", "d", "c", "n", "s", "j", "m", "t", "qu", "lorsqu", "puisqu", "jusqu"]

  private static let frenchWords: Set<String> = [
    "le", "la", "les", "un", "une", "des", "du", "de", "et", "ou", "où", "est", "sont", "être", "que", "qui", "quoi", "quel", "quelle",
    "quels", "quelles", "pour", "dans", "sur", "avec", "sans", "par", "pas", "ne", "se", "ce", "cet", "cette", "ces", "il", "elle", "ils",
    "elles", "nous", "vous", "tu", "je", "au", "aux", "en", "peut", "peux", "ça", "ca", "comment", "pourquoi", "donc", "mais", "si", "leur",
    "leurs", "sa", "ses", "mon", "votre", "entre", "quand", "fait", "sert", "faut", "est-ce",
  ]

  private static let englishWords: Set<String> = [
    "the", "an", "of", "is", "are", "was", "be", "been", "to", "in", "and", "what", "which", "how", "why", "when", "where", "who", "does",
    "do",
    "did", "for", "with", "that", "this", "these", "those", "it", "it's", "its", "by", "from", "not", "can", "could", "would", "should",
    "you",
    "we", "they", "there", "if", "than", "then", "has", "have", "at", "into", "their", "your", "will", "each", "all", "between",
  ]
}
