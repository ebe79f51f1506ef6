import Datasets
import Foundation

/// Pictures: PNG files whose chunks have their checksums again, and JPEG files.
final class PictureTarget: FuzzTarget {
  static let name = "pictures"
  static let share = 400
  /// A picture may have fifty million pixels of three colours.
  static let megabytes = 1_024
  private let pictures: [[UInt8]]
  private let jpegs: [[UInt8]]
  private let mutation = Mutation.binary(words: [
    [0xff, 0xd8], [0xff, 0xc0], [0xff, 0xc2], [0xff, 0xc4], [0xff, 0xda], [0xff, 0xd9], [0xff, 0xdb], [0xff, 0xdd], [0xff, 0xee],
    [0xff, 0xd0],
    Array("IHDR".utf8), Array("PLTE".utf8), Array("tRNS".utf8), Array("IDAT".utf8), Array("IEND".utf8), Array("iCCP".utf8),
    Array("zTXt".utf8),
  ])

  init(_ place: FuzzPlace) throws {
    let golden = try place.files("Tests/DatasetsTests/Golden/pictures", "g").map { try place.bytes($0) }.filter { $0.count < 16_000 }
    pictures = golden.filter { $0.first == 0x89 }
    jpegs = golden.filter { $0.first == 0xff }
  }

  func input(_ random: inout Randomness) -> [UInt8] {
    switch random.below(5) {
    case 0: return mutation.changed(random.member(of: pictures), jpegs, &random)
    case 1, 2: return mutation.changed(random.member(of: jpegs), jpegs, &random)
    case 3: return drawn(&random)
    default:
      guard var chunks = Packing.chunks(ofPNG: random.member(of: pictures)), !chunks.isEmpty else { return [] }
      let others = chunks.map(\.content)
      for _ in 0..<random.length(upTo: 3) {
        let index = random.below(chunks.count)
        switch random.below(6) {
        case 0: chunks.swapAt(index, random.below(chunks.count))
        case 1: chunks.insert(chunks[index], at: random.below(chunks.count + 1))
        case 2:
          chunks[index].kind = Array(
            random.member(of: ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "zTXt", "iCCP", "bKGD", "eXIf"]).utf8)
        default: chunks[index].content = mutation.changed(chunks[index].content, others, &random)
        }
      }
      return Packing.png(chunks)
    }
  }

  /// A picture of any size and kind whose lines may be too few or too many.
  private func drawn(_ random: inout Randomness) -> [UInt8] {
    let (width, height) = (random.length(upTo: 40), random.length(upTo: 40))
    let depth: UInt8 = random.member(of: [1, 2, 4, 8, 16]), kind: UInt8 = random.member(of: [0, 2, 3, 4, 6])
    let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][Int(kind)] ?? 1
    let stride = 1 + (width * channels * Int(depth) + 7) / 8
    let lines = (0..<height * stride).map { $0 % stride == 0 ? UInt8(random.below(6)) : UInt8(truncatingIfNeeded: random.next()) }
    var head = Packing.big(UInt32(width)) + Packing.big(UInt32(height)) + [depth, kind, 0, 0, UInt8(random.below(2))]
    if random.one(in: 3) { head = mutation.changed(head, [head], &random) }
    let data = random.one(in: 2) ? lines : mutation.changed(lines, [lines], &random)
    var chunks = [("IHDR", head), ("IDAT", Packing.zlib(data)), ("IEND", [])].map { (Array($0.utf8), $1) }
    if kind == 3 || random.one(in: 6) {
      chunks.insert((Array("PLTE".utf8), (0..<3 * random.length(upTo: 256)).map { UInt8(truncatingIfNeeded: $0) }), at: 1)
    }
    if random.one(in: 4) { chunks.insert((Array("tRNS".utf8), [UInt8](repeating: 9, count: random.length(upTo: 9))), at: chunks.count - 2) }
    return Packing.png(chunks)
  }

  func read(_ input: [UInt8]) -> Bool {
    var random = Randomness(of: input)
    let folder = ImageFolder(path: "p", size: random.member(of: [nil, [8, 8], [1, 33]]), channels: random.member(of: [1, 3]))
    return Reading.data(folder, ["p/a/1.png": input])
  }
}
