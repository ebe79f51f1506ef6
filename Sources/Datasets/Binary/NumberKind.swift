/// The kinds of numbers that binary files hold, and how they become floats.
struct NumberKind: Equatable {
  /// What the bits of a number mean.
  enum Meaning { case truth, unsigned, signed, float }

  let meaning: Meaning
  /// The bytes of a number: 1, 2, 4 or 8.
  let bytes: Int
  /// Whether the most significant byte comes first.
  let isBigEndian: Bool

  /// Whether the numbers are whole.
  var isWhole: Bool { meaning != .float }

  /// Whether the numbers are bytes, as the intensities of an image are.
  var isByte: Bool { meaning == .unsigned && bytes == 1 }

  /// Turns the numbers of a buffer into floats, as many as there is room for.
  ///
  /// - Precondition: the source holds that many numbers.
  func decode(_ source: UnsafeRawBufferPointer, into floats: UnsafeMutableBufferPointer<Float>) {
    precondition(source.count >= floats.count * bytes, "\(source.count) bytes for \(floats.count) numbers of \(bytes)")
    switch (meaning, bytes) {
    case (.truth, _): for i in floats.indices { floats[i] = source[i] == 0 ? 0 : 1 }
    case (.unsigned, 1): for i in floats.indices { floats[i] = Float(source[i]) }
    case (.unsigned, 2): decode(UInt16.self, source, into: floats)
    case (.unsigned, 4): decode(UInt32.self, source, into: floats)
    case (.unsigned, _): decode(UInt64.self, source, into: floats)
    case (.signed, 1): for i in floats.indices { floats[i] = Float(Int8(bitPattern: source[i])) }
    case (.signed, 2): decode(Int16.self, source, into: floats)
    case (.signed, 4): decode(Int32.self, source, into: floats)
    case (.signed, _): decode(Int64.self, source, into: floats)
    case (.float, 4): for i in floats.indices { floats[i] = Float(bitPattern: word(UInt32.self, source, i)) }
    case (.float, _): for i in floats.indices { floats[i] = Float(Double(bitPattern: word(UInt64.self, source, i))) }
    }
  }

  private func decode<Whole: FixedWidthInteger>(
    _ type: Whole.Type, _ source: UnsafeRawBufferPointer, into floats: UnsafeMutableBufferPointer<Float>
  ) {
    for i in floats.indices { floats[i] = Float(word(type, source, i)) }
  }

  private func word<Whole: FixedWidthInteger>(_ type: Whole.Type, _ source: UnsafeRawBufferPointer, _ i: Int) -> Whole {
    let raw = source.loadUnaligned(fromByteOffset: i * MemoryLayout<Whole>.size, as: Whole.self)
    return isBigEndian ? Whole(bigEndian: raw) : Whole(littleEndian: raw)
  }
}
