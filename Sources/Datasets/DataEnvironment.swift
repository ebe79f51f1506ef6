import Foundation
import Language

/// What a data set may use of the world: where files are, how they are read, and the session's seed.
///
/// Every file goes through `read`, so that one place can say what a lesson may read.
public struct DataEnvironment: Sendable {
  /// The folder of the embedded data sets, `Lessons/data`; nil where none was found.
  public var embeddedFolder: URL?
  /// The folder that relative paths start from.
  public var currentFolder: URL
  /// The seed of drawn data whose command names none.
  public var seed: UInt64
  /// Reads a whole file; throws a `Complaint` when it must not or cannot be read.
  public var read: @Sendable (URL) throws -> Data

  /// An environment of the given folders, seed and way to read.
  public init(
    embeddedFolder: URL?, currentFolder: URL, seed: UInt64 = 0, read: @escaping @Sendable (URL) throws -> Data = DataEnvironment.readFile
  ) {
    self.embeddedFolder = embeddedFolder
    self.currentFolder = currentFolder
    self.seed = seed
    self.read = read
  }

  /// Reads a file of the file system.
  ///
  /// Throws a `Complaint` when there is none, it is a folder or a device, or it may not be read.
  @Sendable public static func readFile(_ url: URL) throws -> Data {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { throw Complaint.noFile(url.path) }
    guard !isFolder.boolValue else { throw Complaint.isFolder(url.path) }
    // A device such as /dev/zero has no end.
    let kind = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)[.type] as? FileAttributeType
    guard kind != .typeCharacterSpecial, kind != .typeBlockSpecial else { throw Complaint.isDevice(url.path) }
    do { return try Data(contentsOf: url) } catch { throw Complaint.unreadableFile(url.path) }
  }

  /// The file that a user named: relative to the current folder, `~` is the home folder.
  public func file(_ path: String) -> URL {
    let expanded = path.hasPrefix("~") ? NSString(string: path).expandingTildeInPath : path
    // Appended rather than resolved: a folder's URL may lack its closing slash, and would lose its last part.
    return (expanded.hasPrefix("/") ? URL(fileURLWithPath: expanded) : currentFolder.appendingPathComponent(expanded)).standardizedFileURL
  }

  /// The content of an embedded file.
  func embedded(_ file: String) throws -> Data {
    guard let folder = embeddedFolder else { throw Complaint.noEmbeddedFolder(file) }
    let url = folder.appendingPathComponent(file)
    do { return try read(url) } catch { throw Complaint.embeddedUnreadable(url.path, because: (error as? Complaint)?.what) }
  }
}
