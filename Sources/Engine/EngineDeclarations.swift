import Language

/// Everything of the engine that can be typed, one line a member. A test fails when a file of a folder is missing here.
public enum EngineDeclarations {
  /// What `layer` adds.
  public static let layers: [Declaration<any LayerDescription>] =
    [
      Dense.declaration,
      BatchNormalization.declaration,
      Dropout.declaration,
      Flatten.declaration,
    ] + ActivationLayer.declarations

  /// What `compile` makes small.
  public static let losses: [Declaration<any LossDescription>] = [
    MeanSquaredError.declaration,
    MeanAbsoluteError.declaration,
    Huber.declaration,
    HalfSquaredError.declaration,
    BinaryCrossentropy.declaration,
    CategoricalCrossentropy.declaration,
    SparseCategoricalCrossentropy.declaration,
    Hinge.declaration,
    KullbackLeibler.declaration,
    Poisson.declaration,
  ]

  /// How `compile` does it.
  public static let optimizers: [Declaration<any OptimizerDescription>] = [
    SGD.declaration,
    Adam.declaration,
    AdamW.declaration,
    RMSprop.declaration,
    Adagrad.declaration,
    Adadelta.declaration,
    Adamax.declaration,
    Nadam.declaration,
  ]

  /// What `compile` measures.
  public static let metrics: [Declaration<any MetricDescription>] =
    Accuracy.declarations + TopKAccuracy.declarations + PrecisionRecall.declarations + [AreaUnderCurve.declaration] + F1Score.declarations
    + MeanAbsoluteErrorMetric.declarations + MeanSquaredErrorMetric.declarations + RootMeanSquaredErrorMetric.declarations
    + R2Score.declarations
}
