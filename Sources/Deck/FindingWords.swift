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
      ("front matter: \(detail)", "write `key: value` or `key: [a, b]`, with the keys title, id, lang (en or fr) and needs")
    case .outputWithoutCommand: ("this line of the `gradus` fence is output of no command", "start a command with `> `")
    case .unfinishedCommand: ("this command ends in `\\` but nothing follows", "remove the `\\` or continue on the next line")
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
  init(_ kind: Kind, file: String, line: Int, _ detail: String = "") {
    let words = kind.words(detail)
    self.init(file: file, line: line, kind: kind, says: words.says, right: words.right)
  }

  /// A finding in the words of its kind, of which the right value is known.
  public init(_ kind: Kind, file: String, line: Int, _ detail: String, right: String) {
    self.init(file: file, line: line, kind: kind, says: kind.words(detail).says, right: right)
  }
}
