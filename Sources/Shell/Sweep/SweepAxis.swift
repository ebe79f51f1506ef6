import Foundation
import Language

/// One setting of a sweep with the values that it takes: `lr=0.001,0.01`, `dense.units=4..64:5`. With a single value it is the same in every run.
struct SweepAxis: Sendable, Equatable, Codable {
  /// What is set, as it was typed: `lr`, `dense.units`.
  var name: String
  /// The values, as `fit`, `compile` or `layer` take them.
  var values: [String]
}

/// An axis as it was typed, before anything is known of what it sets.
struct TypedAxis: Sendable {
  let name: String
  let word: Word
  private let list: Word

  /// Reads `NAME=VALUES`; the name may hold a layer's: `dense.units`.
  ///
  /// - Throws: A `Complaint` when it is no such word.
  init(_ word: Word) throws {
    guard !word.isQuoted, let equals = word.text.firstIndex(of: "="), equals != word.text.startIndex, word.text.first != "," else {
      throw Complaint.noAxis(word)
    }
    name = String(word.text[..<equals])
    let start = word.place.lowerBound + word.text.distance(from: word.text.startIndex, to: equals)
    self.word = word
    list = Word(String(word.text[word.text.index(after: equals)...]), at: min(start + 1, word.place.upperBound)..<word.place.upperBound)
    place = word.place.lowerBound..<min(start, word.place.upperBound)
  }

  /// Where the name stands.
  let place: Range<Int>

  /// The values in their order: parted by commas that stand in no brackets, ranges drawn out.
  ///
  /// - Parameter isWhole: Whether only whole numbers fit.
  /// - Throws: A `Complaint` when a value is missing, stands twice, or a range is none.
  func values(isWhole: Bool) throws -> [String] {
    var values: [String] = []
    for part in TypedAxis.parts(of: list.text) {
      guard !part.isEmpty else { throw Complaint.emptyValue(name, at: list.place.isEmpty ? word.place : list.place) }
      let drawn = try SweepRange(part, of: name, at: list.place).map { $0.values(isWhole: isWhole) } ?? [part]
      for value in drawn {
        if values.contains(value) {
          if drawn.count > 1 { continue }
          throw Complaint.valueTwice(value, name, at: list.place)
        }
        values.append(value)
      }
    }
    return values
  }

  private static func parts(of text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }
}

/// `1e-4..1e-1:4`: four values from the first to the last.
struct SweepRange: Sendable, Equatable {
  let first, last: Double
  let count: Int

  /// Reads a range; nil where the text is none.
  ///
  /// - Throws: A `Complaint` when it looks like one and is none.
  init?(_ text: String, of name: String, at place: Range<Int>) throws {
    guard let dots = text.range(of: ".."), dots.lowerBound != text.startIndex else { return nil }
    let rest = text[dots.upperBound...].split(separator: ":", omittingEmptySubsequences: false)
    guard let first = decimal(text[..<dots.lowerBound]), rest.count == 2, let last = decimal(rest[0]), let count = Int(rest[1]),
      (2...1_000).contains(count), first != last
    else { throw Complaint.badRange(text, name, at: place) }
    (self.first, self.last, self.count) = (first, last, count)
  }

  /// Equal ratios where the ends are tenfold or more apart and on the same side of 0, as for rates; else equal steps.
  var hasEqualRatios: Bool { first * last > 0 && max(first / last, last / first) >= 10 }

  /// The values, as short as four digits allow; whole numbers where only those fit.
  func values(isWhole: Bool) -> [String] {
    var values: [String] = []
    for index in 0..<count {
      let part = Double(index) / Double(count - 1)
      let value = hasEqualRatios ? first * pow(last / first, part) : first + (last - first) * part
      let exact = index == 0 ? first : index == count - 1 ? last : SweepRange.rounded(value)
      let text = plain(isWhole ? exact.rounded() : exact)
      if values.last != text { values.append(text) }
    }
    return values
  }

  private static func rounded(_ value: Double) -> Double { Double(String(format: "%.4g", value)) ?? value }
}

extension Complaint {
  static func noAxis(_ word: Word) -> Complaint {
    if word.text.first?.isNumber == true || ["=", ","].contains(word.text.prefix(1)) {
      return Complaint(
        "`\(word.raw)` belongs to no setting", at: word.place, hint: "write values with commas, without blanks: `lr=0.1,0.01`")
    }
    let near = NearNames.hint(for: word.text, among: SweepCommand.actions.map(\.name))
    return Complaint(
      "`\(word.raw)` has no values", at: word.place, hint: near ?? "write what is to be tried: `lr=0.001,0.01,0.1`, `dense.units=4,8`")
  }
  static func emptyValue(_ name: String, at place: Range<Int>) -> Complaint {
    Complaint("a value of `\(name)` is missing", at: place, hint: "write them with commas between, without blanks: `\(name)=A,B`")
  }
  static func valueTwice(_ value: String, _ name: String, at place: Range<Int>) -> Complaint {
    Complaint("`\(name)` has the value \(value) twice", at: place, hint: "`seeds=2` makes every run twice, from other weights")
  }
  static func badRange(_ text: String, _ name: String, at place: Range<Int>) -> Complaint {
    Complaint("`\(text)` is no range", at: place, hint: "`\(name)=0.0001..0.1:4` takes four values from the first to the last")
  }
}
