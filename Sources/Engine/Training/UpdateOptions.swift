import Language

/// How gradients are kept from growing too large, as Keras does.
public enum GradientClipping: Sendable, Equatable {
  /// Every value lies within ± the limit.
  case value(Float)
  /// The norm of each tensor is at most the limit.
  case norm(Float)
  /// The norm of all tensors together is at most the limit.
  case globalNorm(Float)

  var valueLimit: Float? {
    if case .value(let limit) = self { limit } else { nil }
  }
}

/// What every optimizer can do before its own rule:
///
///     g = clip(g),   w = w - rate weight_decay w
public struct UpdateOptions: Sendable, Equatable {
  /// The share of a parameter, times the rate, that an update takes away.
  public var weightDecay: Float
  /// How gradients are clipped; nil when they are not.
  public var clipping: GradientClipping?

  /// Options; without values they change nothing.
  public init(weightDecay: Float = 0, clipping: GradientClipping? = nil) {
    self.weightDecay = weightDecay
    self.clipping = clipping
  }

  /// Options as typed, where 0 stands for what was not asked for.
  ///
  /// - Throws: A `Complaint` when gradients are to be clipped in two ways: Keras allows one.
  init(_ weightDecay: Double, clipvalue: Double, clipnorm: Double, globalClipnorm: Double) throws {
    let wanted: [(name: String, clipping: GradientClipping, limit: Double)] = [
      ("clipvalue", .value(Float(clipvalue)), clipvalue), ("clipnorm", .norm(Float(clipnorm)), clipnorm),
      ("global_clipnorm", .globalNorm(Float(globalClipnorm)), globalClipnorm),
    ].filter { $0.limit > 0 }
    if wanted.count > 1 { throw Complaint.clippedTwice(wanted[0].name, wanted[1].name) }
    self.init(weightDecay: Float(weightDecay), clipping: wanted.first?.clipping)
  }
}

extension Argument where Value == Double {
  /// `weight_decay=`.
  static func weightDecay(default value: Double = 0) -> Argument {
    .decimal("weight_decay", "the share of a weight, times the rate, that an update takes away", .notNegative, default: value).named
  }

  /// `clipvalue=`.
  static var clipvalue: Argument {
    .decimal("clipvalue", "keeps each gradient within ± this; 0 does not clip", .notNegative, default: 0).named
  }

  /// `clipnorm=`.
  static var clipnorm: Argument {
    .decimal("clipnorm", "the greatest norm of a tensor's gradient; 0 does not clip", .notNegative, default: 0).named
  }

  /// `global_clipnorm=`.
  static var globalClipnorm: Argument {
    .decimal("global_clipnorm", "the greatest norm of all gradients together; 0 does not clip", .notNegative, default: 0).named
  }

  /// `epsilon=` with Keras' default.
  static var epsilon: Argument { .decimal("epsilon", "what keeps the quotient finite", .positive, default: 1e-7).named }

  /// `beta_1=`.
  static var beta1: Argument {
    .decimal("beta_1", "how much of the mean gradient an update keeps", .from(0, to: 0.999999), default: 0.9).named
  }

  /// `beta_2=`.
  static func beta2(_ what: String = "the mean squared gradient") -> Argument {
    .decimal("beta_2", "how much of \(what) an update keeps", .from(0, to: 0.999999), default: 0.999).named
  }
}
