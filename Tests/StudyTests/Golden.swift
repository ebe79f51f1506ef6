import Foundation
import Study
import Testing

/// The published vectors, decoded as far as they concern the scheduler.
struct Golden: Decodable {
  struct IntervalHistory: Decodable {
    let ratings: [Int]
    let start: Date
    let retention: Double
    let interval_days: [Int]
  }
  struct Memory: Decodable {
    let stability: Double
    let difficulty: Double
  }
  struct MemoryHistory: Decodable {
    let ratings: [Int]
    let days_since_previous: [Int]
    let short_term: Memory
    let long_term: Memory
    let tolerance: Double
  }
  struct SameDay: Decodable {
    let ratings: [Int]
    let expected_difficulty: Double
  }
  struct FirstReview: Decodable {
    let stability: [Double]
    let difficulty: [Double]
    let scheduled_days: [Int]
    let states: [String]
  }
  struct FirstRetrievability: Decodable { let values: [Double] }
  struct ForgettingCurve: Decodable {
    let stability: Double
    let decay: Double
    let t: [Double]
    let R: [Double]
  }
  struct NextDifficulty: Decodable {
    let d: Double
    let by_rating: [Double]
  }
  struct NextStability: Decodable {
    let s: [Double]
    let d: [Double]
    let r: [Double]
    let grade: [Int]
    let recall: [Double]
    let forget: [Double]
    let short_term: [Double]
  }
  struct NextInterval: Decodable {
    let stability: Double
    let retention: [Double]
    let days_f64: [Int]
  }
  struct NoSteps: Decodable {
    let learning_steps: [Double]
    let rating: Int
    let expected_state: String
    let min_interval_days: Int
  }
  struct Bounds: Decodable {
    let difficulty: [Double]
    let maximum_interval: Int
  }
  struct Validation: Decodable { let reject: [String] }
  struct LongTerm: Decodable {
    struct Case: Decodable {
      let ratings: [Int]
      let ivl: [Int]
      let s: [Double]
      let d: [Double]
    }
    let weights_19: [Double]
    let cases: [Case]
  }

  let weights6: [Double]
  let interval_history: IntervalHistory
  let memory_state: MemoryHistory
  let easy_x10_same_day_difficulty: SameDay
  let first_review: FirstReview
  let retrievability_after_first: FirstRetrievability
  let forgetting_curve: [ForgettingCurve]
  let next_difficulty: NextDifficulty
  let stability: NextStability
  let next_interval: NextInterval
  let learning_steps: [String: String]
  let no_steps: NoSteps
  let bounds: Bounds
  let parameter_validation: Validation
  let long_term_scheduler: LongTerm

  /// The whole file, for the names of its vectors.
  static func file() throws -> Data {
    let url = try #require(Bundle.module.url(forResource: "fsrs_vectors", withExtension: "json", subdirectory: "Golden"))
    return try Data(contentsOf: url)
  }

  static func read() throws -> Golden {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(Golden.self, from: file())
  }
}

/// The greatest differences between what was computed and what was published, by the name of the number.
struct Differences {
  private(set) var greatest: [String: Double] = [:]

  mutating func note(_ name: String, _ computed: Double, _ published: Double) {
    greatest[name] = max(greatest[name] ?? 0, (computed - published).magnitude)
  }

  /// Fails, with the numbers, when one of them is over the tolerance.
  func expect(within tolerance: Double, _ location: SourceLocation = #_sourceLocation) {
    let shown = greatest.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    #expect(!greatest.isEmpty && greatest.values.allSatisfy { $0 <= tolerance }, "greatest differences: \(shown)", sourceLocation: location)
    if ProcessInfo.processInfo.environment["GOLDEN_REPORT"] != nil { print("greatest differences: \(shown)") }
  }
}

/// A moment that is the same in every run.
let start = Date(timeIntervalSince1970: 1_669_725_000)

/// A day in seconds.
let day = 86_400.0

/// The grades of numbers from 1 to 4.
func grades(_ ratings: [Int]) throws -> [Grade] { try ratings.map { try #require(Grade(rawValue: $0)) } }

/// The names of phases in the vectors.
func named(_ phase: CardState.Phase) -> String { phase.rawValue.prefix(1).uppercased() + phase.rawValue.dropFirst() }
