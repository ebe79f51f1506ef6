import Drills
import Engine
import Testing

/// The numbers in a text, in order.
func numbers(_ text: some StringProtocol) -> [Double] {
  String(text).matches(of: #/(?:^|[\s(])(-?\d+(?:\.\d+)?)/#).compactMap { Double($0.output.1) }
}

/// The numbers behind `name = ` in a text.
func value(_ name: String, in text: String) throws -> Double {
  let parts = text.components(separatedBy: "$\(name) = ")
  guard parts.count == 2, let number = numbers(parts[1].prefix { $0 != "$" }).first else { throw Unreadable(name: name) }
  return number
}

struct Unreadable: Error { let name: String }

/// The commands in a question's block, word by word.
func commands(in text: String) -> [[String]] {
  let parts = text.components(separatedBy: "```\n")
  guard parts.count > 1 else { return [] }
  return parts[1].split(separator: "\n").filter { $0 != "```" }.map { $0.split(separator: " ").map { String($0) } }
}

/// Counts and shapes worked out from commands by hand, apart from the engine.
struct HandCount {
  var shape: [Int] = []
  var counts: [(all: Int, trainable: Int)] = []

  init(_ commands: [[String]]) throws {
    for words in commands {
      func option(_ name: String) -> String? { words.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) } }
      let stride = option("stride").flatMap { Int($0) } ?? 1
      func slide(_ window: Int) {
        for axis in 0..<2 {
          // Counts the places where a window may begin, one by one.
          shape[axis] =
            option("padding") == "same"
            ? Array(Swift.stride(from: 0, to: shape[axis], by: stride)).count
            : Array(Swift.stride(from: 0, through: shape[axis] - window, by: stride)).count
        }
      }
      switch words.prefix(2) {
      case ["layer", "dense"]:
        let units = try #require(Int(words[2]))
        counts.append((units * shape[0] + units, units * shape[0] + units))
        shape = [units]
      case ["layer", "conv2d"]:
        let filters = try #require(Int(words[2])), window = try #require(Int(words[3].prefix { $0 != "x" }))
        let count = filters * (window * window * shape[2]) + filters
        counts.append((count, count))
        slide(window)
        shape[2] = filters
      case ["layer", "maxpool"]:
        counts.append((0, 0))
        slide(try #require(Int(words[2])))
      case ["layer", "batchnorm"]: counts.append((4 * shape[0], 2 * shape[0]))
      case ["layer", "flatten"]:
        counts.append((0, 0))
        shape = [shape.reduce(1, *)]
      case ["layer", "dropout"]: counts.append((0, 0))
      default: shape = words[1].split(separator: "x").compactMap { Int($0) }
      }
    }
  }
}
