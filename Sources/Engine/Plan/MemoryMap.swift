import Kernels

/// Which values of a plan lie where, in floats; nothing is allocated.
///
/// A layer's output, in a plan that only predicts, is alive from its layer to its last reader; the loss's gradient by it, in one that trains,
/// just so on the way back. Two values may share memory when the one's last reader comes before the other's layer. And where the only reader of
/// an output is done with it before it writes the gradient by it, the gradient takes the output's place.
struct MemoryMap {
  /// Memory for several values that are never alive together.
  struct Block: Equatable {
    /// How many floats it has.
    var count: Int
    var busyUntil: Int
  }

  /// The layers whose outputs make room for the gradients by them.
  let yielded: Set<Int>
  /// The memory that outputs (or, in a plan that trains, gradients) share.
  let blocks: [Block]
  /// The block of each layer's value; nil where it needs none.
  let places: [Int?]
  /// Memory at the side for a layer whose inputs have further readers: as many blocks as a layer needs at once.
  let side: [Int]
  /// The floats of all outputs that share nothing, of the blocks and of the side.
  let count: Int

  /// - Parameters:
  ///   - reads: Which values each layer reads: -1 is the network's input.
  ///   - trains: Whether there is a way back.
  ///   - sharesMemory: False where each value is to be looked at.
  init(_ network: Network, shapes: [[Int]], inputShape: [Int], batch: Int, trains: Bool, sharesMemory: Bool) {
    let reads = network.readPlaces
    let layers = network.layers.map(\.running)
    let readers = layers.indices.map { index in reads.indices.filter { reads[$0].contains(index) } }
    let counts = shapes.map { batch * Tensor.count(of: $0) }

    var learns = [Bool](repeating: !sharesMemory, count: layers.count)
    for index in layers.indices where !learns[index] {
      let first = reads[index][0]
      let isTrained = network.layers[index].parameterSpecs(for: first < 0 ? inputShape : shapes[first]).contains(where: \.isTrainable)
      learns[index] = isTrained || reads[index].contains { $0 >= 0 && learns[$0] }
    }
    // A layer that shares its input's memory keeps it alive for its own readers.
    var last = [Int](repeating: layers.count, count: layers.count)
    for index in layers.indices.reversed() where !readers[index].isEmpty {
      last[index] = readers[index].reduce(0) { max($0, layers[$1].sharesInput ? last[$1] : $1) }
    }

    func isReleased(_ value: Int) -> Bool {
      guard readers[value].count == 1, let reader = readers[value].first, reads[reader].count == 1 else { return false }
      return layers[reader].sharesInput ? isReleased(reader) : layers[reader].releasesInput
    }
    let yielded =
      !trains || !sharesMemory
      ? [] : Set(layers.indices.filter { learns[$0] && layers[$0].yieldsOutput && !layers[$0].sharesInput && isReleased($0) })
    let sizes = layers.indices.map { index in
      layers[index].sharesInput || yielded.contains(index) || (trains && !learns[index]) ? 0 : counts[index]
    }
    (blocks, places) = MemoryMap.pack(sizes, lastReaders: last, sharesMemory: sharesMemory)
    side = trains ? MemoryMap.side(reads, counts: counts, input: batch * Tensor.count(of: inputShape)) : []
    self.yielded = yielded
    let outputs = trains ? layers.indices.reduce(0) { $0 + (layers[$1].sharesInput ? 0 : counts[$1]) } : 0
    count = outputs + blocks.reduce(0) { $0 + $1.count } + side.reduce(0, +)
  }

  /// Gives each value a block: the free one that fits best, else the largest one, which grows.
  ///
  /// - Parameters:
  ///   - sizes: How many floats each layer's value has; 0 where it needs none.
  ///   - lastReaders: The last layer that reads each value, or one past the last layer where the value has to stay.
  static func pack(_ sizes: [Int], lastReaders: [Int], sharesMemory: Bool = true) -> (blocks: [Block], places: [Int?]) {
    var blocks: [Block] = []
    let places = sizes.enumerated().map { index, size -> Int? in
      guard size > 0 else { return nil }
      let free = sharesMemory ? blocks.indices.filter { blocks[$0].busyUntil < index } : []
      let fitting = free.filter { blocks[$0].count >= size }.min { blocks[$0].count < blocks[$1].count }
      guard let place = fitting ?? free.max(by: { blocks[$0].count < blocks[$1].count }) else {
        blocks.append(Block(count: size, busyUntil: lastReaders[index]))
        return blocks.count - 1
      }
      blocks[place] = Block(count: max(blocks[place].count, size), busyUntil: lastReaders[index])
      return place
    }
    return (blocks, places)
  }

  // Each as large as the largest value that stands at its place.
  private static func side(_ reads: [[Int]], counts: [Int], input: Int) -> [Int] {
    var left: [Int: Int] = [:], sizes: [Int] = []
    for place in reads.joined() { left[place, default: 0] += 1 }
    for inputs in reads {
      var used = 0
      for place in inputs {
        left[place, default: 0] -= 1
        guard left[place] != 0 else { continue }
        let size = place < 0 ? input : counts[place]
        if used == sizes.count { sizes.append(size) } else { sizes[used] = max(sizes[used], size) }
        used += 1
      }
    }
    return sizes
  }
}
