import Foundation
import Shell

/// What a data base of Anki holds besides notes: its tables, its types of notes, its decks.
enum AnkiSchema {
  /// The number of our type of notes; always the same, so that importing again finds it.
  static let noteType: Int64 = 1_577_836_800_011

  static let tables = """
    CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null,
      dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null,
      dconf text not null, tags text not null);
    CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null,
      tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null);
    CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null,
      usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null,
      factor integer not null, reps integer not null, lapses integer not null, left integer not null, odue integer not null,
      odid integer not null, flags integer not null, data text not null);
    CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null,
      lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
    CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
    CREATE INDEX ix_notes_usn ON notes (usn);
    CREATE INDEX ix_cards_usn ON cards (usn);
    CREATE INDEX ix_revlog_usn ON revlog (usn);
    CREATE INDEX ix_cards_nid ON cards (nid);
    CREATE INDEX ix_cards_sched ON cards (did, queue, due);
    CREATE INDEX ix_revlog_cid ON revlog (cid);
    CREATE INDEX ix_notes_csum ON notes (csum);
    """

  /// A number for each deck that its name gives, different ones for different decks.
  static func numbered(_ names: [String]) -> [String: Int64] {
    var numbers: [String: Int64] = [:]
    var taken: Set<Int64> = [1]
    for name in names where numbers[name] == nil {
      var number = noteType + 1 + Int64(SHA1.firstWord(of: Array(name.utf8)))
      while !taken.insert(number).inserted { number += 1 }
      numbers[name] = number
    }
    return numbers
  }

  static let settings = JSONValue.object([
    ("nextPos", .integer(1)), ("estTimes", .bool(true)), ("activeDecks", .integers([1])), ("sortType", .string("noteFld")),
    ("timeLim", .integer(0)), ("sortBackwards", .bool(false)), ("addToCur", .bool(true)), ("curDeck", .integer(1)),
    ("newSpread", .integer(0)), ("dueCounts", .bool(true)), ("curModel", .string("\(noteType)")), ("collapseTime", .integer(1200)),
  ]).text

  /// One type: two sides, and fields for what else is known.
  static func noteTypes(at milliseconds: Int64) -> String {
    let fields = CardNote.fieldNames.enumerated().map { number, name in
      JSONValue.object([
        ("name", .string(name)), ("ord", .integer(number)), ("sticky", .bool(false)), ("rtl", .bool(false)), ("font", .string("Arial")),
        ("size", .integer(20)), ("media", .array([])),
      ])
    }
    let template = JSONValue.object([
      ("name", .string("Card 1")), ("ord", .integer(0)), ("qfmt", .string("<div class=topic>{{Topic}}</div>\n{{Front}}")),
      ("afmt", .string("{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}")), ("did", .null), ("bqfmt", .string("")), ("bafmt", .string("")),
    ])
    let style = """
      .card { font-family: sans-serif; font-size: 18px; line-height: 1.45; text-align: left; max-width: 46em; margin: 0 auto; }
      .topic { font-size: 13px; opacity: .6; margin-bottom: .6em; }
      pre { padding: .6em; overflow-x: auto; background: rgba(128, 128, 128, .15); }
      table { border-collapse: collapse; } td, th { border: 1px solid rgba(128, 128, 128, .5); padding: .2em .6em; }
      img { max-width: 100%; }
      """
    let type = JSONValue.object([
      ("id", .string("\(noteType)")), ("name", .string(CardNote.kind)), ("type", .integer(0)), ("mod", .integer(Int(milliseconds / 1000))),
      ("usn", .integer(-1)), ("sortf", .integer(0)), ("did", .integer(1)), ("tmpls", .array([template])), ("flds", .array(fields)),
      ("css", .string(style)), ("latexPre", .string("")), ("latexPost", .string("")),
      ("req", .array([.array([.integer(0), .string("any"), .integers([0, 2])])])), ("tags", .array([])), ("vers", .array([])),
    ])
    return JSONValue.object([("\(noteType)", type)]).text
  }

  static func decks(_ numbers: [String: Int64], at milliseconds: Int64) -> String {
    let all = [("Default", Int64(1))] + numbers.sorted { $0.value < $1.value }.map { ($0.key, $0.value) }
    let none = JSONValue.integers([0, 0])
    return JSONValue.object(
      all.map { name, number in
        (
          "\(number)",
          .object([
            ("id", .integer(Int(number))), ("name", .string(name)), ("mod", .integer(Int(milliseconds / 1000))), ("usn", .integer(-1)),
            ("lrnToday", none), ("revToday", none), ("newToday", none), ("timeToday", none), ("collapsed", .bool(false)),
            ("browserCollapsed", .bool(false)), ("desc", .string("")), ("dyn", .integer(0)), ("conf", .integer(1)),
            ("extendNew", .integer(0)), ("extendRev", .integer(0)),
          ])
        )
      }
    ).text
  }

  /// The options that a new collection has.
  static let deckOptions: String = {
    func steps(_ minutes: [Int]) -> JSONValue { .integers(minutes) }
    let options = JSONValue.object([
      ("id", .integer(1)), ("mod", .integer(0)), ("name", .string("Default")), ("usn", .integer(0)), ("maxTaken", .integer(60)),
      ("autoplay", .bool(true)), ("timer", .integer(0)), ("replayq", .bool(true)), ("dyn", .bool(false)),
      (
        "new",
        .object([
          ("bury", .bool(false)), ("delays", steps([1, 10])), ("initialFactor", .integer(2500)), ("ints", steps([1, 4, 0])),
          ("order", .integer(1)), ("perDay", .integer(20)),
        ])
      ),
      (
        "rev",
        .object([
          ("bury", .bool(false)), ("ease4", .number(1.3)), ("ivlFct", .integer(1)), ("maxIvl", .integer(36_500)), ("perDay", .integer(200)),
          ("hardFactor", .number(1.2)),
        ])
      ),
      (
        "lapse",
        .object([
          ("delays", steps([10])), ("leechAction", .integer(1)), ("leechFails", .integer(8)), ("minInt", .integer(1)),
          ("mult", .integer(0)),
        ])
      ),
    ])
    return JSONValue.object([("1", options)]).text
  }()

  /// The objects of a JSON object by their names.
  static func objects(_ json: String) -> [String: [String: Any]] {
    ((try? JSONSerialization.jsonObject(with: Data(json.utf8))) as? [String: Any] ?? [:]).compactMapValues { $0 as? [String: Any] }
  }

  /// The words of HTML, by which Anki sorts notes and finds equal ones.
  static func plain(_ html: String) -> String {
    html.replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
      "&amp;", with: "&")
  }
}
