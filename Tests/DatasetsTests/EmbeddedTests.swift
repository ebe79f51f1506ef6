import Foundation
import Kernels
import Language
import Testing

@testable import Datasets

@Suite struct EmbeddedTests {
  static let hasData = FileManager.default.fileExists(atPath: embeddedFolder.appendingPathComponent("digits.txt").path)

  @Test(
    .enabled(if: hasData),
    arguments: [
      (Iris(), [150, 4], ["setosa", "versicolor", "virginica"]),
      (Cancer(), [569, 30], ["benign", "malignant"]),
      (Diabetes(), [442, 10], []),
      (Digits(), [1_797, 8, 8, 1], (0...9).map(String.init)),
    ] as [(any DatasetRecipe, [Int], [String])])
  func theShippedSetsAreRead(_ recipe: any DatasetRecipe, _ shape: [Int], _ classes: [String]) throws {
    let data = try recipe.load(DataEnvironment(embeddedFolder: embeddedFolder, currentFolder: embeddedFolder))
    #expect(data.features.shape == shape && data.classNames == classes && data.missing == 0)
    #expect(data.recipe.description == "data \(data.name)")
  }

  @Test(.enabled(if: hasData)) func theirFiguresAreTheKnownOnes() throws {
    let world = DataEnvironment(embeddedFolder: embeddedFolder, currentFolder: embeddedFolder)
    let iris = try Iris().load(world).described()
    #expect(iris.classes.map(\.count) == [50, 50, 50])
    #expect(zip(iris.features.map(\.mean), [5.8433, 3.0573, 3.758, 1.1993]).allSatisfy { abs($0 - $1) < 1e-3 })
    #expect(try Cancer().load(world).described().classes.map(\.count) == [357, 212])
    #expect(abs(try #require(try Diabetes().load(world).described().target).mean - 152.1335) < 1e-3)
    let digits = try Digits().load(world)
    #expect(digits.described().classes.map(\.count) == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(digits.features.values.min() == 0 && digits.features.values.max() == 1)
    #expect(abs(digits.described().features[0].mean - 0.30526) < 1e-4)
    #expect(digits.targetText(0) == "0" && Array(digits.features.values[2...5]) == [5 / 16, 13 / 16, 9 / 16, 1 / 16])
  }

  static let line = String(repeating: "0g5a", count: 16)

  @Test func anImageIsALineOfSixteenths() throws {
    let (pixels, digits) = try Digits.images(of: Data("pixels,digit\n\(EmbeddedTests.line),7\r\n\n".utf8))
    #expect(digits == [7] && pixels.count == 64)
    #expect(Array(pixels.prefix(4)) == [0, 1, 0.3125, 0.625])
  }

  @Test(
    arguments: [
      (Iris(), [:], "the embedded data cannot be read: there is no file `/files/iris.csv`"),
      (
        Iris(), ["iris.csv": "a,species\n1,x\n"],
        "the embedded file iris.csv is damaged: 1 rows of 1 features instead of 150 of 4"
      ),
      (Cancer(), ["cancer.csv": "a,b\n1,x\n"], "the embedded file cancer.csv is damaged: cancer.csv has no column `diagnosis`"),
      (Diabetes(), ["diabetes.csv": ""], "the embedded file diabetes.csv is damaged: diabetes.csv is empty"),
      (Digits(), ["digits.txt": "pixels,digit\n\(line),7\n"], "the embedded file digits.txt is damaged: 1 images instead of 1797"),
      (
        Digits(), ["digits.txt": "pixels,digit\n\(line),7\n\(line)h,7\n"],
        "the embedded file digits.txt is damaged: line 3 is not 64 intensities, a comma and a digit"
      ),
      (
        Digits(), ["digits.txt": "pixels,digit\n" + line.replacing("g", with: "h") + ",7\n"],
        "the embedded file digits.txt is damaged: line 2 is not 64 intensities, a comma and a digit"
      ),
    ] as [(any DatasetRecipe, [String: String], String)])
  func aMissingOrDamagedFileIsComplainedOf(_ recipe: any DatasetRecipe, _ files: [String: String], _ says: String) {
    let answer = complaint { _ = try recipe.load(world(files)) }
    #expect(answer.hasPrefix(says + " | "), "\(answer)")
  }

  @Test func aMissingFolderIsComplainedOf() {
    let nowhere = DataEnvironment(embeddedFolder: nil, currentFolder: embeddedFolder)
    #expect(
      complaint { _ = try Digits().load(nowhere) }
        == "the folder with digits.txt was not found | it is Lessons/data: name the lessons with --lessons or GRADUS_LESSONS")
  }
}
