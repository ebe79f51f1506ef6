/// Text from a deck, a data file or a file's name, made safe for a terminal.
///
/// No control character reaches the terminal: C0 characters and DEL become their Unicode pictures (ESC is `␛`), and C1 characters, marks
/// that change the direction of writing and characters that cannot be seen become their code, `‹U+202E›`. A tab becomes blanks up to the next
/// multiple of four, `\r\n` a line feed, a soft hyphen nothing. Marks that combine are kept up to four on one character.
///
/// - Parameters:
///   - text: what somebody else wrote.
///   - keepingLines: whether a line feed stays; else it becomes a blank.
/// - Returns: text that holds no control character but, where asked for, `\n`.
public func sanitized(_ text: String, keepingLines: Bool = false) -> String {
  // Plain ASCII without controls, which is nearly all text, is returned as it is.
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  var result = String.UnicodeScalarView()
  var column = 0
  var marks = 0
  var scalars = text.unicodeScalars[...]
  while let scalar = scalars.popFirst() {
    marks = scalar.properties.generalCategory == .nonspacingMark ? marks + 1 : 0
    switch scalar.value {
    case 0x09:
      let blanks = 4 - column % 4
      result.append(contentsOf: repeatElement(" ", count: blanks))
      column += blanks
      continue
    case 0x0A, 0x2028, 0x2029:
      result.append(keepingLines ? "\n" : " ")
      column = 0
      continue
    case 0x0D where scalars.first == "\n", 0xAD: continue
    case 0x00..<0x20: result.append(scalar.picture)
    case 0x7F: result.append("\u{2421}")
    case _ where scalar.isHarmful: result.append(contentsOf: "‹U+\(hexadecimal(scalar.value))›".unicodeScalars)
    case _ where marks > 4: continue
    default: result.append(scalar)
    }
    column += max(scalar.cellWidth, 1)
  }
  return String(result)
}

/// Four hexadecimal digits, or as many as the code needs.
private func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

extension Unicode.Scalar {
  /// The visible picture of a C0 control character: U+2400 and its code.
  fileprivate var picture: Unicode.Scalar { Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}" }

  /// Whether a terminal or a reader could be deceived by this scalar.
  fileprivate var isHarmful: Bool {
    switch value {
    case 0x80...0x9F: true  // C1: a terminal may take U+009B for ESC [
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F: true  // direction of writing
    case 0x200B, 0x2060...0x2064, 0xFEFF, 0xFFF9...0xFFFB, 0x180E, 0xE0000...0xE007F: true  // not to be seen
    default: false
    }
  }
}
