import Foundation
import Kernels
import Language
import Testing

@testable import Datasets

/// What Pillow makes of the golden pictures.
private struct GoldenPictures: Decodable {
  let resized: [String: [Float]]
  let pixels: [String: [String: [Float]]]

  static func load() throws -> GoldenPictures { try JSONDecoder().decode(GoldenPictures.self, from: NPZTests.golden("pictures.json")) }
}

@Suite struct PictureTests {
  private func intensities(_ data: Data, channels: Int, size: [Int]? = nil) throws -> [Float] {
    let image = try ImageFile(data, channels: channels, file: "f")
    let (height, width) = size.map { ($0[0], $0[1]) } ?? (image.height, image.width)
    var values = [Float](repeating: -1, count: height * width * channels)
    try values.withUnsafeMutableBufferPointer { try image.write(to: $0, height: height, width: width) }
    return values
  }

  private func picture(_ name: String) throws -> Data { try NPZTests.golden("pictures/" + name) }

  @Test func theFormsOfPNGAndJPEGAreReadAsPillowReadsThem() throws {
    for (name, modes) in try GoldenPictures.load().pixels {
      for (mode, expected) in modes {
        let values = try intensities(picture(name), channels: mode == "L" ? 1 : 3)
        let difference = zip(values, expected).map { abs($0 * 255 - $1) }.max() ?? .infinity
        // Gray of a JPEG is its own channel of light here, and computed from the rounded colours there.
        #expect(values.count == expected.count && difference < (name.hasSuffix("jpg") ? 2.5 : 0.01), "\(name) \(mode) \(difference)")
      }
    }
  }

  @Test(arguments: ["alpha.png", "deep.png", "inks.jpg"]) func furtherFormsAreNearTheirOriginal(_ name: String) throws {
    let isGray = name == "deep.png"
    let original = try intensities(picture(isGray ? "gray.png" : "colour.png"), channels: isGray ? 1 : 3)
    let values = try intensities(picture(name), channels: isGray ? 1 : 3)
    let distance = zip(values, original).map { abs($0 - $1) }.reduce(0, +) / Float(values.count)
    #expect(distance < (name == "inks.jpg" ? 0.12 : 1e-6), "\(distance)")
  }

  @Test func resizingIsPillowsBilinearOne() throws {
    let golden = try GoldenPictures.load().resized
    #expect(golden.count == 4)
    for (size, expected) in golden {
      let values = try intensities(picture("colour.png"), channels: 3, size: size.split(separator: "x").compactMap { Int($0) })
      let difference = zip(values, expected).map { abs($0 * 255 - $1) }.max() ?? .infinity
      #expect(values.count == expected.count && difference < 0.01, "\(size): \(difference)")
    }
  }

  /// No cut and no flipped bit crashes; a cut is always told.
  @Test(arguments: ["colour.png", "palette.png", "bits.png", "colour.jpg", "progressive.jpg", "inks.jpg"])
  func everyDamageIsSurvived(_ name: String) throws {
    let whole = try picture(name)
    for length in 0..<whole.count - 12 {
      #expect(complaint { _ = try ImageFile(whole.prefix(length), channels: 3, file: "f") }.hasPrefix("f is"), "\(length)")
    }
    for place in whole.indices {
      for bits in [0x01, 0x80, 0xff] as [UInt8] {
        var damaged = whole
        damaged[place] ^= bits
        _ = complaint { _ = try ImageFile(damaged, channels: 1, file: "f") }
      }
    }
  }

  @Test func aPictureOfTooManyPixelsIsRefused() throws {
    var png = try picture("colour.png")
    // Width and height of the header, and its checksum.
    png.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
    png.replaceSubrange(29..<33, with: [0xe3, 0xe6, 0xa7, 0xb4])
    #expect(complaint { _ = try ImageFile(png, channels: 3, file: "f") }.hasPrefix("f has 65,536x65,536 pixels"))
    var jpeg = try picture("colour.jpg")
    let frame = try #require(jpeg.firstRange(of: [0xff, 0xc0]))
    jpeg.replaceSubrange(frame.lowerBound + 5..<frame.lowerBound + 9, with: [0xff, 0x00, 0xff, 0x00])
    #expect(complaint { _ = try ImageFile(jpeg, channels: 3, file: "f") }.hasPrefix("f has 65,280x65,280 pixels"))
  }
}

@Suite struct ImageFolderTests {
  /// A world with one folder `pets` of these classes and files.
  private func world(_ classes: [String: [String: Data]], flat: [String] = []) -> DataEnvironment {
    DataEnvironment(
      embeddedFolder: nil, currentFolder: URL(fileURLWithPath: "/files", isDirectory: true),
      read: { url in
        guard let data = classes[url.deletingLastPathComponent().lastPathComponent]?[url.lastPathComponent] else {
          throw Complaint.noFile(url.path)
        }
        return data
      },
      list: { url in
        guard url.lastPathComponent != "pets" else {
          return flat.map { FolderEntry(name: $0, isFolder: false) } + classes.keys.map { FolderEntry(name: $0, isFolder: true) }
        }
        return (classes[url.lastPathComponent] ?? [:]).keys.map { FolderEntry(name: $0, isFolder: false) }
      })
  }

  private func golden(_ name: String) throws -> Data { try NPZTests.golden("pictures/" + name) }

  @Test func aFolderIsAClass() throws {
    let (png, jpeg, gray) = (try golden("colour.png"), try golden("colour.jpg"), try golden("gray.png"))
    let classes = [
      "dog": ["b.png": png, "a.JPG": jpeg, "notes.txt": Data(), ".hidden.png": Data()], "cat": ["1.jpeg": gray], "empty": [:],
    ]
    let data = try ImageFolder(path: "pets").load(world(classes, flat: ["readme.md"]))
    #expect(data.features.shape == [3, 9, 7, 3] && data.featureNames == ["red", "green", "blue"] && data.name == "pets")
    #expect(data.target == .classes(names: ["cat", "dog"], indices: [0, 1, 1]))
    #expect(data.features.values.allSatisfy { (0...1).contains($0) })
    let small = try ImageFolder(path: "pets", size: [4, 5], channels: 1).load(world(classes))
    #expect(small.features.shape == [3, 4, 5, 1] && small.features.values.allSatisfy { (0...1.0001).contains($0) })
  }

  @Test func whatCannotBeReadIsComplainedOf() throws {
    let (png, other) = (try golden("colour.png"), try Data(contentsOf: embeddedFolder.appendingPathComponent("small/digits/0/1.png")))
    let rows: [([String: [String: Data]], [String], String)] = [
      (
        ["cat": ["1.png": png], "dog": ["1.png": other]], [],
        "dog/1.png has 8x8 pixels, and cat/1.png has 9x7 | give all the same size: size=9x7"
      ),
      (["cat": ["1.png": png, "2.png": png.prefix(60)]], [], "cat/2.png is damaged: it ends early"),
      (["cat": ["1.png": Data()]], [], "cat/1.png is empty"),
      (["cat": ["1.png": Data("hello, world".utf8)]], [], "cat/1.png is neither a PNG nor a JPEG file"),
      (["cat": ["1.gif": png]], [], "cat/1.gif is neither PNG nor JPEG"),
      ([:], ["1.png"], "the pictures of pets lie in no folder of their class"),
      (["cat": [:]], ["a.txt"], "pets has no folder with PNG or JPEG files"),
    ]
    for (classes, flat, says) in rows {
      let answer = complaint { _ = try ImageFolder(path: "pets").load(world(classes, flat: flat)) }
      #expect(answer.hasPrefix(says), "\(answer)")
    }
    var few = world(["cat": ["1.png": png, "2.png": png]])
    few.mostValues = 377
    #expect(complaint { _ = try ImageFolder(path: "pets").load(few) }.hasPrefix("pets holds 2 pictures of 9x7x3, over 377 numbers"))
  }

  @Test func aFolderThatIsNoneIsComplainedOf() {
    let here = DataEnvironment(embeddedFolder: nil, currentFolder: embeddedFolder)
    #expect(complaint { _ = try ImageFolder(path: "nowhere").load(here) }.hasPrefix("there is no folder `"))
    #expect(complaint { _ = try ImageFolder(path: "iris.csv").load(here) }.contains("is a file"))
  }

  @Test func aFileOfTooManyBytesIsRefused() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-\(UUID().uuidString)")
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    // A file with a hole: it takes no room on the disk.
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: 5 << 30)
    try handle.close()
    let answer = complaint { _ = try DataEnvironment.readFile(file) }
    #expect(answer.hasSuffix("has 5,368,709,120 bytes | at most 4,294,967,296 are read"), "\(answer)")
  }

  @Test func theShippedFolderIsRead() throws {
    let here = DataEnvironment(embeddedFolder: nil, currentFolder: embeddedFolder.appendingPathComponent("small"))
    let data = try ImageFolder(path: "digits", channels: 1).load(here)
    #expect(data.features.shape == [9, 8, 8, 1] && data.classNames == ["0", "1", "2"])
    #expect(data.recipe.description == "data images digits channels=1")
  }
}
