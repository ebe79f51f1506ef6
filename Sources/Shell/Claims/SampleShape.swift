import Deck

/// The shape of one sample, where the text says it: "RGB images of 100x100", `input_shape=(28, 28, 1)`, "a 32x32x3 input".
enum SampleShape {
  // The regular expressions are never changed.
  private nonisolated(unsafe) static let tuple =
    /(?:input_shape|shape|Input)\s*[=(]+\s*(?:shape\s*=\s*)?\(\s*(\d+)\s*,?\s*(\d*)\s*,?\s*(\d*)\s*,?\s*\)/
  // Most lines hold neither, and are not searched with expressions.
  private static let isTuple = LetterSearch(["shape", "Input"])
  private static let isWord = LetterSearch(["image", "input", "entree", "picture", "photo", "rgb", "grayscale", "greyscale"])
  private nonisolated(unsafe) static let size = /(\d+)\s*[x×*]\s*(\d+)(?:\s*[x×*]\s*(\d+))?/
  private nonisolated(unsafe) static let words =
    /\b(image|images|input|inputs|entree|entrees|picture|pictures|photo|photos|rgb|grayscale|greyscale)\b/

  /// The shape; nil when none is told, or two that differ.
  static func stated(in passage: Passage) -> [Int]? {
    var shapes: Set<[Int]> = []
    for line in passage.lines where line.text.utf8.contains(where: { (0x30...0x39).contains($0) }) {
      for match in isTuple.isMentioned(in: line.text) ? line.text.matches(of: tuple) : [] {
        let shape = [match.1, match.2, match.3].compactMap { Int($0) }
        if shape.isPossible { shapes.insert(shape) }
      }
      guard line.fence == nil || line.fence == "" else { continue }
      let folded = CardLibrary.folded(line.text)
      guard isWord.isMentioned(in: folded), folded.contains(words), let match = folded.firstMatch(of: size), let height = Int(match.1),
        let width = Int(match.2),
        min(height, width) > 7
      else { continue }
      let isColour = ["rgb", "colour", "color", "couleur"].contains { folded.contains($0) }
      let isGrey = ["gray", "grey", "gris", "mnist", "black and white", "noir et blanc"].contains { folded.contains($0) }
      if let channels = match.3.flatMap({ Int($0) }) {
        shapes.insert([height, width, channels])
      } else if isColour || isGrey {
        shapes.insert([height, width, isColour ? 3 : 1])
      }
    }
    return shapes.count == 1 ? shapes.first.flatMap { $0.isPossible ? $0 : nil } : nil
  }

  private static let mistakes = LetterSearch([
    "mistake", "error", "wrong", "erreur", "faux", "fausse", "incorrect", "bug", "impossible", "inconsist", "incoher",
  ])

  /// Whether a question shows something wrong that is to be found.
  static func asksForMistake(_ passage: Passage) -> Bool {
    mistakes.isMentioned(in: CardLibrary.folded(passage.questionText))
  }
}
