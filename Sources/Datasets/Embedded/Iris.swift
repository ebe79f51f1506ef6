import Language

/// Irises: the lengths and widths, in centimetres, of the sepals and petals of 150 flowers of three species.
///
/// Source: R. A. Fisher, 1936; UCI Machine Learning Repository, CC BY 4.0.
public struct Iris: EmbeddedTable, Equatable {
  static let rows = 150
  static let features = 4
  static let target = "species"

  /// The recipe; it has no parameters.
  public init() {}

  /// `iris`.
  public var name: String { "iris" }

  /// The command line that loads it.
  public var description: String { "data iris" }

  /// Reads the rows; throws a `Complaint` when the file is missing or damaged.
  public func load(_ environment: DataEnvironment) throws -> Dataset { try loadTable(environment) }
}

extension Iris {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "iris", "150 irises of three species, by four lengths in centimetres.", examples: ["data iris"],
    notes: "Source: Fisher, 1936; UCI Machine Learning Repository, CC BY 4.0."
  ) { Iris() }
}
