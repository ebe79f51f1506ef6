import Drills
import Engine
import Foundation
import Testing

@Suite struct DrillKindTests {
  static let seeds = 0..<200

  private static func exercises(_ name: String, _ body: (Exercise, UInt64) throws -> Void) throws {
    let kind = try #require(DrillKinds.all.first { $0.name == name })
    for seed in seeds {
      var random = RandomSource(seed: UInt64(seed))
      try body(try kind.exercise(&random), UInt64(seed))
    }
  }

  private func expect(_ exercise: Exercise, is number: Double, _ seed: UInt64) {
    guard case .number(let answer, let tolerance) = exercise.answer else {
      Issue.record("seed \(seed) asks for no number")
      return
    }
    #expect(abs(answer - number) <= max(tolerance / 10, 1e-9), "seed \(seed): \(exercise.question)")
  }

  @Test("Every file of Kinds/ is listed")
  func everyFileIsListed() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/Drills")
    let list = try String(contentsOf: folder.appendingPathComponent("DrillKind.swift"), encoding: .utf8)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("Kinds").path)
    #expect(files.count == DrillKinds.all.count)
    for file in files { #expect(list.contains(file.replacing(".swift", with: ".kind")), "\(file)") }
    #expect(Set(DrillKinds.all.map(\.name)).count == DrillKinds.all.count)
  }

  @Test(
    "Three known mistakes at least, none right and no two alike; the solution ends in the answer", arguments: DrillKinds.all.map(\.name))
  func sound(name: String) throws {
    try Self.exercises(name) { exercise, seed in
      #expect(exercise.mistakes.count >= 3, "seed \(seed)")
      #expect(exercise.answer.matches(exercise.answer))
      #expect(exercise.mistake(of: exercise.answer) == nil, "seed \(seed)")
      for (place, mistake) in exercise.mistakes.enumerated() {
        #expect(!exercise.answer.matches(mistake.answer), "seed \(seed): \(mistake.remark)")
        #expect(exercise.mistake(of: mistake.answer)?.remark == mistake.remark, "seed \(seed)")
        for other in exercise.mistakes[..<place] { #expect(!other.answer.matches(mistake.answer), "seed \(seed)") }
        #expect(mistake.remark.count > 10)
      }
      switch exercise.answer {
      case .network(let network):
        guard case .counts(let counted, nil)? = exercise.workings.first else { throw Unreadable(name: "working") }
        #expect(counted == network, "seed \(seed)")
      case .option(let index):
        #expect(exercise.solution.contains(exercise.options[index]) && exercise.options.count == 4, "seed \(seed)")
        #expect(Set(exercise.options).count == 4)
      default: #expect(exercise.solution.contains(exercise.answer.text), "seed \(seed): \(exercise.answer.text)\n\(exercise.solution)")
      }
      if case .network = exercise.answer { return }
      // What the program shows as the answer is read back as the answer.
      #expect(AnswerReader.read(exercise.answer.text, for: exercise).map { exercise.answer.matches($0) } == true, "seed \(seed)")
    }
  }

  @Test("A seed gives one exercise, other seeds others", arguments: DrillKinds.all.map(\.name))
  func seeded(name: String) throws {
    let kind = try #require(DrillKinds.all.first { $0.name == name })
    let questions = try [1, 1, 2, 3, 4, 5].map { (seed: UInt64) in
      var random = RandomSource(seed: seed)
      let exercise = try kind.exercise(&random)
      return exercise.question + exercise.curves.table
    }
    #expect(questions[0] == questions[1])
    #expect(Set(questions).count > 2)
  }

  @Test("Counts of parameters agree with a count by hand")
  func params() throws {
    try Self.exercises("params") { exercise, seed in
      let hand = try HandCount(commands(in: exercise.question))
      let asked = exercise.question.contains("batch normalization") ? [hand.counts[1]] : hand.counts
      let isTrainable = exercise.question.contains("trainable")
      expect(exercise, is: Double(asked.reduce(0) { $0 + (isTrainable ? $1.trainable : $1.all) }), seed)
    }
  }

  @Test("Shapes agree with windows laid on the image one by one")
  func shapes() throws {
    try Self.exercises("shapes") { exercise, seed in
      let shape = try HandCount(commands(in: exercise.question)).shape
      #expect(exercise.answer == .shape(shape), "seed \(seed): \(exercise.question)")
    }
  }

  @Test("Updates agree with mini-batches taken away one by one")
  func updates() throws {
    try Self.exercises("updates") { exercise, seed in
      let given = numbers(exercise.question).map { Int($0) }
      var left = given[0], updates = 0
      while left > 0 {
        left -= given[1]
        updates += 1
      }
      expect(exercise, is: Double(updates * (given.count > 2 ? given[2] : 1)), seed)
    }
  }

  private func activate(_ name: some StringProtocol, _ z: Double) -> Double {
    switch name {
    case "sigmoid": 1 / (1 + exp(-z))
    case "relu": max(0, z)
    case "tanh": tanh(z)
    default: z
    }
  }

  @Test("Outputs agree with the formula in double precision")
  func forward() throws {
    try Self.exercises("forward") { exercise, seed in
      let text = exercise.question
      if text.contains("A neuron") {
        let z = try value("w_1", in: text) * value("x_1", in: text) + value("w_2", in: text) * value("x_2", in: text) + value("b", in: text)
        let name = try #require(text.firstMatch(of: #/activation is (\w+)/#)).output.1
        expect(exercise, is: activate(name, z), seed)
      } else {
        let units = text.split(separator: "\n").filter { $0.hasPrefix("*") }.map { Array(numbers($0.drop { $0 != ":" })) }
        let x = [try value("x_1", in: text), try value("x_2", in: text)]
        let h = units.prefix(2).map { max(0, $0[0] * x[0] + $0[1] * x[1] + $0[2]) }
        let name = try #require(text.firstMatch(of: #/output unit \((\w+)\)/#)).output.1
        expect(exercise, is: activate(name, units[2][0] * h[0] + units[2][1] * h[1] + units[2][2]), seed)
      }
    }
  }

  @Test("A step agrees with a numerical gradient")
  func backprop() throws {
    try Self.exercises("backprop") { exercise, seed in
      let text = exercise.question
      let given = try ["x", "w", "b", "t", "\\eta"].map { try value($0, in: text) }
      func loss(_ w: Double, _ b: Double) -> Double { pow(1 / (1 + exp(-(w * given[0] + b))) - given[3], 2) / 2 }
      let small = 1e-5
      let isWeight = text.contains("What is $w$")
      let (w, b) = (given[1], given[2])
      let gradient =
        isWeight
        ? (loss(w + small, b) - loss(w - small, b)) / (2 * small) : (loss(w, b + small) - loss(w, b - small)) / (2 * small)
      expect(exercise, is: (isWeight ? w : b) - given[4] * gradient, seed)
    }
  }

  @Test("Losses agree with their formulas")
  func loss() throws {
    try Self.exercises("loss") { exercise, seed in
      let text = exercise.question
      if text.contains("cce") {
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("*") }.map { Array(numbers($0.drop { $0 != "(" })) }
        let sum = rows.reduce(0) { sum, row in sum - (0..<3).reduce(0) { $0 + row[$1 + 3] * log(row[$1]) } }
        expect(exercise, is: sum / Double(rows.count), seed)
      } else {
        let all = numbers(text)
        let y = all.prefix(all.count / 2), t = all.suffix(all.count / 2)
        let sum = zip(y, t).reduce(0.0) { sum, pair in
          let (y, t) = pair
          return sum + (text.contains("bce") ? -t * log(y) - (1 - t) * log(1 - y) : (y - t) * (y - t))
        }
        expect(exercise, is: sum / Double(y.count), seed)
      }
    }
  }

  @Test("Inputs solve the first layer's count, and the commands of a solution rebuild the summary")
  func summary() throws {
    var kinds = Set<String>()
    try Self.exercises("summary") { exercise, seed in
      let lines = exercise.question.split(separator: "\n")
      let first = try #require(lines.first { $0.hasPrefix("dense ") || $0.hasPrefix("conv2d ") })
      let given = numbers(first)
      let each = try #require(given.last) / given[given.count - 2]
      switch exercise.answer {
      case .network(let network):
        kinds.insert("rebuild")
        let typed = commands(in: exercise.solution)
        let hand = try HandCount(typed)
        #expect(hand.counts.map(\.all) == network.summary.rows.map(\.parameters), "seed \(seed)")
        #expect(hand.counts.map(\.trainable) == network.summary.rows.map(\.trainable), "seed \(seed)")
        #expect(Double(typed[0][1]) == each - 1, "seed \(seed)")
      default:
        let window = exercise.question.firstMatch(of: #/window of (\d)x/#).flatMap { Double($0.output.1) }
        kinds.insert(window == nil ? "inputs" : "channels")
        expect(exercise, is: window.map { (each - 1) / ($0 * $0) } ?? each - 1, seed)
      }
    }
    #expect(kinds.count == 3)
  }

  @Test("The layer and loss that fit are those of the table of tasks")
  func fit() throws {
    try Self.exercises("fit") { exercise, seed in
      let text = exercise.question
      let classes = numbers(text).first.map { Int($0) } ?? 0
      let right =
        text.contains("dummy")
        ? "`layer dense \(classes) softmax` with `cce`"
        : text.contains("indices")
          ? "`layer dense \(classes) softmax` with `scce`"
          : text.contains("0 or 1") ? "`layer dense 1 sigmoid` with `bce`" : "`layer dense 1` with `mse`"
      guard case .option(let index) = exercise.answer else { throw Unreadable(name: "option") }
      #expect(exercise.options[index] == right, "seed \(seed): \(text)")
    }
  }

  @Test("Curves show what is said of them")
  func curves() throws {
    var seen = Set<String>()
    try Self.exercises("curves") { exercise, seed in
      guard case .option(let index) = exercise.answer else { throw Unreadable(name: "option") }
      let loss = exercise.curves[0].values, held = exercise.curves[1].values
      #expect(loss.count == held.count && loss.allSatisfy(\.isFinite))
      let falls = loss[loss.count - 1] / loss[0]
      let rises = held[held.count - 1] / (held.min() ?? 1)
      let words = exercise.options[index]
      seen.insert(words)
      let seems = falls > 1 ? "too high" : falls > 0.75 ? "too low" : rises > 1.25 ? "overfits" : "all is well"
      #expect(words.contains(seems), "seed \(seed): \(words), yet the loss falls to \(falls) and val_loss rises to \(rises)")
    }
    #expect(seen.count == 4)
  }
}

@Suite struct AnswerReaderTests {
  @Test(
    "Numbers are read as people write them",
    arguments: [
      ("896", 896), ("1,234", 1234), ("1 234", 1234), ("1_234_567", 1_234_567), (" 0.731 ", 0.731), ("-.5", -0.5), ("1e-3", 0.001),
      ("= 4", 4),
      ("\u{2212}2", -2), ("12,34", nil), ("0,731", nil), ("many", nil), ("", nil), ("nan", nil), ("1e999", nil), ("0x10", nil),
    ] as [(String, Double?)])
  func numbers(text: String, number: Double?) { #expect(AnswerReader.number(text) == number) }

  @Test(
    "Shapes are read with and without the batch",
    arguments: [
      ("8x8x16", [8, 8, 16]), ("8 x 8 x 16", [8, 8, 16]), ("(None, 8, 8, 16)", [8, 8, 16]), ("none,8,8,16", [8, 8, 16]),
      ("[8, 8, 16]", [8, 8, 16]),
      ("8 8 16", [8, 8, 16]), ("8×8×16", [8, 8, 16]), ("8", [8]), ("8x0x1", nil), ("8xtx1", nil), ("", nil), ("(None)", nil),
      ("-8x8x1", nil),
    ] as [(String, [Int]?)])
  func shapes(text: String, shape: [Int]?) { #expect(AnswerReader.shape(text) == shape) }

  @Test("An option is one of those shown")
  func options() throws {
    var random = RandomSource(seed: 3)
    let exercise = try #require(DrillKinds.all.first { $0.name == "fit" }).exercise(&random)
    for text in [" 4 ", "d", "D"] { #expect(AnswerReader.read(text, for: exercise) == .option(3)) }
    for text in ["0", "5", "e", "ab", ""] { #expect(AnswerReader.read(text, for: exercise) == nil) }
    #expect(AnswerReader.shapeOfAnswer(to: exercise) == "type a letter from a to d")
  }
}

@Suite struct GoldenExerciseTests {
  /// The texts of one exercise a kind; one that is missing is written and fails the run. The digits of a training are its processor's own.
  @Test("An exercise reads as it did", arguments: DrillKinds.all.map(\.name).filter { $0 != "curves" })
  func golden(name: String) throws {
    let kind = try #require(DrillKinds.all.first { $0.name == name })
    var random = RandomSource(seed: 7)
    let exercise = try kind.exercise(&random)
    let options = exercise.options.enumerated().map { "\($0.offset + 1). \($0.element)\n" }.joined()
    let mistakes = exercise.mistakes.map { "* \($0.answer.text): \($0.remark)\n" }.joined()
    let text =
      exercise.question + "\n\n" + options + "\n---\n" + exercise.hint + "\n\n---\n" + exercise.answerText + "\n\n" + mistakes
      + "\n---\n" + exercise.solution + "\n"
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name).md")
    guard let recorded = try? String(contentsOf: file, encoding: .utf8) else {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(file.lastPathComponent) is recorded now: read it, and run the tests again")
      return
    }
    #expect(text == recorded)
  }
}
