import Foundation
import Screen
import Testing

@Suite struct ReferenceTests {
  @Test("REFERENCE.md is what the declarations say; RECORD_REFERENCE=1 writes it and fails the run")
  func reference() throws {
    let file = projectRoot.appendingPathComponent("REFERENCE.md")
    if ProcessInfo.processInfo.environment["RECORD_REFERENCE"] != nil {
      try Data(ReferencePage.markdown.utf8).write(to: file)
      Issue.record("REFERENCE.md was written; run again without RECORD_REFERENCE")
    }
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text == ReferencePage.markdown, "record REFERENCE.md anew")
  }
}
