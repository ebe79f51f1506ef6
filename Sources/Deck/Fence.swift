/// A `gradus` fence: commands and the output that they should give.
///
///     ```gradus tol=1e-2
///     > input 1
///     > summary style=short
///     dense (Dense)   (None, 1)   2
///     ```
public struct Fence: Sendable, Hashable {
  /// One command of a fence.
  public struct Step: Sendable, Hashable {
    /// The command without its `>`; a continued one is joined by single spaces, without the `\`.
    public var command: String
    /// The line of the command's start in the file, from 1.
    public var line: Int
    /// The lines under the command, as written, without blank lines at either end.
    public var expected: [String]
    /// The lines of the file that hold the expected output, blank ones included; what replaces them replaces the output.
    public var expectedLines: Range<Int>

    /// A command at a line, with the output that it should give.
    public init(command: String, line: Int, expected: [String] = [], expectedLines: Range<Int>? = nil) {
      self.command = command
      self.line = line
      self.expected = expected
      self.expectedLines = expectedLines ?? line + 1..<line + 1 + expected.count
    }
  }

  /// What follows the word `gradus`: `tol=1e-2` as a pair, a bare word with the value "yes".
  public var options: [String: String]
  /// The line of the opening fence in the file, from 1.
  public var line: Int
  /// The commands in their order.
  public var steps: [Step]

  /// A fence of the given steps.
  public init(options: [String: String] = [:], line: Int, steps: [Step]) {
    self.options = options
    self.line = line
    self.steps = steps
  }
}

/// Gathers the lines of one `gradus` fence.
struct FenceBuilder {
  private var fence: Fence
  /// Whether the last command goes on in the next line.
  private(set) var continues = false
  private(set) var findings: [(kind: Finding.Kind, line: Int)] = []

  /// A builder for the fence with this info string, or nil when the fence is not a `gradus` one.
  init?(info: String, line: Int) {
    let words = info.split(whereSeparator: \.isWhitespace)
    guard let kind = words.first, kind.lowercased() == "gradus" else { return nil }
    var options: [String: String] = [:]
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      options[String(parts[0])] = parts.count == 2 ? String(parts[1]) : "yes"
    }
    fence = Fence(options: options, line: line, steps: [])
  }

  mutating func append(_ text: String, line: Int) {
    let isCommand = text.utf8.first == UInt8(ascii: ">")
    if continues, let last = fence.steps.indices.last {
      let (words, more) = FenceBuilder.command(isCommand ? text.dropFirst() : text[...])
      fence.steps[last].command = [fence.steps[last].command, words].filter { !$0.isEmpty }.joined(separator: " ")
      fence.steps[last].expectedLines = line + 1..<line + 1
      continues = more
    } else if isCommand {
      let (words, more) = FenceBuilder.command(text.dropFirst())
      fence.steps.append(Fence.Step(command: words, line: line))
      continues = more
    } else if let last = fence.steps.indices.last {
      fence.steps[last].expected.append(text)
      fence.steps[last].expectedLines = fence.steps[last].expectedLines.lowerBound..<line + 1
    } else if !text.allSatisfy(\.isWhitespace), findings.isEmpty {
      findings.append((.outputWithoutCommand, line))
    }
  }

  /// The whole fence, once its last line was appended.
  mutating func finished() -> Fence {
    if continues, let last = fence.steps.last { findings.append((.unfinishedCommand, last.line)) }
    continues = false
    for index in fence.steps.indices {
      var lines = fence.steps[index].expected[...]
      while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines.removeFirst() }
      while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
      fence.steps[index].expected = Array(lines)
    }
    return fence
  }

  /// The words of a command line, and whether an odd number of `\` at its end continues it on the next line.
  private static func command(_ text: Substring) -> (words: String, continues: Bool) {
    var words = text
    while let last = words.last, last.isWhitespace { words.removeLast() }
    let slashes = words.reversed().prefix { $0 == "\\" }.count
    let continues = slashes % 2 == 1
    if continues { words.removeLast() }
    while let last = words.last, last.isWhitespace { words.removeLast() }
    return (String(words.drop(while: \.isWhitespace)), continues)
  }
}
