import Foundation
import Kernels
import Language
import Testing

@testable import Datasets

@Suite struct CSVTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let what: String
    let text: String
    var target = "y"
    var header: Bool?
    var drop: [String] = []
    var names = ["a", "b"]
    let features: [Float]
    let wanted: Target
    var missing = 0
    var testDescription: String { what }
  }

  static let classes = Target.classes(names: ["no", "yes"], indices: [1, 0])

  static let rows = [
    Row(what: "plain", text: "a,b,y\n1,2,yes\n3,4,no\n", features: [1, 2, 3, 4], wanted: classes),
    Row(what: "CR LF and no last line end", text: "a,b,y\r\n1,2,yes\r\n3,4,no", features: [1, 2, 3, 4], wanted: classes),
    Row(what: "CR alone", text: "a,b,y\r1,2,yes\r3,4,no\r", features: [1, 2, 3, 4], wanted: classes),
    Row(what: "byte order mark", text: "\u{feff}a,b,y\n1,2,yes\n3,4,no\n", features: [1, 2, 3, 4], wanted: classes),
    Row(what: "empty lines", text: "\n\na,b,y\n\n1,2,yes\n  \n3,4,no\n\n\n", features: [1, 2, 3, 4], wanted: classes),
    Row(what: "semicolons and decimal points", text: "a;b;y\n1.5;2;yes\n3;4;no\n", features: [1.5, 2, 3, 4], wanted: classes),
    Row(what: "tabs", text: "a\tb\ty\n1\t2\tyes\n3\t4\tno\n", features: [1, 2, 3, 4], wanted: classes),
    Row(what: "blanks", text: "a , b,y\n 1 ,+2, yes\n3, 4e0 ,no \n", features: [1, 2, 3, 4], wanted: classes),
    Row(
      what: "quotes around separators, line ends and quotes", text: "\"a,1\",\"b\n\"\"2\"\"\",y\n\"1\",2,\"y;es\"\n3,\"4\" ,no\n",
      names: ["a,1", "b\n\"2\""], features: [1, 2, 3, 4], wanted: .classes(names: ["no", "y;es"], indices: [1, 0])),
    Row(
      what: "a quote within a field", text: "a,b,y\n1,2,5\" pipe\n3,4,no\n", features: [1, 2, 3, 4],
      wanted: .classes(names: ["5\" pipe", "no"], indices: [0, 1])),
    Row(what: "numeric target", text: "a,b,y\n1,2,7\n3,4,0.5\n", features: [1, 2, 3, 4], wanted: .numbers([7, 0.5])),
    Row(
      what: "no header, target by number", text: "1,2,7\n3,4,9\n", target: "2", header: false, names: ["x1", "x3"], features: [1, 7, 3, 9],
      wanted: .numbers([2, 4])),
    Row(
      what: "no header, target by its given name", text: "1,2,7\n3,4,9\n", target: "x3", header: false, names: ["x1", "x2"],
      features: [1, 2, 3, 4], wanted: .numbers([7, 9])),
    Row(
      what: "a header of numbers that is meant", text: "2019,2020,2021\n1,2,7\n3,4,9\n", target: "2021", header: true,
      names: ["2019", "2020"], features: [1, 2, 3, 4], wanted: .numbers([7, 9])),
    Row(
      what: "target by number with a header", text: "a,b,y\n1,2,7\n3,4,9\n", target: "3", features: [1, 2, 3, 4], wanted: .numbers([7, 9])),
    Row(
      what: "a column without a name", text: ",b,y\n1,2,7\n3,4,9\n", names: ["x1", "b"], features: [1, 2, 3, 4], wanted: .numbers([7, 9])),
    Row(
      what: "missing numbers take the mean", text: "a,b,y\n1,NA,7\n,4,9\n5,NaN,8\n?,6,1\n", features: [1, 5, 3, 4, 5, 5, 3, 6],
      wanted: .numbers([7, 9, 8, 1]), missing: 4),
    Row(
      what: "a text of two values is one feature", text: "sex,b,y\nmale,2,7\nfemale,4,9\n", names: ["sex=male", "b"],
      features: [1, 2, 0, 4],
      wanted: .numbers([7, 9])),
    Row(
      what: "a text of more is one-hot", text: "c,y\nred,1\nblue,2\ngreen,3\n", names: ["c=blue", "c=green", "c=red"],
      features: [0, 0, 1, 1, 0, 0, 0, 1, 0], wanted: .numbers([1, 2, 3])),
    Row(
      what: "a missing text is a value of its own", text: "c,y\nS,1\n,2\nC,3\n", names: ["c=C", "c=S", "c=missing"],
      features: [0, 1, 0, 0, 0, 1, 1, 0, 0], wanted: .numbers([1, 2, 3]), missing: 1),
    Row(
      what: "every word for missing, in any case", text: "a,b,y\nna,1,1\nN/A,2,2\nNULL,3,3\nnan,4,4\n?,5,5\n\" \",6,6\n2,7,7\n",
      features: [2, 1, 2, 2, 2, 3, 2, 4, 2, 5, 2, 6, 2, 7], wanted: .numbers([1, 2, 3, 4, 5, 6, 7]), missing: 6),
    Row(what: "columns dropped", text: "id,a,b,y\nn1,1,2,7\nn2,3,4,9\n", drop: ["id"], features: [1, 2, 3, 4], wanted: .numbers([7, 9])),
    Row(
      what: "names beyond ASCII, sorted by code point", text: "a,b,y\n1,2,é\n3,4,z\n5,6,Z\n", features: [1, 2, 3, 4, 5, 6],
      wanted: .classes(names: ["Z", "z", "é"], indices: [2, 1, 0])),
  ]

  @Test(arguments: rows) func isRead(_ row: Row) throws {
    let data = try read(row.text, target: row.target, header: row.header, drop: row.drop)
    #expect(data.featureNames == row.names)
    #expect(data.features.values == row.features)
    #expect(data.target == row.wanted)
    #expect(data.missing == row.missing)
    #expect(data.name == "t")
  }

  @Test func missingCellsAreCountedByFeature() throws {
    let data = try read("a,c,y\n1,r,1\n,g,2\n,,3\n", target: "y")
    #expect(zip(data.featureNames, data.missingByFeature).map { "\($0) \($1)" } == ["a 2", "c=g 1", "c=missing 1", "c=r 1"])
    #expect(data.missing == 3)
    #expect(data.described().features.map(\.missing) == [2, 1, 1, 1])
  }

  struct Refusal: CustomTestStringConvertible, Sendable {
    let text: String
    var target = "y"
    var header: Bool?
    var drop: [String] = []
    let says: String
    var testDescription: String { says }
  }

  static let names = (1...101).map { "n\($0),1" }.joined(separator: "\n")
  static let refusals = [
    Refusal(text: "", says: "t.csv is empty | a header and at least one row are needed"),
    Refusal(text: " \n\r\n", says: "t.csv is empty | a header and at least one row are needed"),
    Refusal(text: "a,y\n", says: "t.csv holds a header and no rows | if its only line is a row: header=no"),
    Refusal(text: "a\n1\n", says: "t.csv has one column only | features and a target are needed, separated by commas, semicolons or tabs"),
    Refusal(
      text: "a,b,y\n1,2,3\n\n1,2\n",
      says: "line 4 of t.csv has 2 fields, 3 expected | the first line decides; a field with a separator in it must be quoted"),
    Refusal(
      text: "a,\"b\nc\",y\n1,2,3\n1,2,3,4\n",
      says: "line 4 of t.csv has 4 fields, 3 expected | the first line decides; a field with a separator in it must be quoted"),
    Refusal(text: "a,y\n1,\"2\n3,4\n", says: "nothing closes the quote that opens in line 2 of t.csv | end the field with \""),
    Refusal(
      text: "a,y\n1,\"2\"3\n", says: "line 2 of t.csv goes on after a closing quote | write a quote within a quoted field twice"),
    Refusal(text: "size,shape\n1,2\n", target: "shap", says: "t.csv has no column `shap` | did you mean `shape`?"),
    Refusal(text: "a,b\n1,2\n", target: "5", says: "t.csv has no column `5` | there is a, b, or a number from 1 to 2"),
    Refusal(text: "a,b\n1,2\n", target: "0", says: "t.csv has no column `0` | there is a, b, or a number from 1 to 2"),
    Refusal(
      text: "1,2\n3,4\n", target: "2",
      says: "the first line of t.csv holds numbers, not the names of columns | header=no reads it as a row, header=yes as names"),
    Refusal(
      text: "a,a,y\n1,2,3\n", says: "two columns of t.csv are named `a` | rename one in the first line, or read with header=no"),
    Refusal(
      text: "a;y\n1,5;2\n2,5;3\n",
      says: "`1,5` in line 2 of t.csv, column `a`, has a comma in a number | the decimal sign is a point: 1.5"),
    Refusal(
      text: "a,y\n" + String(repeating: "1,2\n", count: 10) + "l2,2\n",
      says: "`l2` in line 12 of t.csv, column `a`, is not a number as 10 others are | "
        + "write a number, or nothing where it is missing; or drop=a"),
    Refusal(
      text: "a,y\n1,2\n1e39,2\n", says: "`1e39` in line 3 of t.csv, column `a`, is too large for 32 bits | numbers up to 3.4e38 can be used"
    ),
    Refusal(
      text: "a,y\n1,2\n-inf,2\n", says: "`-inf` in line 3 of t.csv, column `a`, is too large for 32 bits | numbers up to 3.4e38 can be used"
    ),
    Refusal(
      text: "a b,y\n" + names + "\n",
      says: "the column `a b` of t.csv holds over 100 different texts, such as `n1` in line 2 | "
        + "classes are expected; leave the column out: drop=\"a b\""),
    Refusal(
      text: "a,b,y\n,1,2\nNA,2,2\n", says: "every cell of the column `a` of t.csv is missing | leave it out: drop=a"),
    Refusal(
      text: "a,y\n1,2\n2,\n3,?\n", says: "the target `y` is missing in line 3 of t.csv (and in 1 more) | fill it in or remove the row"),
    Refusal(text: "a,y\n1,no\n2,NA\n", says: "the target `y` is missing in line 3 of t.csv | fill it in or remove the row"),
    Refusal(text: "a,y\n1,2\n", drop: ["a"], says: "nothing but the target is left of t.csv | drop fewer columns"),
    Refusal(
      text: "a,y\n1,2\n", drop: ["y"], says: "`y` is the target and cannot be dropped | name another target or leave it out of drop"),
  ]

  @Test(arguments: refusals) func isRefused(_ row: Refusal) {
    #expect(complaint { _ = try read(row.text, target: row.target, header: row.header, drop: row.drop) } == row.says)
  }

  @Test(
    arguments: [
      ([0x61, 0x2c, 0x79, 0x0a, 0xe9, 0x2c, 0x31], "line 2 of t.csv is not UTF-8 | save the file as UTF-8"),
      ([0x61, 0x2c, 0x79, 0x0a, 0xc0, 0x80], "line 2 of t.csv is not UTF-8 | save the file as UTF-8"),
      ([0x61, 0x2c, 0x79, 0x0d, 0x0a, 0x31, 0x0d, 0xed, 0xa0, 0x80], "line 3 of t.csv is not UTF-8 | save the file as UTF-8"),
      ([0x61, 0xf0, 0x9f], "line 1 of t.csv is not UTF-8 | save the file as UTF-8"),
      ([0xff, 0xfe, 0x61, 0x00], "t.csv is UTF-16 | save it as UTF-8"),
      ([0x50, 0x4b, 0x00, 0x01], "t.csv is not a text file | a CSV file is plain text in UTF-8"),
    ] as [([UInt8], String)]) func otherEncodingsAreRefused(_ bytes: [UInt8], _ says: String)
  {
    #expect(complaint { _ = try CSVFile(path: "t.csv", target: "y").load(world(["t.csv": Data(bytes)])) } == says)
  }

  @Test func filesThatCannotBeReadAreNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let world = DataEnvironment(embeddedFolder: nil, currentFolder: folder)
    #expect(
      complaint { _ = try CSVFile(path: "no.csv", target: "y").load(world) }
        == "there is no file `\(folder.path)/no.csv` | a relative path starts from the current folder")
    #expect(complaint { _ = try CSVFile(path: "/dev/zero", target: "y").load(world) } == "`/dev/zero` is a device | name a file")
    #expect(complaint { _ = try CSVFile(path: ".", target: "y").load(world) } == "`\(folder.path)` is a folder | name a file in it")
    try Data("a,y\n1,2\n".utf8).write(to: folder.appendingPathComponent("yes.csv"))
    #expect(try CSVFile(path: "yes.csv", target: "y").load(world).rows == 1)
    #expect(try CSVFile(path: folder.path + "/yes.csv", target: "y").load(world).rows == 1)
  }
}
