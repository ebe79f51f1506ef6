import Language

/// Breast tumours: 30 measures of the cell nuclei in 569 samples, benign or malignant.
///
/// Source: W. Wolberg and others, Breast Cancer Wisconsin (Diagnostic), 1995; UCI Machine Learning Repository, CC BY 4.0.
public struct Cancer: EmbeddedTable, Equatable {
  static let rows = 569
  static let features = 30
  static let target = "diagnosis"

  /// The recipe; it has no parameters.
  public init() {}

  /// `cancer`.
  public var name: String { "cancer" }

  /// The command line that loads it.
  public var description: String { "data cancer" }

  /// Reads the rows; throws a `Complaint` when the file is missing or damaged.
  public func load(_ environment: DataEnvironment) throws -> Dataset { try loadTable(environment) }
}

extension Cancer {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "cancer", "569 breast tumours, benign or malignant, by 30 measures.", examples: ["data cancer"],
    notes: "Source: Wolberg and others, 1995; UCI Machine Learning Repository, CC BY 4.0."
  ) { Cancer() }
}
