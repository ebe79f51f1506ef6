/// A card that is forgotten again and again: it costs more time than it is worth until it is rewritten.
public enum Leech {
  /// How often a card was forgotten after it had left its learning steps, from its reviews in order of time.
  public static func lapses(of log: some Sequence<ReviewLog>) -> Int {
    var lapses = 0
    var before = CardState.Phase.new
    for review in log {
      if before == .review && review.grade == .again { lapses += 1 }
      before = review.state.phase
    }
    return lapses
  }

  /// Whether the newest review made a leech of the card: it was forgotten for the `threshold`-th time just now, which happens once.
  public static func isNew(_ log: [ReviewLog], threshold: Int) -> Bool {
    lapses(of: log) == threshold && lapses(of: log.dropLast()) == threshold - 1
  }
}
