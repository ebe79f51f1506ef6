import Datasets
import Foundation
import Language
import Study

/// Tables of comma-separated values.
final class CSVTarget: FuzzTarget {
  static let name = "csv"
  static let share = 2000
  private let seeds: [[UInt8]]
  private let mutation = Mutation(
    words: [
      ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "NA", "?", "null", "sepal_length", "species", "setosa", "\u{FEFF}", "-1.5e3", "\"a,b\"",
      "#",
    ],
    brackets: [("\"", "\""), (",", "")])

  init(_ place: FuzzPlace) throws {
    func head(_ file: String, _ lines: Int) throws -> [UInt8] {
      Array(try place.bytes("Lessons/data/" + file).split(separator: 0x0a).prefix(lines).joined(separator: [0x0a]))
    }
    seeds =
      [
        try head("iris.csv", 12), try head("penguins.csv", 12), try head("cancer.csv", 4), try head("diabetes.csv", 6),
        try head("corner.csv", 9),
      ]
      + [
        "a;b;y\n1,5;2;yes\n2;3;no\n", "x\ty\n1\t2\n", "\"a \"\"b\"\"\",\"c\nd\"\n1,2\n3,4\n", "1,2,3\n4,5,6\n",
        "a,b,w,y\n1,u,0.5,3\n2,v,1,4\n",
      ]
      .map { Array($0.utf8) }
  }

  func input(_ random: inout Randomness) -> [UInt8] { mutation.changed(random.member(of: seeds), seeds, &random) }

  func read(_ input: [UInt8]) -> Bool {
    var random = Randomness(of: input)
    let names =
      String(decoding: input.prefix { $0 != 0x0a }, as: UTF8.self).split { ",;\t\"".contains($0) }.map(String.init) + ["1", "2", "y"]
    let file = CSVFile(
      path: "t.csv", target: random.member(of: names), header: random.member(of: [nil, nil, true, false]),
      drop: random.one(in: 4) ? [random.member(of: names)] : [], weights: random.one(in: 4) ? random.member(of: names) : nil)
    return Reading.data(file, ["t.csv": input])
  }
}

/// Tables of reviews.
final class ReviewTarget: FuzzTarget {
  static let name = "reviews"
  static let share = 1200
  private let seeds: [[UInt8]]
  private let mutation = Mutation(words: [
    "card_id", "rating", "review_datetime", ",", "\"", "\n", "2026-01-31T18:05:09Z", "2026-02-30", "1969-12-31T23:59:59Z", "+14:00",
    "T24:00:00", "3",
    "9999-12-31T23:59:59.999Z",
  ])

  init(_ place: FuzzPlace) throws {
    seeds = [
      "card_id,rating,review_datetime,review_duration\na1,3,2026-01-31T18:05:09Z,1200\na2,1,2026-02-01T08:00:00+01:00,0\n",
      "review_datetime,card_id,rating\n2026-01-31T18:05:09.123Z,\"a,b\",4\n",
    ].map { Array($0.utf8) }
  }

  func input(_ random: inout Randomness) -> [UInt8] { mutation.changed(random.member(of: seeds), seeds, &random) }

  func read(_ input: [UInt8]) -> Bool {
    guard let reviews = try? ReviewTable.reviews(of: String(decoding: input, as: UTF8.self)) else { return false }
    let text = ReviewTable.text(of: reviews) { $0.formatted(.iso8601) }
    let again = try? ReviewTable.reviews(of: text)
    precondition(again?.map(\.cardID) == reviews.map(\.cardID), "what is written is not read again")
    // The states that an import computes.
    if let scheduler = try? Scheduler() {
      var state = CardState.new
      for review in reviews.prefix(50) { state = scheduler.review(state, grade: review.grade, at: review.reviewedAt) }
    }
    return !reviews.isEmpty
  }
}

/// Reads data from bytes that stand for files.
enum Reading {
  /// Whether a recipe takes what its files hold.
  static func data(_ recipe: any DatasetRecipe, _ files: [String: [UInt8]]) -> Bool {
    let folder = URL(fileURLWithPath: "/f")
    let environment = DataEnvironment(
      embeddedFolder: nil, currentFolder: folder,
      read: { url in
        guard let bytes = files[url.path.replacing("/f/", with: "")] else { throw Complaint("there is no such file") }
        return Data(bytes)
      },
      list: { url in
        url.path == "/f/p" ? [FolderEntry(name: "a", isFolder: true)] : [FolderEntry(name: "1.png", isFolder: false)]
      })
    do {
      let data = try recipe.load(environment)
      precondition(data.features.values.count == data.features.shape.reduce(1, *), "the shape is not that of the values")
      precondition(data.features.shape.first == data.rows, "the rows are not those of the shape")
      _ = data.checksum
      return true
    } catch {
      precondition(error is Complaint, "what is thrown is no complaint: \(error)")
      return false
    }
  }
}
