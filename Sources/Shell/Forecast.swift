import Drills
import Engine
import Language

/// What may be asked before a training, to be compared with what came of it.
public struct ForecastQuestion: Sendable, Equatable {
  /// What is asked.
  public enum Kind: Sendable, Equatable {
    /// How far the loss goes down, or whether it goes up: one of four options.
    case change
    /// The value of the loss or of a metric afterwards: a number.
    case value
    /// Whether the loss will be lower on the training part or on what is held out.
    case gap
  }

  /// What is asked.
  public let kind: Kind
  /// The loss or the metric that it is about.
  public let name: String
  /// Its value before the training.
  public let before: Double
  /// The training in words: "20 epochs".
  public let training: String
  /// The samples that it is measured on.
  public let samples: Int

  /// How many options there are; 0 where a number is asked.
  public var options: Int { kind == .change ? 4 : kind == .gap ? 2 : 0 }
}

/// A prediction and what came of it.
public struct Forecast: Sendable, Equatable {
  /// What was asked.
  public let question: ForecastQuestion
  /// What was predicted.
  public enum Answer: Sendable, Equatable {
    /// An option, from 0.
    case option(Int)
    /// A number.
    case number(Double)
  }
  /// What was predicted.
  public let answer: Answer
  /// The value after the training.
  public let after: Double
  /// For a gap, the loss of what is held out.
  public var heldOut: Double?

  /// By how much the value changed, as a share of what it was; not finite where the training came to no number.
  public var change: Double { (after - question.before) / max(abs(question.before), .leastNormalMagnitude) }

  /// A change of less than so much is none.
  public static let still = 0.02

  /// The option that came true; nil where a number was asked.
  public var truth: Int? {
    switch question.kind {
    case .value: nil
    case .gap: after <= heldOut ?? .infinity ? 0 : 1
    case .change: change < -0.5 ? 0 : change < -Forecast.still ? 1 : change <= Forecast.still ? 2 : 3
    }
  }

  /// How far the prediction lies from the value, as a share of it; nil for an option, or where there is no number.
  public var error: Double? {
    guard case .number(let number) = answer, after.isFinite else { return nil }
    return (number - after) / max(abs(after), 1e-6)
  }

  /// Whether it came true; a number when it is within a tenth.
  public var isRight: Bool {
    switch answer {
    case .option(let option): option == truth
    case .number: error.map { abs($0) <= 0.1 } ?? false
    }
  }

  var json: JSONValue {
    let said: JSONValue =
      switch answer {
      case .option(let option): .string(AnswerReader.letter(option))
      case .number(let number): .number(number)
      }
    return .object([
      ("about", .string(question.name)), ("asked", .string("\(question.kind)")), ("before", .number(question.before)), ("answer", said),
      ("after", .number(after)), ("val_loss", heldOut.map { .number($0) } ?? .null),
      ("truth", truth.map { .string(AnswerReader.letter($0)) } ?? .number(after)), ("right", .bool(isRight)),
      ("error", error.map { .number($0) } ?? .null),
    ])
  }
}

/// A moment before a training.
public enum ForecastMoment: Facts {
  /// What is asked.
  case question(ForecastQuestion)
  /// A remark on what was typed.
  case remark(String)
  /// Nothing: the training tells its JSON.
  public var json: [(String, JSONValue)] { [] }
}
