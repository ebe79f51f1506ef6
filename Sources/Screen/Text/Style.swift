/// Whether a stream gets escape sequences for colours and weights.
public enum ColorMode: Sendable, Equatable {
  /// No escape sequence at all: pipes, files, `NO_COLOR`, `TERM=dumb`.
  case plain
  /// The sixteen colours that every terminal has and that its user chose.
  case ansi
}

/// The characters that a stream may be given.
public enum Repertoire: Sendable, Equatable {
  /// UTF-8: box drawing, bullets, braille.
  case unicode
  /// Frames, bullets and bars out of ASCII; the text itself stays as it is.
  case ascii
}

/// What a piece of text is, which decides its colour.
public enum Role: Sendable, Equatable, CaseIterable {
  /// A title; source code; something to look at; a formula.
  case heading, code, accent, formula
  /// A judgement: right, wrong, beware.
  case good, bad, warning

  /// The parameters of the SGR escape sequence.
  fileprivate var parameters: String {
    switch self {
    case .heading: "1;36"
    case .code: "33"
    case .accent: "94"
    case .formula: "35"
    case .good: "32"
    case .bad: "31"
    case .warning: "93"
    }
  }
}

/// How a piece of text looks.
public struct Style: Sendable, Equatable {
  /// What the text is, nil for prose.
  public var role: Role?
  /// Weight, slope and lines.
  public var bold, dim, italic, underline, strike: Bool
  /// The address that a terminal opens on a click (OSC 8), nil for none.
  public var link: String?
  /// The colours of a cell of a picture, nil for text.
  public var colours: CellColours?
  /// The sequence that puts a picture of several rows here; nothing else stands on its lines but what is at its left.
  public var picture: String?

  /// A style of the given attributes.
  public init(
    _ role: Role? = nil, bold: Bool = false, dim: Bool = false, italic: Bool = false, underline: Bool = false, strike: Bool = false,
    link: String? = nil, colours: CellColours? = nil, picture: String? = nil
  ) {
    self.role = role
    self.bold = bold
    self.dim = dim
    self.italic = italic
    self.underline = underline
    self.strike = strike
    self.link = link
    self.colours = colours
    self.picture = picture
  }

  /// Prose: no attribute at all.
  public static let plain = Style()
  /// What matters less: frames, addresses, remarks.
  public static let muted = Style(dim: true)

  /// What begins this style on a terminal; empty for plain text.
  var opening: String {
    var parameters: [String] = []
    if let role { parameters.append(role.parameters) }
    if bold { parameters.append("1") }
    if dim { parameters.append("2") }
    if italic { parameters.append("3") }
    if underline { parameters.append("4") }
    if strike { parameters.append("9") }
    if let colours { parameters.append(colours.parameters) }
    return parameters.isEmpty ? "" : "\u{1B}[\(parameters.joined(separator: ";"))m"
  }
}

/// The two colours of a character cell.
public struct CellColours: Sendable, Equatable {
  /// The colour of the character.
  public var foreground: CellColour
  /// What is behind it.
  public var background: CellColour

  /// Two colours.
  public init(foreground: CellColour, background: CellColour) {
    self.foreground = foreground
    self.background = background
  }

  fileprivate var parameters: String { "38;\(foreground.parameters);48;\(background.parameters)" }
}

/// A colour of a cell.
public enum CellColour: Sendable, Equatable {
  /// 0xRRGGBB.
  case rgb(UInt32)
  /// A number of the palette of 256.
  case index(UInt8)

  fileprivate var parameters: String {
    switch self {
    case .rgb(let value): "2;\(value >> 16 & 255);\(value >> 8 & 255);\(value & 255)"
    case .index(let number): "5;\(number)"
    }
  }
}
