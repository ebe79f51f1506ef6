import CImages
import Foundation
import Shell

/// A picture as bytes: height x width x red, green, blue.
struct PixelPicture: Sendable, Equatable {
  let width, height: Int
  let pixels: [UInt8]

  /// A picture of the given bytes.
  ///
  /// - Precondition: there are height x width x 3 of them.
  init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height * 3, "\(pixels.count) bytes for \(height)x\(width)x3")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Why a file is no picture that can be shown.
  enum Failure: Error, Equatable {
    case unknown
    case damaged(String)
    case tooLarge(width: Int, height: Int)
    case noMemory

    /// The reason in a few words.
    var words: String {
      switch self {
      case .unknown: "neither PNG nor JPEG"
      case .damaged(let why): why.isEmpty ? "damaged" : "damaged: \(sanitized(why))"
      case .tooLarge(let width, let height): "\(grouped(width))x\(grouped(height)) pixels are too many"
      case .noMemory: "no memory for it"
      }
    }
  }

  /// Reads a PNG or JPEG file.
  init(file: Data, mostPixels: Int) throws(Failure) {
    var image = gradus_image()
    defer { gradus_image_free(&image) }
    let result = file.withUnsafeBytes {
      gradus_image_read($0.bindMemory(to: UInt8.self).baseAddress, $0.count, 3, UInt64(mostPixels), &image)
    }
    let (width, height) = (Int(image.width), Int(image.height))
    guard result == GRADUS_IMAGE_READ, let start = image.pixels else {
      switch result {
      case GRADUS_IMAGE_UNKNOWN: throw .unknown
      case GRADUS_IMAGE_TOO_LARGE: throw .tooLarge(width: width, height: height)
      case GRADUS_IMAGE_NO_MEMORY: throw .noMemory
      default: throw .damaged(withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
      }
    }
    self.init(width: width, height: height, pixels: Array(UnsafeBufferPointer(start: start, count: width * height * 3)))
  }

  /// The picture in another size: bilinear with antialiasing.
  func resized(width newWidth: Int, height newHeight: Int) throws(Failure) -> PixelPicture {
    guard newWidth != width || newHeight != height else { return self }
    var values = [Float](repeating: 0, count: newWidth * newHeight * 3)
    guard gradus_image_resize(pixels, UInt32(height), UInt32(width), 3, &values, UInt32(newHeight), UInt32(newWidth)) == 1 else {
      throw .noMemory
    }
    return PixelPicture(width: newWidth, height: newHeight, pixels: values.map { UInt8(min(max($0, 0), 1) * 255 + 0.5) })
  }

  /// The same with every pixel as a square of so many: nothing is smoothed.
  func enlarged(by factor: Int) -> PixelPicture {
    guard factor > 1 else { return self }
    var result: [UInt8] = []
    result.reserveCapacity(pixels.count * factor * factor)
    for y in 0..<height {
      var line: [UInt8] = []
      for x in 0..<width {
        let place = (y * width + x) * 3
        for _ in 0..<factor { line += pixels[place..<(place + 3)] }
      }
      for _ in 0..<factor { result += line }
    }
    return PixelPicture(width: width * factor, height: height * factor, pixels: result)
  }

  /// The picture in another size, each new pixel the old one at its place: nothing is smoothed.
  func stretched(width newWidth: Int, height newHeight: Int) -> PixelPicture {
    guard newWidth != width || newHeight != height else { return self }
    let columns = (0..<newWidth).map { $0 * width / newWidth * 3 }
    var result: [UInt8] = []
    result.reserveCapacity(newWidth * newHeight * 3)
    for row in 0..<newHeight {
      let start = row * height / newHeight * width * 3
      for column in columns { result += pixels[(start + column)..<(start + column + 3)] }
    }
    return PixelPicture(width: newWidth, height: newHeight, pixels: result)
  }

  /// The picture as a PNG file; empty without memory.
  var png: Data {
    var count = 0
    guard let bytes = gradus_png_write(pixels, UInt32(width), UInt32(height), 3, &count) else { return Data() }
    defer { free(bytes) }
    return Data(bytes: bytes, count: count)
  }
}
