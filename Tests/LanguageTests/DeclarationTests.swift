import Testing

@testable import Language

/// A small language with every kind of argument.
private enum Sample {
  static let kinds: [Declaration<String>] = [
    Declaration(
      "dense", "Fully connected.",
      .integer("units", "how many units", in: 1...1000),
      .choice("activation", "applied to the output", from: [("linear", ""), ("relu", ""), ("tanh", "")], default: "linear"),
      .boolean("bias", "add a bias", default: true)
    ) { units, activation, bias in "dense \(units) \(activation) \(bias)" },
    Declaration(
      "conv2d", "Convolution.", .integer("filters", "how many filters", in: 1...1000),
      .size("kernel", "the kernel", axes: 1...2, each: 1...99, default: [3, 3]),
      .integer("stride", "the stride", in: 1...9, default: 1).named
    ) { filters, kernel, stride in "conv2d \(filters) \(kernel) \(stride)" },
  ]
  static let optimizers: [Declaration<String>] = [
    Declaration(
      "sgd", "Descent.", .decimal("rate", "the rate", .positive, default: 0.01).anywhere, .decimal("momentum", "m", default: 0).named
    ) {
      "sgd \($0) \($1)"
    },
    Declaration("adam", "Adaptive.", .decimal("rate", "the rate", .positive, default: 0.001).anywhere) { "adam \($0)" },
  ]
  static let losses: [Declaration<String>] = ["mse", "mae", "bce"].map { name in Declaration(name, "A loss.") { name } }
  static let commands = DeclarationIndex<String>([
    Declaration("layer", "Adds a layer.", .declared("kind", "the kind of layer", from: kinds)) { "layer \($0)" },
    Declaration(
      "compile", "Compiles.", .declared("optimizer", "the optimizer", from: optimizers), .declared("loss", "the loss", from: losses),
      .list("metrics", "what else to measure", from: losses), .boolean("from_logits", "logits", default: false)
    ) { "\($0) \($1) \($2) \($3)" },
    Declaration(
      "fit", "Trains.", .integer("epochs", "how many epochs", in: 1...100),
      .decimal("val", "held out", .from(0, below: 1), default: 0).named,
      .optional(.integer("early_stopping", "patience", in: 1...9)).named, .phrase("until", "METRIC>VALUE", "stop when")
    ) { "fit \($0) \($1) \($2.map { String($0) } ?? "-") \($3)" },
    Declaration("card", "One card.", .word("id", "the card")) { "card \($0)" },
    Declaration("cards", "Cards.", .text("words", "to look for")) { "cards \($0)" },
    Declaration("set", "Sets.", .word("name", "what"), .values("value", "the value")) { "set \($0) \($1.shape) \($1.values)" },
    Declaration("predict", "Predicts.", .numbersOrValues("inputs", "one sample")) { "predict \($0.values)" },
    Declaration("step", "Updates.", .integer("count", "how many", in: 1...10, default: 1)) { "step \($0)" },
    Declaration("draw", "Draws.", .optional(.integer("batch", "size", in: 1...9)), .word("file", "to write", default: "-").named) {
      "draw \($0.map { String($0) } ?? "none") \($1)"
    },
  ])

  static func run(_ line: String) throws -> String {
    let words = try Lexer.commands(in: line)[0].words
    return try commands.byPrefix(words[0], what: "command").parse(words)
  }
}

@Suite struct DeclarationTests {
  @Test(
    "Words become typed arguments",
    arguments: [
      ("layer dense 8", "layer dense 8 linear true"),
      ("layer dense 8 relu bias=no", "layer dense 8 relu false"),
      ("layer dense bias=off units=8 activation=tanh", "layer dense 8 tanh false"),
      ("layer conv2d 32 5x5 stride=2", "layer conv2d 32 [5, 5] 2"),
      ("layer conv2d stride=2 32", "layer conv2d 32 [3, 3] 2"),
      ("compile adam bce", "adam 0.001 bce [] false"),
      ("compile adam 0.01 bce mse mae", "adam 0.01 bce [\"mse\", \"mae\"] false"),
      ("compile adam bce 0.01", "adam 0.01 bce [] false"),
      ("compile sgd 0.1 mse momentum=0.9 from_logits=yes", "sgd 0.1 0.9 mse [] true"),
      ("fit 3", "fit 3 0.0 - "),
      ("fit 3 val=0.2 early_stopping=5", "fit 3 0.2 5 "),
      ("fit 3 until accuracy > 0.95 val=0.1", "fit 3 0.1 - accuracy>0.95"),
      ("card 1f", "card 1f"), ("cards", "cards "), ("cards l'époque  a=b", "cards l'époque a=b"),
      ("set k 0.5", "set k [] [0.5]"), ("set k [[1, 2], [3, 4]]", "set k [2, 2] [1.0, 2.0, 3.0, 4.0]"),
      ("predict 0.5 -2", "predict [0.5, -2.0]"), ("st", "step 1"), ("draw", "draw none -"), ("draw 4 file=a=b", "draw 4 a=b"),
      ("draw batch=3", "draw 3 -"),
      ("compile optimizer=adam rate=0.5 loss=mse metrics=mae", "adam 0.5 mse [\"mae\"] false"),
      ("fit until=accuracy>0.95 epochs=3", "fit 3 0.0 - accuracy>0.95"), (#"cards words="l'époque a""#, "cards l'époque a"),
      ("predict inputs=[1, 2]", "predict [1.0, 2.0]"),
    ])
  func parses(line: String, expected: String) throws { #expect(try Sample.run(line) == expected) }

  @Test(
    "A mistake is told with its place and what would be right",
    arguments: [
      ("layr dense 8", "there is no command `layr`", 0..<4, "did you mean `layer`?"),
      ("layer", "`layer` needs the kind of layer (kind)", 5..<6, "kind: dense, conv2d; usage: layer KIND ..."),
      ("layer dens 8", "there is no kind `dens`", 6..<10, "did you mean `dense`?"),
      (
        "layer dense", "`layer dense` needs how many units (units)", 11..<12,
        "units: 1 to 1,000; usage: layer dense UNITS [ACTIVATION] [bias=yes]"
      ),
      ("layer dense 0", "units must be a whole number from 1 to 1,000, not `0`", 12..<13, ""),
      ("layer dense 8 rleu", "there is no activation `rleu`", 14..<18, "did you mean `relu`?"),
      (
        "layer dense 8 relu 3", "`layer dense` does not know what to do with `3`", 19..<20,
        "usage: layer dense UNITS [ACTIVATION] [bias=yes]"
      ),
      ("layer dense 8 stride=2", "`layer dense` takes no `stride` here", 14..<22, "it belongs to `layer conv2d`"),
      ("layer dense 8 unit=2", "`layer dense` has no option `unit`", 14..<20, "did you mean `units`?"),
      ("layer dense unts=8", "`layer dense` has no option `unts`", 12..<18, "did you mean `units`?"),
      ("layer dense 8 qqq=2", "`layer dense` has no option `qqq`", 14..<19, "usage: layer dense UNITS [ACTIVATION] [bias=yes]"),
      ("layer dense 8 bias=maybe", "bias must be yes or no, not `maybe`", 19..<24, ""),
      ("layer dense 8 bias=no bias=no", "`bias` is given twice", 22..<29, "leave one out"),
      ("compile adam bce from=1", "`compile` has no option `from`", 17..<23, "did you mean `from_logits`?"),
      ("fit 3 val=1", "val must be a number from 0 to below 1, not `1`", 10..<11, ""),
      ("fit 3 val=0.1,0.2", "val must be a number from 0 to below 1, not `0.1,0.2`", 10..<17, ""),
      ("fit 3 val=0,2", "val must be a number from 0 to below 1, not `0,2`", 10..<13, "the decimal sign is a point: 0.2"),
      ("car", "`car` could be `card`, `cards`", 0..<3, "type one letter more"),
      ("set k [1, [2]]", "the lists inside are of different lengths", 10..<11, "write a matrix as [[0.1, 0.2], [0.3, 0.4]]"),
      ("predict", "`predict` needs one sample (inputs)", 7..<8, "usage: predict INPUTS ..."),
      ("fit 3 until=", "what follows `until` must be METRIC>VALUE, not ``", 12..<12, ""),
      ("compile adam -1 mse", "rate must be a number over 0, not `-1`", 13..<15, ""),
      ("compile adam mse 0,1", "rate must be a number over 0, not `0,1`", 17..<20, "the decimal sign is a point: 0.1"),
      ("step 11", "count must be a whole number from 1 to 10, not `11`", 5..<7, ""),
    ] as [(String, String, Range<Int>, String)])
  func complains(line: String, what: String, place: Range<Int>, hint: String) {
    let complaint = #expect(throws: Complaint.self) { try Sample.run(line) }
    #expect(complaint == Complaint(what, at: place, hint: hint))
  }
}

@Suite struct CompletionTests {
  @Test(
    "The word at the cursor is completed from the declarations",
    arguments: [
      ("", ["layer", "compile", "fit", "card", "cards", "set", "predict", "step", "draw"]),
      ("la", ["layer"]), ("car", ["card", "cards"]), ("layer ", ["dense", "conv2d"]), ("layer d", ["dense"]),
      ("layer dense 8 ", ["linear", "relu", "tanh", "bias="]), ("layer dense 8 bi", ["bias="]), ("layer dense 8 bias=", ["yes", "no"]),
      ("layer dense 8 relu bias=no ", []), ("fit 3; layer c", ["conv2d"]),
      ("fit 3;", ["layer", "compile", "fit", "card", "cards", "set", "predict", "step", "draw"]),
      ("compile s", ["sgd"]), ("compile sgd ", ["mse", "mae", "bce"]), ("compile sgd 0.1 m", ["mse", "mae", "momentum="]),
      ("compile sgd 0.1 mse mae b", ["bce"]), ("compile sgd mse mom", ["momentum="]), ("card ", ["id1", "id2"]), ("fit 3 # la", []),
      ("nonsense ", []), ("lay den", ["dense"]),
      ("fit 3 un", ["until"]), ("la d", ["dense"]),
    ] as [(String, [String])])
  func completes(line: String, expected: [String]) {
    let completion = Completion.of(line, commands: Sample.commands.members.map(\.outline)) { source, _ in
      source == .nothing ? [Candidate("id1"), Candidate("id2")] : []
    }
    #expect(completion.candidates.map(\.text) == expected)
  }
}

@Suite struct NearNamesTests {
  @Test(
    "Edits are counted, a swap of neighbours as one",
    arguments: [("", "abc", 3), ("dense", "dens", 1), ("relu", "rleu", 1), ("abc", "xyz", 3), ("a", "a", 0)])
  func distance(a: String, b: String, expected: Int) { #expect(NearNames.distance(Array(a), Array(b)) == expected) }

  @Test(
    "Numbers are grouped by thousands",
    arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (138_357_544, "138,357,544"), (-1234, "-1,234")])
  func groups(number: Int, expected: String) { #expect(grouped(number) == expected) }
}
