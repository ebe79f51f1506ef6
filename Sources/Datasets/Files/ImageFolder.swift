import Foundation
import Kernels
import Language

/// Pictures in PNG and JPEG files, a folder a class: `animals/cat/1.png`, `animals/dog/7.jpg`.
///
/// Classes and files are taken in the order of their names. Intensities are 0 to 1. Without a size all pictures must have the same; with
/// one they are resized, bilinear with antialiasing. Transparency is dropped.
public struct ImageFolder: DatasetRecipe, Equatable {
  /// The folder as the user named it.
  public var path: String
  /// Height and width that every picture gets; nil takes them as they are.
  public var size: [Int]?
  /// 1 for gray, 3 for red, green and blue.
  public var channels: Int

  /// A folder, and the size and channels that its pictures get.
  public init(path: String, size: [Int]? = nil, channels: Int = 3) {
    self.path = path
    self.size = size
    self.channels = channels
  }

  /// The folder's name.
  public var name: String { URL(fileURLWithPath: path).lastPathComponent }

  /// The command line that reads the folder.
  public var description: String {
    let size = size.map { " size=" + ($0[0] == $0[1] ? "\($0[0])" : "\($0[0])x\($0[1])") } ?? ""
    return "data images \(commandWord(path))\(size)" + (channels == 3 ? "" : " channels=\(channels)")
  }

  /// Reads every picture; throws a `Complaint` with a file's name when one is damaged or of another size.
  public func load(_ environment: DataEnvironment) throws -> Dataset {
    let folder = environment.file(path)
    let (classes, files) = try pictures(in: folder, environment)
    var values: [Float] = []
    var shape: (height: Int, width: Int)?
    for (place, file) in files.enumerated() {
      let image = try ImageFile(environment.read(folder.appendingPathComponent(file.path)), channels: channels, file: file.path)
      if let shape, size == nil, (image.height, image.width) != shape {
        throw Complaint.sizesDiffer(file.path, [image.height, image.width], first: files[0].path, [shape.height, shape.width])
      }
      let (height, width) = size.map { ($0[0], $0[1]) } ?? (image.height, image.width)
      if place == 0 {
        shape = (height, width)
        let all = [files.count, height, width, channels]
        guard let count = checkedCount(of: all, atMost: environment.mostValues) else {
          throw Complaint.tooManyPixels(name, shape: all, most: environment.mostValues)
        }
        values = [Float](repeating: 0, count: count)
      }
      let length = height * width * channels
      try values.withUnsafeMutableBufferPointer {
        try image.write(to: UnsafeMutableBufferPointer(rebasing: $0[place * length..<(place + 1) * length]), height: height, width: width)
      }
    }
    let (height, width) = shape ?? (0, 0)
    return Dataset(
      name: name, recipe: self, features: Tensor(shape: [files.count, height, width, channels], values: values),
      featureNames: ArrayDataset.channelNames(channels), target: .classes(names: classes, indices: files.map(\.label)), targetName: "folder"
    )
  }

  /// The classes and the pictures of each, in the order of the names' code points; hidden files and files of other kinds are passed over.
  private func pictures(in folder: URL, _ environment: DataEnvironment) throws -> (classes: [String], files: [(path: String, label: Int)]) {
    func sorted(_ entries: [FolderEntry]) -> [FolderEntry] {
      entries.filter { !$0.name.hasPrefix(".") }.sorted { $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars) }
    }
    let entries = sorted(try environment.list(folder))
    var classes: [String] = []
    var files: [(path: String, label: Int)] = []
    for entry in entries where entry.isFolder {
      let members = sorted(try environment.list(folder.appendingPathComponent(entry.name))).filter { !$0.isFolder }
      if let other = members.first(where: { ImageFolder.isOtherPicture($0.name) }) {
        throw Complaint.otherPicture("\(entry.name)/\(other.name)")
      }
      let pictures = members.filter { ImageFolder.isPicture($0.name) }
      guard !pictures.isEmpty else { continue }
      files += pictures.map { ("\(entry.name)/\($0.name)", classes.count) }
      classes.append(entry.name)
    }
    guard !files.isEmpty else {
      throw Complaint.noPictures(name, lieFlat: entries.contains { !$0.isFolder && ImageFolder.isPicture($0.name) })
    }
    guard classes.count <= TargetEncoding.mostClasses else { throw Complaint.tooManyFolders(name, classes.count) }
    return (classes, files)
  }

  private static func isPicture(_ file: String) -> Bool { ["png", "jpg", "jpeg"].contains(ending(file)) }

  private static func isOtherPicture(_ file: String) -> Bool {
    ["gif", "bmp", "webp", "tif", "tiff", "heic", "avif"].contains(ending(file))
  }

  private static func ending(_ file: String) -> String { URL(fileURLWithPath: file).pathExtension.lowercased() }
}

extension ImageFolder {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "images", "Pictures from PNG and JPEG files, a folder a class.",
    examples: ["data images Lessons/data/small/digits channels=1", "data images Lessons/data/small/digits size=16"],
    notes: "Without a size all pictures must have the same. Intensities are 0 to 1, transparency is dropped.",
    .word("folder", "the folder that holds the classes' folders", from: .folders),
    .optional(.size("size", "the size that every picture gets, such as 64 or 48x64", axes: 1...2, each: 1...1_024).named),
    .integer("channels", "1 for gray, 3 for colour", in: 1...3, default: 3).named
  ) { folder, size, channels in
    guard channels != 2 else { throw Complaint.twoChannels() }
    return ImageFolder(path: folder, size: size.map { $0.count == 1 ? [$0[0], $0[0]] : $0 }, channels: channels)
  }
}
