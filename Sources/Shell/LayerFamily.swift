/// What sort of layer a layer is: what decides its figure and its colour in a drawing.
public enum LayerFamily: String, Sendable, CaseIterable {
  /// The network's input.
  case input
  /// Neurons that see all of their input.
  case dense
  /// Filters that look through a window.
  case convolution
  /// Windows, or whole maps, brought down to one number.
  case pooling
  /// Values brought to a common scale.
  case normalization
  /// A function of each value.
  case activation
  /// What acts in training only, against overfitting.
  case regularization
  /// The same values in another shape, or copied to one.
  case shaping
  /// Two layers' outputs made one.
  case join
  /// Pictures changed a little, or values rescaled, before the network sees them.
  case preparation
  /// Any other.
  case other

  /// The family of a layer by Keras' class name.
  public init(kind: String) { self = LayerFamily.kinds[kind] ?? .other }

  /// Whether the output has the input's shape.
  var keepsShape: Bool { [.normalization, .activation, .regularization, .preparation].contains(self) }

  private static let kinds: [String: LayerFamily] = [
    "Dense": .dense,
    "Conv2D": .convolution, "DepthwiseConv2D": .convolution, "SeparableConv2D": .convolution, "Conv2DTranspose": .convolution,
    "MaxPooling2D": .pooling, "AveragePooling2D": .pooling, "GlobalAveragePooling2D": .pooling, "GlobalMaxPooling2D": .pooling,
    "BatchNormalization": .normalization, "LayerNormalization": .normalization,
    "ReLU": .activation, "LeakyReLU": .activation, "PReLU": .activation, "ELU": .activation, "Softmax": .activation,
    "Activation": .activation,
    "Dropout": .regularization, "SpatialDropout2D": .regularization, "GaussianNoise": .regularization,
    "Flatten": .shaping, "Reshape": .shaping, "ZeroPadding2D": .shaping, "UpSampling2D": .shaping,
    "Add": .join, "Concatenate": .join,
    "RandomFlip": .preparation, "RandomRotation": .preparation, "RandomTranslation": .preparation, "RandomZoom": .preparation,
    "RandomContrast": .preparation, "RandomBrightness": .preparation, "Rescaling": .preparation, "Normalization": .preparation,
  ]
}
