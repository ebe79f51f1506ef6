import Foundation
import Testing

@testable import Terminal

@Suite struct CompletionTests {
  @Test(arguments: [
    (keys: "su\t", line: "summary "),
    ("s\tu\t", "summary "),
    ("la\tde\t8", "layer dense 8"),
    ("layer d\t\tr\t", "layer dropout "),
    ("la dense\u{1b}[H\u{1b}[C\u{1b}[C\t", "layer dense"),
    ("xyz\t", "xyz"),
    ("é su\t", "é summary "),
    ("e\u{301}日 su\t!", "e\u{301}日 summary !"),
  ])
  func tabCompletes(_ keys: String, _ line: String) throws {
    let session = try PtySession()
    try session.expect("> ")
    try session.send(keys + "\r")
    try session.expect("<\(line)>")
  }

  @Test func tabListsWhatIsPossibleAndDrawsTheLineAnew() throws {
    let session = try PtySession()
    try session.expect("> ")
    try session.send("s\t")
    try session.expect("set")
    try session.expect("step     Update once.")
    try session.expect("summary  The table.")
    try session.expect("> ")
    try session.send("u\t\r")
    try session.expect("<summary >")
  }

  @Test func manyCandidatesStandInColumns() throws {
    let session = try PtySession(columns: 60)
    try session.expect("> ")
    try session.send("show item\t")
    try session.expect("item1   item7   item13  item19  item25  item31  item37")
    try session.expect("> ")
  }

  @Test(arguments: [
    ("layer dr", ["dropout", "dropconnect"], CompletionStep.replace(6..<8, by: "drop")),
    ("layer dr", ["dropout"], .replace(6..<8, by: "dropout ")),
    ("layer dr x", ["dropout"], .replace(6..<8, by: "dropout")),
    ("layer dr", ["dr", "dropout"], .list),
    ("layer dr", ["DROP", "dropout"], .list),
    ("layer dr", ["DROP1", "DROP2"], .replace(6..<8, by: "DROP")),
    ("layer dr", ["\"dr a\"", "\"dr b\""], .replace(6..<8, by: "\"dr ")),
    ("layer dr", [], .nothing),
    ("layer", ["dense"], .nothing),
    ("layer dr", ["draw="], .replace(6..<8, by: "draw=")),
    ("layer dr", ["dr/"], .replace(6..<8, by: "dr/")),
    ("layer dr ", ["dr"], .list),
  ])
  func theStepFollowsFromTheCandidates(_ line: String, _ texts: [String], _ step: CompletionStep) {
    #expect(CompletionStep.decide(line: line, for: CompletionList(replacing: 6..<8, candidates: texts.map { .init($0) })) == step)
  }

  @Test func rowsNeverExceedTheTerminal() {
    for width in [20, 40, 80, 200] {
      for count in [1, 3, 16, 17, 300] {
        let candidates = (0..<count).map {
          CompletionList.Candidate("name\($0)日本", summary: "a summary that is long enough to be cut \($0)")
        }
        let rows = CompletionLayout.rows(candidates, width: width, height: 24)
        #expect(rows.count <= 21)
        #expect(rows.allSatisfy { columnCount($0) < width })
        #expect(rows.joined().contains("name0"))
      }
    }
  }

  @Test func whatDoesNotFitComesInPages() {
    let candidates: [CompletionList.Candidate] = (1...100).map { .init("n\($0)") }
    var shown: [String] = []
    for page in 0..<5 {
      let rows = CompletionLayout.rows(candidates, width: 40, height: 8, page: page)
      #expect(rows.count <= 5 && rows.last == "page \(page + 1) of 5; Tab again: the next")
      shown += rows.dropLast().flatMap { $0.split(separator: " ").map(String.init) }
    }
    #expect(Set(shown) == Set(candidates.map(\.text)) && shown.count == 100)
    #expect(CompletionLayout.rows(candidates, width: 40, height: 8, page: 5) == CompletionLayout.rows(candidates, width: 40, height: 8))
  }

  @Test func namesComeFirstAndThenWhatTheyAre() {
    let candidates: [CompletionList.Candidate] = (1...30).map { .init("n\($0)", summary: "the number \($0)") }
    let names = CompletionLayout.rows(candidates, width: 40, height: 24)
    #expect(names.count == 5 && names.last == "Tab again: what they are")
    let pages = (1...3).map { CompletionLayout.rows(candidates, width: 40, height: 24, page: $0) }
    #expect(pages[0].first == "  n1   the number 1" && pages[0].count == 21 && pages[0].last == "page 1 of 2; Tab again: the next")
    #expect(pages[1].dropLast().last == "  n30  the number 30" && pages[2] == pages[0])
  }

  @Test func aSummaryIsCutBetweenWords() {
    let rows = CompletionLayout.rows([.init("one", summary: "a summary that is rather long"), .init("two")], width: 24, height: 24)
    #expect(rows == ["  one  a summary...", "  two"])
  }
}
