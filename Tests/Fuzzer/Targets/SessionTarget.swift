import Foundation
import Language

/// Whole sessions: lines run one after the other, with answers to what is asked, and Ctrl-C at some moment.
final class SessionTarget: FuzzTarget {
  static let name = "sessions"
  static let share = 10
  static let megabytes = 768
  private let seeds: [[UInt8]]
  private let mutation: Mutation
  private let shell: FuzzShell

  /// What commands need before them.
  private static let beginnings = [
    "", "data moons 40; layer dense 4 tanh; layer dense 1 sigmoid; compile adam 0.05 bce accuracy; fit 2 val=0.2",
    "data iris; data split 0.2; data standardize; layer dense 5 relu; layer dense 3 softmax; compile sgd 0.1 scce accuracy momentum=0.9; fit 1",
    "data glyphs 30; layer conv2d 2 3 relu name=eyes; layer batchnorm; layer flatten; layer dense 10 softmax; compile rmsprop 0.01 scce",
    "input 2; layer dense 3; layer dense 1; compile sgd mse", "data linear 30; layer dense 1; compile half_squared_error sgd 0.1; step 2",
    "layer dense 3; layer relu; layer dense 2", "lesson start neuron; next; next", "let n=3; let kind=moons; data $kind 30",
  ]

  init(_ place: FuzzPlace) throws {
    seeds = (Corpus.examples + (try Corpus.commands(place)) + SessionTarget.beginnings).filter { !$0.isEmpty }.map { Array($0.utf8) }
    mutation = Mutation(
      words: Corpus.names + [
        ";", "$n", "\"", "[", "]", "dense.kernel", "dense_1.bias[0]", "loss", "accuracy", "?", "until accuracy>0.95", "1..3",
      ],
      brackets: [("[", "]")], most: 1_024)
    shell = try FuzzShell(place)
  }

  func input(_ random: inout Randomness) -> [UInt8] {
    var lines = [Array(random.member(of: SessionTarget.beginnings).utf8)]
    for _ in 0..<random.length(upTo: 7) {
      let line = random.member(of: seeds)
      lines.append(random.one(in: 3) ? line : mutation.changed(line, seeds, &random))
    }
    return Array(lines.joined(separator: [0x0a]))
  }

  func read(_ input: [UInt8]) -> Bool {
    let text = FuzzShell.tamed(String(decoding: input, as: UTF8.self))
    return shell.run(text.split(whereSeparator: \.isNewline).map(String.init), Randomness(of: input))
  }
}
