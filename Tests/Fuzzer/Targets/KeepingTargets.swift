import Foundation
import Shell
import Store
import Study

/// Saved sessions: the head and the values are changed, length and checksum fit again; what comes back is looked at and trained.
final class SavedSessionTarget: FuzzTarget {
  static let name = "saved"
  static let share = 12
  static let megabytes = 768
  private let place: FuzzPlace
  private let shell: FuzzShell
  private let files: [[UInt8]]
  private let heads: [[UInt8]]
  private let values: [[UInt8]]
  private let text = Mutation(
    words: Corpus.names + [
      "\"steps\"", "\"input\"", "\"rate\"", "\"curves\"", "\"progress\"", "\"shape\"", "\"slots\"", "\"data\"", "null", "[]", "{}", ":",
      ",",
    ],
    brackets: [("[", "]"), ("{\"a\":", "}")], most: 32_768)
  private let binary = Mutation.binary(most: 32_768)

  init(_ place: FuzzPlace) throws {
    self.place = place
    shell = try FuzzShell(place)
    let sessions = [
      "data moons 40; layer dense 4 tanh; layer dense 1 sigmoid; compile adam 0.05 bce accuracy; fit 2 val=0.2",
      "data iris; data split 0.2; data standardize; layer dense 5 relu; layer batchnorm; layer dense 3 softmax; compile sgd 0.1 scce momentum=0.9; step 3",
      "data glyphs 20; layer conv2d 2 3 relu name=eyes; layer flatten; layer dense 10 softmax; freeze eyes; compile rmsprop 0.01 scce; fit 1",
      "preset lenet classes=10", "layer dense 3; let n=4", "data linear 30",
    ]
    files = try sessions.map { line in
      var session = Session()
      Interpreter.run(line + "; save f.session", on: &session, FuzzSurroundings(place, Randomness(of: [1]))) { report in
        precondition(report.complaint == nil, "\(report)")
      }
      return Array(try Data(contentsOf: place.folder.appendingPathComponent("f.session")))
    }
    let parts = files.compactMap { Packing.parts(ofSession: $0) }
    heads = parts.map(\.head)
    values = parts.map(\.values)
  }

  func input(_ random: inout Randomness) -> [UInt8] {
    let place = random.below(heads.count)
    switch random.below(8) {
    case 0: return binary.changed(files[place], files, &random)
    case 1: return Packing.session(head: heads[place], values: binary.changed(values[place], values, &random))
    default: return Packing.session(head: text.changed(heads[place], heads, &random), values: values[place])
    }
  }

  func read(_ input: [UInt8]) -> Bool {
    _ = place.write(input, "f.session")
    var random = Randomness(of: input)
    let looks = [
      "summary", "evaluate", "step", "explain step", "plot loss", "script", "keras", "show dense.kernel", "undo", "data show 2",
      "save g.session",
      "fit 1", "settings", "draw", "explain params", "set lr 0.5", "layer dense 2", "rewind", "check gradients", "predict 1 2", "runs",
    ]
    return shell.run(["open f.session"] + (0..<3).map { _ in random.member(of: looks) }, random)
  }
}

/// The files of settings.
final class SettingsTarget: FuzzTarget {
  static let name = "settings"
  static let share = 1500
  private let place: FuzzPlace
  private let seeds: [[UInt8]]
  private let mutation: Mutation

  init(_ place: FuzzPlace) throws {
    self.place = place
    let lines = Corpus.examples.filter { $0.hasPrefix("set ") }
    seeds =
      lines.map { Array($0.utf8) }
      + ["plot = ascii\nlang fr\n# x\nset seed 4 # y\n", "batch=32\r\nretention 0.9\r\nlive loss,accuracy\n", "\u{FEFF}plot \"off\"\n"].map
    { Array($0.utf8) }
    mutation = Mutation(
      words: Corpus.names + ["\n", "=", "#", "\"", "set ", "live", "weights", "maximum_interval", "new_per_day", "leech", "prompt", "due"],
      most: 4_096)
  }

  func input(_ random: inout Randomness) -> [UInt8] { mutation.changed(random.member(of: seeds), seeds, &random) }

  func read(_ input: [UInt8]) -> Bool {
    guard let content = try? SettingsFile(place.write(input, "config")).read() else { return false }
    var settings = Settings()
    let faults = settings.take(content.lines, from: .config)
    precondition(faults.allSatisfy { $0.line >= 1 }, "a fault has no line")
    return faults.count < content.lines.count
  }
}

/// Packages and tables of Anki, as `deck import` reads them.
final class PackageTarget: FuzzTarget {
  static let name = "packages"
  static let share = 10
  private let place: FuzzPlace
  private let shell: FuzzShell
  private let tables: [[UInt8]]
  private let members: [(name: [UInt8], content: [UInt8])]
  private let package: [UInt8]
  private let text = Mutation(
    words: Corpus.deckWords + ["\t", "#separator:tab\n", "#html:true\n", "{{c1::", "}}", "::", "\""], brackets: Corpus.deckBrackets)
  private let binary = Mutation.binary(words: [Array("{\"0\":\"a.png\"}".utf8), [0x1f], [0x28, 0xb5, 0x2f, 0xfd]], most: 1 << 20)

  init(_ place: FuzzPlace) throws {
    self.place = place
    shell = try FuzzShell(place)
    let surroundings = FuzzSurroundings(place, Randomness(of: [1]))
    var session = Session()
    let cards =
      "Question : Deep Learning - Neuron - What is $x_1$?\nAnswer : A **value**, `x`.\n\nQuestion : A - B - c?\nAnswer : | a |\n|---|\n| b |\n"
    _ = place.write(Array(cards.utf8), "f.md")
    Interpreter.run("deck load f.md; deck export f.tsv; deck export f.apkg", on: &session, surroundings) { report in
      precondition(report.complaint == nil, "\(report)")
    }
    func content(_ name: String) throws -> Data { try Data(contentsOf: place.folder.appendingPathComponent(name)) }
    tables = [Array(try content("f.tsv")), Array("#separator:tab\n#html:true\nfront {{c1::gap::hint}}\tback<br>x\n".utf8)]
    package = Array(try content("f.apkg"))
    members = try Packing.members(ofZip: Data(package))
  }

  func input(_ random: inout Randomness) -> [UInt8] {
    switch random.below(4) {
    case 0: return text.changed(random.member(of: tables), tables, &random)
    case 1: return binary.changed(package, [package], &random)
    default:
      return Packing.zip(
        members.map { member in
          var name = member.name
          if random.one(in: 6) { name = Array(random.member(of: ["collection.anki21b", "collection.anki21", "media", "0", "x"]).utf8) }
          return (name, random.one(in: 3) ? member.content : binary.changed(member.content, members.map(\.content), &random))
        })
    }
  }

  func read(_ input: [UInt8]) -> Bool {
    let name = input.starts(with: [0x50, 0x4b]) ? "i.apkg" : "i.tsv"
    _ = place.write(input, name)
    return shell.run(["deck import \(name) to=o.md", "deck load o.md", "cards"], Randomness(of: input))
  }
}

/// Copies of the store that take the place of one that is lost.
final class StoreTarget: FuzzTarget {
  static let name = "stores"
  static let share = 10
  private let place: FuzzPlace
  private let whole: [UInt8]
  private let mutation = Mutation.binary(words: [Array("CREATE TABLE".utf8), Array("SQLite format 3\0".utf8)], most: 1 << 20)

  init(_ place: FuzzPlace) throws {
    self.place = place
    let file = place.folder.appendingPathComponent("seed.sqlite")
    let store = try ReviewDatabase(file: file)
    let now = Date(timeIntervalSince1970: 1_750_000_000)
    for number in 0..<20 { try store.append(ReviewLog(cardID: "a\(number)", grade: .good, reviewedAt: now, state: .new)) }
    let copy = place.folder.appendingPathComponent("copy.sqlite")
    _ = try store.backUp(to: copy)
    whole = Array(try Data(contentsOf: copy))
  }

  func input(_ random: inout Randomness) -> [UInt8] { mutation.changed(whole, [whole], &random) }

  func read(_ input: [UInt8]) -> Bool {
    let copy = place.write(input, "copy.sqlite")
    let folder = place.folder.appendingPathComponent("store")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("gradus.sqlite")
    try? Data("no store".utf8).write(to: file)
    let wreck = StoreWreck(file, reason: Complaint("it is lost"))
    do {
      _ = try wreck.restore(from: copy, at: Date(timeIntervalSince1970: 1_750_000_000))
      let store = try ReviewDatabase(file: file)
      _ = try store.states()
      return true
    } catch {
      precondition(error is Complaint, "what is thrown is no complaint: \(error)")
      return false
    }
  }
}
