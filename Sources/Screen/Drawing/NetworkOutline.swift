import Shell

/// A network made shorter for a drawing: a layer and the thin ones behind it as one entry, entries that repeat drawn once with a count.
struct NetworkOutline {
  /// A layer and the normalisations, activations and dropouts that follow it and nobody else reads.
  struct Entry: Equatable {
    /// The places of its layers, the main one first.
    let layers: Range<Int>
    /// The entries that it reads.
    var reads: [Int]

    /// The place of the main layer.
    var head: Int { layers.lowerBound }
    /// The places of the thin layers behind it.
    var tail: Range<Int> { layers.lowerBound + 1..<layers.upperBound }
  }

  /// Entries that stand for several times as many.
  struct Repeat: Equatable {
    /// The entries that are drawn.
    let entries: Range<Int>
    /// How often they come one after the other.
    let count: Int
  }

  /// A connection around entries.
  struct Jump: Equatable {
    /// The places of the entries.
    let from, to: Int
  }

  /// The entries that are drawn, the input first.
  private(set) var entries: [Entry]
  /// Which of them stand for more.
  private(set) var repeats: [Repeat] = []

  /// Every layer as an entry of its own.
  init(plain facts: DrawingFacts) {
    entries = facts.layers.enumerated().map { Entry(layers: $0.offset..<$0.offset + 1, reads: $0.element.reads) }
  }

  /// The network folded.
  init(folded facts: DrawingFacts) {
    entries = NetworkOutline.grouped(facts)
    fold(facts)
  }

  /// The connections that do not go from an entry to the next one.
  var jumps: [Jump] {
    entries.enumerated().flatMap { to, entry in entry.reads.filter { $0 != to - 1 }.map { Jump(from: $0, to: to) } }
  }

  /// Whether an entry reads the one before it.
  func continues(_ index: Int) -> Bool { entries[index].reads.contains(index - 1) }

  private static func grouped(_ facts: DrawingFacts) -> [Entry] {
    var readers = [Int](repeating: 0, count: facts.layers.count)
    for edge in facts.edges { readers[edge.from] += 1 }
    var ranges: [Range<Int>] = []
    for (index, layer) in facts.layers.enumerated() {
      if let last = ranges.last, layer.isThin, facts.layers[last.lowerBound].takesTail, layer.reads == [index - 1], readers[index - 1] == 1
      {
        ranges[ranges.count - 1] = last.lowerBound..<index + 1
      } else {
        ranges.append(index..<index + 1)
      }
    }
    let entryOf = ranges.enumerated().flatMap { entry, range in range.map { _ in entry } }
    return ranges.map { range in Entry(layers: range, reads: facts.layers[range.lowerBound].reads.map { entryOf[$0] }) }
  }

  /// Looks for entries that repeat, the greatest saving first at each place.
  private mutating func fold(_ facts: DrawingFacts) {
    var start = 0
    while start < entries.count {
      var best: (length: Int, count: Int)?
      for length in 1...max(1, min(24, (entries.count - start) / 2)) {
        var count = 1
        while start + (count + 1) * length <= entries.count,
          (0..<length).allSatisfy({ looksAlike(start + $0, start + count * length + $0, facts) })
        { count += 1 }
        let saved = length * (count - 1)
        if saved >= 2, saved > best.map({ $0.length * ($0.count - 1) }) ?? 0, canFold(start, length, count) { best = (length, count) }
      }
      if let best {
        drop(after: start, best.length, best.count)
        repeats.append(Repeat(entries: start..<start + best.length, count: best.count))
      }
      start += best?.length ?? 1
    }
  }

  private func looksAlike(_ first: Int, _ second: Int, _ facts: DrawingFacts) -> Bool {
    let (left, right) = (entries[first], entries[second])
    guard left.layers.count == right.layers.count, left.reads.map({ first - $0 }) == right.reads.map({ second - $0 }) else { return false }
    return zip(left.layers, right.layers).allSatisfy { facts.layers[$0].looks(like: facts.layers[$1]) }
  }

  /// Whether what follows reads only the last repetition, and no repetition but the one before it.
  private func canFold(_ start: Int, _ length: Int, _ count: Int) -> Bool {
    let end = start + length * count
    let last = end - length
    let outside = entries[end...].flatMap(\.reads)
    let inside = entries[start..<end].enumerated().flatMap { offset, entry in entry.reads.map { start + offset - $0 } }
    return outside.allSatisfy { $0 < start || $0 >= last } && inside.allSatisfy { $0 <= 2 * length }
  }

  private mutating func drop(after start: Int, _ length: Int, _ count: Int) {
    let dropped = length * (count - 1)
    let end = start + length * count
    entries.removeSubrange(start + length..<end)
    for index in entries.indices.dropFirst(start + length) {
      // What read the last repetition reads the one that is drawn.
      entries[index].reads = entries[index].reads.map { $0 >= end - length ? $0 - dropped : $0 }
    }
  }
}

extension DrawingFacts.Layer {
  /// Whether it is drawn as a thin line behind the layer that it follows.
  fileprivate var isThin: Bool { [.normalization, .activation, .regularization].contains(family) }
  /// Whether thin layers may be drawn with it.
  fileprivate var takesTail: Bool { [.dense, .convolution, .join, .pooling].contains(family) }

  fileprivate func looks(like other: DrawingFacts.Layer) -> Bool {
    kind == other.kind && shape == other.shape && parameters == other.parameters && activation == other.activation
      && window == other.window && isFrozen == other.isFrozen
  }
}
