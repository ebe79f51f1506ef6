import Foundation
import Language
import Testing

@testable import Datasets

@Suite struct DatasetDeclarationTests {
  @Test func everyFileOfTheFoldersIsListed() throws {
    let sources = embeddedFolder.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Datasets")
    var declared = 0
    for folder in ["Drawn", "Embedded", "Files"] {
      for file in try FileManager.default.contentsOfDirectory(at: sources.appendingPathComponent(folder), includingPropertiesForKeys: nil) {
        let text = try String(contentsOf: file, encoding: .utf8)
        guard let mark = text.range(of: "Declaration<any DatasetRecipe>(\n    \"") else { continue }
        declared += 1
        let name = String(text[mark.upperBound...].prefix { $0 != "\"" })
        #expect(DatasetDeclarations.all.contains { $0.name == name }, "\(file.lastPathComponent) is not listed")
      }
    }
    #expect(declared == DatasetDeclarations.all.count)
    #expect(Set(DatasetDeclarations.all.map(\.name)).count == declared)
  }

  @Test(arguments: DatasetDeclarations.all.flatMap { member in member.outline.examples.map { (member.name, $0) } })
  func everyExampleIsRead(_ name: String, _ example: String) throws {
    let recipe = try parsed(example)
    let isFile = DatasetDeclarations.files.contains { $0.name == name }
    #expect(isFile || recipe.name == name)
    // What a recipe prints is read as the same recipe again.
    #expect(try parsed(recipe.description).description == recipe.description)
  }

  @Test func everyMemberHasAnExample() {
    for member in DatasetDeclarations.all { #expect(!member.outline.examples.isEmpty && !member.outline.summary.isEmpty) }
  }

  @Test(arguments: [
    ("data moons", "data moons 500 noise=0.1"),
    ("data moons 30 seed=4 noise=0", "data moons 30 noise=0 seed=4"),
    ("data spiral classes=5 90", "data spiral 90 noise=0.1 classes=5"),
    ("data blobs features=7", "data blobs 500 noise=0.1 classes=3 features=7"),
    ("data csv \"my file.csv\" target=\"a b\" drop=id,name header=yes", "data csv \"my file.csv\" target=\"a b\" header=yes drop=id,name"),
    ("data csv 'it\"s;.csv' target=1", "data csv \"it\\\"s;.csv\" target=1"),
  ])
  func aLineBecomesARecipe(_ line: String, _ printed: String) throws {
    #expect(try parsed(line).description == printed)
    #expect(try parsed(printed).description == printed)
  }

  @Test(arguments: [
    ("data moons 0", "count must be a whole number from 1 to 10,000,000, not `0`"),
    ("data moons noise=-1", "noise must be a number from 0 to 1000000"),
    ("data moons seed=-1", "seed must be a whole number"), ("data iris 5", "`iris` does not know what to do with `5`"),
    ("data csv a.csv", "`csv` needs the column to be predicted"), ("data moons classes=3", "`moons` has no option `classes`"),
  ])
  func aWrongLineIsRefused(_ line: String, _ says: String) {
    let answer = complaint { _ = try parsed(line) }
    #expect(answer.hasPrefix(says), "\(answer)")
  }

  private func parsed(_ line: String) throws -> any DatasetRecipe {
    let words = Array(try Lexer.commands(in: line)[0].words.dropFirst())
    return try DeclarationIndex(DatasetDeclarations.all).exactly(words[0], what: "data set").parse(words)
  }
}
