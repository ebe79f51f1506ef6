/// A block of 32-bit floats in memory of its own, aligned to 64 bytes (a cache line, a vector register), freed with its last owner.
///
/// What a plan computes in. A slice shares its parent's memory and keeps it alive. Every access is checked against the count.
public final class FloatBuffer {
  /// How many floats it holds.
  public let count: Int
  let pointer: UnsafeMutablePointer<Float>
  private let parent: FloatBuffer?

  /// A buffer filled with one number.
  public init(count: Int, filledWith value: Float = 0) {
    precondition(count >= 0, "a buffer of \(count) floats")
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    pointer = memory.initializeMemory(as: Float.self, repeating: value, count: max(count, 1))
    self.count = count
    parent = nil
  }

  /// The floats `range` of another buffer.
  public init(_ range: Range<Int>, of parent: FloatBuffer) {
    precondition(range.lowerBound >= 0 && range.upperBound <= parent.count, "the slice \(range) of \(parent.count) floats")
    pointer = parent.pointer + range.lowerBound
    count = range.count
    self.parent = parent
  }

  deinit {
    if parent == nil { UnsafeMutableRawPointer(pointer).deallocate() }
  }

  /// The float at a place.
  public subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "place \(index) of \(count) floats")
      return pointer[index]
    }
    set {
      precondition(index >= 0 && index < count, "place \(index) of \(count) floats")
      pointer[index] = newValue
    }
  }

  /// The first `count` values (all of them when nil).
  public func values(count wanted: Int? = nil) -> [Float] {
    let length = wanted ?? count
    precondition(length <= count, "\(length) of \(count) floats")
    return Array(UnsafeBufferPointer(start: pointer, count: length))
  }

  /// Copies values to the start of the buffer.
  public func load(_ values: [Float]) {
    precondition(values.count <= count, "\(values.count) values into \(count) floats")
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.update(from: base, count: source.count) }
    }
  }

  /// Copies another buffer's first `count` floats.
  public func copy(_ other: FloatBuffer, count length: Int) {
    precondition(length <= count && length <= other.count, "\(length) floats of \(other.count) into \(count)")
    pointer.update(from: other.pointer, count: length)
  }

  /// Copies rows of a tensor, in the order given, to the start of the buffer: a mini-batch.
  ///
  /// - Parameters:
  ///   - rows: which rows (the tensor's first axis) to take.
  ///   - width: how many values a row has.
  public func gather(_ rows: ArraySlice<Int>, of values: [Float], width: Int) {
    precondition(rows.count * width <= count, "\(rows.count) rows of \(width) into \(count) floats")
    copyRows(rows, of: values, count: values.count, width: width)
  }

  // Loops over an index, because in a debug build an iterator would allocate; so would a closure around the values' memory.
  private func copyRows(_ rows: ArraySlice<Int>, of values: UnsafePointer<Float>, count available: Int, width: Int) {
    var place = rows.startIndex
    var destination = pointer
    while place < rows.endIndex {
      let row = rows[place]
      precondition(row >= 0 && (row + 1) * width <= available, "row \(row) of \(available / max(width, 1))")
      destination.update(from: values + row * width, count: width)
      destination += width
      place += 1
    }
  }

  /// Fills the first `count` floats with one number.
  public func fill(_ value: Float, count length: Int? = nil) {
    precondition((length ?? count) <= count, "\(length ?? count) of \(count) floats")
    pointer.update(repeating: value, count: length ?? count)
  }

  /// The pointer, once it is sure that `needed` floats are there.
  func checked(_ needed: Int) -> UnsafeMutablePointer<Float> {
    precondition(needed >= 0 && needed <= count, "\(needed) of \(count) floats")
    return pointer
  }
}
