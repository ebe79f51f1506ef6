import CImages
import Foundation
import Language

/// The picture in a PNG or JPEG file as bytes: height x width x channels.
struct ImageFile {
  /// How many pixels a picture may have.
  static let mostPixels = 50_000_000

  let height: Int
  let width: Int
  private let channels: Int
  private let pixels: [UInt8]

  /// Reads a picture with 1 (gray) or 3 channels (red, green, blue).
  ///
  /// Throws a `Complaint` when it is none, is damaged or cut off, or has too many pixels.
  init(_ data: Data, channels: Int, file: String) throws {
    guard !data.isEmpty else { throw Complaint.imageEmpty(file) }
    var image = gradus_image()
    defer { gradus_image_free(&image) }
    let result = data.withUnsafeBytes { bytes in
      gradus_image_read(
        bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, Int32(channels), UInt64(ImageFile.mostPixels), &image)
    }
    (height, width) = (Int(image.height), Int(image.width))
    self.channels = channels
    guard result == GRADUS_IMAGE_READ, let start = image.pixels else {
      if result == GRADUS_IMAGE_UNKNOWN { throw Complaint.notImage(file) }
      if result == GRADUS_IMAGE_TOO_LARGE { throw Complaint.imageTooLarge(file, height: height, width: width) }
      if result == GRADUS_IMAGE_NO_MEMORY { throw Complaint.noMemory(file) }
      let message = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw Complaint.imageDamaged(file, message)
    }
    pixels = Array(UnsafeBufferPointer(start: start, count: height * width * channels))
  }

  /// Writes the intensities, 0 to 1, in another size: bilinear with antialiasing.
  ///
  /// - Precondition: there is room for new height x new width x channels floats.
  func write(to floats: UnsafeMutableBufferPointer<Float>, height newHeight: Int, width newWidth: Int) throws {
    precondition(floats.count == newHeight * newWidth * channels, "\(floats.count) floats for \(newHeight)x\(newWidth)x\(channels)")
    guard newHeight != height || newWidth != width else {
      for i in floats.indices { floats[i] = Float(pixels[i]) / 255 }
      return
    }
    let done = pixels.withUnsafeBufferPointer {
      gradus_image_resize(
        $0.baseAddress, UInt32(height), UInt32(width), Int32(channels), floats.baseAddress, UInt32(newHeight), UInt32(newWidth))
    }
    guard done == 1 else { throw Complaint.noMemory("an image of \(height)x\(width)") }
  }
}
