import CChafa
import Foundation

/// The sequences that put a picture among the text of a terminal.
enum InlineSequence {
  /// A PNG file of gnuplot's in a room, or in a part of it that has the picture's shape.
  static func sequence(file: Data, in room: InlineRoom) throws(PixelPicture.Failure) -> String {
    // The size stands in the head of the file: eight bytes of signature, eight of the first chunk, then width and height.
    let sizes = [16, 20].map { start in file.dropFirst(start).prefix(4).reduce(0) { $0 << 8 | Int($1) } }
    guard sizes[0] > 0, sizes[1] > 0 else { throw .unknown }
    var room = room
    let fitted = room.display.room(columns: room.columns, rows: room.rows, aspect: Double(sizes[0]) / Double(sizes[1]))
    (room.columns, room.rows) = (fitted.columns, fitted.rows)
    if room.display.form == .sixel {
      return sequence(try PixelPicture(file: file, mostPixels: 50_000_000).resized(width: room.width, height: room.height), in: room)
    }
    return sent(file, in: room)
  }

  /// A picture in its room, from the cursor on; the cursor may stand anywhere afterwards.
  static func sequence(_ picture: PixelPicture, in room: InlineRoom) -> String {
    room.display.form == .sixel ? sixels(picture) : sent(picture.png, in: room)
  }

  private static func sent(_ file: Data, in room: InlineRoom) -> String {
    switch room.display.form {
    case .kittyInTmux: return kitty(file, "a=T,U=1,i=\(room.identity),", room, passing) + placeholders(room)
    case .iterm:
      let size = "size=\(file.count);width=\(room.columns);height=\(room.rows);preserveAspectRatio=1;doNotMoveCursor=1"
      return "\u{1B}]1337;File=inline=1;\(size):\(file.base64EncodedString())\u{07}"
    case .kitty, .sixel: return kitty(file, "a=T,C=1,i=\(room.identity),", room) { $0 }
    }
  }

  /// A picture on lines of its own, below which the cursor stands at the left.
  static func block(_ sequence: String, rows: Int) -> String {
    anchored(sequence, rows: rows) + "\u{1B}[\(rows)B\r"
  }

  /// A picture from the cursor on, which stands there again afterwards, with as many rows below it as the picture takes.
  ///
  /// Terminals do not agree on where a picture leaves the cursor, nor on what happens at the last line of the screen: the rows are made before,
  /// by moving down (IND, which keeps the column) and up again.
  static func anchored(_ sequence: String, rows: Int) -> String {
    String(repeating: "\u{1B}D", count: rows) + "\u{1B}[\(rows)A\u{1B}7" + sequence + "\u{1B}8"
  }

  /// kitty takes a PNG file in pieces of at most 4,096 letters; `q=2` keeps its answers from being taken for keys.
  private static func kitty(_ file: Data, _ keys: String, _ room: InlineRoom, _ passing: (String) -> String) -> String {
    let letters = Array(file.base64EncodedString().utf8)
    var result = ""
    for start in stride(from: 0, to: max(letters.count, 1), by: 4096) {
      let piece = String(decoding: letters[start..<min(start + 4096, letters.count)], as: UTF8.self)
      let head = start == 0 ? keys + "f=100,q=2,c=\(room.columns),r=\(room.rows)," : "q=2,"
      result += passing("\u{1B}_G\(head)m=\(start + 4096 < letters.count ? 1 : 0);\(piece)\u{1B}\\")
    }
    return result
  }

  /// A sequence for the terminal behind tmux: every escape doubled, in a string of tmux's own.
  private static func passing(_ sequence: String) -> String {
    "\u{1B}Ptmux;" + sequence.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
  }

  /// Cells that stand for a picture: the colour of the letter is the picture's number, the marks on a row's first one are its row and column.
  /// tmux moves them as it moves any text, and the terminal draws the picture over them.
  private static func placeholders(_ room: InlineRoom) -> String {
    (0..<room.rows).map { row in
      let first = "\u{10EEEE}" + String(Character(marks[row % marks.count])) + String(Character(marks[0]))
      let cells = first + String(repeating: "\u{10EEEE}", count: room.columns - 1)
      return "\u{1B}[38;5;\(room.identity)m\(cells)\u{1B}[39m" + (row < room.rows - 1 ? "\u{1B}[\(room.columns)D\u{1B}[B" : "")
    }.joined()
  }

  /// The marks of the numbers from 0, as kitty's protocol lists them.
  private static let marks: [Unicode.Scalar] = [
    0x0305, 0x030D, 0x030E, 0x0310, 0x0312, 0x033D, 0x033E, 0x033F, 0x0346, 0x034A, 0x034B, 0x034C, 0x0350, 0x0351, 0x0352, 0x0357,
    0x035B, 0x0363, 0x0364, 0x0365, 0x0366, 0x0367, 0x0368, 0x0369, 0x036A, 0x036B, 0x036C, 0x036D, 0x036E, 0x036F, 0x0483, 0x0484,
    0x0485, 0x0486, 0x0487, 0x0592, 0x0593, 0x0594, 0x0595, 0x0597, 0x0598, 0x0599, 0x059C, 0x059D, 0x059E, 0x059F, 0x05A0, 0x05A1,
  ].compactMap { Unicode.Scalar($0 as UInt32) }

  private static func sixels(_ picture: PixelPicture) -> String {
    guard let text = gradus_chafa_sixels(picture.pixels, Int32(picture.width), Int32(picture.height / 6 * 6)) else { return "" }
    defer { free(text) }
    return String(cString: text)
  }
}
