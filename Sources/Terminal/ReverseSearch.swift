import CEditline

/// Ctrl-R: finds earlier lines that hold what is typed, newest first; Ctrl-S goes back to newer ones.
///
/// libedit has a search of its own, but it swallows the first byte of an arrow key or a paste and takes the rest for text.
struct ReverseSearch {
  /// What a key leads to.
  enum Step: Equatable {
    /// The search goes on.
    case goOn
    /// The match becomes the line, and the key, if any, does its usual work.
    case accept(then: Unicode.Scalar?)
    /// The line is as it was.
    case abandon
  }

  private let history: [String]
  private(set) var wanted = ""
  /// The line found so far, with its place in the history.
  private(set) var match: (index: Int, line: String)?
  /// Whether nothing further in that direction holds what is wanted.
  private(set) var hasFailed = false

  /// A search in these lines, oldest first.
  init(history: [String]) { self.history = history }

  /// Takes a key.
  mutating func take(_ key: Unicode.Scalar) -> Step {
    switch key.value {
    case 0x12:
      if !wanted.isEmpty { find(before: match?.index ?? history.count) }
    case 0x13:
      if !wanted.isEmpty, let match { show(history[(match.index + 1)...].firstIndex(where: holds)) }
    case 0x08, 0x7f:
      if !wanted.isEmpty { wanted.removeLast() }
      match = nil
      hasFailed = false
      if !wanted.isEmpty { find(before: history.count) }
    case 0x07: return .abandon
    case ..<0x20: return .accept(then: key)
    default:
      wanted.unicodeScalars.append(key)
      // The present match may still hold.
      find(before: match.map { $0.index + 1 } ?? history.count)
    }
    return .goOn
  }

  /// The row that stands in place of the prompt, cut to the width.
  func row(width: Int) -> String {
    let head = "(\(hasFailed ? "not found" : "search")) \(wanted): "
    var text = head + (match?.line ?? "")
    while columnCount(text) > max(width - 1, 1) { text.removeLast() }
    return text
  }

  private func holds(_ line: String) -> Bool { line.contains(wanted) }

  private mutating func find(before index: Int) { show(history[..<index].lastIndex(where: holds)) }

  /// Makes a line the match; the match stays where none was found.
  private mutating func show(_ found: Int?) {
    hasFailed = found == nil
    if let found { match = (found, history[found]) }
  }
}
