import Foundation
import Language
import Study

/// `stats optimize`: fits the weights of the scheduler to the learner's own reviews.
enum Optimization {
  /// The form of `stats` that does it.
  static let declaration = Declaration<Action>(
    "optimize", "Fits the 21 weights of FSRS-6 to your own reviews, and keeps them when they predict better.", examples: ["stats optimize"],
    notes: "It needs 512 reviews that came a day or more after the card's review before. `set weights standard` takes the fit back."
  ) {
    Action { session, surroundings in
      let histories = ReviewHistories(try surroundings.permittedReviews.log(since: nil))
      guard histories.count >= WeightFit.needed else {
        return OptimizationFacts(reviews: histories.count, before: nil, after: nil, weights: session.settings.weights, isApplied: false)
      }
      let old = session.settings.weights
      // Four decimals, as the weights are shown and kept.
      guard let fitted = try WeightFit.weights(for: histories, check: Interruption.check)?.rounded(decimals: 4),
        let before = FitQuality(of: old, on: histories), let after = FitQuality(of: fitted, on: histories)
      else { throw Complaint("no weights fit these reviews", hint: "`reviews export FILE` shows what is in them") }
      let isBetter = after.logLoss < before.logLoss && after.binError <= before.binError
      if isBetter {
        session.settings.weights = fitted
        try surroundings.permittedPreferences.save(Preference.weights.rawValue, Preference.text(of: fitted))
        session.settings.note(Preference.weights.rawValue, .kept)
      }
      return OptimizationFacts(reviews: histories.count, before: before, after: after, weights: fitted, isApplied: isBetter)
    }
  }
}

/// What a fit of the weights came to.
public struct OptimizationFacts: Facts {
  /// The reviews that tell something of forgetting.
  public let reviews: Int
  /// How many of them are missing until a fit can be made.
  public var missing: Int { max(0, WeightFit.needed - reviews) }
  /// How well the weights in use predict; nil without a fit.
  public let before: FitQuality?
  /// How well the fitted weights predict; nil without a fit.
  public let after: FitQuality?
  /// The fitted weights, or those in use without a fit.
  public let weights: Weights
  /// Whether the fitted weights are in use from now on.
  public let isApplied: Bool

  /// The counts, the qualities before and after, the weights with the version of their algorithm.
  public var json: [(String, JSONValue)] {
    let quality = { (quality: FitQuality?) -> JSONValue in
      quality.map { .object([("log_loss", .number($0.logLoss)), ("rmse_bins", .number($0.binError))]) } ?? .null
    }
    return [
      ("reviews", .integer(reviews)), ("missing", .integer(missing)), ("before", quality(before)), ("after", quality(after)),
      ("applied", .bool(isApplied)), ("algorithm", .string(Scheduler.version)), ("weights", .numbers(weights.values)),
    ]
  }
}
