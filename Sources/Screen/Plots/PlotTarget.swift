/// Where a plot is drawn.
public enum PlotTarget: Sendable, Equatable {
  /// With characters, in a room of the given cells, with colours or without, with ASCII alone or with blocks too.
  case characters(columns: Int, rows: Int, inColour: Bool, isASCII: Bool = false)
  /// As an image among the text of a terminal.
  case inline(InlineRoom)
  /// In a window of its own.
  case window
  /// Into a file, of the kind that the end of its name says: `.png`, `.svg`, `.pdf`.
  case file(String)

  /// The terminals of gnuplot that draw it, the best first.
  func terminals() throws(PlotError) -> [String] {
    switch self {
    case .characters: return ["dumb"]
    case .inline: return ["pngcairo", "png"]
    case .window: return ["qt", "wxt", "x11"]
    case .file(let path):
      let kinds = ["png": ["pngcairo", "png"], "svg": ["svg"], "pdf": ["pdfcairo"]]
      guard let terminals = kinds[Self.ending(of: path)] else { throw .unknownKindOfFile(path) }
      return terminals
    }
  }

  /// What follows the last point of a file's name, in lower case.
  static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let point = name.lastIndex(of: "."), point > name.startIndex else { return "" }
    return name[name.index(after: point)...].lowercased()
  }

  /// How many points of a curve can be told apart.
  var mostPoints: Int {
    switch self {
    case .characters(let columns, _, _, _): 4 * columns
    case .inline(let room): 2 * room.width
    case .window, .file: 3000
    }
  }

  /// Whether characters are all that there is to draw with.
  var isCharacters: Bool { if case .characters = self { true } else { false } }
}

/// Why there is no plot.
public enum PlotError: Error, Sendable, Equatable {
  /// There is no gnuplot in PATH.
  case noGnuplot
  /// gnuplot ended, or was ended, before the plot was done.
  case gnuplotDied
  /// gnuplot gave no answer in time.
  case gnuplotHangs
  /// This gnuplot has none of these terminals.
  case lacksTerminal([String])
  /// There is no display to open a window on.
  case noDisplay
  /// The end of the file's name says nothing.
  case unknownKindOfFile(String)
  /// The file cannot be written, and why.
  case unwritable(path: String, reason: String)
  /// No series holds a point that can be drawn.
  case nothingToDraw
  /// gnuplot's own words.
  case refused(String)

  /// What is wrong, in one sentence without a full stop.
  public var what: String {
    switch self {
    case .noGnuplot: "there is no gnuplot on this machine"
    case .gnuplotDied: "gnuplot ended before the plot was done"
    case .gnuplotHangs: "gnuplot gives no answer"
    case .lacksTerminal(let names): "this gnuplot cannot draw with \(names.joined(separator: " or "))"
    case .noDisplay: "there is no display to open a window on"
    case .unknownKindOfFile(let path): "`\(sanitized(path))` ends like no kind of picture"
    case .unwritable(let path, let reason): "cannot write `\(sanitized(path))`: \(reason)"
    case .nothingToDraw: "there is nothing to draw yet"
    case .refused(let words): "gnuplot says: \(sanitized(words))"
    }
  }

  /// What would be right; empty where there is nothing to say.
  public var hint: String {
    switch self {
    case .noGnuplot: "install it (`apt-get install gnuplot-nox`); everything but plots works without it"
    case .lacksTerminal, .noDisplay: "try `set plot ascii`"
    case .unknownKindOfFile: "the file's name ends in .png, .svg or .pdf"
    case .gnuplotDied, .gnuplotHangs: "the next plot starts it again"
    case .unwritable, .nothingToDraw, .refused: ""
    }
  }
}
