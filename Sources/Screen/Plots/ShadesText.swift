import Shell

extension Plot.Shades {
  /// What shows the pictures: colours, or characters alone.
  enum Medium { case colours, unicode, ascii }

  /// What the shades stand for, in the colours or characters of the medium.
  func words(in medium: Medium) -> String {
    func shade(_ lightness: Double, _ colour: String) -> String {
      guard medium != .colours else { return colour }
      let character = PictureCells.shade(lightness, in: medium == .unicode ? .unicode : .ascii)
      return character == " " ? "blank" : String(character)
    }
    switch self {
    case .around(let reach):
      return "\(shade(0, "blue")) \(number(-reach)), \(shade(0.5, "white")) 0, \(shade(1, "orange")) \(number(reach))"
    case .channels(let reach): return "dark \(number(-reach)), grey 0, light \(number(reach))"
    case .from0(let high): return "\(shade(0, "black")) 0, \(shade(1, "white")) \(number(high))"
    }
  }

  private func number(_ value: Float) -> String { shortNumber(Double(value)) }
}
