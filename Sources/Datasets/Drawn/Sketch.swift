import CImages
import Foundation
import Kernels

/// A point of a drawing, in units of the drawing's half height: x to the right, y downwards.
struct SketchPoint: Equatable {
  var x: Float
  var y: Float

  init(_ x: Float, _ y: Float) {
    self.x = x
    self.y = y
  }
}

/// One image while it is being drawn: lines and areas are collected in the drawing's own units, then placed, drawn and made noisy.
///
/// Every drawing gets a slant, a width, a height, a rotation and a place of its own, so that it lies whole within the image.
struct Sketch {
  /// The drawing's random numbers.
  var random: RandomSource
  private let pixels: UnsafeMutableBufferPointer<Float>
  private let options: PictureOptions
  private var points: [Float] = []
  /// Where the points of each part end.
  private var ends: [Int] = []
  /// How the parts are drawn.
  var style = Style.line(radius: 0.1)
  /// The deviation of the slant, the share of the height by which the top goes to the right.
  var slant: Float = 0
  /// Half the height of the drawing as a share of the image, from the least to the greatest.
  var halfHeight: ClosedRange<Float> = 0.28...0.42

  /// How the parts of a drawing become pixels.
  enum Style: Equatable {
    /// Lines of a radius, as a share of the image.
    case line(radius: Float)
    /// The areas within the parts, which are closed.
    case area
  }

  init(_ pixels: UnsafeMutableBufferPointer<Float>, options: PictureOptions, seed: UInt64) {
    self.pixels = pixels
    self.options = options
    random = RandomSource(seed: seed)
    points.reserveCapacity(256)
  }

  /// Adds a part that goes straight from point to point; each point is moved at random by a deviation.
  mutating func addLine(_ corners: [SketchPoint], unsteadiness: Float) {
    for corner in corners { append(corner.x + unsteadiness * random.normal(), corner.y + unsteadiness * random.normal()) }
    ends.append(points.count)
  }

  /// Adds a part that goes in a curve through points (Catmull and Rom's), each moved at random by a deviation.
  mutating func addCurve(_ knots: [SketchPoint], unsteadiness: Float, isClosed: Bool = false) {
    let moved = knots.map { SketchPoint($0.x + unsteadiness * random.normal(), $0.y + unsteadiness * random.normal()) }
    let count = moved.count
    let spans = isClosed ? count : count - 1
    let pieces = max(4, options.size / 7)
    for span in 0..<spans {
      // The ends of an open curve stand for their missing neighbours.
      let a = moved[isClosed ? (span + count - 1) % count : max(span - 1, 0)]
      let b = moved[span]
      let c = moved[(span + 1) % count]
      let d = moved[isClosed ? (span + 2) % count : min(span + 2, count - 1)]
      for piece in 0..<pieces {
        let t = Float(piece) / Float(pieces)
        append(Sketch.curve(a.x, b.x, c.x, d.x, t), Sketch.curve(a.y, b.y, c.y, d.y, t))
      }
    }
    let last = isClosed ? moved[0] : moved[count - 1]
    append(last.x, last.y)
    ends.append(points.count)
  }

  private static func curve(_ a: Float, _ b: Float, _ c: Float, _ d: Float, _ t: Float) -> Float {
    let cubic = 3 * (b - c) + d - a
    let square = 2 * a - 5 * b + 4 * c - d
    return b + 0.5 * t * (c - a + t * (square + t * cubic))
  }

  private mutating func append(_ x: Float, _ y: Float) {
    points.append(x)
    points.append(y)
  }

  /// Places the parts, draws them, and adds light and noise.
  mutating func finish() {
    place()
    let size = Int32(options.size)
    points.withUnsafeBufferPointer { points in
      guard let start = points.baseAddress else { return }
      var from = 0
      for end in ends {
        switch style {
        case .line(let radius):
          gradus_draw_line(pixels.baseAddress, size, start + from, Int32((end - from) / 2), radius * Float(size))
        case .area: gradus_fill_polygon(pixels.baseAddress, size, start + from, Int32((end - from) / 2))
        }
        from = end
      }
    }
    let background = random.uniform(0, 0.15)
    let ink = random.uniform(0.7, 1)
    gradus_finish_image(pixels.baseAddress, Int32(pixels.count), background, ink, options.noise, random.next())
  }

  /// Turns the drawing's units into pixels.
  private mutating func place() {
    let size = Float(options.size)
    let height = size * random.uniform(halfHeight.lowerBound, halfHeight.upperBound)
    let width = height * random.uniform(0.8, 1.25)
    let lean = slant * random.normal() + slant / 2
    let angle = options.rotation * .pi / 180 * random.uniform(-1, 1)
    let (cosine, sine) = (cosf(angle), sinf(angle))
    var (left, right, top, bottom) = (Float.infinity, -Float.infinity, Float.infinity, -Float.infinity)
    for i in stride(from: 0, to: points.count, by: 2) {
      let x = width * (points[i] - lean * points[i + 1])
      let y = height * points[i + 1]
      points[i] = cosine * x - sine * y
      points[i + 1] = sine * x + cosine * y
      (left, right) = (min(left, points[i]), max(right, points[i]))
      (top, bottom) = (min(top, points[i + 1]), max(bottom, points[i + 1]))
    }
    // What would not fit is made smaller; the room that is left is where it may lie.
    var border: Float = 0.5
    if case .line(let radius) = style { border += radius * size }
    let room = size - 2 * border
    let scale = min(1, room / max(right - left, 1e-6), room / max(bottom - top, 1e-6))
    let (spareX, spareY) = (room - scale * (right - left), room - scale * (bottom - top))
    // Mostly about the middle.
    let x = border + spareX * (0.5 + 0.35 * random.uniform(-1, 1))
    let y = border + spareY * (0.5 + 0.35 * random.uniform(-1, 1))
    for i in stride(from: 0, to: points.count, by: 2) {
      points[i] = x + scale * (points[i] - left)
      points[i + 1] = y + scale * (points[i + 1] - top)
    }
  }
}
