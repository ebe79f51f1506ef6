import Shell

/// Draws how the counts of a summary arise.
enum ParameterCountText {
  static func lines(of facts: ParameterCountFacts, on canvas: Canvas) -> [StyledText] {
    var lines = facts.layers.flatMap { $0.count == 0 && facts.isWhole ? [] : told($0, details: !facts.isWhole, canvas) }
    let silent = facts.isWhole ? facts.layers.filter { $0.count == 0 }.map { sanitized($0.name) } : []
    if !silent.isEmpty {
      let names =
        silent.count > 8 ? silent.prefix(7).joined(separator: ", ") + " and \(silent.count - 7) more" : silent.joined(separator: ", ")
      lines += StyledText("no parameters: \(names)", .muted).wrapped(to: canvas.width)
    }
    guard facts.isWhole else { return lines }
    let counts = facts.layers.map(\.count).filter { $0 > 0 }
    if counts.count > 1 {
      let shown = counts.count > 12 ? counts.prefix(5).map(grouped) + ["..."] + counts.suffix(2).map(grouped) : counts.map(grouped)
      lines += StyledText("sum: " + shown.joined(separator: " + ") + " = \(grouped(facts.total))", Style(bold: true)).wrapped(
        to: canvas.width)
    }
    let fixed = facts.total - facts.trainable
    var last = "\(grouped(facts.total)) \(canvas.repertoire == .unicode ? "\u{d7}" : "x") 4 bytes = \(memorySize(4 * facts.total))"
    if fixed > 0 { last += "; \(grouped(facts.trainable)) trainable, \(grouped(fixed)) not" }
    return lines + StyledText(last, .muted).wrapped(to: canvas.width)
  }

  /// One layer's count with all that belongs to it.
  static func details(_ layer: ParameterCount, _ canvas: Canvas) -> [StyledText] { told(layer, details: true, canvas) }

  private static func told(_ layer: ParameterCount, details: Bool, _ canvas: Canvas) -> [StyledText] {
    let sign = canvas.repertoire == .unicode ? "\u{d7}" : "x"
    let name = StyledText(sanitized(layer.name), Style(.accent)) + StyledText(": ")
    guard layer.count > 0 else {
      return (name + StyledText("no parameters")).wrapped(to: canvas.width) + (details ? output(layer, sign, canvas) : [])
    }
    let words = layer.words.replacing(" x ", with: " \(sign) ")
    var lines = (name + StyledText("\(words) = ") + StyledText(grouped(layer.count), Style(bold: true))).wrapped(to: canvas.width)
    if details {
      lines += output(layer, sign, canvas)
      lines += StyledText("  \(grouped(layer.count)) \(sign) 4 bytes = \(memorySize(layer.bytes))", .muted).wrapped(to: canvas.width)
    }
    if !layer.remark.isEmpty { lines += indented(layer.remark, canvas) }
    return lines
  }

  private static func output(_ layer: ParameterCount, _ sign: String, _ canvas: Canvas) -> [StyledText] {
    // A length that is just a number was told with the count.
    layer.lengths.filter { $0.formula != "\($0.value)" }.map { length in
      let formula = length.formula.replacing(" x ", with: " \(sign) ")
      return StyledText("  \(length.name): ", .muted)
        + StyledText("\(formula) = \(grouped(length.value))")
    }.flatMap { $0.wrapped(to: canvas.width) }
  }

  private static func indented(_ text: String, _ canvas: Canvas) -> [StyledText] {
    StyledText(text, .muted).wrapped(to: canvas.width - 2).map { StyledText("  ") + $0 }
  }
}
