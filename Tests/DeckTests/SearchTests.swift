import Deck
import Testing

@Suite("A search")
struct SearchTests {
  static let library = CardLibrary([
    Document(
      file: "a.md",
      text: """
        Question : A - One - what is a stride?
        Answer : a step
        Question : A - Two - où est l'époque ?
        Answer : là, un mot-clé
        Question : A - Fitting - what does fit() do, and `model.fit`?
        Answer : it trains; see $\\eta$ and σ, 3x3
        Question : a - one - What is a stride?
        Answer : twice
        Question : alone
        Answer : a Step, fitted to a Cœur
        Question : gradients
        Answer : of mini-batches
        Question : a mot and a clé
        Answer : (None, 8) -> "x"
        """)
  ])

  @Test(
    "finds the cards that hold every word, the best first, whatever the case, the accents and the punctuation",
    arguments: [
      ("STRIDE", [1, 7]), ("stride step", [1]), ("step stride what", [1]), ("l’epoque", [3]), ("l'époque", [3]), ("ou EPOQUE", [3]),
      ("step", [1, 9]), ("two la", [3]), ("nowhere", []), ("", [1, 3, 5, 7, 9, 11, 13]), ("   ", [1, 3, 5, 7, 9, 11, 13]),
      // A hyphen binds its words together; blanks do not.
      ("mot-clé", [3]), ("mot clé", [13, 3]), ("mini-batch", [11]), ("batch-mini", []),
      // The last word may be a start, the others may not.
      ("fit()", [5, 9]), ("fit", [5, 9]), ("fit it", [5]), ("grad", [11]), ("grad mini", []), ("gradients min", [11]),
      ("ient", []), ("coeur", [9]), ("CŒUR", [9]), ("3x3", [5]), ("σ", [5]), ("Σ", [5]), ("eta", [5]),
      // Punctuation beside words does not count, alone it is looked for.
      ("\"stride\"", [1, 7]), ("(stride", [1, 7]), ("stride OR NOT", []), ("stride*", [1, 7]), ("question:stride", []),
      ("stride ?", [1, 7]),
      ("()", [5]), ("->", [13]), ("\"", [13]), ("-> (", [13]), ("^%", []), ("'; DROP TABLE card; --", []),
    ])
  func search(words: String, lines: [Int]) {
    #expect(SearchTests.library.search(words).map(\.line) == lines)
  }

  @Test("finds a word wherever it stands in a text, of whatever length, and none across the end of a part")
  func places() {
    for length in [1, 2, 14, 15, 16, 17, 31, 33, 40] {
      let word = String(repeating: "q", count: length - 1) + "z"
      for before in 0..<36 {
        let start = (0..<before).map { $0 % 5 == 4 ? " " : "q" }.joined()
        let text = "Question : \(start) \(word)\nAnswer : \(start) q\nQuestion : z\nAnswer : q \(start)"
        let library = CardLibrary([Document(file: "a.md", text: text)])
        #expect(library.search(word).map(\.line) == (length == 1 ? [1, 3] : [1]), "\(length) letters behind \(before)")
        #expect(library.search(word + "z").isEmpty && library.search("q" + word + " x").isEmpty)
      }
    }
  }

  @Test("ranks words of the question before those of topic, category and answer")
  func ranks() {
    let text = "Question : A - B - x\nAnswer : loss\nQuestion : Loss - B - y\nAnswer : z\nQuestion : A - Loss - y\nAnswer : z\n"
    let library = CardLibrary([
      Document(file: "a.md", text: text + "Question : A - B - losses\nAnswer : z\nQuestion : A - B - loss\nAnswer : z\n")
    ])
    #expect(library.search("loss").map(\.line) == [9, 7, 5, 3, 1])
  }

  @Test("sees the cards that are added after it")
  func added() {
    var library = SearchTests.library
    #expect(library.search("fresh").isEmpty)
    library.add([Document(file: "b.md", text: "Question : fresh\nAnswer : y")])
    #expect(library.search("fresh").count == 1 && SearchTests.library.search("fresh").isEmpty)
  }
}
