import Engine
import Foundation
import Language

/// `keras [FILE]`: the model as Python.
enum KerasCommand {
  static let command = Command(
    .look, .writes,
    Declaration<Action>(
      "keras", "Prints the model as the Keras 3 code that builds, compiles and trains it, or writes it to a file.",
      examples: [
        "input 2; layer dense 8 relu; layer dense 1 sigmoid; compile adam 0.01 bce accuracy; keras",
        "preset lenet; keras lenet.py overwrite=yes",
      ],
      notes: """
        A chain of layers becomes a Sequential model, a graph the functional API. The last `fit` becomes a function train(x, y). Names are those \
        of `summary`; the weights are not in it, and Keras draws its own random numbers.
        """,
      .optional(.word("file", "the file to write", from: .files(ending: "py"))),
      .overwrite
    ) { path, overwrite in
      Action { session, surroundings in
        try Training.settleInput(&session)
        let code = try KerasCode(session)
        if let path {
          let url = try surroundings.files.writable(path, overwrite: overwrite)
          try AtomicFile.write(Foundation.Data(code.text.utf8), to: url)
        }
        return KerasFacts(code, session, file: path)
      }
    })
}

/// A model as Python.
public struct KerasFacts: Facts {
  /// The code.
  public let code: String
  /// What Keras cannot say, or says in another way.
  public let remarks: [String]
  /// The file that holds it, as typed; nil when it is only shown.
  public let file: String?
  /// Whether it uses the functional API.
  public let isGraph: Bool
  /// How many layers and parameters the model has.
  public let layers, parameters: Int
  /// The shape of one sample's output; nil while it is not known.
  public let outputShape: [Int]?

  init(_ code: KerasCode, _ session: Session, file: String?) {
    self.code = code.text
    remarks = code.remarks
    isGraph = code.isGraph
    self.file = file
    layers = session.model.network.layers.count
    parameters = session.model.network.summary.total
    outputShape = session.model.network.outputShape
  }

  /// The file, the code, the API, the counts that Keras should come to, and the remarks.
  public var json: [(String, JSONValue)] {
    [
      ("file", .optional(file)), ("code", .string(code)), ("api", .string(isGraph ? "functional" : "sequential")),
      ("layers", .integer(layers)), ("parameters", .integer(parameters)), ("output_shape", outputShape.map { .integers($0) } ?? .null),
      ("remarks", .strings(remarks)),
    ]
  }
}
