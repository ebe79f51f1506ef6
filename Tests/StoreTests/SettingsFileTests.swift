import Foundation
import Shell
import Testing

@testable import Store

@Suite struct SettingsFileTests {
  @Test(arguments: [
    (line: "plot ascii", name: "plot", value: "ascii"), ("plot = ascii", "plot", "ascii"), ("plot=ascii", "plot", "ascii"),
    ("set plot ascii", "plot", "ascii"), ("  plot\tascii  # why", "plot", "ascii"), ("plot = \"ascii\"", "plot", "ascii"),
    ("plot", "plot", ""), ("plot =", "plot", ""), ("plot a#b", "plot", "a#b"), ("plot a b\r", "plot", "a b"), ("= x", "", "x"),
    ("plot \"", "plot", "\""), ("settle x", "settle", "x"),
  ])
  func linesAreReadInEveryForm(_ line: String, _ name: String, _ value: String) {
    #expect(SettingsFile.setting(line, number: 3) == SettingLine(number: 3, name: name, value: value))
  }

  @Test(arguments: ["", "   ", "# plot ascii", "\t# x", "#", "\r"])
  func linesWithoutASettingArePassedOver(_ line: String) { #expect(SettingsFile.setting(line, number: 1) == nil) }

  @Test func linesKeepTheirNumbers() throws {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("config")
    #expect(try SettingsFile(file).read().lines.isEmpty)
    try Data([0xEF, 0xBB, 0xBF] + Array("lang fr\r\n\n# x\n".utf8) + [0xFF, 0x0A] + Array("plot off".utf8)).write(to: file)
    let content = try SettingsFile(file).read()
    #expect(content.lines == [SettingLine(number: 1, name: "lang", value: "fr"), SettingLine(number: 5, name: "plot", value: "off")])
    #expect(content.faults.map(\.line) == [4] && content.faults.first?.complaint.what == "this is no UTF-8")
  }

  @Test("What is no text of settings is refused, and keeping a setting does not destroy it")
  @MainActor func refusals() throws {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("settings")
    let contents: [(bytes: [UInt8], reason: String)] = [
      ([0xFF, 0xFE, 0x61, 0], "it is UTF-16"), ([UInt8](repeating: 0x61, count: 100_001), "it has more than 100 kB"),
    ]
    for (bytes, reason) in contents {
      try Data(bytes).write(to: file)
      let complaint = try #require(throws: Complaint.self) { _ = try SettingsFile(file).read() }
      #expect(complaint.what.hasSuffix(reason), "\(complaint)")
      #expect(throws: Complaint.self) { try PreferenceFile(file: file).save("lang", "fr") }
      #expect(try Array(Data(contentsOf: file)) == bytes)
      #expect(PreferenceFile(file: file).load().isEmpty)
    }
    try FileManager.default.removeItem(at: file)
    #expect(mkfifo(file.path, 0o600) == 0)
    #expect(try #require(throws: Complaint.self) { _ = try SettingsFile(file).read() }.what.hasSuffix("it is no file"))
    #expect(try #require(throws: Complaint.self) { _ = try SettingsFile(folder.url).read() }.what.hasSuffix("it is a folder"))
  }

  @Test("A setting that is kept no longer goes, the others stay")
  @MainActor func removing() throws {
    let folder = try Folder()
    let file = folder.url.appendingPathComponent("a/settings")
    let preferences = PreferenceFile(file: file)
    try preferences.remove("lang")
    #expect(!FileManager.default.fileExists(atPath: file.path))
    try preferences.save("lang", "fr")
    try preferences.save("plot", "off")
    try preferences.remove("lang")
    #expect(try String(contentsOf: file, encoding: .utf8) == "set plot off\n")
  }
}
