import Shell

/// The log of reviews and what is fitted to it, as lines.
enum ReviewText {
  static func lines(of facts: ReviewExportFacts, on canvas: Canvas) -> [StyledText] {
    [StyledText("\(counted(facts.count, "review")) \(canvas.arrow) \(sanitized(facts.file))", .muted)]
  }

  static func lines(of facts: ReviewImportFacts) -> [StyledText] {
    let known = facts.read - facts.added
    let there = known == 0 ? "" : known == facts.read ? "; all were there already" : "; \(grouped(known)) were there already"
    return [
      StyledText(
        "\(counted(facts.added, "review")) added, of \(counted(facts.cards, "card"))\(facts.added == 0 && known > 0 ? "" : " in the file")\(there)"
      )
    ]
  }

  static func lines(of facts: OptimizationFacts, on canvas: Canvas) -> [StyledText] {
    guard let before = facts.before, let after = facts.after else {
      return StyledText(
        "\(grouped(facts.missing)) more reviews are needed: there are \(grouped(facts.reviews)) that came a day or more after the card's review before, and a fit takes 512."
      ).wrapped(to: canvas.width)
    }
    let row = { (name: String, old: Double, new: Double) in
      StyledText(name.padded(to: 14), Style(.accent)) + StyledText("\(fixed(old, decimals: 4)) \(canvas.arrow) \(fixed(new, decimals: 4))")
    }
    let verdict =
      facts.isApplied
      ? "The fitted weights are in use from now on; `set weights standard` takes them back."
      : "The weights stay as they were: the fit does not predict better in both."
    return [
      StyledText("\(counted(facts.reviews, "review")) fitted", .muted), row("log loss", before.logLoss, after.logLoss),
      row("RMSE (bins)", before.binError, after.binError),
    ] + StyledText(verdict).wrapped(to: canvas.width)
  }
}
