import Foundation

/// What was asked for on the command line.
struct FuzzOptions {
  static let usage = """
    usage: scripts/fuzz [--seconds N | --inputs N] [--seed N] [--sanitize address|thread] [TARGET ...]
           scripts/fuzz [--seed N] --only NUMBER TARGET
           scripts/fuzz --file FILE TARGET

      --seconds N    the time for all targets together (60)
      --inputs N     so many inputs for all targets together, whatever time they take
      --seed N       decides every input (0)
      --only NUMBER  reads one input alone, and lets it crash: with the seed, its number makes it again
      --file FILE    reads a file alone
      --sanitize     builds with that sanitizer, which finds more, slower

    targets, all when none is named:

    """

  var seconds: Double?
  var inputs: UInt64?
  var seed: UInt64 = 0
  var only: UInt64?
  var file: String?
  var limits = FuzzLimits()
  var targets: [String] = []
  /// What the supervisor asks of its own kind.
  var worker: String?
  var from: UInt64 = 0
  var until: UInt64 = .max
  var write: String?
  var wantsHelp = false

  /// The options that workers share with their supervisor.
  var words: [String] { ["--seed", "\(seed)", "--slower", "\(limits.memory)"] }

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value<Value: LosslessStringConvertible>(_ option: String) throws -> Value {
      guard let word = rest.popFirst(), let value = Value(word) else { throw FuzzFailure("\(option) needs a value") }
      return value
    }
    while let word = rest.popFirst() {
      switch word {
      case "--seconds": seconds = try value(word)
      case "--inputs": inputs = try value(word)
      case "--seed": seed = try value(word)
      case "--only": only = try value(word)
      case "--file": file = try value(word)
      case "--worker": worker = try value(word)
      case "--from": from = try value(word)
      case "--until": until = try value(word)
      case "--write": write = try value(word)
      case "--slower":
        limits.memory = try value(word)
        limits.seconds = 5 * limits.memory
      case "--help", "-h": wantsHelp = true
      default:
        guard !word.hasPrefix("-") else { throw FuzzFailure("there is no option \(word)") }
        targets.append(word)
      }
    }
    if let seconds, !(seconds > 0 && seconds < 1e8) { throw FuzzFailure("--seconds is a number above 0") }
  }
}
