import Foundation
import Language

/// `save FILE` and `open FILE`: the session as one file.
enum SessionCommands {
  static let save = Command(
    .shell, .writes,
    Declaration<Action>(
      "save", "Writes the session to a file: model, weights, optimizer, data recipe, settings, curves.",
      examples: ["layer dense 1; data linear 64; compile adam 0.1 mse; fit 2; save linear.session"],
      notes: """
        `open` brings it back to the last bit, and a further `fit` goes on as if nothing had been. Data are kept as the commands that made \
        them: files that were read must still be there. A session that was saved before is replaced, another file only by `overwrite=yes`.
        """,
      .word("file", "the file to write", from: .files(ending: "session")), .overwrite
    ) { path, overwrite in
      Action { session, surroundings in
        let url = try surroundings.files.writable(path, overwrite: overwrite, replacing: SessionFile.isOne)
        let bytes = try SessionFile.bytes(of: session, at: surroundings.now)
        try AtomicFile.write(bytes, to: url)
        return SessionFacts(path, session, isSaved: true, bytes: bytes.count)
      }
    })

  static let open = Command(
    .shell, .reads,
    Declaration<Action>(
      "open", "Goes on with a session that `save` wrote.",
      examples: ["layer dense 1; data linear 64; save linear.session; open linear.session"],
      notes: "It takes the place of model, data and settings of training. `undo` brings back what was there.",
      .word("file", "the file to read", from: .files(ending: "session"))
    ) { path in
      Action { session, surroundings in
        let url = try surroundings.files.readable(path)
        try surroundings.files.check(url)
        return try SessionOpening.open(url, named: path, into: &session, surroundings)
      }
    })
}

/// A session that was saved or opened.
public struct SessionFacts: Facts {
  /// The file as typed.
  public let file: String
  /// Whether it was written rather than read.
  public let isSaved: Bool
  /// The units of the layers, and the data's name where there are data.
  public let model: String
  public let data: String?
  /// Parameters, epochs trained and the file's size.
  public let parameters, epochs, bytes: Int

  init(_ file: String, _ session: Session, isSaved: Bool, bytes: Int) {
    self.file = file
    self.isSaved = isSaved
    model = session.architecture
    data = session.data?.dataset.name
    parameters = session.model.network.summary.total
    epochs = session.model.epochs
    self.bytes = bytes
  }

  /// File, model, data, parameters, epochs and bytes.
  public var json: [(String, JSONValue)] {
    [
      ("file", .string(file)), ("model", .string(model)), ("data", data.map { .string($0) } ?? .null), ("parameters", .integer(parameters)),
      ("epochs", .integer(epochs)), ("bytes", .integer(bytes)),
    ]
  }
}
