import Foundation

/// How a card is known: by what it asks, not by where it stands or how it is answered.
///
/// `id = first 12 hexadecimal digits of SHA-256(category ␟ topic ␟ question)`, each part normalised: canonical composition (NFC), lower
/// case, every run of blanks and control characters one space, none at the ends. The separator is U+001F, a control character, so no
/// part can hold it. Mending an answer keeps the id, and so the history of its reviews.
public enum CardIdentity {
  /// The length of an id in hexadecimal digits.
  public static let length = 12

  /// The id of the card that asks this.
  public static func id(category: String, topic: String, question: String) -> String {
    let parts = [category, topic, question].map(normalised)
    return String(SHA256.hexadecimal(of: Array(parts.joined(separator: "\u{1F}").utf8)).prefix(length))
  }

  /// The text that the id is made of: NFC, lower case, blank runs collapsed.
  public static func normalised(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      for byte in text.utf8 {
        if byte <= 0x20 || byte == 0x7F {
          if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
        } else {
          bytes.append((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
        }
      }
      if bytes.last == 0x20 { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    }
    // Composition after the change of case: lowering a letter can leave a mark behind it.
    let folded = text.lowercased().precomposedStringWithCanonicalMapping
    var result = String.UnicodeScalarView()
    for scalar in folded.unicodeScalars {
      if scalar.value <= 0x20 || scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
        if let last = result.last, last != " " { result.append(" ") }
      } else {
        result.append(scalar)
      }
    }
    if result.last == " " { result.removeLast() }
    return String(result)
  }
}
