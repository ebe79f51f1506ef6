import Shell

/// A network drawn with characters: layers side by side while they fit, else a layer a line.
enum CharacterDrawing {
  static func lines(of facts: DrawingFacts, on canvas: Canvas) -> [StyledText] {
    var body: [StyledText]
    switch facts.placement {
    case .columns: body = columns(facts, canvas)
    case .list: body = ListDrawing(facts, on: canvas).lines
    case .auto:
      let rows = ColumnDrawing.rows(of: facts, on: canvas)
      // A path around layers cannot be followed from one row to the next, and more than three rows are no picture any more.
      let fits = rows.count == 1 || (rows.count <= 3 && facts.isSequence)
      body = fits ? columns(facts, canvas) : ListDrawing(facts, on: canvas).lines
    }
    while let first = body.first, first.plain.allSatisfy({ $0 == " " }) { body.removeFirst() }
    return body + total(facts, on: canvas)
  }

  private static func columns(_ facts: DrawingFacts, _ canvas: Canvas) -> [StyledText] {
    let rows = ColumnDrawing.rows(of: facts, on: canvas)
    return rows.enumerated().flatMap { number, row in
      (number == 0 ? [] : [StyledText()]) + ColumnDrawing(facts, row, of: rows, on: canvas).lines
    }
  }

  private static func total(_ facts: DrawingFacts, on canvas: Canvas) -> [StyledText] {
    guard facts.layers[0].shape != nil else {
      return [StyledText()]
        + StyledText("? the input is not known yet: `input 2` or `data moons` sets it", .muted).wrapped(to: canvas.width)
    }
    return [StyledText(), StyledText(ModelText.parameters(facts.parameters), .muted)]
  }
}

/// The characters of drawings.
struct DrawingGlyphs {
  let neuron, ellipsis, dash, bar, gap, arrow, down, junction, concatenation: String
  let vertical, cross, topLeft, topRight, bottomLeft, bottomRight, branch, window, map, cell, batchEllipsis: String
  /// Whether lines may be drawn with dots.
  let hasDots: Bool

  init(_ repertoire: Repertoire) {
    hasDots = repertoire == .unicode
    switch repertoire {
    case .unicode:
      (neuron, ellipsis, dash, bar, gap, arrow, down, junction, concatenation) = ("●", "⋮", "─", "┃", "╏", "▶", "▼", "⊕", "⧺")
      (vertical, cross, topLeft, topRight, bottomLeft, bottomRight, branch) = ("│", "┼", "╭", "╮", "╰", "╯", "├")
      (window, map, cell, batchEllipsis) = ("▣", "■", "▪", "…")
    case .ascii:
      (neuron, ellipsis, dash, bar, gap, arrow, down, junction, concatenation) = ("o", ":", "-", "|", ":", ">", "v", "+", "&")
      (vertical, cross, topLeft, topRight, bottomLeft, bottomRight, branch) = ("|", "+", ".", ".", "'", "'", "+")
      (window, map, cell, batchEllipsis) = ("#", "#", "x", ":")
    }
  }

  /// The sign of a layer that joins two paths.
  func sign(of layer: DrawingFacts.Layer) -> String { layer.kind == "Concatenate" ? concatenation : junction }
}

extension LayerFamily {
  /// How the figure of such a layer looks.
  var style: Style {
    switch self {
    case .input: .plain
    case .dense: Style(.accent)
    case .convolution: Style(.formula)
    case .pooling: Style(.good)
    case .normalization, .preparation: Style(.code)
    case .activation: Style(.warning)
    case .join: Style(.bad)
    case .regularization, .shaping, .other: .muted
    }
  }
}
