/// The wording of every finding, in one place.
extension Finding.Kind {
  /// What is wrong and what would be right; `detail` is the word or the line that the sentence names.
  func words(_ detail: String) -> (says: String, right: String) {
    switch self {
    case .draft: ("a Question without an Answer line is a draft and is not asked", "write `Answer :` on a line below it")
    case .emptyQuestion: ("the Question of this answer holds no words", "write the question after `Question :`")
    case .emptyAnswer: ("the Answer of this card is empty", "write the answer after `Answer :`")
    case .strayAnswer: ("this Answer belongs to no Question\(detail)", "write `Question :` on a line above it, one for each Answer")
    case .duplicate: ("this card stands already in \(detail); the two share one history", "remove one of them or ask something else")
    case .pictureOnly: ("the Answer is nothing but a picture", "say in words what the picture shows")
    case .missingPicture: ("the picture `\(detail.prefix(80))` is not there", "put the file there or correct the path")
    case .strayText:
      ("\(detail): the line is read as a part of the card", "start markers at the line's start, put other text in `<!-- -->`")
    case .unclosedComment: ("the comment that opens here never ends", "close it with `-->`")
    case .unclosedFence: ("the fenced code that opens here never ends", "close it with a line of \(detail)")
    case .unclosedFrontMatter: ("the front matter that opens here never ends", "close it with a line of `---`")
    case .frontMatter:
      ("front matter: \(detail)", "write `key: value` or `key: [a, b]`, with the keys title, id, lang (en or fr), order, minutes and needs")
    case .outputWithoutCommand: ("this line of the `gradus` fence is output of no command", "start a command with `> `")
    case .unfinishedCommand: ("this command ends in `\\` but nothing follows", "remove the `\\` or continue on the next line")
    case .taskLine: ("`\(detail)` is no line of a task", "write `goal: COMMAND | PATH OP VALUE`, `hint: TEXT` or `> COMMAND`")
    case .taskGoal: ("the goal `\(detail)` cannot be read", "write `goal: COMMAND | PATH OP VALUE`, such as `goal: summary | total == 97`")
    case .taskWithoutGoal: ("the task wants nothing", "write `goal: COMMAND | PATH OP VALUE`, such as `goal: summary | total == 97`")
    case .taskWithoutSolution: ("the task shows no solution", "write the commands that solve it, each after `> `")
    case .taskUnclear: (detail, "a goal looks at what `gradus --json -c 'COMMAND'` prints")
    case .taskSolved: ("the goals of the task hold before it begins", "ask for something that is left to do")
    case .taskUnsolved: ("the task's own solution does not solve it: \(detail)", "mend the solution or the goal")
    case .timeLimit: ("the fence takes longer than \(detail)", "train less here, or give `--limit SECONDS`")
    case .noFrontMatter: ("the lesson says no \(detail)", "write title, id and lang between two lines of `---` at the very start")
    case .outOfStep: (detail, "both languages have the same experiments, tasks and cards in the same order")
    case .noTwin: ("the lesson `\(detail)` is there in one language only", "write its other language, with the same id")
    case .zeroByte: ("a zero byte stands in the text", "save the file as UTF-8 text")
    case .notUTF8: ("\(detail) not UTF-8 and read as Latin-1", "save the file as UTF-8")
    case .arithmetic: ("\(detail) is not right", "compute it again")
    case .updateCount: ("`\(detail)` updates or batches are seldom a whole number", "round it up")
    case .outputShape: ("\(detail) is not the shape of the output", "compute it again")
    case .parameterCount: ("\(detail) is not the number of parameters", "count them again")
    case .unreadable: (detail, "mend the file or take it out of the folder")
    }
  }
}

extension Finding {
  /// A finding in the words of its kind.
  public init(_ kind: Kind, file: String, line: Int, _ detail: String = "") {
    let words = kind.words(detail)
    self.init(file: file, line: line, kind: kind, says: words.says, right: words.right)
  }

  /// A finding in the words of its kind, of which the right value is known.
  public init(_ kind: Kind, file: String, line: Int, _ detail: String, right: String) {
    self.init(file: file, line: line, kind: kind, says: kind.words(detail).says, right: right)
  }
}
