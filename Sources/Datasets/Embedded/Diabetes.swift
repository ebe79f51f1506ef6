import Language

/// Diabetes: age, sex, body mass, blood pressure and six blood values of 442 patients, and how far the disease was a year later.
///
/// Source: B. Efron and others, Least Angle Regression, 2004.
public struct Diabetes: EmbeddedTable, Equatable {
  static let rows = 442
  static let features = 10
  static let target = "progression"

  /// The recipe; it has no parameters.
  public init() {}

  /// `diabetes`.
  public var name: String { "diabetes" }

  /// The command line that loads it.
  public var description: String { "data diabetes" }

  /// Reads the rows; throws a `Complaint` when the file is missing or damaged.
  public func load(_ environment: DataEnvironment) throws -> Dataset { try loadTable(environment) }
}

extension Diabetes {
  /// How it is typed.
  public static let declaration = Declaration<any DatasetRecipe>(
    "diabetes", "442 patients by ten values, and the progression of their diabetes after a year.", examples: ["data diabetes"],
    notes: "Source: Efron and others, Least Angle Regression, 2004."
  ) { Diabetes() }
}
