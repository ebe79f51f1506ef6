import Deck
import Testing

@Suite("Any bytes")
struct RobustnessTests {
  /// Pieces that deck syntax is made of, some of them cut.
  static let pieces: [[UInt8]] =
    [
      "Question", "Answer", " : ", ":", " - ", "\n", "\r\n", "\r", "---\n", "```", "````", "~~~", "gradus", "gradus tol=", "> ", "\\",
      "<!--", "-->",
      "<!-", "->", "`", "``", "$", "- ", "1. ", "    ", "\t", "\u{A0}", "é", "e\u{301}", "\u{0}", "title: [", "]", "lang: fr", "#",
      "\u{FEFF}", "'",
    ].map { Array($0.utf8) } + [[0xC2], [0xE2, 0x80], [0xFF], [0x00]]

  @Test("are read without a crash: text as text, bytes of neither encoding as a fault", arguments: 0..<40)
  func fuzz(seed: UInt64) throws {
    var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<25 {
      // Half of the inputs leave the cut pieces out, so that most of them reach the parser.
      let bound = next(2) == 0 ? RobustnessTests.pieces.count : RobustnessTests.pieces.count - 4
      let bytes = (0..<next(60)).flatMap { _ in RobustnessTests.pieces[next(bound)] }
      let isText = String(validating: bytes, as: UTF8.self) != nil
      do {
        let document = try Document(file: "f.md", bytes: bytes)
        #expect(isText || !bytes.contains(0))
        let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
        #expect(document.cards.allSatisfy { (1...lines).contains($0.line) && $0.answerLine > $0.line && !$0.question.isEmpty })
        #expect(document.findings.allSatisfy { (1...lines).contains($0.line) })
        #expect(CardLibrary([document]).count == document.cards.count)
      } catch {
        #expect(!isText && bytes.contains(0))
        #expect(error.path == "f.md")
      }
    }
  }

  @Test(
    "that repeat one piece are read in time",
    arguments: ["`<!--", "<!-- ", "- ", "\t", "```\n", "Question:x\nAnswer:y\n", "> \\\n", "$ ", "` `` ", " - ", "\\<!--`", "<!---->"])
  func linear(piece: String) {
    // A quadratic reader needs minutes for these hundred kilobytes, a linear one a fraction of a second even in a debug build.
    let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
    let time = ContinuousClock().measure { _ = Document(file: "f.md", text: text) }
    #expect(time < .seconds(5))
  }
}
