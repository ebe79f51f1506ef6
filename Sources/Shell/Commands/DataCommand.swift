import Datasets
import Foundation
import Language

/// `data moons 500`, `data split 0.2`: loads data, or tells of and prepares the data in hand.
enum DataCommand {
  static let command = Command(.build, [.reads, .builds], declaration)

  private enum Request: Sendable {
    case load(any DatasetRecipe)
    case show(Int)
    case split(Double)
    case standardize
    case describe
    case add(String)
    case remove(String)
  }

  private static let actions: [Declaration<Request>] = [
    Declaration(
      "show", "Prints the first samples.", examples: ["data moons 20; data show 3"],
      .integer("count", "how many samples", in: 1...1_000_000, default: 5)
    ) { .show($0) },
    Declaration(
      "split", "Holds a part of the data out for validation, seeded, with the same share of every class.",
      examples: ["data iris; data split 0.2"], .decimal("part", "the part to hold out", .between(0, 1))
    ) { .split($0) },
    Declaration(
      "standardize", "Gives every feature mean 0 and deviation 1, measured on the training part.",
      examples: ["data iris; data standardize"],
      notes: "`predict` goes on taking raw units."
    ) { .standardize },
    Declaration("describe", "Tells the range of each feature and the size of each class.", examples: ["data iris; data describe"]) {
      .describe
    },
    Declaration(
      "add", "Adds columns that are computed from others: products, ratios, powers, functions.",
      examples: ["data moons 100; data add x1*x2 x1^2 x2^2", "data iris; data add petal_length/petal_width sin(sepal_length)"],
      notes: """
        A formula has + - * / ^, parentheses, and sin, cos, tanh, abs, sqrt, exp, log; a name with blanks stands between backquotes. \
        `predict` goes on taking the columns that the data came with.
        """,
      .text("formulas", "the new columns, such as x1*x2", from: .columns, isRequired: true)
    ) { .add($0) },
    Declaration(
      "remove", "Removes columns; `data add` with a column's name brings it back.",
      examples: ["data iris; data remove sepal_length", "data moons 100; data add x1*x2; data remove x1*x2 x1"],
      .text("columns", "the columns to remove", from: .columns, isRequired: true)
    ) { .remove($0) },
  ]

  private static let declaration = Declaration<Action>(
    "data", "Draws or reads the data, or tells of them.",
    examples: ["data moons 500 noise=0.1", "data iris", "data digits; data split 0.2"],
    notes: "`data moons?` tells what a data set takes.",
    .declared("source", "a data set, or what to do with the data", from: DatasetDeclarations.all.map { $0.map { .load($0) } } + actions)
  ) { request in
    Action { session, surroundings in
      switch request {
      case .load(let recipe): return try load(recipe, &session, surroundings)
      case .show(let count):
        let dataset = try session.inHand().dataset
        return SamplesFacts(
          rows: dataset.firstRows(count), featureNames: dataset.featureNames, shape: dataset.sampleShape, targetName: dataset.targetName)
      case .split(let part):
        var data = try session.inHand()
        let split = try data.dataset.split(part, seed: session.settings.seed)
        data.dataset = try data.dataset.filled(byMeansOf: split.training)
        data.split = split
        data.heldByFit = 0
        session.data = data
        return DataFacts(data, isSplit: true)
      case .standardize:
        var data = try session.inHand()
        data.isStandardized = true
        session.data = data
        return DataFacts(data)
      case .add(let formulas): return try change(&session) { try $0.adding(formulas) }
      case .remove(let columns): return try change(&session) { try $0.removing(columns) }
      case .describe: return DescriptionFacts(data: DataFacts(try session.inHand()), description: try session.inHand().dataset.described())
      }
    }
  }

  @MainActor private static func load(_ recipe: any DatasetRecipe, _ session: inout Session, _ surroundings: any Surroundings) throws
    -> any Facts
  {
    let files = surroundings.files
    var environment = DataEnvironment(
      embeddedFolder: files.lessons?.appendingPathComponent("data"), currentFolder: files.folder, seed: session.settings.seed,
      read: { url in
        try files.check(url)
        return try DataEnvironment.readFile(url)
      },
      list: { url in
        try files.check(url)
        return try DataEnvironment.listFolder(url)
      })
    environment.otherFolder = files.lessonFolder
    let facts = try take(DataInHand(try recipe.load(environment)), &session)
    session.warnOfLoss(surroundings)
    return facts
  }

  /// Changes the columns of the data; the parts and the units stay.
  @MainActor private static func change(_ session: inout Session, _ edit: (Dataset) throws -> Dataset) throws -> any Facts {
    var data = try session.inHand()
    data.dataset = try edit(data.dataset)
    return try take(data, &session)
  }

  /// Puts data into the session; they decide the network's input when the user did not.
  @MainActor private static func take(_ data: DataInHand, _ session: inout Session) throws -> any Facts {
    if !session.model.inputIsDeclared && session.model.network.inputShape != data.dataset.sampleShape {
      try session.model.edit { try $0.setInput(data.dataset.sampleShape) }
    }
    session.data = data
    return DataFacts(data)
  }
}

extension Session {
  func inHand() throws -> DataInHand {
    guard let data else { throw Complaint.noData() }
    return data
  }
}
