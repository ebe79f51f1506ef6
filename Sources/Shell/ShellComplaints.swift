import Foundation
import Language

/// The wording of the complaints that commands make.
extension Complaint {
  static func outsideLesson(_ name: String) -> Complaint {
    Complaint("a lesson may not touch `\(name)`", hint: "it reads its own folder and writes a scratch folder")
  }
  static func confined(_ command: String) -> Complaint {
    Complaint("a lesson may not run `\(command)`", hint: "type it yourself if you want it")
  }
  static func noExpansion(_ word: Word) -> Complaint {
    Complaint(
      "`\(word.text)` brings no line back here", at: word.place,
      hint: "Up or Ctrl-R do, `history` lists the lines, `edit` changes the last one")
  }
  static func settingOfAModel(_ name: String) -> Complaint {
    Complaint("`\(name)` belongs to a model, not to the settings", hint: "`compile adam 0.01 bce` sets the learning rate")
  }
  static func reviewsAhead(_ count: Int, _ last: Date) -> Complaint {
    let reviews = count == 1 ? "1 review lies" : "\(count) reviews lie"
    return Complaint(
      "\(reviews) in the future, the last on \(timestamp(last).prefix(10))",
      hint: "the clock is behind now or was ahead then; the cards come back by the days that were told")
  }
  /// Lessons go on without a store.
  public static func progressNotKept(_ complaint: Complaint) -> Complaint {
    Complaint("progress in lessons lasts for this session only: \(complaint.what)", hint: complaint.hint)
  }
  static func onlyForNow(_ complaint: Complaint) -> Complaint {
    Complaint("it holds for this session only: \(complaint.what)", hint: complaint.hint)
  }
  static func noEditor() -> Complaint {
    Complaint("no editor can be opened here", hint: "it needs a terminal; lessons and scripts have none")
  }
  static func noLayers() -> Complaint { Complaint("the network has no layer yet", hint: "try `layer dense 8 relu`") }
  static func noInput() -> Complaint { Complaint("the input shape is not known yet", hint: "try `input 2`, or `data moons`") }
  static func nothingToCheck() -> Complaint {
    Complaint("no layer has a parameter that is trained", hint: "`layer dense 1` adds some, `unfreeze NAME` frees them")
  }
  static func everythingIsFrozen() -> Complaint {
    Complaint("every layer with parameters is frozen", hint: "nothing is learned until `unfreeze NAME`")
  }
  static func noData() -> Complaint { Complaint("no data yet", hint: "try `data moons`") }
  static func notCompiled() -> Complaint { Complaint("the model is not compiled yet", hint: "try `compile adam 0.01 bce accuracy`") }
  static func noLastUpdate(isTrained: Bool) -> Complaint {
    guard isTrained else { return Complaint("no update has been made yet", hint: "`step` makes one; `explain step` shows the next one") }
    return Complaint(
      "what the last update began with was not kept",
      hint: "it is after a `step`, or a `fit` without class weights, on up to 4,000,000 parameters")
  }
  static func nothingToUndo() -> Complaint {
    Complaint("there is nothing to undo", hint: "`undo` takes back what changed model, data or weights, such as `layer dense 8`")
  }
  static func nothingToRedo() -> Complaint { Complaint("there is nothing to redo", hint: "`redo` follows `undo`") }
  static func noCurve(_ name: String, _ names: [String]) -> Complaint {
    names.isEmpty
      ? Complaint("there is no curve yet", hint: "`fit 10` draws one")
      : Complaint("there is no curve `\(name)`", hint: "there is " + names.joined(separator: ", "))
  }
  static func noColumn(_ name: String) -> Complaint {
    Complaint(
      name.isEmpty ? "a column's name is missing" : "`\(name)` is no column of `summary`",
      hint: "there is " + SummaryFacts.Column.allCases.map(\.rawValue).joined(separator: ", "))
  }
  static func columnsWithoutTitles(_ style: String) -> Complaint {
    Complaint("`style=\(style)` has no further columns", hint: "`columns=` goes with `style=keras` and `style=short`")
  }
  static func appendLayer(_ words: String) -> Complaint {
    Complaint("`layer add` joins the output of an earlier layer", hint: "to append a layer: `layer \(words.isEmpty ? "dense 8" : words)`")
  }
  static func withoutSchedule(_ option: String, _ wanted: String) -> Complaint {
    Complaint("`\(option)=` has nothing to act on", hint: "it goes with \(wanted)")
  }
  static func longWarmup(_ warmup: Double, epochs: Int) -> Complaint {
    Complaint("a warm-up of \(plain(warmup)) epochs leaves nothing of \(epochs)", hint: "take a shorter one, or more epochs")
  }
  static func highFloor(_ floor: Double, rate: Float) -> Complaint {
    Complaint("min_lr \(plain(floor)) lies above the rate \(rate)", hint: "it is where the schedule ends")
  }
  static func badClassWeights(_ text: String) -> Complaint {
    Complaint("`\(text)` is no class weights", hint: "`class_weight=balanced`, or a weight a class: `class_weight=[1, 5]`")
  }
  static func noCard(_ id: String) -> Complaint { Complaint("there is no card `\(id)`", hint: "`cards` lists them with their ids") }
  static func severalCards(_ id: String, _ ids: [String]) -> Complaint {
    Complaint("`\(id)` begins the ids of \(ids.count) cards", hint: ids.prefix(6).joined(separator: ", "))
  }
  static func noTopic(_ words: String, _ hint: String?) -> Complaint {
    Complaint("there is no topic `\(words)`, and no card that holds it", hint: hint ?? "`topics` lists the topics")
  }
  static func noCards(in lang: String? = nil) -> Complaint {
    let language = lang.map { $0 == "fr" ? " in French" : " in English" } ?? ""
    return Complaint("no cards\(language) are loaded", hint: "`deck load FILE` loads a deck of your own")
  }
  static func wrongInputs(_ count: Int, expected: Int, shape: [Int], at place: Range<Int>) -> Complaint {
    let size = shape.map { String($0) }.joined(separator: "x")
    return Complaint(
      "one sample has \(expected) \(expected == 1 ? "number" : "numbers") (\(size)), not \(count)", at: place,
      hint: "`data show` prints samples")
  }
  static func metricTwice(_ name: String) -> Complaint { Complaint("`\(name)` is measured already", hint: "name each metric once") }
  static var badRate: Complaint {
    Complaint("the learning rate is no 32-bit number over 0", hint: "from 1.2e-38 to 3.4e38; rates between 0.0001 and 1 are usual")
  }
  static func tooLarge(at place: Range<Int>) -> Complaint {
    Complaint("a number is too large for 32 bits", at: place, hint: "numbers up to 3.4e38 can be used")
  }
  static func badCondition(_ text: String) -> Complaint {
    Complaint("`until \(text)` is no condition", hint: "write `until accuracy>0.95` or `until loss<0.1`")
  }
  static func notMeasured(_ name: String, _ names: [String]) -> Complaint {
    Complaint("`\(name)` is not measured here", hint: "measured: " + names.joined(separator: ", "))
  }
  static func wrongShape(_ name: String, _ shape: [Int], got: [Int], at place: Range<Int>) -> Complaint {
    let words = { (shape: [Int]) in "(" + shape.map { String($0) }.joined(separator: ", ") + ")" }
    return Complaint("`\(name)` has the shape \(words(shape)), not \(words(got))", at: place, hint: "a single number fills it")
  }
  static func nothingHeldOut() -> Complaint {
    Complaint("no validation data is held out", hint: "try `data split 0.2` before `fit`, or `fit 10 val=0.2`")
  }
}
