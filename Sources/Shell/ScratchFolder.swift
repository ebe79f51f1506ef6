import Foundation
import Language

/// A folder that a lesson or a card's experiment may write, gone when it ends.
public struct ScratchFolder: Sendable {
  /// Where it lies.
  public let url: URL

  /// Makes a new folder.
  ///
  /// - Throws: A `Complaint` when none can be made.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-\(UUID().uuidString)")
    do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
      throw Complaint("no scratch folder can be made in \(url.deletingLastPathComponent().path)")
    }
  }

  /// Removes it with all that is in it.
  public func remove() { try? FileManager.default.removeItem(at: url) }
}

extension Surroundings {
  /// Does something as text from elsewhere may: it reads a folder and writes a scratch folder, which is gone afterwards.
  ///
  /// - Parameter folder: The folder to read; the scratch folder without one.
  func inScratch<Result>(reading folder: URL? = nil, _ body: () throws -> Result) throws -> Result {
    let scratch = try ScratchFolder()
    let before = files
    defer {
      files = before
      scratch.remove()
    }
    files = before.confined(to: folder ?? scratch.url, scratch: scratch.url)
    return try body()
  }
}
