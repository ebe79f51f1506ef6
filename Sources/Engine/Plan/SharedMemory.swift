import Kernels

/// Memory for values of which only a few are needed at a time: those that are never alive together get the same floats.
///
/// A layer's output, in a plan that only predicts, is alive from its layer to its last reader; the loss's gradient by it, in one that trains,
/// just so on the way back. Two values may share memory when the one's last reader comes before the other's layer.
struct SharedMemory {
  private let buffers: [FloatBuffer]
  private let places: [Int]

  /// - Parameters:
  ///   - sizes: How many floats each layer's value has; 0 where it needs no memory of its own.
  ///   - lastReaders: The last layer that reads each value, or one past the last layer where the value has to stay.
  init(sizes: [Int], lastReaders: [Int]) {
    var capacities: [Int] = [], busyUntil: [Int] = []
    var places: [Int] = []
    for (index, size) in sizes.enumerated() {
      guard size > 0 else {
        places.append(-1)
        continue
      }
      // The free block that fits best, else the largest one, which grows.
      let free = capacities.indices.filter { busyUntil[$0] < index }
      let fitting = free.filter { capacities[$0] >= size }.min { capacities[$0] < capacities[$1] }
      if let place = fitting ?? free.max(by: { capacities[$0] < capacities[$1] }) {
        capacities[place] = max(capacities[place], size)
        busyUntil[place] = lastReaders[index]
        places.append(place)
      } else {
        places.append(capacities.count)
        capacities.append(size)
        busyUntil.append(lastReaders[index])
      }
    }
    self.places = places
    buffers = capacities.map { FloatBuffer(count: $0) }
  }

  /// The memory of a layer's value.
  ///
  /// - Precondition: its size is not 0.
  func buffer(_ index: Int, count: Int) -> FloatBuffer { FloatBuffer(0..<count, of: buffers[places[index]]) }
}
