import Language

extension CandidateSource {
  /// The names of the model's layers.
  public static let layers = CandidateSource("layers")
}

/// Everything of the engine that can be typed, one line a member. A test fails when a file of a folder is missing here.
public enum EngineDeclarations {
  /// What `layer` adds.
  public static let layers: [Declaration<any LayerDescription>] =
    [
      Dense.declaration,
      Conv2D.declaration,
      DepthwiseConv2D.declaration,
      SeparableConv2D.declaration,
      Conv2DTranspose.declaration,
      MaxPooling2D.declaration,
      AveragePooling2D.declaration,
      GlobalAveragePooling2D.declaration,
      GlobalMaxPooling2D.declaration,
      Flatten.declaration,
      Reshape.declaration,
      ZeroPadding2D.declaration,
      UpSampling2D.declaration,
      BatchNormalization.declaration,
      LayerNormalization.declaration,
      Dropout.declaration,
      SpatialDropout2D.declaration,
      GaussianNoise.declaration,
      Add.declaration,
      Concatenate.declaration,
      PReLU.declaration,
      RandomFlip.declaration,
      RandomRotation.declaration,
      RandomTranslation.declaration,
      RandomZoom.declaration,
      RandomContrast.declaration,
      RandomBrightness.declaration,
      Rescaling.declaration,
      Normalization.declaration,
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
