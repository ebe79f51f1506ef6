import Language

/// How to draw or to read a data set: a small value that can be kept, compared, printed and carried out again.
///
/// `description` is the command line that makes it, in full: `data moons 500 noise=0.1 seed=0`.
public protocol DatasetRecipe: Sendable, CustomStringConvertible {
  /// The name of the data set: `moons`, `iris`, a file's name.
  var name: String { get }

  /// Draws or reads the data.
  ///
  /// Throws a `Complaint` when a parameter is out of its range, or a file is missing or damaged.
  func load(_ environment: DataEnvironment) throws -> Dataset
}

/// A word of a command line: quoted when it would not be read as one word otherwise.
func commandWord(_ text: String) -> String {
  let plain = !text.isEmpty && text.allSatisfy { !$0.isWhitespace && !";#\"'[]\\=?".contains($0) }
  guard !plain else { return text }
  let escaped = text.reduce(into: "") { word, character in
    switch character {
    case "\"": word += "\\\""
    case "\\": word += "\\\\"
    case "\n": word += "\\n"
    default: word.append(character)
    }
  }
  return "\"\(escaped)\""
}
