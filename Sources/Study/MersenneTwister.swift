/// The Mersenne Twister MT19937 of Matsumoto and Nishimura (1998), seeded and drawn from as Python's `random.Random` does, so that a fit visits
/// the cards in the order in which py-fsrs does, and comes to the same weights.
struct MersenneTwister {
  private static let count = 624
  private static let middle = 397
  private var words = [UInt32](repeating: 0, count: MersenneTwister.count)
  private var place = MersenneTwister.count

  /// The generator that `random.Random(seed)` is.
  init(seed: UInt32) {
    // The seed as an array of one word, by init_by_array.
    words[0] = 19_650_218
    for index in 1..<Self.count { words[index] = 1_812_433_253 &* mixed(index - 1) &+ UInt32(index) }
    var index = 1
    for _ in 0..<Self.count {
      words[index] = (words[index] ^ (mixed(index - 1) &* 1_664_525)) &+ seed
      advance(&index)
    }
    for _ in 1..<Self.count {
      words[index] = (words[index] ^ (mixed(index - 1) &* 1_566_083_941)) &- UInt32(index)
      advance(&index)
    }
    words[0] = 0x8000_0000
  }

  private func mixed(_ index: Int) -> UInt32 { words[index] ^ (words[index] >> 30) }

  private mutating func advance(_ index: inout Int) {
    index += 1
    if index == Self.count {
      words[0] = words[Self.count - 1]
      index = 1
    }
  }

  /// The next 32 bits.
  mutating func next() -> UInt32 {
    if place == Self.count {
      for index in 0..<Self.count {
        let joined = (words[index] & 0x8000_0000) | (words[(index + 1) % Self.count] & 0x7fff_ffff)
        words[index] = words[(index + Self.middle) % Self.count] ^ (joined >> 1) ^ (joined & 1 == 1 ? 0x9908_b0df : 0)
      }
      place = 0
    }
    var word = words[place]
    place += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// A number from 0 to `bound` - 1, `bound` at most 2^32: as many bits as the bound has, drawn until they are below it.
  mutating func below(_ bound: Int) -> Int {
    let bits = Int.bitWidth - bound.leadingZeroBitCount
    while true {
      let drawn = Int(next() >> UInt32(32 - bits))
      if drawn < bound { return drawn }
    }
  }

  /// Shuffles in place, from the last element down.
  mutating func shuffle<Element>(_ elements: inout [Element]) {
    for index in elements.indices.dropFirst().reversed() { elements.swapAt(index, below(index + 1)) }
  }
}
