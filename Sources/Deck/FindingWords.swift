/// The wording of every finding, in one place.
extension Finding.Kind {
  /// What is wrong and what would be right; `detail` is the word or the line that the sentence names.
  func words(_ detail: String) -> (says: String, right: String) {
    switch self {
    case .draft: ("a Question without an Answer line is a draft and is not asked", "write `Answer :` on a line below it")
    case .emptyQuestion: ("the Question of this answer holds no words", "write the question after `Question :`")
    case .emptyAnswer: ("the Answer of this card is empty", "write the answer after `Answer :`")
    case .strayAnswer: ("this Answer belongs to no Question", "write `Question :` on a line above it, one for each Answer")
    case .duplicate: ("this card stands already in \(detail); the two share one history", "remove one of them or ask something else")
    case .unclosedComment: ("the comment that opens here never ends", "close it with `-->`")
    case .unclosedFence: ("the fenced code that opens here never ends", "close it with a line of \(detail)")
    case .unclosedFrontMatter: ("the front matter that opens here never ends", "close it with a line of `---`")
    case .frontMatter:
      ("front matter: \(detail)", "write `key: value` or `key: [a, b]`, with the keys title, id, lang (en or fr) and needs")
    case .outputWithoutCommand: ("this line of the `gradus` fence is output of no command", "start a command with `> `")
    case .unfinishedCommand: ("this command ends in `\\` but nothing follows", "remove the `\\` or continue on the next line")
    case .zeroByte: ("a zero byte stands in the text", "save the file as UTF-8 text")
    }
  }
}

extension Finding {
  /// A finding in the words of its kind.
  init(_ kind: Kind, file: String, line: Int, _ detail: String = "") {
    let words = kind.words(detail)
    self.init(file: file, line: line, kind: kind, says: words.says, right: words.right)
  }
}
