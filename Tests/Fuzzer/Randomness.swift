/// Random numbers that a seed decides: SplitMix64.
struct Randomness: RandomNumberGenerator {
  private var state: UInt64

  /// The numbers of one input: they depend on the seed, the target and the input's number alone, so that each can be made again by itself.
  init(seed: UInt64, target: String, number: UInt64) {
    state = seed &* 0x9e37_79b9_7f4a_7c15 ^ Randomness.hash(target.utf8)
    state = next() ^ number &* 0xd134_2543_de82_ef95
    _ = next()
  }

  /// What an input itself decides, so that its bytes are all there is to know of it.
  init(of input: [UInt8]) { state = Randomness.hash(input) }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A whole number from 0 to below `bound`; 0 where the bound is none.
  mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }

  /// Whether one in so many comes up.
  mutating func one(in count: Int) -> Bool { below(count) == 0 }

  /// A member of a list.
  ///
  /// - Precondition: the list has one.
  mutating func member<Members: RandomAccessCollection>(of list: Members) -> Members.Element {
    list[list.index(list.startIndex, offsetBy: below(list.count))]
  }

  /// A length from 1, short ones more often.
  mutating func length(upTo most: Int) -> Int { 1 + below(1 + below(max(1, most))) }

  /// FNV-1a.
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
