import Foundation
import Language
import Testing

@testable import Shell

/// `set NAME`: what a setting is, means and usually is.
@MainActor @Suite("A setting that is asked for") struct AskedSettingTests {
  nonisolated static let names = ["lr", "batch", "seed", "threads", "predict"] + Preference.allCases.map(\.rawValue)

  @Test("Its name alone tells value, meaning and default, and changes nothing", arguments: names)
  func told(name: String) throws {
    let shell = TestShell()
    let facts = try #require(try shell.run("set \(name)") as? SettingsFacts)
    #expect(facts.asked == name && facts.changed == nil)
    let value = try #require(SettingsFacts.standard.values.first { $0.name == name }?.value)
    let text = shell.text("set \(name)"), words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.hasPrefix("\(name) \(value) \(try #require(SettingsFacts.meanings[name]))"), "\(text)")
    #expect(words.hasSuffix(name == "lr" ? "." : "This is the default."))
    #expect(shell.surroundings.kept.isEmpty && shell.text("undo").contains("nothing to undo"))
    #expect(shell.text("script") == "nothing has made this session yet\n")
    let json = try shell.json("set \(name)")
    #expect(json["ok"] as? Bool == true && json["meaning"] as? String == SettingsFacts.meanings[name])
    #expect((json["settings"] as? [String: Any])?.count == 1 && json["default"] != nil)
  }

  @Test("What is not usual is told with its origin and with what is")
  func changed() throws {
    let shell = TestShell()
    try shell.run("set batch 16; set lang fr; layer dense 1; compile sgd 0.25 mse")
    #expect(
      shell.text("set batch") == """
        batch       16
        Samples a mini-batch. Values: 1 to 1,000,000. Set: this session. The default is
        32.

        """)
    #expect(
      shell.text("set lang") == """
        lang        fr
        The language of prose, cards and hints. Values: en, fr. Set: kept by `set`. The
        default is en.

        """)
    #expect(shell.text("set lr").hasPrefix("lr          0.25\n"))
  }

  @Test(
    "A value that does not fit is still told why",
    arguments: [("batch", "0"), ("lang", "de"), ("retention", "2"), ("due", "perhaps"), ("lr", "-1")])
  func refused(name: String, value: String) throws {
    let shell = TestShell()
    let complaint = #expect(throws: Complaint.self) { try shell.run("compile sgd mse; set \(name) \(value)") }
    let what = complaint?.what ?? "", hint = complaint?.hint ?? ""
    #expect(what.contains("`\(value)`") && (what.contains("must be") || hint.contains("there is")), "\(what); \(hint)")
  }
}
