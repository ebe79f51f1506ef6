import Shell

/// Draws a folder, and the commands of a script.
enum FolderText {
  static func lines(of facts: FolderFacts, on canvas: Canvas) -> [StyledText] {
    guard let entries = facts.entries else { return StyledText(sanitized(facts.folder), .muted).wrapped(to: canvas.width) }
    guard !entries.isEmpty else { return [StyledText("nothing in \(sanitized(facts.folder))", .muted)] }
    let width = min(max(20, canvas.width - 24), entries.map { shown($0).cellWidth }.max() ?? 20)
    return entries.map { entry in
      let name = StyledText(shown(entry), entry.kind == .folder ? Style(.accent, bold: true) : Style())
      guard let bytes = entry.bytes else {
        return entry.kind == .brokenLink ? name.padded(to: width) + StyledText("   \(entry.kind.rawValue)", Style(.warning)) : name
      }
      let kind = entry.kind == .file ? "" : entry.kind == .cards ? "cards or lesson" : entry.kind.rawValue
      return name.padded(to: width)
        + StyledText("  " + memorySize(bytes).padded(to: 10, .right) + (kind.isEmpty ? "" : "  \(kind)"), .muted)
    }
  }

  private static func shown(_ entry: FolderFacts.Entry) -> String { sanitized(entry.name) + (entry.kind == .folder ? "/" : "") }

  static func lines(of facts: ScriptFacts, on canvas: Canvas) -> [StyledText] {
    let count = facts.commands.count == 1 ? "1 command" : "\(grouped(facts.commands.count)) commands"
    if let file = facts.file { return [StyledText("\(count) \(canvas.arrow) \(sanitized(file))", .muted)] }
    guard !facts.commands.isEmpty else { return [StyledText("nothing has made this session yet", .muted)] }
    return facts.commands.map { StyledText(sanitized($0), Style(.code)) }
  }
}
