import Foundation
import Language
import Shell
import Testing

/// Commands that read or write thousands of things ask on the way whether to go on.
@MainActor @Suite struct BulkStopTests {
  private static let deck = (0..<900).map { "Question : what is \($0)?\nAnswer : 2 x \($0) = \(2 * $0)\n" }.joined()
  private static let table = "a,b,label\n" + (0..<9000).map { "\($0),1,\($0 % 2)\n" }.joined()
  private static let reviews =
    "card_id,rating,review_datetime\n"
    + (0..<3000).map { "c\($0 % 300),3,2025-01-01T00:\(String(format: "%02d:%02d", $0 / 60, $0 % 60))Z\n" }.joined()

  private func complaint(_ shell: TestShell, _ command: String) -> String? {
    do { try shell.run(command) } catch { return (error as? Complaint)?.what ?? "\(error)" }
    return nil
  }

  /// What the commands could change.
  private func state(_ shell: TestShell, _ folder: TemporaryFolder) throws -> [String] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    return [try "\(shell.json("deck list")["count"] ?? "")", "\(shell.surroundings.memory.count())"] + files
  }

  @Test(
    "Ctrl-C ends a command that is long at work, and leaves the session and the files as they were",
    arguments: [
      "deck load d.md", "deck check d.md", "data csv t.csv target=label", "reviews import r.csv", "reviews export out.csv",
      "data moons 200000", "data blobs 5000 features=9", "data linear 200000", "data sine 200000", "data sine 200000 noise=0",
      "data glyphs 400 size=8",
      "data xor 200000",
    ])
  func stops(command: String) throws {
    let folder = try TemporaryFolder(["d.md": Self.deck, "t.csv": Self.table, "r.csv": Self.reviews])
    let shell = TestShell()
    shell.surroundings.files.folder = folder.url
    try shell.run("reviews import r.csv")
    let before = try state(shell, folder)
    // The first look may be one before the work.
    for looks in 0...2 {
      shell.surroundings.interruptsAfter = looks
      #expect(complaint(shell, command) == Interruption.complaint.what, "after \(looks) looks")
      shell.surroundings.interruptsAfter = nil
      #expect(try state(shell, folder) == before)
      #expect(complaint(shell, "data describe") == complaint(TestShell(), "data describe"), "no data came of it")
    }
    #expect(complaint(shell, command) == nil)
  }
}
