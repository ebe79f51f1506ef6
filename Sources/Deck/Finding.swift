/// Something in a file that its author should look at; the file was read all the same.
public struct Finding: Sendable, Hashable, Codable {
  /// What was found. The raw value is the stable name that reports carry.
  public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
    /// A Question without an Answer line: kept apart, not counted.
    case draft
    /// An answer whose Question holds no words.
    case emptyQuestion = "empty_question"
    /// A card whose Answer holds no words.
    case emptyAnswer = "empty_answer"
    /// An Answer line with no Question before it, or a second one for the same Question.
    case strayAnswer = "stray_answer"
    /// A card that stands twice: both are counted, they share one history.
    case duplicate
    /// An answer that is nothing but a picture: it can be looked at, not said.
    case pictureOnly = "picture_only"
    /// A picture whose file is not there.
    case missingPicture = "missing_picture"
    /// Text that became a part of a card though it does not seem to be meant so.
    case strayText = "stray_text"
    /// A comment without its end.
    case unclosedComment = "unclosed_comment"
    /// Fenced code without its end.
    case unclosedFence = "unclosed_fence"
    /// Front matter without its second `---`.
    case unclosedFrontMatter = "unclosed_front_matter"
    /// A line of the front matter that is no `key: value`, stands twice, or holds a value that cannot be.
    case frontMatter = "front_matter"
    /// A line of a `gradus` fence that is output of no command.
    case outputWithoutCommand = "output_without_command"
    /// A last command of a `gradus` fence that ends in `\`.
    case unfinishedCommand = "unfinished_command"
    /// A line of a `task` fence that is no goal, no hint and no command.
    case taskLine = "task_line"
    /// A goal of a task that is no `COMMAND | PATH OP VALUE`.
    case taskGoal = "task_goal"
    /// A task that wants nothing.
    case taskWithoutGoal = "task_without_goal"
    /// A task that shows no way.
    case taskWithoutSolution = "task_without_solution"
    /// A goal, or the condition of a hint, that cannot be looked up.
    case taskUnclear = "task_unclear"
    /// A task whose goals hold before it begins.
    case taskSolved = "task_solved"
    /// A task that its own solution does not solve.
    case taskUnsolved = "task_unsolved"
    /// A fence that takes longer than it may.
    case timeLimit = "time_limit"
    /// A lesson that does not say what it is.
    case noFrontMatter = "no_front_matter"
    /// Two files of one lesson that are not the same in both languages.
    case outOfStep = "out_of_step"
    /// A lesson that is there in one language of the course alone.
    case noTwin = "no_twin"
    /// A zero byte in the text, read as the replacement character.
    case zeroByte = "zero_byte"
    /// Bytes that are not UTF-8, read as Windows-1252, of which Latin-1 is a part.
    case notUTF8 = "not_utf8"
    /// A computation whose result is another number.
    case arithmetic
    /// A count of updates or batches that divides without rounding.
    case updateCount = "update_count"
    /// A layer's output that has another shape.
    case outputShape = "output_shape"
    /// A layer's or a model's parameters, of which there are more or fewer.
    case parameterCount = "parameter_count"
    /// A file of a folder that could not be read.
    case unreadable

    /// Whether a value is claimed, and another one is right.
    public var isClaim: Bool { [.arithmetic, .outputShape, .parameterCount, .updateCount].contains(self) }
  }

  /// The file, as it was named when it was read.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// What was found.
  public var kind: Kind
  /// What is wrong, one sentence without a full stop.
  public var says: String
  /// What would be right.
  public var right: String

  /// A finding of the given words.
  public init(file: String, line: Int, kind: Kind, says: String, right: String) {
    self.file = file
    self.line = line
    self.kind = kind
    self.says = says
    self.right = right
  }
}
