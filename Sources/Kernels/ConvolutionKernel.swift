import CKernels
import COneDNN

/// How a window moves over an image: its size, its stride and dilation, and the zeros before and after the image, for each of the two axes.
public struct Window2D: Sendable, Equatable {
  /// The window's height and width.
  public var size: [Int]
  /// How far it moves at a time.
  public var stride: [Int]
  /// How far its cells lie apart.
  public var dilation: [Int]
  /// The rows above and the columns to the left of the image that it may reach.
  public var before: [Int]
  /// The rows below and the columns to the right.
  public var after: [Int]

  /// A window.
  public init(size: [Int], stride: [Int], dilation: [Int] = [1, 1], before: [Int] = [0, 0], after: [Int] = [0, 0]) {
    self.size = size
    self.stride = stride
    self.dilation = dilation
    self.before = before
    self.after = after
  }
}

/// Memory at the side that all kernels of a plan use in turn. It grows while kernels are made.
public final class ScratchSpace {
  private(set) var buffer = FloatBuffer(count: 0)

  /// An empty space.
  public init() {}

  func reserve(_ count: Int) {
    if count > buffer.count { buffer = FloatBuffer(count: count) }
  }
}

/// A two-dimensional convolution of images (batch, height, width, channels) through oneDNN, with its gradients.
///
/// Primitives are made once for every number of rows that occurs: a plan's batch and the smaller one at the end of an epoch. A batch whose
/// convolution takes long is done in pieces of whole images, between which the work may be ended.
public final class ConvolutionKernel {
  /// The shapes of a convolution.
  public struct Geometry: Sendable, Equatable {
    /// The images: height, width, channels.
    public var input: [Int]
    /// The results: height, width, filters.
    public var output: [Int]
    /// The window.
    public var window: Window2D
    /// Whether each channel is convolved on its own: a kernel (height, width, channels, filters / channels).
    public var isDepthwise: Bool

    /// Shapes that belong together.
    public init(input: [Int], output: [Int], window: Window2D, isDepthwise: Bool = false) {
      self.input = input
      self.output = output
      self.window = window
      self.isDepthwise = isDepthwise
    }

    /// The multiplications of one image.
    var multiplications: Int {
      output[0] * output[1] * output[2] * window.size[0] * window.size[1] * (isDepthwise ? 1 : input[2])
    }

    var kernelCount: Int {
      window.size[0] * window.size[1] * (isDepthwise ? output[2] : input[2] * output[2])
    }
  }

  /// The arrays: nil stands for what is not there, or not asked for. x, y, dy and dx hold whole batches.
  public struct Arrays {
    /// The images.
    public var x: FloatBuffer?
    /// The kernel.
    public var w: FloatBuffer
    /// The bias.
    public var b: FloatBuffer?
    /// The results.
    public var y: FloatBuffer?
    /// The loss's gradient by the results.
    public var dy: FloatBuffer?
    /// The loss's gradient by the images.
    public var dx: FloatBuffer?
    /// The loss's gradient by the kernel.
    public var dw: FloatBuffer?
    /// The loss's gradient by the bias.
    public var db: FloatBuffer?

    /// The arrays of a convolution.
    public init(
      x: FloatBuffer?, w: FloatBuffer, b: FloatBuffer? = nil, y: FloatBuffer?, dy: FloatBuffer? = nil, dx: FloatBuffer? = nil,
      dw: FloatBuffer? = nil, db: FloatBuffer? = nil
    ) {
      (self.x, self.w, self.b, self.y, self.dy, self.dx, self.dw, self.db) = (x, w, b, y, dy, dx, dw, db)
    }
  }

  private struct Primitives {
    let rows: Int
    let handle: OpaquePointer
    // The version of the kernel that each pass has brought into its own layout.
    var forwardVersion: Int?
    var dataVersion: Int?
  }

  /// Convolutions of more multiplications are shared among the threads.
  static let smallestShared = 1 << 20
  /// A piece has at most so many multiplications, or one image: some 20 ms of two Zen 4 cores.
  static let largestPiece = 1 << 31

  private let geometry: Geometry
  private let arrays: Arrays
  private let appliesReLU: Bool
  private let scratch: ScratchSpace
  private var made: [Primitives] = []
  // What a piece finds of the gradients by kernel and bias, before it is added to the others'.
  private var partialKernel: FloatBuffer?
  private var partialBias: FloatBuffer?

  /// A convolution between arrays that stay where they are. With `appliesReLU`, y = relu(x * w + b).
  public init(_ geometry: Geometry, _ arrays: Arrays, appliesReLU: Bool = false, scratch: ScratchSpace) {
    self.geometry = geometry
    self.arrays = arrays
    self.appliesReLU = appliesReLU
    self.scratch = scratch
  }

  deinit {
    for primitives in made { gradus_onednn_convolution_destroy(primitives.handle) }
  }

  /// y = x * w + b for the first `rows` images. `version` is a number that changes when w does; `between` is called between pieces.
  public func forward(rows: Int, version: Int, between: () throws -> Void = {}) throws {
    try inPieces(rows, between) { first, count in
      let index = try primitives(count)
      let isFresh = made[index].forwardVersion != version
      made[index].forwardVersion = version
      let x = part(arrays.x, geometry.input, first, count), y = part(arrays.y, geometry.output, first, count)
      try run(count) { gradus_onednn_convolution_forward(made[index].handle, isFresh ? 1 : 0, x, y, scratch.buffer.pointer) }
    }
  }

  /// dx from dy and w.
  public func backwardInput(rows: Int, version: Int, between: () throws -> Void = {}) throws {
    try inPieces(rows, between) { first, count in
      let index = try primitives(count)
      let isFresh = made[index].dataVersion != version
      made[index].dataVersion = version
      let dy = part(arrays.dy, geometry.output, first, count), dx = part(arrays.dx, geometry.input, first, count)
      try run(count) { gradus_onednn_convolution_backward_data(made[index].handle, isFresh ? 1 : 0, dy, dx, scratch.buffer.pointer) }
    }
  }

  /// dw and db from x and dy.
  public func backwardKernel(rows: Int, between: () throws -> Void = {}) throws {
    guard let kernel = arrays.dw else { return }
    try inPieces(rows, between) { first, count in
      let index = try primitives(count)
      let x = part(arrays.x, geometry.input, first, count), dy = part(arrays.dy, geometry.output, first, count)
      var (dw, db) = (kernel, arrays.db)
      if first > 0 { (dw, db) = partial() }
      try run(count) {
        gradus_onednn_convolution_backward_weights(
          made[index].handle, x, dy, dw.checked(geometry.kernelCount), db?.checked(geometry.output[2]), scratch.buffer.pointer)
      }
      guard first > 0 else { return }
      Sums.add(dw, to: kernel, count: geometry.kernelCount)
      if let db, let bias = arrays.db { Sums.add(db, to: bias, count: geometry.output[2]) }
    }
  }

  private func partial() -> (kernel: FloatBuffer, bias: FloatBuffer?) {
    let kernel = partialKernel ?? FloatBuffer(count: geometry.kernelCount)
    partialKernel = kernel
    if arrays.db != nil, partialBias == nil { partialBias = FloatBuffer(count: geometry.output[2]) }
    return (kernel, partialBias)
  }

  // Whole images at a time, so that nobody waits long for the end of a piece.
  private func inPieces(_ rows: Int, _ between: () throws -> Void, _ work: (_ first: Int, _ count: Int) throws -> Void) throws {
    let piece = min(rows, max(1, ConvolutionKernel.largestPiece / max(geometry.multiplications, 1)))
    var first = 0
    while first < rows {
      if piece < rows { try between() }
      try work(first, min(piece, rows - first))
      first += piece
    }
  }

  // Where the images or results begin that a piece reads or writes, each of that shape; all of them are there.
  private func part(_ buffer: FloatBuffer?, _ shape: [Int], _ first: Int, _ count: Int) -> UnsafeMutablePointer<Float>? {
    let width = Tensor.count(of: shape)
    return buffer.map { $0.checked((first + count) * width) + first * width }
  }

  /// The names of the implementations that oneDNN takes for so many rows: "brgconv:avx512_core", ...; "ref" is its slow one.
  public func implementations(rows: Int) throws -> [String] {
    guard let names = gradus_onednn_convolution_implementations(made[try primitives(rows)].handle) else { return [] }
    return String(cString: names).split(separator: "\n").map(String.init)
  }

  private func primitives(_ rows: Int) throws -> Int {
    var index = 0
    while index < made.count {
      if made[index].rows == rows { return index }
      index += 1
    }
    // Three sizes are all that a training meets; a user who changes the number of rows at will costs no memory beyond them.
    if made.count == 4 { gradus_onednn_convolution_destroy(made.removeFirst().handle) }
    made.append(Primitives(rows: rows, handle: try make(rows)))
    return made.count - 1
  }

  private func make(_ rows: Int) throws -> OpaquePointer {
    let (input, output, window) = (geometry.input, geometry.output, geometry.window)
    var shape = gradus_convolution_shape(
      batch: rows, height: input[0], width: input[1], channels: input[2], filters: output[2], depthwise: geometry.isDepthwise ? 1 : 0,
      kernel_height: window.size[0], kernel_width: window.size[1], stride_height: window.stride[0], stride_width: window.stride[1],
      dilation_height: window.dilation[0], dilation_width: window.dilation[1], top: window.before[0], left: window.before[1],
      bottom: window.after[0], right: window.after[1], output_height: output[0], output_width: output[1])
    let images = rows * Tensor.count(of: input), results = rows * Tensor.count(of: output)
    var places = gradus_convolution_arrays(
      x: arrays.x.map { UnsafePointer($0.checked(images)) }, w: arrays.w.checked(geometry.kernelCount),
      b: arrays.b.map { UnsafePointer($0.checked(output[2])) }, y: arrays.y?.checked(results),
      dy: arrays.dy.map { UnsafePointer($0.checked(results)) }, dx: arrays.dx?.checked(images),
      dw: arrays.dw?.checked(geometry.kernelCount),
      db: arrays.db?.checked(output[2]))
    var handle: OpaquePointer?
    try run(rows) { gradus_onednn_convolution_make(&shape, &places, appliesReLU ? 1 : 0, &handle) }
    guard let handle else { throw KernelFailure.convolution(status: -1) }
    scratch.reserve(gradus_onednn_convolution_scratch(handle))
    return handle
  }

  // By one thread where waking the others, and waiting for them, would take longer than their share of the work: also while it is made,
  // because oneDNN parts the work among the threads that it then finds.
  private func run(_ rows: Int, _ work: () -> Int32) throws {
    let threads = gradus_threads()
    let isAlone = threads > 1 && rows * geometry.multiplications <= ConvolutionKernel.smallestShared
    if isAlone { gradus_set_threads(1) }
    let status = work()
    if isAlone { gradus_set_threads(threads) }
    if status != 0 { throw KernelFailure.convolution(status: Int(status)) }
  }
}
