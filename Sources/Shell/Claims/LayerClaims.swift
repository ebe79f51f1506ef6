import Deck

/// What a passage claims about layers: its quoted tables, and what its words and its code say of single layers.
enum LayerClaims {
  /// What is wrong in a passage, and what is right.
  static func check(_ passage: Passage, file: String) -> (findings: [Finding], confirmed: [DeckCheck.Confirmation]) {
    var findings: [Finding] = []
    var confirmed: [DeckCheck.Confirmation] = []
    let input = SampleShape.stated(in: passage)
    // A question that asks for the mistake in its table shows one.
    let tables = QuotedSummary.tables(in: SampleShape.asksForMistake(passage) ? passage.answer : passage.lines)
    for table in tables {
      let audit = SummaryRepair.audit(table, input: input, file: file)
      findings += audit.findings
      confirmed += audit.confirmed
    }
    // What the words say the parameters are in all is what the one whole table sums up to.
    let wholes = Set(tables.compactMap(\.sum))
    if wholes.count == 1, let sum = wholes.first, !tables.contains(where: { $0.sum == nil }) {
      let doubt = ClaimDoubt(passage)
      for line in passage.answer where line.fence == nil && !doubt.covers(line: line.number) {
        guard let count = StatedTotal.count(in: line.text) else { continue }
        if count == sum {
          confirmed.append(DeckCheck.Confirmation(file: file, line: line.number, says: "\(ExactNumber.grouped(sum)) parameters in all"))
        } else if findings.isEmpty {
          findings.append(
            Finding(
              .parameterCount, file: file, line: line.number, "`total: \(ExactNumber.grouped(count))`", right: ExactNumber.grouped(sum)))
        }
      }
    }
    let told = LayerStatementAudit(passage, input: input, file: file)
    return (findings + told.findings, confirmed + told.confirmed)
  }
}

extension QuotedSummary {
  /// All parameters of a table that leaves nothing out.
  var sum: Int? {
    let counts = rows.compactMap(\.count)
    return isWhole && counts.count == rows.count && rows.count > 1 ? counts.reduce(0, +) : nil
  }
}

/// A number of parameters in all that a sentence states: "a total of 97 parameters", "136 449 paramètres au total".
private enum StatedTotal {
  // The regular expressions are never changed.
  private nonisolated(unsafe) static let patterns = [
    /\btotal\w*\s+(?:number\s+of\s+parameters\s+|of\s+|de\s+|des\s+param\w+\s+|:\s*|=\s*|is\s+|est\s+)*(?:de\s+)?(\d[\d,_ ]*\d)\s+param\w*/,
    /\b(\d[\d,_ ]*\d)\s+param\w*\s+(?:in total|in all|au total|en tout|overall)/,
    /\bnombre total de parametres\s*[:=]?\s*(?:est\s+|de\s+|vaut\s+)*(\d[\d,_ ]*\d)/,
    /\btotal number of parameters\s*[:=]?\s*(?:is\s+|of\s+)*(\d[\d,_ ]*\d)/,
  ]

  static func count(in text: String) -> Int? {
    let plain = LayerStatementReader.plain(text).replacing("**", with: "")
    if plain.contains("trainable") || plain.contains("entrain") { return nil }
    return patterns.lazy.compactMap { plain.firstMatch(of: $0) }.first.flatMap { Int($0.1.filter(\.isNumber).prefix(15)) }
  }
}
