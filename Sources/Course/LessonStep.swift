import Deck

/// A step of a lesson: something to read, an experiment that is run for the learner, or a task for the learner.
struct LessonStep: Sendable {
  /// What is done at the step.
  enum Exercise: Sendable {
    case none
    case experiment(Fence)
    case task(LessonTask)
  }

  /// What is read before the exercise: of a task what it asks.
  var prose: String
  /// What is done.
  var exercise: Exercise = .none
  /// What is read after an experiment.
  var remark = ""

  /// The task, where it is one.
  var task: LessonTask? { if case .task(let task) = exercise { task } else { nil } }
  /// The commands of an experiment; none of other steps.
  var experiment: [Fence.Step] { if case .experiment(let fence) = exercise { fence.steps } else { [] } }

  /// What it is about, in a few words: the title of its section, the first command of an experiment, else how its text begins.
  var headline: String {
    if let command = experiment.first?.command { return command }
    let line = prose.split(whereSeparator: \.isNewline).first { $0.contains { !$0.isWhitespace } } ?? ""
    return String(line.drop { "# ".contains($0) }).replacing("**", with: "")
  }

  /// Whether it is an experiment that nothing was said of yet.
  private var isOpen: Bool { if case .experiment = exercise { remark.isEmpty } else { false } }

  /// The steps of a lesson. A section (`## Title`) begins a step. Prose before an experiment is a step of its own, so that the learner can say what
  /// will come; prose behind it is read with its output. Prose before a task says what the task asks.
  static func steps(of document: Document) -> [LessonStep] {
    var steps: [LessonStep] = []
    var pending: (text: String, isSection: Bool)?
    func flush() {
      guard let text = pending else { return }
      pending = nil
      if !text.isSection, steps.last?.isOpen == true {
        steps[steps.count - 1].remark = text.text
      } else {
        steps.append(LessonStep(prose: text.text))
      }
    }
    for block in document.blocks {
      switch block {
      case .prose(let text, _):
        for piece in sections(of: text) {
          flush()
          pending = piece
        }
      case .experiment(let fence):
        flush()
        steps.append(LessonStep(prose: "", exercise: .experiment(fence)))
      case .task(let task):
        let text = pending ?? ("", false)
        pending = nil
        // What is said of the experiment above is read with it, an explanation is a step of its own.
        let isAfterExperiment = !text.isSection && steps.last?.isOpen == true
        let (before, asks) = split(text.text, atFirst: isAfterExperiment)
        if !before.isEmpty {
          pending = (before, text.isSection)
          flush()
        }
        steps.append(LessonStep(prose: asks, exercise: .task(task)))
      }
    }
    flush()
    return steps
  }

  /// The text before a task, parted into what leads to it and what it asks: the last paragraph that begins in bold type (`**Your turn.**`) and all
  /// behind it; where none does, right after an experiment, all but the first paragraph.
  private static func split(_ text: String, atFirst isAfterExperiment: Bool) -> (before: String, asks: String) {
    let paragraphs = text.split(separator: "\n\n").map(String.init)
    let place = paragraphs.lastIndex { $0.hasPrefix("**") } ?? (isAfterExperiment && paragraphs.count > 1 ? 1 : 0)
    return (paragraphs[..<place].joined(separator: "\n\n"), paragraphs[place...].joined(separator: "\n\n"))
  }

  /// A text cut before each heading of the second level that stands outside of fenced code.
  private static func sections(of text: String) -> [(text: String, isSection: Bool)] {
    let bytes = text.utf8
    let heading = "## ".utf8
    var pieces: [(range: Range<String.Index>, isSection: Bool)] = []
    var fence: UInt8?
    var begin = bytes.startIndex
    while true {
      let end = bytes[begin...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
      let line = bytes[begin..<end]
      if let mark = markOfFence(line) {
        if fence == nil { fence = mark } else if fence == mark { fence = nil }
      }
      let isHeading = fence == nil && line.starts(with: heading)
      if isHeading || pieces.isEmpty {
        pieces.append((begin..<end, isHeading))
      } else {
        pieces[pieces.count - 1].range = pieces[pieces.count - 1].range.lowerBound..<end
      }
      guard end < bytes.endIndex else { break }
      begin = bytes.index(after: end)
    }
    return pieces.filter { bytes[$0.range].contains { $0 > 0x20 } }.map { (String(text[$0.range]), $0.isSection) }
  }

  /// The character that a line which begins or ends fenced code is made of; nil of other lines.
  private static func markOfFence(_ line: Substring.UTF8View) -> UInt8? {
    let start = line.drop { $0 == UInt8(ascii: " ") }
    return ["```", "~~~"].first { start.starts(with: $0.utf8) }?.utf8.first
  }
}
