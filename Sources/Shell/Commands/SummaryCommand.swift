import Language

/// `summary`: the table of the layers.
enum SummaryCommand {
  static let command = Command(
    .look,
    Declaration<Action>(
      "summary", "Prints the layers with their output shapes and parameters.",
      examples: [
        "input 2; layer dense 8; summary", "layer dense 8; summary style=short",
        "preset lenet; summary columns=share,macs,kernel,stride",
      ],
      notes: """
        Until the input is known, shapes are `?` and counts `0 (unbuilt)`, as in Keras. It costs no weights. Once \
        the model is compiled, the memory that its training takes stands below. columns= adds columns, with commas between: \
        share (of all parameters), macs (the products that a sample's forward pass adds up, those of dense layers and convolutions), memory (of \
        the parameters, and of the output for one sample), kernel, stride, activation.
        """,
      .choice(
        "style", "how the table looks",
        from: [("keras", "as Keras 3 prints it"), ("classic", "as Keras 2 printed it"), ("short", "a line a layer")], default: "keras"),
      .optional(.word("columns", "further columns, such as share,macs", from: CandidateSource.summaryColumns.listed)).named
    ) { style, columns in
      let columns = try columns.map(SummaryFacts.Column.list) ?? []
      let style = SummaryFacts.Style(rawValue: style) ?? .keras
      if style == .classic, !columns.isEmpty { throw Complaint.columnsWithoutTitles(style.rawValue) }
      return Action { session, _ in
        let network = session.model.network, batch = session.settings.batch
        let memory = session.model.settings.flatMap { try? network.memoryNeed(batch: batch, settings: $0) }
        return SummaryFacts(summary: network.summary, style: style, columns: columns, memory: memory)
      }
    })
}

extension SummaryFacts.Column {
  /// The columns named in a text, with commas between them, each once.
  static func list(_ text: String) throws -> [SummaryFacts.Column] {
    var columns: [SummaryFacts.Column] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false).map({ $0.filter { !$0.isWhitespace } }) {
      guard let column = SummaryFacts.Column(rawValue: name) else { throw Complaint.noColumn(name) }
      if !columns.contains(column) { columns.append(column) }
    }
    return columns
  }
}
