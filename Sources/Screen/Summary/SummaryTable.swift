import Shell

/// The facts of a model's summary, as plain values.
public struct SummaryTable: Sendable {
  /// One layer.
  public struct Row: Sendable {
    /// The layer's own name, `dense_1`.
    public var name: String
    /// The name of its class in Keras, `Dense`.
    public var kind: String
    /// The shape of its output with nil for the batch, `[nil, 8]`; nil while the layer is not built.
    public var outputShape: [Int?]?
    /// How many parameters it has; nil while the layer is not built.
    public var parameters: Int?
    /// The layers that feed it, `conv2d[0][0]`; shown when a layer of the model has an input other than the layer before it.
    public var connectedTo: [String]
    /// What stands in the further columns.
    public var extras: [String] = []

    /// One layer.
    public init(name: String, kind: String, outputShape: [Int?]?, parameters: Int?, connectedTo: [String] = []) {
      self.name = name
      self.kind = kind
      self.outputShape = outputShape
      self.parameters = parameters
      self.connectedTo = connectedTo
    }
  }

  /// The name of the model, `sequential`.
  public var modelName: String
  /// The layers in their order.
  public var rows: [Row]
  /// How many parameters training changes, and how many it does not.
  public var trainable, nonTrainable: Int
  /// How many numbers the optimizer keeps; nil before its first step.
  public var optimizer: Int?
  /// Whether the table shows what each layer is connected to, as Keras does for a model that is no plain sequence.
  public var showsConnections: Bool
  /// The titles of further columns, and whether they hold numbers.
  public var extraColumns: [(title: String, isNumber: Bool)] = []
  /// Whether names that are wider than their column end in `…`, as in Keras; else the column is widened, and where that is not enough the name broken.
  public var cutsNames = false
  /// The bytes of one parameter: 4 for Float32.
  public var bytesPerParameter = 4

  /// A summary.
  public init(
    modelName: String, rows: [Row], trainable: Int, nonTrainable: Int, optimizer: Int? = nil, showsConnections: Bool = false
  ) {
    self.modelName = modelName
    self.rows = rows
    self.trainable = trainable
    self.nonTrainable = nonTrainable
    self.optimizer = optimizer
    self.showsConnections = showsConnections
  }

  /// How a summary is laid out.
  public enum Layout: String, Sendable, CaseIterable {
    /// As Keras 3 prints it, as the Keras of TensorFlow 2 did, one line a layer.
    case keras, classic, short
  }

  /// The summary's lines for a terminal of `columns` cells.
  public func lines(_ layout: Layout, columns: Int = 120, repertoire: Repertoire = .unicode) -> [StyledText] {
    switch layout {
    case .keras: kerasLines(columns: columns, repertoire: repertoire)
    case .classic: classicLines()
    case .short: shortLines()
    }
  }

  /// One line a layer: `dense (Dense)   (None, 1)   2`, under titles where there are further columns.
  private func shortLines() -> [StyledText] {
    let titles = extraColumns.isEmpty ? [] : [["", "", ""] + extraColumns.map(\.title)]
    let cells = rows.map { row in
      (["\(row.name) (\(row.kind))", row.shape, row.parameters.map(grouped) ?? "0 (unbuilt)"] + row.extras).map { sanitized($0) }
    }
    let count = 3 + extraColumns.count
    let widths = (0..<count).map { column in (titles + cells).map { column < $0.count ? $0[column].cellWidth : 0 }.max() ?? 0 }
    func line(_ cell: [String], isTitle: Bool) -> StyledText {
      var line = StyledText()
      for (column, text) in cell.prefix(count).enumerated() {
        let isNumber = column == 2 || column > 2 && extraColumns[column - 3].isNumber
        let isLast = column == cell.count - 1
        let padded = isNumber ? text.padded(to: widths[column], .right) : isLast ? text : text.padded(to: widths[column])
        line.append((column > 0 ? "   " : "") + padded, isTitle ? .muted : column == 1 ? Style(.accent) : .plain)
      }
      return line
    }
    return titles.map { line($0, isTitle: true) } + cells.map { line($0, isTitle: false) }
  }
}

extension SummaryTable.Row {
  /// The output's shape as Python writes a tuple, `?` while the layer is not built.
  var shape: String { outputShape.map { "(" + $0.map { $0.map(String.init) ?? "None" }.joined(separator: ", ") + ")" } ?? "?" }
}
