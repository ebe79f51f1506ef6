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
    let told = LayerStatementAudit(passage, input: input, file: file)
    return (findings + told.findings, confirmed + told.confirmed)
  }
}
