import Engine
import Language

/// The last `fit` as a function of Python that trains on samples it is given.
struct KerasFit {
  let request: TrainingRequest
  let settings: TrainingSettings
  /// Samples a mini-batch.
  let batch: Int
  /// The part of the samples that is held out.
  let held: Double
  /// Whether `data split` chose what is held out, which Keras is then to be given.
  let isSplit: Bool
  /// The calls that let normalisations adapt to the samples.
  let adaptations: [String]

  private var validates: Bool { held > 0 || isSplit }
  private var rate: String { Python.number(settings.optimizer.rate) }
  private var hasOwnSchedule: Bool {
    guard let schedule = request.options.schedule else { return false }
    if case .cosine = schedule.shape { return false }
    return schedule.warmup > 0 || schedule.minimum > 0
  }

  /// The classes that the function uses and Keras does not have.
  var classes: [String] {
    var lines: [String] = []
    if hasOwnSchedule {
      lines += [
        "class DecayAfterWarmup(keras.optimizers.schedules.LearningRateSchedule):",
        "    \"\"\"Rises from 0 over the first updates, then goes down by a factor every so many, not below a bound.\"\"\"",
        "",
        "    def __init__(self, rate, warmup, period, factor, staircase, minimum):",
        "        self.rate, self.warmup, self.period = rate, warmup, period",
        "        self.factor, self.staircase, self.minimum = factor, staircase, minimum",
        "",
        "    def __call__(self, step):",
        "        step = keras.ops.cast(step, \"float32\")",
        "        times = (step - self.warmup) / self.period",
        "        times = keras.ops.floor(times) if self.staircase else times",
        "        decayed = keras.ops.maximum(self.minimum, self.rate * self.factor**times)",
        "        return keras.ops.where(step < self.warmup, self.rate * step / max(1, self.warmup), decayed)",
        "",
        "    def get_config(self):",
        "        return dict(vars(self))",
      ]
    }
    if request.until != nil {
      if !lines.isEmpty { lines += ["", ""] }
      lines += [
        "class Until(keras.callbacks.Callback):",
        "    \"\"\"Ends the training after the first epoch for which a condition holds.\"\"\"",
        "",
        "    def __init__(self, condition):",
        "        super().__init__()",
        "        self.condition = condition",
        "",
        "    def on_epoch_end(self, epoch, logs=None):",
        "        if self.condition(logs):",
        "            self.model.stop_training = True",
      ]
    }
    return lines
  }

  /// The function.
  var function: [String] {
    var body: [String] = []
    body += adaptations
    body += scheduleLines
    var call = PythonCall("model.fit", "x", "y").with("epochs", "\(request.epochs)").with("batch_size", "\(batch)")
      .with("shuffle", request.shuffle, unless: true, Python.bool)
    if held > 0 { call = call.with("validation_split", Python.number(held)) }
    if isSplit && held == 0 { call = call.with("validation_data", "validation_data") }
    switch request.classWeights {
    case .given(let weights)?:
      let pairs = weights.enumerated().map { "\($0.offset): \(Python.number($0.element))" }
      call = call.with("class_weight", "{\(pairs.joined(separator: ", "))}")
    case .balanced?:
      let classes = settings.loss.targetKind == .oneHot ? "y.argmax(axis=-1)" : "y.astype(int)"
      body += [
        "    classes, counts = numpy.unique(\(classes), return_counts=True)",
        "    class_weight = {int(c): len(x) / (len(classes) * n) for c, n in zip(classes, counts)}",
      ]
      call = call.with("class_weight", "class_weight")
    case nil: break
    }
    let callbacks = callbacks
    if !callbacks.isEmpty {
      body += ["    callbacks = ["] + callbacks.map { "        \($0)," } + ["    ]"]
      call = call.with("callbacks", "callbacks")
    }
    body.append("    return \(call.text)")
    let parameters = isSplit && held == 0 ? "x, y, validation_data=None" : "x, y"
    return ["def train(\(parameters)):", "    \"\"\"Trains as the last fit did.\"\"\""] + body
  }

  /// Whether the code needs NumPy.
  var needsNumPy: Bool { request.classWeights == .balanced }

  /// The lines that put a schedule in the place of the rate.
  private var scheduleLines: [String] {
    guard let schedule = request.options.schedule else { return [] }
    // As `fit`, Keras trains on what is not held out.
    let samples = held > 0 ? "int(len(x) * (1 - \(Python.number(held))))" : "len(x)"
    let steps = "    steps = -(-\(samples) // \(batch))"
    let warmup = "round(\(Python.number(schedule.warmup)) * steps)"
    let call: PythonCall
    switch schedule.shape {
    case .cosine(let floor):
      let total = "max(1, \(request.epochs) * steps"
      if schedule.warmup > 0 {
        call = PythonCall("keras.optimizers.schedules.CosineDecay", "0.0", "\(total) - \(warmup))").with("alpha", Python.number(floor))
          .with("warmup_target", rate).with("warmup_steps", warmup)
      } else {
        call = PythonCall("keras.optimizers.schedules.CosineDecay", rate, "\(total))").with("alpha", Python.number(floor))
      }
    case .exponential(let factor, let epochs): call = decay(schedule, warmup, factor, epochs, isStep: false)
    case .step(let factor, let epochs): call = decay(schedule, warmup, factor, epochs, isStep: true)
    }
    return [steps, "    model.optimizer.learning_rate = \(call.text)"]
  }

  private func decay(
    _ schedule: LearningRateSchedule, _ warmup: String, _ factor: Double, _ epochs: Double, isStep: Bool
  ) -> PythonCall {
    let period = "\(Python.number(epochs)) * steps"
    if hasOwnSchedule {
      return PythonCall(
        "DecayAfterWarmup", rate, warmup, period, Python.number(factor), Python.bool(isStep), Python.number(schedule.minimum))
    }
    return PythonCall("keras.optimizers.schedules.ExponentialDecay", rate, period, Python.number(factor))
      .with("staircase", isStep, unless: false, Python.bool)
  }

  /// What watches the training.
  private var callbacks: [String] {
    let options = request.options
    let monitor = options.monitor ?? (validates ? "val_loss" : "loss")
    let watched = monitor.hasPrefix("val_") ? String(monitor.dropFirst(4)) : monitor
    let isBetterHigher = settings.metrics.first { $0.name == watched }?.isBetterHigher ?? false
    func watching(_ name: String) -> PythonCall {
      PythonCall("keras.callbacks.\(name)").with("monitor", Python.text(monitor)).with("mode", Python.text(isBetterHigher ? "max" : "min"))
    }
    var lines: [String] = []
    if options.patience != nil || options.keepsBest {
      // With as much patience as there are epochs it only brings the best weights back.
      lines.append(
        watching("EarlyStopping").with("patience", "\(options.patience ?? request.epochs)").with("restore_best_weights", "True").text)
    }
    if let reduction = options.reduction {
      lines.append(
        watching("ReduceLROnPlateau").with("factor", Python.number(reduction.factor)).with("patience", "\(reduction.patience)")
          .with("min_lr", reduction.minimum, unless: 0, Python.number).text)
    }
    if let until = request.until {
      let sign = (until.isAbove ? ">" : "<") + (until.isInclusive ? "=" : "")
      lines.append("Until(lambda logs: logs[\(Python.text(until.metric))] \(sign) \(Python.number(until.bound)))")
    }
    return lines
  }
}
