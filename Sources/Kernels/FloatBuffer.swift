import CKernels

/// A block of 32-bit floats in memory of its own, aligned to 64 bytes (a cache line, a vector register), freed with its last owner.
///
/// What a plan computes in. A slice shares its parent's memory and keeps it alive. Every access is checked against the count.
public final class FloatBuffer {
  /// How many floats it holds.
  public let count: Int
  private let memory: UnsafeMutablePointer<Float>
  private let parent: FloatBuffer?
  // The bytes that the system gave as zeros; 0 where the memory is of another kind.
  private let zeroedBytes: Int
  // Where it reads while it stands for an array, and how many floats there are from that place.
  private var lent: (start: UnsafeMutablePointer<Float>, count: Int)?
  // The rows that were gathered last; kept for its memory.
  private var rowNumbers: [Int] = []

  /// A buffer filled with one number.
  public init(count: Int, filledWith value: Float = 0) {
    precondition(count >= 0, "a buffer of \(count) floats")
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    self.count = count
    parent = nil
    // Zeros of the system cost nothing until they are touched, which the threads do together.
    if value == 0, bytes >= FloatBuffer.largeBytes, let zeros = gradus_zeroed(bytes) {
      memory = zeros.bindMemory(to: Float.self, capacity: count)
      zeroedBytes = bytes
      return
    }
    zeroedBytes = 0
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    gradus_prefer_large_pages(raw, bytes)
    memory = raw.initializeMemory(as: Float.self, repeating: value, count: max(count, 1))
  }

  // From here on a buffer of zeros has pages of its own.
  private static let largeBytes = 8 << 20

  /// The floats `range` of another buffer.
  public init(_ range: Range<Int>, of parent: FloatBuffer) {
    precondition(range.lowerBound >= 0 && range.upperBound <= parent.count, "the slice \(range) of \(parent.count) floats")
    memory = parent.memory + range.lowerBound
    count = range.count
    zeroedBytes = 0
    self.parent = parent
  }

  deinit {
    if zeroedBytes > 0 {
      gradus_give_back(memory, zeroedBytes)
    } else if parent == nil {
      UnsafeMutableRawPointer(memory).deallocate()
    }
  }

  var pointer: UnsafeMutablePointer<Float> {
    if let lent { return lent.start }
    return memory
  }

  /// Stands for parts of an array while `body` runs, which says with `move` at which value the part begins: its floats are read where they
  /// are, and nothing is copied. Nobody may write to it meanwhile, and a slice of it still has the buffer's own memory.
  public func standing<Result>(for values: [Float], _ body: (_ move: (Int) -> Void) throws -> Result) rethrows -> Result {
    precondition(parent == nil && lent == nil, "a slice, or a buffer that stands for an array already, is lent")
    defer { lent = nil }
    return try values.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return try body { _ in } }
      return try body { place in
        precondition(place >= 0 && place <= source.count, "place \(place) of \(source.count) values")
        lent = (UnsafeMutablePointer(mutating: base + place), source.count - place)
      }
    }
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
    return Array(unsafeUninitializedCapacity: length) { values, filled in
      filled = length
      guard let base = values.baseAddress else { return }
      gradus_prefer_large_pages(base, length * MemoryLayout<Float>.stride)
      gradus_copy(length, pointer, base)
    }
  }

  /// Copies values to the start of the buffer.
  public func load(_ values: [Float]) {
    precondition(values.count <= count, "\(values.count) values into \(count) floats")
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { gradus_copy(source.count, base, pointer) }
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
    // Loops over an index, because in a debug build an iterator would allocate.
    rowNumbers.removeAll(keepingCapacity: true)
    var place = rows.startIndex
    while place < rows.endIndex {
      let row = rows[place]
      precondition(row >= 0 && (row + 1) * width <= values.count, "row \(row) of \(values.count / max(width, 1))")
      rowNumbers.append(row)
      place += 1
    }
    gradus_gather(rowNumbers.count, width, rowNumbers, values, pointer)
  }

  /// Copies values to the start of the buffer, beginning at a place of an array.
  public func copy(_ values: [Float], from place: Int, count length: Int) {
    precondition(length >= 0 && length <= count && place >= 0 && place + length <= values.count, "\(length) values from \(place)")
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { gradus_copy(length, base + place, pointer) }
    }
  }

  /// Fills the first `count` floats with one number.
  public func fill(_ value: Float, count length: Int? = nil) {
    precondition((length ?? count) <= count, "\(length ?? count) of \(count) floats")
    pointer.update(repeating: value, count: length ?? count)
  }

  /// The pointer, once it is sure that `needed` floats are there.
  func checked(_ needed: Int) -> UnsafeMutablePointer<Float> {
    var held = count
    if let lent { held = min(held, lent.count) }
    precondition(needed >= 0 && needed <= held, "\(needed) of \(held) floats")
    return pointer
  }
}
