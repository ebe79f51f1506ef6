/// A walk through earlier lines, of which only those count that begin as what was typed.
struct HistoryWalk {
  /// What was typed before the walk, which it returns to.
  let typed: String
  /// What lines must begin with.
  let prefix: String
  /// The line that is shown.
  private(set) var shown: String
  /// Its place in the history; the number of lines for what was typed.
  private var place: Int

  /// A walk that begins below the newest of so many lines.
  init(typed: String, prefix: String, lines: Int) {
    self.typed = typed
    self.prefix = prefix
    shown = typed
    place = lines
  }

  /// The next line on the way, which is then shown; nil at both ends. Lines equal to the one that is shown are passed over.
  mutating func step(older: Bool, in history: [String]) -> String? {
    var next = min(place, history.count)
    while true {
      next += older ? -1 : 1
      if next >= history.count {
        guard !older, place < history.count else { return nil }
        place = history.count
        shown = typed
        return typed
      }
      guard next >= 0 else { return nil }
      if history[next].hasPrefix(prefix), history[next] != shown {
        place = next
        shown = history[next]
        return shown
      }
    }
  }
}
