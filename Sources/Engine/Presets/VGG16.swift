import Language

/// VGG-16: 138,357,544 parameters.
///
/// Source: Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014.
enum VGG16 {
  /// `preset vgg16`.
  static let declaration = Declaration<NamedNetwork>(
    "vgg16", "VGG-16 for images of 224x224x3: 138,357,544 parameters.",
    formula: "13 convolutions of 3x3 in five groups, dense 4096, 4096, 1000", examples: ["preset vgg16; summary"], Preset.classes(1000)
  ) { classes in
    var network = try NamedNetwork("vgg16", input: [224, 224, 3])
    for (filters, count) in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)] {
      for _ in 0..<count { try network.append("conv2d \(filters) 3x3 relu padding=same") }
      try network.append("maxpool 2")
    }
    for layer in ["flatten", "dense 4096 relu", "dense 4096 relu", "dense \(classes) softmax"] { try network.append(layer) }
    return network
  }
}
