import Engine
import Language

/// What `compile` decided, as Keras writes it.
struct KerasTraining {
  let settings: TrainingSettings
  /// The shape of one sample's output; nil while it is not known.
  let output: [Int]?

  private var columns: Int { output?.last ?? 1 }
  private var loss: any LossDescription { settings.loss }

  /// The optimizer with all its options.
  var optimizer: PythonCall? {
    let call: PythonCall
    switch settings.optimizer {
    case let own as SGD:
      call = PythonCall("keras.optimizers.SGD").with("learning_rate", Python.number(own.rate))
        .with("momentum", own.momentum, unless: 0, Python.number).with("nesterov", own.nesterov, unless: false, Python.bool)
    case let own as Adam: call = moments("Adam", own.rate, own.beta1, own.beta2, own.epsilon)
    case let own as AdamW:
      // Keras takes 0.004 where nothing is said.
      call = moments("AdamW", own.rate, own.beta1, own.beta2, own.epsilon).with("weight_decay", Python.number(own.options.weightDecay))
    case let own as Adamax: call = moments("Adamax", own.rate, own.beta1, own.beta2, own.epsilon)
    case let own as Nadam: call = moments("Nadam", own.rate, own.beta1, own.beta2, own.epsilon)
    case let own as RMSprop:
      call = PythonCall("keras.optimizers.RMSprop").with("learning_rate", Python.number(own.rate))
        .with("rho", own.rho, unless: 0.9, Python.number).with("momentum", own.momentum, unless: 0, Python.number)
        .with("epsilon", own.epsilon, unless: 1e-7, Python.number).with("centered", own.isCentered, unless: false, Python.bool)
    case let own as Adagrad:
      call = PythonCall("keras.optimizers.Adagrad").with("learning_rate", Python.number(own.rate))
        .with("initial_accumulator_value", own.start, unless: 0.1, Python.number).with("epsilon", own.epsilon, unless: 1e-7, Python.number)
    case let own as Adadelta:
      call = PythonCall("keras.optimizers.Adadelta").with("learning_rate", Python.number(own.rate))
        .with("rho", own.rho, unless: 0.95, Python.number).with("epsilon", own.epsilon, unless: 1e-7, Python.number)
    default: return nil
    }
    let options = settings.optimizer.options
    let decaying =
      settings.optimizer is AdamW ? call : call.with("weight_decay", options.weightDecay, unless: 0, Python.number)
    return switch options.clipping {
    case nil: decaying
    case .value(let limit): decaying.with("clipvalue", Python.number(limit))
    case .norm(let limit): decaying.with("clipnorm", Python.number(limit))
    case .globalNorm(let limit): decaying.with("global_clipnorm", Python.number(limit))
    }
  }

  private func moments(_ name: String, _ rate: Float, _ beta1: Float, _ beta2: Float, _ epsilon: Float) -> PythonCall {
    PythonCall("keras.optimizers.\(name)").with("learning_rate", Python.number(rate)).with("beta_1", beta1, unless: 0.9, Python.number)
      .with("beta_2", beta2, unless: 0.999, Python.number).with("epsilon", epsilon, unless: 1e-7, Python.number)
  }

  /// The loss: a call, or the name of the function that `lossFunction` defines.
  var lossText: String? {
    let call: PythonCall
    switch loss {
    case is MeanSquaredError: call = PythonCall("keras.losses.MeanSquaredError")
    case is MeanAbsoluteError: call = PythonCall("keras.losses.MeanAbsoluteError")
    case let own as Huber: call = PythonCall("keras.losses.Huber").with("delta", own.delta, unless: 1, Python.number)
    case let own as BinaryCrossentropy: call = crossentropy("Binary", own.fromLogits, own.smoothing)
    case let own as CategoricalCrossentropy: call = crossentropy("Categorical", own.fromLogits, own.smoothing)
    case let own as SparseCategoricalCrossentropy: call = crossentropy("SparseCategorical", own.fromLogits, 0)
    case is Hinge: call = PythonCall("keras.losses.Hinge")
    case is KullbackLeibler: call = PythonCall("keras.losses.KLDivergence")
    case is Poisson: call = PythonCall("keras.losses.Poisson")
    case is HalfSquaredError: return "half_squared_error"
    default: return nil
    }
    return call.text
  }

  private func crossentropy(_ name: String, _ fromLogits: Bool, _ smoothing: Float) -> PythonCall {
    PythonCall("keras.losses.\(name)Crossentropy").with("from_logits", fromLogits, unless: false, Python.bool)
      .with("label_smoothing", smoothing, unless: 0, Python.number)
  }

  /// The lines of a loss that Keras does not have.
  var lossFunction: [String] {
    guard loss is HalfSquaredError else { return [] }
    return [
      "def half_squared_error(targets, outputs):",
      "    \"\"\"Half the squared error, summed over the outputs; Keras takes the mean over the samples.\"\"\"",
      "    targets = keras.ops.cast(targets, outputs.dtype)",
      "    return keras.ops.sum(keras.ops.square(outputs - targets), axis=-1) / 2",
    ]
  }

  /// A metric; nil where Keras has none that counts the same on such targets.
  func metric(_ metric: any MetricDescription) -> PythonCall? {
    func call(_ name: String) -> PythonCall { PythonCall("keras.metrics.\(name)").with("name", Python.text(metric.name)) }
    let isIndex = loss.targetKind == .index, isSingle = loss.targetKind == .zeroOne
    switch metric {
    case let own as Accuracy:
      return switch own.resolved(for: loss, columns: columns) {
      case .binary, .byLoss: call("BinaryAccuracy").with("threshold", loss.fromLogits ? 0 : 0.5, unless: 0.5) { Python.number(Float($0)) }
      case .categorical: call("CategoricalAccuracy")
      case .sparse: call("SparseCategoricalAccuracy")
      }
    case let own as TopKAccuracy:
      return call(isIndex ? "SparseTopKCategoricalAccuracy" : "TopKCategoricalAccuracy").with("k", own.k, unless: 5) { "\($0)" }
    // What is below wants a target for each output.
    case _ where isIndex: return nil
    case let own as PrecisionRecall:
      let name = own.side == .precision ? "Precision" : "Recall"
      if !loss.fromLogits { return call(name) }
      return isSingle ? call(name).with("thresholds", "0.0") : nil
    case is AreaUnderCurve:
      if !loss.fromLogits { return call("AUC") }
      return isSingle ? call("AUC").with("from_logits", "True") : nil
    case is F1Score:
      let answersAlone = isSingle || loss.targetKind == .numbers && columns == 1
      if loss.fromLogits && answersAlone { return nil }
      let macro = call("F1Score").with("average", Python.text("macro"))
      return answersAlone ? macro.with("threshold", "0.5") : macro
    case is MeanAbsoluteErrorMetric: return call("MeanAbsoluteError")
    case is MeanSquaredErrorMetric: return call("MeanSquaredError")
    case is RootMeanSquaredErrorMetric: return call("RootMeanSquaredError")
    case is R2Score: return call("R2Score")
    default: return nil
    }
  }
}
