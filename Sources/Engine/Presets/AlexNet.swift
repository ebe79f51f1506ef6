import Language

/// AlexNet in one column: 62,378,344 parameters.
///
/// Source: Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks", 2012.
enum AlexNet {
  /// `preset alexnet`.
  static let declaration = Declaration<NamedNetwork>(
    "alexnet", "AlexNet in one column for images of 227x227x3: 62,378,344 parameters.",
    formula: "conv 96, pool, conv 256, pool, conv 384, 384, 256, pool, dense 4096, 4096, 1000", examples: ["preset alexnet; summary"],
    Preset.classes(1000)
  ) { classes in
    try NamedNetwork(
      "alexnet", input: [227, 227, 3],
      [
        "conv2d 96 11x11 relu stride=4", "maxpool 3 stride=2", "conv2d 256 5x5 relu padding=same", "maxpool 3 stride=2",
        "conv2d 384 3x3 relu padding=same", "conv2d 384 3x3 relu padding=same", "conv2d 256 3x3 relu padding=same", "maxpool 3 stride=2",
        "flatten", "dense 4096 relu", "dropout 0.5", "dense 4096 relu", "dropout 0.5", "dense \(classes) softmax",
      ])
  }
}
