/// How many cells a terminal gives to text.
///
/// Wide are East Asian wide and full-width characters and emoji; marks that combine with the character before them take no cell.
/// Source: the ranges of Unicode's EastAsianWidth.txt with value W or F, joined where nothing lies between them.
extension Character {
  /// The cells that this character takes: 0, 1 or 2, and more only for clusters of several letters.
  public var cellWidth: Int {
    let scalars = unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.value < 0x7F { return first.value < 0x20 ? 0 : (scalars.count == 1 ? 1 : max(1, Self.emojiWidth(scalars) ?? 1)) }
    if let width = Self.emojiWidth(scalars) { return width }
    return scalars.reduce(0) { $0 + $1.cellWidth }
  }

  /// Two cells for a sequence that is shown as one emoji, nil for everything else.
  private static func emojiWidth(_ scalars: String.UnicodeScalarView) -> Int? {
    guard scalars.count > 1, let first = scalars.first else { return nil }
    let asPicture = scalars.contains { $0.value == 0xFE0F || $0.value == 0x20E3 }
    let isFlag = (0x1F1E6...0x1F1FF).contains(first.value)
    return asPicture || isFlag || first.properties.isEmojiPresentation ? 2 : nil
  }
}

extension Unicode.Scalar {
  /// The cells that this scalar takes when it stands alone: 0, 1 or 2.
  var cellWidth: Int {
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1 }
    if (0x1160...0x11FF).contains(value) { return 0 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    return value >= 0x1100 && Self.wideRanges.contains { $0.contains(value) } ? 2 : 1
  }

  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3, 0x25FD...0x25FE,
    0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE,
    0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA, 0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA,
    0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755,
    0x2757...0x2757, 0x2795...0x2797, 0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55,
    0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F004...0x1F004,
    0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F335, 0x1F337...0x1F37C,
    0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E,
    0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E, 0x1F550...0x1F567, 0x1F57A...0x1F57A,
    0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2,
    0x1F6D5...0x1F6D7, 0x1F6DC...0x1F6DF, 0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7EB, 0x1F7F0...0x1F7F0,
    0x1F90C...0x1F93A, 0x1F93C...0x1F945, 0x1F947...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}

extension StringProtocol {
  /// The cells that this text takes on one line; terminal escape sequences take none.
  public var cellWidth: Int {
    // Most text is ASCII: count bytes and leave.
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
    return withoutEscapes.reduce(0) { $0 + $1.cellWidth }
  }

  /// This text without the escape sequences (CSI and OSC) that style it.
  public var withoutEscapes: String {
    guard unicodeScalars.contains("\u{1B}") else { return String(self) }
    var kept = String.UnicodeScalarView()
    var rest = unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}" else {
        kept.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "[": while let part = rest.popFirst(), !(0x40...0x7E).contains(part.value) {}
      case "]":
        while let part = rest.popFirst(), part != "\u{07}" {
          if part == "\u{1B}" {
            _ = rest.popFirst()
            break
          }
        }
      default: break
      }
    }
    return String(kept)
  }

  /// The longest beginning of this text that fits into `width` cells, with `mark` at its end when something was left off.
  public func truncated(to width: Int, mark: String = "…") -> String {
    guard cellWidth > width else { return String(self) }
    let room = width - mark.cellWidth
    guard room >= 0 else { return "" }
    var kept = ""
    var used = 0
    for character in self {
      used += character.cellWidth
      if used > room { break }
      kept.append(character)
    }
    return kept + mark
  }

  /// This text filled with blanks to `width` cells; longer text stays as it is.
  public func padded(to width: Int, _ alignment: Alignment = .left) -> String {
    let missing = width - cellWidth
    guard missing > 0 else { return String(self) }
    let before = alignment.blanksBefore(of: missing)
    return String(repeating: " ", count: before) + self + String(repeating: " ", count: missing - before)
  }
}

/// Where text stands in the room that it has.
public enum Alignment: Sendable, Equatable {
  /// At the left, in the middle, at the right.
  case left, centre, right

  /// How many of the blanks that fill a cell stand before the text.
  func blanksBefore(of blanks: Int) -> Int {
    switch self {
    case .left: 0
    case .centre: blanks / 2
    case .right: blanks
    }
  }
}
