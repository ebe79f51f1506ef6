/// The colours and marks of plots: those of Okabe and Ito, which the colour-blind tell apart, and marks that differ without colour.
enum PlotColours {
  /// The colours of curves and classes, the palest of the eight left off.
  static let series: [RGB] = [
    RGB(0x00, 0x72, 0xB2), RGB(0xD5, 0x5E, 0x00), RGB(0x00, 0x9E, 0x73), RGB(0xCC, 0x79, 0xA7), RGB(0xE6, 0x9F, 0x00),
    RGB(0x56, 0xB4, 0xE9), RGB(0x44, 0x44, 0x44),
  ]
  /// gnuplot's marks: filled circle, square, triangle, diamond, pentagon, triangle down, cross.
  static let marks = [7, 5, 9, 13, 15, 11, 2]
  /// The same in characters.
  static let letters = ["o", "x", "^", "#", "@", "%", "&"]
  /// What lines are drawn with in characters, as gnuplot's `dumb` does without colours.
  static let lines: [Character] = ["*", "#", "$", "%", "@", "&", "="]

  /// From dark to light, evenly for the eye and in grey too: the colours of viridis at nine places.
  static let rising: [RGB] = [
    RGB(0x44, 0x01, 0x54), RGB(0x47, 0x2D, 0x7B), RGB(0x3B, 0x52, 0x8B), RGB(0x2C, 0x72, 0x8E), RGB(0x21, 0x91, 0x8C),
    RGB(0x28, 0xAE, 0x80), RGB(0x5E, 0xC9, 0x62), RGB(0xAD, 0xDC, 0x30), RGB(0xFD, 0xE7, 0x25),
  ]
  /// From the colour of the first class over white to that of the second.
  private static let palelyAroundMiddle: [RGB] = [
    series[0].mixed(with: .white, 0.42), series[0].mixed(with: .white, 0.7), RGB(0xF7, 0xF7, 0xF7), series[1].mixed(with: .white, 0.7),
    series[1].mixed(with: .white, 0.42),
  ]
  /// The same in full strength, evenly darker to both ends.
  private static let stronglyAroundMiddle: [RGB] = [
    series[0].mixed(with: .black, 0.35), series[0], series[0].mixed(with: .white, 0.5), RGB(0xF7, 0xF7, 0xF7),
    series[1].mixed(with: .white, 0.5), series[1], series[1].mixed(with: .black, 0.35),
  ]
  /// The same in eleven steps out of the 256 colours of a terminal, where anything between them would be mottled.
  static let stepsAroundMiddle: [RGB] = [
    RGB(0x00, 0x5F, 0x87), RGB(0x00, 0x87, 0xAF), RGB(0x5F, 0x87, 0xAF), RGB(0x87, 0xAF, 0xD7), RGB(0xAF, 0xD7, 0xFF),
    RGB(0xEE, 0xEE, 0xEE),
    RGB(0xFF, 0xD7, 0xAF), RGB(0xFF, 0xAF, 0x5F), RGB(0xFF, 0x87, 0x00), RGB(0xD7, 0x5F, 0x00), RGB(0xAF, 0x5F, 0x00),
  ]
  /// The step at a place from 0 to 1.
  static func step(_ place: Double) -> RGB {
    stepsAroundMiddle[min(max(Int(place * Double(stepsAroundMiddle.count)), 0), stepsAroundMiddle.count - 1)]
  }

  /// The colours on both sides of a middle: pale where points stand over them.
  static func aroundMiddle(isBackground: Bool) -> [RGB] { isBackground ? palelyAroundMiddle : stronglyAroundMiddle }

  /// The colour of a group, whatever its number.
  static func series(_ group: Int) -> RGB { series[group % series.count] }
  /// What fills the region of a class: its colour, paler.
  static func region(_ group: Int) -> RGB { series(group).mixed(with: .white, 0.62) }

  /// The numbers that gnuplot's `dumb` gives these colours on a terminal with 256.
  private static let dumbNumbers = [32, 172, 36, 175, 214, 117, 247]

  /// The group of a colour that gnuplot's `dumb` has drawn with.
  static func group(ofTerminalColour number: Int) -> Int { dumbNumbers.firstIndex(of: number) ?? 0 }

  /// The colour at a place from 0 to 1 of a scale.
  static func at(_ place: Double, of scale: [RGB]) -> RGB {
    let position = min(max(place, 0), 1) * Double(scale.count - 1)
    let index = min(Int(position), scale.count - 2)
    return scale[index].mixed(with: scale[index + 1], position - Double(index))
  }
}

/// A colour of three parts from 0 to 255.
struct RGB: Sendable, Equatable {
  var red, green, blue: Int

  init(_ red: Int, _ green: Int, _ blue: Int) { (self.red, self.green, self.blue) = (red, green, blue) }

  static let white = RGB(255, 255, 255)
  static let black = RGB(0, 0, 0)

  /// `#0072B2`.
  var hexadecimal: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(part, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// The colour a part of the way to another.
  func mixed(with other: RGB, _ part: Double) -> RGB {
    func mix(_ a: Int, _ b: Int) -> Int { Int((Double(a) + (Double(b) - Double(a)) * part).rounded()) }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  /// The nearest colour of the cube and the greys of a terminal with 256 colours.
  var terminalColour: Int {
    let steps = [0, 95, 135, 175, 215, 255]
    func nearest(_ value: Int) -> Int { steps.indices.min { abs(steps[$0] - value) < abs(steps[$1] - value) } ?? 0 }
    let (r, g, b) = (nearest(red), nearest(green), nearest(blue))
    let grey = min(max((red + green + blue) / 3 - 3, 0) / 10, 23)
    let greyLevel = 8 + 10 * grey
    let cubeError = abs(steps[r] - red) + abs(steps[g] - green) + abs(steps[b] - blue)
    let greyError = abs(greyLevel - red) + abs(greyLevel - green) + abs(greyLevel - blue)
    return greyError < cubeError ? 232 + grey : 16 + 36 * r + 6 * g + b
  }
}
