import Testing

@testable import Language

@Suite struct LexerTests {
  @Test(
    "A line is read into commands and words",
    arguments: [
      ("input 2; layer dense 8", [["input", "2"], ["layer", "dense", "8"]]),
      ("a;b", [["a"], ["b"]]),
      (";; ;", []),
      ("", []),
      ("fit 3 # a comment; not a command", [["fit", "3"]]),
      ("a#b", [["a#b"]]),
      (#"say "a \"b\" \\ \n c""#, [["say", "a \"b\" \\ \n c"]]),
      (#"say 'a \n "b"'"#, [["say", #"a \n "b""#]]),
      ("cards l'époque", [["cards", "l'époque"]]),
      (#"data csv file="my data.csv""#, [["data", "csv", "file=my data.csv"]]),
      ("set d.k [[1, 2], [3; 4]] # x", [["set", "d.k", "[[1, 2], [3; 4]]"]]),
      ("show dense.kernel[0, 1]", [["show", "dense.kernel[0, 1]"]]),
      ("gradus moons 2-8-1 e30 0.08 > summary", [["summary"]]),
      ("gradus> summary", [["summary"]]),
      ("> layer dense 1", [["layer", "dense", "1"]]),
      ("  >  fit 1", [["fit", "1"]]),
      ("gradus > ", []),
      ("fit 9 until accuracy>0.9", [["fit", "9", "until", "accuracy>0.9"]]),
      ("say ''", [["say", ""]]), ("\u{FEFF}input 2", [["input", "2"]]), ("\u{FEFF}> input 2", [["input", "2"]]),
    ] as [(String, [[String]])])
  func words(line: String, expected: [[String]]) throws {
    #expect(try Lexer.commands(in: line).map { $0.words.map(\.text) } == expected)
  }

  @Test("Places count characters of the line as typed", arguments: [("> a \"b c\" d", [2..<3, 4..<9, 10..<11]), ("é à", [0..<1, 2..<3])])
  func places(line: String, expected: [Range<Int>]) throws {
    #expect(try Lexer.commands(in: line).flatMap { $0.words.map(\.place) } == expected)
  }

  @Test("What is opened must be closed", arguments: [("say \"abc", 4), ("say 'abc", 4), ("set k [[1, 2]", 6), ("a=\"b", 2)])
  func unclosed(line: String, at position: Int) {
    let complaint = #expect(throws: Complaint.self) { try Lexer.commands(in: line) }
    #expect(complaint?.place?.lowerBound == position)
  }

  @Test("A command knows the text it was typed as")
  func typed() throws {
    #expect(try Lexer.commands(in: " input 2 ;  fit  3 # now").map(\.typed) == ["input 2", "fit  3"])
  }

  @Test("A backslash at the end continues the line, an escaped one does not", arguments: [("a \\", true), ("a \\\\", false), ("a", false)])
  func continuation(line: String, continues: Bool) {
    #expect(Lexer.continues(line) == continues)
  }

  @Test("A word splits at its first equals sign when a name stands before it")
  func split() throws {
    let words = try Lexer.commands(in: "a=1 =x 3=4 p/q=r 'a=b' a= x_1=y=z")[0].words
    #expect(words.map { $0.split?.name } == ["a", nil, nil, nil, nil, "a", "x_1"])
    #expect(words[6].split?.value == "y=z")
    #expect(words[0].split?.valuePlace == 2..<3)
  }
}
