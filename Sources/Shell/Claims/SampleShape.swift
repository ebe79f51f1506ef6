import Deck

/// The shape of one sample, where the text says it: "RGB images of 100x100", `input_shape=(28, 28, 1)`, "a 32x32x3 input".
enum SampleShape {
  // The regular expressions are never changed.
  private nonisolated(unsafe) static let tuple =
    /(?:input_shape|shape|Input)\s*[=(]+\s*(?:shape\s*=\s*)?\(\s*(\d+)\s*,?\s*(\d*)\s*,?\s*(\d*)\s*,?\s*\)/
  private nonisolated(unsafe) static let size = /(\d+)\s*[x×*]\s*(\d+)(?:\s*[x×*]\s*(\d+))?/
  private nonisolated(unsafe) static let words =
    /\b(image|images|input|inputs|entree|entrees|picture|pictures|photo|photos|rgb|grayscale|greyscale)\b/

  /// The shape; nil when none is told, or two that differ.
  static func stated(in passage: Passage) -> [Int]? {
    var shapes: Set<[Int]> = []
    for line in passage.lines {
      for match in line.text.matches(of: tuple) {
        let shape = [match.1, match.2, match.3].compactMap { Int($0) }
        if shape.isPossible { shapes.insert(shape) }
      }
      guard line.fence == nil || line.fence == "" else { continue }
      let folded = CardLibrary.folded(line.text)
      guard folded.contains(words), let match = folded.firstMatch(of: size), let height = Int(match.1), let width = Int(match.2),
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

  /// Whether a question shows something wrong that is to be found.
  static func asksForMistake(_ passage: Passage) -> Bool {
    let folded = CardLibrary.folded(passage.questionText)
    return ["mistake", "error", "wrong", "erreur", "faux", "fausse", "incorrect", "bug", "impossible", "inconsist", "incoher"].contains {
      folded.contains($0)
    }
  }
}
