import Foundation
import Kernels
import Language
import Testing

@testable import Datasets

@Suite struct IDXTests {
  /// The bytes of an IDX file.
  static func idx(_ type: UInt8, _ shape: [Int], _ content: [UInt8]) -> Data {
    Data([0, 0, type, UInt8(shape.count)] + shape.flatMap { axis in [24, 16, 8, 0].map { UInt8(axis >> $0 & 255) } } + content)
  }

  static let images = idx(8, [2, 2, 3], [0, 255, 51, 1, 2, 3, 4, 5, 6, 7, 8, 255])
  static let labels = idx(8, [2], [7, 3])

  private func load(_ images: Data, _ labels: Data, mostValues: Int = 1_000) throws -> Dataset {
    var world = world(["train-images-idx3-ubyte": images, "l.idx": labels])
    world.mostValues = mostValues
    return try IDXFiles(images: "train-images-idx3-ubyte", labels: "l.idx").load(world)
  }

  @Test func bytesBecomeIntensitiesAndLabelsClasses() throws {
    let data = try load(IDXTests.images, IDXTests.labels)
    #expect(data.features.shape == [2, 2, 3, 1] && data.featureNames == ["intensity"])
    #expect(Array(data.features.values.prefix(3)) == [0, 1, 0.2])
    #expect(data.target == .classes(names: ["3", "7"], indices: [1, 0]))
    #expect(data.name == "train")
  }

  @Test(
    arguments: [
      (9, [1, 255, 0x80, 127], [1, -1, -128, 127]), (11, [1, 0, 255, 255], [256, -1]), (12, [0, 1, 0, 0], [65536]),
      (13, [0x3f, 0xc0, 0, 0], [1.5]), (14, [0xbf, 0xf8, 0, 0, 0, 0, 0, 0], [-1.5]),
    ] as [(UInt8, [UInt8], [Float])])
  func everyTypeIsRead(_ type: UInt8, _ content: [UInt8], _ expected: [Float]) throws {
    let array = try IDXArray(IDXTests.idx(type, [1, expected.count], content), file: "f", mostValues: 10)
    #expect(array.tensor == Tensor(shape: [1, expected.count], values: expected))
  }

  @Test func theShippedGzippedFileIsRead() throws {
    let folder = embeddedFolder.appendingPathComponent("small")
    let data = try IDXFiles(images: "digits-images.idx3.gz", labels: "digits-labels.idx1")
      .load(DataEnvironment(embeddedFolder: nil, currentFolder: folder))
    #expect(data.features.shape == [60, 8, 8, 1] && data.classNames == (0...9).map(String.init) && data.name == "digits")
    let npz = try NPZFile(path: "digits.npz").load(DataEnvironment(embeddedFolder: nil, currentFolder: folder))
    #expect(npz.features == data.features && npz.target == data.target)
  }

  @Test(
    arguments: [
      (Data(), labels, "train-images-idx3-ubyte is empty"),
      (images, Data(), "l.idx is empty"),
      (Data("\u{89}PNG".utf8), labels, "train-images-idx3-ubyte is no IDX file: it begins with c2 89 50 4e"),
      (Data([0, 0]), labels, "train-images-idx3-ubyte is no IDX file: it begins with 00 00"),
      (images.dropLast(), labels, "train-images-idx3-ubyte ends early: 2x2x3 numbers need 28 bytes, and it has 27"),
      (images.prefix(9), labels, "train-images-idx3-ubyte ends early: its header needs 16 bytes, and it has 9"),
      (images + [0], labels, "train-images-idx3-ubyte goes on after its 2x2x3 numbers"),
      (idx(8, [0, 28, 28], []), labels, "train-images-idx3-ubyte holds no sample: its shape is 0x28x28"),
      (images, idx(8, [3], [1, 2, 3]), "train-images-idx3-ubyte holds 2 samples, and l.idx 3 targets"),
      (images, idx(8, [2, 1], [1, 2]), "l.idx holds 2x1 numbers, not one label a sample"),
      (labels, images, "train-images-idx3-ubyte holds labels, and l.idx the images"),
      (idx(13, [2, 1], [0x7f, 0xc0, 0, 0, 0, 0, 0, 0]), labels, "train-images-idx3-ubyte holds NaN at [0, 0]"),
      (idx(8, [2, 1, 1, 1, 1], [0, 0]), labels, "train-images-idx3-ubyte has the shape 2x1x1x1x1"),
      (
        idx(8, [1 << 31, 1 << 31, 1 << 31], [0]), labels, "train-images-idx3-ubyte holds 2,147,483,648x2,147,483,648x2,147,483,648 numbers"
      ),
      (idx(8, [2, 501], [0]), labels, "train-images-idx3-ubyte holds 2x501 numbers | at most 1,000 are read"),
      (Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]), labels, "train-images-idx3-ubyte is gzipped, and damaged or cut off"),
    ] as [(Data, Data, String)])
  func whatCannotBeReadIsComplainedOf(_ images: Data, _ labels: Data, _ says: String) {
    let answer = complaint { _ = try load(images, labels) }
    #expect(answer.hasPrefix(says), "\(answer)")
  }

  @Test func aHeaderAloneTakesNoMemory() {
    // The header promises 400 billion bytes; were they taken, this test would not come back.
    let answer = complaint {
      _ = try IDXArray(IDXTests.idx(14, [50_000, 1_000, 1_000], [1]), file: "f", mostValues: .max)
    }
    #expect(answer.hasPrefix("f ends early: 50,000x1,000x1,000 numbers need 400,000,000,016 bytes"), "\(answer)")
  }

  @Test func everyCutOfAGzippedFileIsComplainedOf() throws {
    let whole = try Data(contentsOf: embeddedFolder.appendingPathComponent("small/digits-images.idx3.gz"))
    for length in 0..<whole.count {
      let answer = complaint { _ = try IDXArray(whole.prefix(length), file: "f", mostValues: 100_000) }
      #expect(answer.hasPrefix("f is") || answer.hasPrefix("f ends"), "\(length): \(answer)")
    }
  }
}
