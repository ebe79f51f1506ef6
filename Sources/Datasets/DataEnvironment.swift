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
  /// Where a relative path is looked for that is not in the current folder; nil for nowhere.
  public var otherFolder: URL?
  /// The seed of drawn data whose command names none.
  public var seed: UInt64
  /// How many values a data set may hold that is read from files; more is refused before memory is taken for them.
  public var mostValues = 500_000_000
  /// How many bytes a file may have that is read whole.
  static let mostBytes = 1 << 32

  /// Reads a whole file; throws a `Complaint` when it must not or cannot be read.
  public var read: @Sendable (URL) throws -> Data
  /// The files and folders in a folder; throws a `Complaint` when it must not or cannot be looked into.
  public var list: @Sendable (URL) throws -> [FolderEntry]

  /// An environment of the given folders, seed and ways to read.
  public init(
    embeddedFolder: URL?, currentFolder: URL, seed: UInt64 = 0,
    read: @escaping @Sendable (URL) throws -> Data = DataEnvironment.readFile,
    list: @escaping @Sendable (URL) throws -> [FolderEntry] = DataEnvironment.listFolder
  ) {
    self.embeddedFolder = embeddedFolder
    self.currentFolder = currentFolder
    self.seed = seed
    self.read = read
    self.list = list
  }

  /// Reads a file of the file system.
  ///
  /// Throws a `Complaint` when there is none, it is a folder or a device, or it may not be read.
  @Sendable public static func readFile(_ url: URL) throws -> Data { try readFile(url, most: mostBytes) }

  /// Reads a file of the file system that is no larger than so many bytes.
  public static func readFile(_ url: URL, most: Int) throws -> Data {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { throw Complaint.noFile(url.path) }
    guard !isFolder.boolValue else { throw Complaint.isFolder(url.path) }
    // A device such as /dev/zero has no end.
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
    let kind = attributes?[.type] as? FileAttributeType
    guard kind != .typeCharacterSpecial, kind != .typeBlockSpecial else { throw Complaint.isDevice(url.path) }
    let bytes = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    guard bytes <= most else { throw Complaint.fileTooLarge(url.lastPathComponent, bytes: bytes, most: most) }
    do { return try Data(contentsOf: url) } catch { throw Complaint.unreadableFile(url.path) }
  }

  /// Lists a folder of the file system; links count as what they lead to.
  ///
  /// Throws a `Complaint` when there is none, it is a file, or it may not be looked into.
  @Sendable public static func listFolder(_ url: URL) throws -> [FolderEntry] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { throw Complaint.noFolder(url.path) }
    guard isFolder.boolValue else { throw Complaint.isFile(url.path) }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else { throw Complaint.unreadableFile(url.path) }
    return names.map { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path, isDirectory: &isFolder)
      return FolderEntry(name: name, isFolder: isFolder.boolValue)
    }
  }

  /// The file that a user named: relative to the current folder, `~` is the home folder.
  public func file(_ path: String) -> URL {
    let expanded = path.hasPrefix("~") ? NSString(string: path).expandingTildeInPath : path
    // Appended rather than resolved: a folder's URL may lack its closing slash, and would lose its last part.
    if expanded.hasPrefix("/") { return URL(fileURLWithPath: expanded).standardizedFileURL }
    let url = currentFolder.appendingPathComponent(expanded).standardizedFileURL
    guard let otherFolder, !FileManager.default.fileExists(atPath: url.path) else { return url }
    let other = otherFolder.appendingPathComponent(expanded).standardizedFileURL
    return FileManager.default.fileExists(atPath: other.path) ? other : url
  }

  /// The content of an embedded file.
  func embedded(_ file: String) throws -> Data {
    guard let folder = embeddedFolder else { throw Complaint.noEmbeddedFolder(file) }
    let url = folder.appendingPathComponent(file)
    do { return try read(url) } catch { throw Complaint.embeddedUnreadable(url.path, because: (error as? Complaint)?.what) }
  }
}

/// A file or a folder in a folder.
public struct FolderEntry: Sendable, Equatable {
  /// Its name.
  public let name: String
  /// Whether it is a folder.
  public let isFolder: Bool

  /// An entry of a name.
  public init(name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }
}
