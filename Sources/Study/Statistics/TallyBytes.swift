import Foundation

// A tally as bytes, so that it can be kept: their version, whole numbers in eight bytes, little-endian, texts after their length. The cards are most of it, about a
// hundred bytes each.

extension ReviewTally {
  /// Raised whenever the bytes, or what is counted into them, come to mean something else.
  private static let version = 2

  /// The tally as bytes.
  public var bytes: [UInt8] {
    var writer = TallyWriter()
    writer.bytes.reserveCapacity(110 * cards.count + 80 * days.count)
    writer.write(ReviewTally.version)
    writer.write(days.count)
    for (number, day) in days {
      for value in [number, day.reviews, day.time, day.timedReviews] + day.grades { writer.write(value) }
      writer.write(day.recall)
    }
    writer.write(modes.count)
    for mode in modes.values {
      writer.write(mode.name != nil ? 1 : 0)
      writer.write(mode.name ?? "")
      writer.write(mode.reviews)
      writer.write(mode.time)
      writer.write(mode.recall)
    }
    writer.write(cards.count)
    for (id, card) in cards {
      writer.write(id)
      writer.write(card.reviews)
      writer.write(card.lapses)
      writer.write(card.wasForgotten ? 1 : 0)
      writer.write(card.recall)
      writer.write(card.state)
    }
    writer.write(overtaken.count)
    for (id, state) in overtaken {
      writer.write(id)
      writer.write(state)
    }
    writer.write(TallyReader.checksum(of: writer.bytes[...]))
    return writer.bytes
  }

  /// The tally of bytes; nil when they are none.
  public init?(bytes: [UInt8]) {
    var tally = ReviewTally()
    do {
      var reader = try TallyReader(bytes)
      guard try reader.integer() == ReviewTally.version else { return nil }
      for _ in 0..<(try reader.count()) {
        let number = try reader.integer(in: -10_000_000...10_000_000)
        var day = Day()
        (day.reviews, day.time, day.timedReviews) = (try reader.amount(), try reader.amount(), try reader.amount())
        for grade in day.grades.indices { day.grades[grade] = try reader.amount() }
        day.recall = try reader.recall()
        tally.days[number] = day
      }
      for _ in 0..<(try reader.count()) {
        let hasName = try reader.integer() != 0
        let name = try reader.text()
        var mode = ModeStatistics(name: hasName ? name : nil)
        (mode.reviews, mode.time) = (try reader.amount(), try reader.amount())
        mode.recall = try reader.recall()
        tally.modes[mode.name] = mode
      }
      let count = try reader.count()
      tally.cards.reserveCapacity(count)
      for _ in 0..<count {
        let id = try reader.text()
        var card = CardHistory()
        (card.reviews, card.lapses, card.wasForgotten) = (try reader.amount(), try reader.amount(), try reader.integer() != 0)
        card.recall = try reader.recall()
        card.state = try reader.state()
        tally.cards[id] = card
      }
      for _ in 0..<(try reader.count()) {
        let id = try reader.text()
        tally.overtaken[id] = try reader.state()
      }
      guard reader.isAtEnd else { return nil }
    } catch {
      return nil
    }
    self = tally
  }
}

private struct TallyWriter {
  var bytes: [UInt8] = []

  mutating func write(_ value: Int) { withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) } }
  mutating func write(_ value: Double) { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
  mutating func write(_ text: String) {
    write(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }
  mutating func write(_ state: CardState) {
    write(CardState.Phase.allCases.firstIndex(of: state.phase) ?? 0)
    write(state.step)
    write(state.memory?.stability ?? .nan)
    write(state.memory?.difficulty ?? .nan)
    write(state.due?.timeIntervalSinceReferenceDate ?? .nan)
    write(state.lastReview?.timeIntervalSinceReferenceDate ?? .nan)
  }
  mutating func write(_ recall: Recall) {
    write(recall.asked)
    write(recall.recalled)
    write(recall.sum)
  }
}

private struct TallyReader {
  /// The bytes are no tally.
  struct Damaged: Error {}

  private var bytes: ArraySlice<UInt8>
  private var place = 0

  /// Reads bytes that end in their checksum: numbers that were damaged on the disk must not be added up.
  init(_ bytes: [UInt8]) throws(Damaged) {
    self.bytes = bytes[...]
    guard bytes.count >= 8 else { throw Damaged() }
    place = bytes.count - 8
    let sum = try integer()
    self.bytes = bytes.dropLast(8)
    place = 0
    guard sum == TallyReader.checksum(of: self.bytes) else { throw Damaged() }
  }

  /// FNV-1a, of words of eight bytes in the place of bytes.
  static func checksum(of bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBytes { bytes in
      var sum: UInt64 = 0xcbf2_9ce4_8422_2325
      for place in stride(from: 0, to: bytes.count, by: 8) {
        var word: UInt64 = 0
        withUnsafeMutableBytes(of: &word) {
          $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[place..<min(place + 8, bytes.count)]))
        }
        sum = (sum ^ UInt64(littleEndian: word)) &* 0x100_0000_01b3
      }
      return Int(Int64(bitPattern: sum))
    }
  }

  var isAtEnd: Bool { place == bytes.count }

  mutating func integer() throws(Damaged) -> Int {
    guard bytes.count - place >= 8 else { throw Damaged() }
    let value = bytes.withUnsafeBytes { Int64(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Int64.self)) }
    place += 8
    return Int(value)
  }

  mutating func integer(in range: ClosedRange<Int>) throws(Damaged) -> Int {
    let value = try integer()
    guard range.contains(value) else { throw Damaged() }
    return value
  }

  /// Reviews or milliseconds: so many that even the sum of all days cannot overflow.
  mutating func amount() throws(Damaged) -> Int { try integer(in: 0...1 << 40) }

  /// A number of things, each of eight bytes or more.
  mutating func count() throws(Damaged) -> Int {
    let value = try integer()
    guard (0...(bytes.count - place) / 8).contains(value) else { throw Damaged() }
    return value
  }

  mutating func number() throws(Damaged) -> Double { Double(bitPattern: UInt64(bitPattern: Int64(try integer()))) }

  mutating func text() throws(Damaged) -> String {
    let length = try integer()
    guard (0...bytes.count - place).contains(length) else { throw Damaged() }
    defer { place += length }
    return String(decoding: bytes[place..<place + length], as: UTF8.self)
  }

  mutating func recall() throws(Damaged) -> Recall {
    var recall = Recall()
    (recall.asked, recall.recalled) = (try amount(), try amount())
    recall.sum = try number()
    return recall
  }

  mutating func state() throws(Damaged) -> CardState {
    let phase = try integer()
    guard CardState.Phase.allCases.indices.contains(phase) else { throw Damaged() }
    let step = try integer(in: 0...Int.max)
    let (stability, difficulty) = (try number(), try number())
    let (due, lastReview) = (try number(), try number())
    // No number is none.
    guard stability.isNaN || stability > 0 && stability.isFinite && (1...10).contains(difficulty) else { throw Damaged() }
    return CardState(
      phase: CardState.Phase.allCases[phase], step: step,
      memory: stability.isNaN ? nil : MemoryState(stability: stability, difficulty: difficulty),
      due: due.isNaN ? nil : Date(timeIntervalSinceReferenceDate: due),
      lastReview: lastReview.isNaN ? nil : Date(timeIntervalSinceReferenceDate: lastReview))
  }
}
