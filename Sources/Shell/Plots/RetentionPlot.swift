import Language
import Study

/// `plot retention`: what was remembered each week, and what was predicted.
enum RetentionPlot {
  static let kind = Declaration<PlotRecipe>(
    "retention", "What was remembered each week, and what FSRS-6 had predicted.", examples: [],
    notes: "The last 26 weeks; a week counts the answers on a later day than the time before."
  ) {
    PlotRecipe("retention") { session, surroundings in
      session.openBuiltInDecks(surroundings.files)
      let weeks = try session.statistics(surroundings).weeklyRecall
      let known = weeks.indices.filter { weeks[$0].asked > 0 }
      guard !known.isEmpty else { throw Complaint.nothingRemembered() }
      let x = known.map { Double($0 - weeks.count + 1) }
      return Plot(
        title: "retention", x: .init("weeks before this one"), y: .init("share remembered"),
        series: [
          Plot.Series("remembered", x: x, y: known.compactMap { weeks[$0].retention }, look: .linePoints),
          Plot.Series("predicted", x: x, y: known.compactMap { weeks[$0].predicted }, look: .dashed),
        ])
    }
  }
}

extension Complaint {
  static func nothingRemembered() -> Complaint {
    Complaint("no card has been asked again on a later day yet", hint: "`quiz` on another day, then `plot retention`")
  }
}
