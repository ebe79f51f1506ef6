import Foundation
import Shell

/// Shows the pictures that decks and lessons name: files in the folder of the text, or below it.
///
/// The names come from anybody: nothing outside of the folder is opened, nothing but PNG and JPEG is read, and what is too large is not decoded.
public struct DeckPictures: Sendable {
  /// How a picture is shown.
  enum Manner: Sendable {
    /// Among the text, with a number for the terminal.
    case inline(InlineDisplay, identity: Int)
    /// As cells.
    case cells(PictureCells)
    /// By its name alone.
    case names
  }

  /// More pixels than these are not decoded, larger files not read.
  private static let mostPixels = 25_000_000
  private static let mostBytes = 30_000_000

  /// Says how; asked when there is a picture to show.
  let manner: @Sendable () -> Manner
  /// Rows of the terminal.
  let rows: @Sendable () -> Int

  /// The lines of a picture that a text in a folder names; nil where it is shown by its name alone.
  func lines(_ picture: MarkdownRenderer.Picture, in folder: URL) -> [StyledText]? {
    guard let file = DeckPictures.file(picture.path, in: folder) else { return nil }
    let manner = manner()
    if case .names = manner { return nil }
    do {
      let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
      let bytes = attributes?[.size] as? Int ?? 0
      // A pipe would never end.
      guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
      guard bytes <= DeckPictures.mostBytes else { return refusal(picture, "\(grouped(bytes)) bytes are too many") }
      guard let data = FileManager.default.contents(atPath: file.path) else { return refusal(picture, "it cannot be read") }
      let read = try PixelPicture(file: data, mostPixels: DeckPictures.mostPixels)
      let drawn = try drawn(read, manner, width: picture.width)
      let caption = sanitized(picture.description)
      return drawn + (caption.isEmpty ? [] : StyledText(caption, Style(dim: true, italic: true)).wrapped(to: picture.width))
    } catch {
      return refusal(picture, error.words)
    }
  }

  private func refusal(_ picture: MarkdownRenderer.Picture, _ reason: String) -> [StyledText] {
    let name = [picture.description, picture.path].map { sanitized($0) }.filter { !$0.isEmpty }.joined(separator: " - ")
    return StyledText("[picture: \(name): \(reason)]", Style(.accent)).wrapped(to: picture.width)
  }

  private func drawn(_ picture: PixelPicture, _ manner: Manner, width: Int) throws(PixelPicture.Failure) -> [StyledText] {
    let highest = max(4, rows() - 6)
    let aspect = Double(picture.width) / Double(picture.height)
    switch manner {
    case .names: return []
    case .cells(let cells):
      // A small picture is not blown up; a cell is twice as high as wide.
      let columns = max(1, min(width, picture.width, 100, Int(Double(highest) * 2 * aspect)))
      let lines = min(highest, PictureCells.rows(of: picture, columns: columns))
      // What is much larger is made smaller with antialiasing first.
      let small = picture.width > columns * 16 ? try picture.resized(width: columns * 8, height: max(1, lines * 16)) : picture
      return cells.lines(small, columns: columns, rows: lines)
    case .inline(let display, let identity):
      let natural = max(1, Int((Double(picture.width) / Double(display.cellWidth)).rounded(.up)))
      var room = display.room(columns: min(width, natural, 100), rows: highest, aspect: aspect)
      room.identity = identity
      // Sent as large as it is shown; sixels know no other size.
      let isLarge = picture.width > room.width || display.form == .sixel
      let sent =
        isLarge ? try picture.resized(width: room.width, height: max(1, Int((Double(room.width) / aspect).rounded()))) : picture
      let sequence = InlineSequence.anchored(InlineSequence.sequence(sent, in: room), rows: room.rows)
      return [StyledText(" ", Style(picture: sequence))] + [StyledText](repeating: StyledText(), count: room.rows - 1)
    }
  }

  /// The file that a text names; nil where it names an address, a file outside of its folder, or none that is there.
  static func file(_ path: String, in folder: URL) -> URL? {
    guard !path.isEmpty, path.utf8.count < 4096, !path.contains("://"), !path.contains("\0"), !path.hasPrefix("data:") else { return nil }
    // In an address a blank is `%20`.
    for name in [path, path.removingPercentEncoding ?? path] {
      let url = name.hasPrefix("/") ? URL(fileURLWithPath: name) : folder.appendingPathComponent(name)
      if FileManager.default.fileExists(atPath: url.path), FileAccess.isInside(url.standardizedFileURL, folder) {
        return url.standardizedFileURL.resolvingSymlinksInPath()
      }
    }
    return nil
  }
}
