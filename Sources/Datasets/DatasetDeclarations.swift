import Language

/// The data sets that can be typed after `data`.
public enum DatasetDeclarations {
  /// Every data set: those that are drawn, those that come with the shell, those read from files.
  public static let all: [Declaration<any DatasetRecipe>] = drawn + embedded + files

  /// The sets that are drawn from a seed.
  public static let drawn = [
    Moons.declaration,
    Circles.declaration,
    Spiral.declaration,
    Blobs.declaration,
    Xor.declaration,
    Linear.declaration,
    Sine.declaration,
    Glyphs.declaration,
    Shapes.declaration,
  ]

  /// The real sets that come with the shell.
  public static let embedded = [
    Iris.declaration,
    Digits.declaration,
    Cancer.declaration,
    Diabetes.declaration,
  ]

  /// The sets that are read from the user's files.
  public static let files = [
    CSVFile.declaration,
    IDXFiles.declaration,
    NPZFile.declaration,
    ImageFolder.declaration,
  ]
}
