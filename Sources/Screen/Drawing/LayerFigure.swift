import Shell

/// The figure that stands for a layer.
enum LayerFigure: Equatable {
  /// A column of neurons.
  case neurons
  /// A stack of maps: height, width and channels, nil where they are not known.
  case maps(height: Int?, width: Int?, channels: Int?)
  /// A thin bar that every value goes through.
  case bar
  /// A small circle where two paths meet.
  case junction

  /// The figure of a layer.
  init(_ layer: DrawingFacts.Layer) {
    switch layer.family {
    case .input, .dense, .convolution:
      guard let shape = layer.shape, shape.count > 1 else {
        self = .neurons
        return
      }
      self = .maps(height: shape[0], width: shape[1], channels: shape.count > 2 ? shape[2] : 1)
    case .join: self = layer.isFlat ? .bar : .junction
    default: self = .bar
    }
  }
}

extension DrawingFacts.Layer {
  /// The units that are shown from top to bottom, nil for an ellipsis.
  var slots: [Int?] {
    var slots: [Int?] = []
    for unit in shownUnits {
      if let last = slots.last, last != unit - 1 { slots.append(nil) }
      slots.append(unit)
    }
    return slots
  }

  /// The output's shape as one types it, `50x50x32`, with the batch before it where there is one.
  func shapeText(batch: Int?) -> String {
    guard let shape else { return "?" }
    return ((batch.map { [$0] } ?? []) + shape).map { $0.map { String($0) } ?? "?" }.joined(separator: "x")
  }

  /// How many parameters, `?` while unbuilt.
  var parameterText: String { family == .input ? "" : parameters.map(grouped) ?? "?" }

  /// The window and its stride, `3x3`, `2`.
  var windowText: String { window.map { sizes($0.size) } ?? "" }
  var strideText: String { window.map { $0.stride[0] == $0.stride[1] ? String($0.stride[0]) : sizes($0.stride) } ?? "" }

  private func sizes(_ lengths: [Int]) -> String { lengths.map { String($0) }.joined(separator: "x") }

  /// The name safe for a terminal and a picture.
  var shownName: String { sanitized(name) }

  /// Whether the name tells what the layer is, as Keras' own names do: `max_pooling2d_1`.
  var namesItself: Bool {
    let letters = name.filter { $0 != "_" }.lowercased()
    return family == .input || letters.hasPrefix(kind.lowercased())
  }

  /// One word for a thin layer: `batchnorm`, `relu`, `dropout`.
  var word: String {
    if let activation { return activation }
    switch kind {
    case "BatchNormalization": return "batchnorm"
    case "LayerNormalization": return "layernorm"
    case "MaxPooling2D": return "maxpool"
    case "AveragePooling2D": return "avgpool"
    case "GlobalAveragePooling2D": return "global avg"
    case "GlobalMaxPooling2D": return "global max"
    case "ZeroPadding2D": return "padding"
    case "UpSampling2D": return "upsample"
    case "Concatenate": return "concat"
    default: return sanitized(kind).lowercased()
    }
  }
}

/// A name in pieces of at most `width` cells, broken behind `_` where that is possible; a number at its end stays with the word before it.
func wrappedName(_ name: String, to width: Int) -> [String] {
  var words: [String] = []
  for word in name.split(separator: "_", omittingEmptySubsequences: false) {
    if let last = words.last, !word.isEmpty, word.allSatisfy(\.isNumber) {
      words[words.count - 1] = last + "_" + word
    } else {
      words.append(String(word))
    }
  }
  var lines: [String] = []
  var line = ""
  for (index, word) in words.enumerated() {
    var piece = index < words.count - 1 ? word + "_" : word
    if !line.isEmpty, line.cellWidth + piece.cellWidth > width {
      lines.append(line)
      line = ""
    }
    while line.isEmpty, piece.cellWidth > width {
      let head = piece.truncated(to: width, mark: "")
      guard !head.isEmpty else { break }
      lines.append(head)
      piece = String(piece.dropFirst(head.count))
    }
    line += piece
  }
  return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
}
