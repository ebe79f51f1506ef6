/// Makes inputs out of valid ones: bits and bytes are changed, pieces cut, repeated, moved and taken from another seed, numbers replaced by
/// extreme ones, words of the format put in, brackets nested, and the text made no text.
struct Mutation: Sendable {
  /// Words that mean something to the reader.
  var words: [[UInt8]] = []
  /// What opens and closes a level, for deep nesting.
  var brackets: [(open: [UInt8], close: [UInt8])] = []
  /// Whether the seeds are text, of which numbers are digits.
  var isText = true
  /// The most bytes of an input.
  var most = 16_384

  /// Words of a text format.
  init(words: [String] = [], brackets: [(String, String)] = [], most: Int = 16_384) {
    self.words = words.map { Array($0.utf8) }
    self.brackets = brackets.map { (Array($0.utf8), Array($1.utf8)) }
    self.most = most
  }

  /// A format of bytes.
  static func binary(words: [[UInt8]] = [], most: Int = 16_384) -> Mutation {
    var mutation = Mutation(most: most)
    mutation.words = words
    mutation.isText = false
    return mutation
  }

  /// A seed after one change or several; others are what pieces are taken from.
  func changed(_ seed: [UInt8], _ others: [[UInt8]], _ random: inout Randomness) -> [UInt8] {
    var bytes = seed
    var changes = 1
    while changes < 12, !random.one(in: 2) { changes += 1 }
    // Lengths are believed by readers of bytes: half of their inputs keep them, so that what comes behind is reached.
    let keepsLength = !isText && random.one(in: 2)
    for _ in 0..<changes {
      if keepsLength { changeInPlace(&bytes, &random) } else { change(&bytes, others, &random) }
    }
    return bytes.count > most ? Array(bytes[..<most]) : bytes
  }

  private func change(_ bytes: inout [UInt8], _ others: [[UInt8]], _ random: inout Randomness) {
    switch random.below(isText ? 18 : 12) {
    case 0, 1: changeInPlace(&bytes, &random)
    case 2:
      let more = (0..<random.length(upTo: 8)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      bytes.insert(contentsOf: more, at: random.below(bytes.count + 1))
    case 3: bytes.removeSubrange(range(in: bytes, &random))
    case 4: bytes.removeSubrange(random.below(bytes.count + 1)...)
    case 5:
      let piece = bytes[range(in: bytes, &random)]
      let times = random.length(upTo: random.one(in: 8) ? 2_000 : 6)
      guard piece.count * times <= most else { return }
      bytes.insert(contentsOf: repeatElement(piece, count: times).joined(), at: random.below(bytes.count + 1))
    case 6:
      let other = random.member(of: others)
      bytes = Array(bytes[..<random.below(bytes.count + 1)]) + other[random.below(other.count + 1)...]
    case 7:
      let other = random.member(of: others)
      bytes.replaceSubrange(range(in: bytes, &random), with: other[range(in: other, &random)])
    case 8, 9:
      guard !words.isEmpty else { return replaceInteger(in: &bytes, &random) }
      let place = random.below(bytes.count + 1)
      bytes.replaceSubrange(place..<(random.one(in: 2) ? place : min(bytes.count, place + 4)), with: random.member(of: words))
    case 10, 11: isText ? replaceNumber(in: &bytes, &random) : replaceInteger(in: &bytes, &random)
    case 12, 13: replaceWord(in: &bytes, others, &random)
    case 14: shuffleLines(of: &bytes, &random)
    case 15: bytes.insert(contentsOf: random.member(of: Mutation.strange), at: random.below(bytes.count + 1))
    case 16:
      guard !brackets.isEmpty else { return replaceNumber(in: &bytes, &random) }
      nest(in: &bytes, &random)
    default: replaceNumber(in: &bytes, &random)
    }
  }

  /// A bit, a byte or a whole number.
  private func changeInPlace(_ bytes: inout [UInt8], _ random: inout Randomness) {
    guard let place = place(in: bytes, &random) else { return }
    switch random.below(isText ? 2 : 3) {
    case 0: bytes[place] ^= 1 << UInt8(random.below(8))
    case 1: bytes[place] = random.member(of: Mutation.edges)
    default: replaceInteger(in: &bytes, &random)
    }
  }

  private func place(in bytes: [UInt8], _ random: inout Randomness) -> Int? { bytes.isEmpty ? nil : random.below(bytes.count) }

  private func range(in bytes: [UInt8], _ random: inout Randomness) -> Range<Int> {
    let start = random.below(bytes.count + 1)
    return start..<min(bytes.count, start + random.length(upTo: random.one(in: 4) ? bytes.count : 16))
  }

  /// Replaces the digits at a place, or behind it, by an extreme number.
  private func replaceNumber(in bytes: inout [UInt8], _ random: inout Randomness) {
    let from = random.below(bytes.count + 1)
    guard var start = bytes[from...].firstIndex(where: Mutation.isDigit) ?? bytes.firstIndex(where: Mutation.isDigit) else { return }
    while start > 0, Mutation.isDigit(bytes[start - 1]) { start -= 1 }
    let end = bytes[start...].firstIndex { !Mutation.isDigit($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: random.member(of: Mutation.numbers))
  }

  /// Replaces 1, 2, 4 or 8 bytes by an extreme whole number, in either order.
  private func replaceInteger(in bytes: inout [UInt8], _ random: inout Randomness) {
    guard let place = place(in: bytes, &random) else { return }
    let width = random.member(of: [1, 2, 4, 8])
    let value = random.member(of: Mutation.integers)
    let little = (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    bytes.replaceSubrange(place..<min(bytes.count, place + width), with: random.one(in: 2) ? little : little.reversed())
  }

  /// Replaces a word between blanks by one of the format or of another seed.
  private func replaceWord(in bytes: inout [UInt8], _ others: [[UInt8]], _ random: inout Randomness) {
    let other = random.member(of: others)
    let new = !words.isEmpty && random.one(in: 2) ? random.member(of: words) : Array(other[word(in: other, &random)])
    bytes.replaceSubrange(word(in: bytes, &random), with: new)
  }

  private func word(in bytes: [UInt8], _ random: inout Randomness) -> Range<Int> {
    func ends(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "=") }
    let start = bytes[random.below(bytes.count + 1)...].firstIndex { !ends($0) } ?? bytes.count
    return start..<(bytes[start...].firstIndex(where: ends) ?? bytes.count)
  }

  private func shuffleLines(of bytes: inout [UInt8], _ random: inout Randomness) {
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    let (from, to) = (random.below(lines.count), random.below(lines.count))
    switch random.below(3) {
    case 0: lines.swapAt(from, to)
    case 1: lines.remove(at: from)
    default: lines.insert(lines[from], at: to)
    }
    bytes = Array(lines.joined(separator: [0x0a]))
  }

  private func nest(in bytes: inout [UInt8], _ random: inout Randomness) {
    let (open, close) = random.member(of: brackets)
    let times = random.length(upTo: random.one(in: 4) ? 4_000 : 30)
    guard (open.count + close.count) * times <= most else { return }
    let place = random.below(bytes.count + 1)
    // Now and then what was opened stays open.
    if !random.one(in: 4) { bytes.insert(contentsOf: repeatElement(close, count: times).joined(), at: place) }
    bytes.insert(contentsOf: repeatElement(open, count: times).joined(), at: place)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static let edges: [UInt8] = [0, 1, 0x09, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x27, 0x2c, 0x3b, 0x5c, 0x7f, 0x80, 0xc0, 0xff]

  private static let numbers: [[UInt8]] = [
    "0", "-0", "-1", "1", "2", "3", "7", "255", "256", "65536", "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615", "99999999999999999999999999", "1e999",
    "-1e999", "1e-999", "1e38", "1e39", "1e308", "nan", "-nan", "inf", "-inf", "infinity", "0x10", "1e", "1.", ".5", "+1", "1_000", "1,000",
    "00000000000000000001", "0.1", "0.9999999999", "-0.5", "١٢", "²", "½", "1e+05", "NaN", "1.5.2",
  ].map { Array($0.utf8) }

  private static let integers: [UInt64] = [
    0, 1, 2, 4, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000,
    0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_fff8, 0x3fff_ffff_ffff_ffff,
  ]

  /// Bytes that are no text, and texts that trip those who count characters.
  private static let strange: [[UInt8]] =
    [[0xff], [0xc2], [0xe2, 0x80], [0xf0, 0x9f], [0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0x80], [0x00]]
    + [
      "\r\n", "\r", "\u{0}", "\u{1B}[2J", "\u{9B}", "\u{FEFF}", "\u{2028}", "\u{A0}", "\u{301}", "e\u{301}", "👩‍👩‍👧", "🇫🇷", "ﷺ", "ß", "İ",
      "\u{202E}", "\u{200D}", "\u{E000}", "\u{E001}", "\u{10FFFF}", "漢字", "\t",
      String(repeating: "\u{301}", count: 40),
    ].map { Array($0.utf8) }
}
