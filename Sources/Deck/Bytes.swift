/// Text as UTF-8 bytes: a deck is read once from its start to its end, a line at a time, without counting characters.
typealias Bytes = ArraySlice<UInt8>

extension ArraySlice<UInt8> {
  /// The length in bytes of the blank at an index, 0 when there is none: space, tab, and the no-break and thin spaces that French
  /// typography puts before a colon (U+00A0, U+202F, U+2009).
  func blankLength(at index: Int) -> Int {
    guard index < endIndex else { return 0 }
    switch self[index] {
    case 0x20, 0x09: return 1
    case 0xC2: return index + 1 < endIndex && self[index + 1] == 0xA0 ? 2 : 0
    case 0xE2:
      guard index + 2 < endIndex, self[index + 1] == 0x80 else { return 0 }
      return self[index + 2] == 0xAF || self[index + 2] == 0x89 ? 3 : 0
    default: return 0
    }
  }

  /// Without the blanks at the start.
  var withoutLeadingBlanks: Bytes {
    var index = startIndex
    while case let length = blankLength(at: index), length > 0 { index += length }
    return self[index...]
  }

  /// Without the blanks at the end.
  var withoutTrailingBlanks: Bytes {
    var end = endIndex
    while end > startIndex {
      let width = [1, 2, 3].first { end - $0 >= startIndex && self[..<end].blankLength(at: end - $0) == $0 }
      guard let width else { break }
      end -= width
    }
    return self[..<end]
  }

  /// Without blanks at either end.
  var trimmed: Bytes { withoutLeadingBlanks.withoutTrailingBlanks }

  /// Whether the line shows nothing.
  var isBlank: Bool { withoutLeadingBlanks.isEmpty }

  /// The bytes as text.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// Whether the ASCII word stands at an index.
  func holds(_ word: StaticString, at index: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index >= startIndex, index + count <= endIndex else { return false }
    for offset in 0..<count where self[index + offset] != word.utf8Start[offset] { return false }
    return true
  }

  /// The place of the first `word` at or after an index.
  func firstIndex(of word: StaticString, from index: Int) -> Int? {
    var index = index
    let first = word.utf8Start[0]
    while index < endIndex {
      guard let next = self[index...].firstIndex(of: first) else { return nil }
      if holds(word, at: next) { return next }
      index = next + 1
    }
    return nil
  }

  /// The indentation in columns (a tab reaches the next multiple of four) and the index after it.
  func indentation(from column: Int = 0) -> (columns: Int, index: Int) {
    var columns = column
    var index = startIndex
    while index < endIndex {
      if self[index] == 0x20 {
        columns += 1
      } else if self[index] == 0x09 {
        columns += 4 - columns % 4
      } else {
        break
      }
      index += 1
    }
    return (columns, index)
  }
}
