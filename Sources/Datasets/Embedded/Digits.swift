import Foundation
import Kernels
import Language

/// Handwritten digits: 1,797 images of 8 x 8 x 1 with intensities in 0...1 (sixteenths), classes "0" to "9".
///
/// The file `digits.txt` has one header line, then a line for each image: 64 characters `0123456789abcdefg` (0 to 16) row by row, a comma
/// and the digit. Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, 1998; UCI Machine Learning Repository, CC
/// BY 4.0.
public struct Digits: DatasetRecipe, Equatable {
  static let rows = 1_797
  static let file = "digits.txt"

  /// The recipe; it has no parameters.
  public init() {}

  /// `digits`.
  public var name: String { "digits" }

  /// The command line that loads them.
  public var description: String { "data digits" }

  /// Reads the images; throws a `Complaint` when the file is missing or damaged.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let content = try environment.embedded(Digits.file)
    let (pixels, digits) = try Digits.images(of: content)
    guard digits.count == Digits.rows else {
      throw Complaint.embeddedDamaged(Digits.file, because: "\(digits.count) images instead of \(Digits.rows)")
    }
    return Dataset(
      name: name, recipe: self, features: Tensor(shape: [digits.count, 8, 8, 1], values: pixels), featureNames: ["intensity"],
      target: .classes(names: (0...9).map(String.init), indices: digits), targetName: "digit")
  }

  /// The pixels and digits of the lines after the header.
  static func images(of content: Data) throws -> (pixels: [Float], digits: [Int]) {
    var pixels: [Float] = []
    var digits: [Int] = []
    for (number, line) in content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().dropFirst() {
      let bytes = line.last == 0x0d ? Array(line.dropLast()) : Array(line)
      if bytes.isEmpty { continue }
      let image = bytes.prefix(64).compactMap(sixteenths)
      guard bytes.count == 66, image.count == 64, bytes[64] == UInt8(ascii: ","), (48...57).contains(bytes[65]) else {
        throw Complaint.embeddedDamaged(file, because: "line \(number + 1) is not 64 intensities, a comma and a digit")
      }
      pixels.append(contentsOf: image)
      digits.append(Int(bytes[65] - 48))
    }
    return (pixels, digits)
  }

  private static func sixteenths(_ byte: UInt8) -> Float? {
    switch byte {
    case 48...57: Float(byte - 48) / 16
    case 97...103: Float(byte - 97 + 10) / 16
    default: nil
    }
  }
}

extension Digits {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "digits", "1,797 handwritten digits as images of 8x8x1 with intensities from 0 to 1.", examples: ["data digits"],
    notes: "Source: Alpaydin and Kaynak, 1998; UCI Machine Learning Repository, CC BY 4.0."
  ) { Digits() }
}
