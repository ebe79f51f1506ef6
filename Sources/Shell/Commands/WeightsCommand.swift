import Datasets
import Engine
import Foundation
import Language

/// `weights load FILE` and `weights save FILE`: the numbers of a model, for other programs and from them.
enum WeightsCommand {
  private enum Request: Sendable {
    case load(String, partial: Bool)
    case save(String, overwrite: Bool)
  }

  static let command = Command(
    .build, [.reads, .writes, .changes],
    Declaration<Action>(
      "weights", "Loads the weights of a model from a file, or saves them.",
      examples: ["input 2; layer dense 3; weights save w.npz; rewind; weights load w.npz"],
      notes: """
        The file is an NPZ archive of NumPy or, by its ending, a .safetensors file; a tensor is named by its layer and its part, such as \
        dense.kernel, and laid out as in Keras. From Keras: `numpy.savez("w.npz", **{v.path: v for v in model.weights})`; paths such as \
        sequential/dense/kernel are understood.
        """,
      .declared(
        "action", "what to do",
        from: [
          Declaration<Request>(
            "load", "Puts the numbers of a file in the place of the model's.",
            examples: ["input 2; layer dense 3; weights save w.npz; weights load w.npz"],
            notes: "All or nothing: every tensor of the model must be there in its shape, and nothing else, unless partial=yes.",
            .word("file", "the file to read", from: .files(ending: "npz", "safetensors")),
            .boolean("partial", "whether tensors that only one side has are passed over", default: false)
          ) { .load($0, partial: $1) },
          Declaration<Request>(
            "save", "Writes all weights to a file.",
            examples: ["input 2; layer dense 3; weights save w.safetensors"],
            notes: "Weights that were saved before are replaced, another file only by `overwrite=yes`.",
            .word("file", "the file to write, .npz or .safetensors", from: .files(ending: "npz", "safetensors")), .overwrite
          ) { .save($0, overwrite: $1) },
        ])
    ) { request in
      Action { session, surroundings in
        switch request {
        case .load(let path, let partial): return try load(path, partial: partial, &session, surroundings)
        case .save(let path, let overwrite): return try save(path, overwrite: overwrite, &session, surroundings)
        }
      }
    })

  /// Whether a file holds weights under the names that `save` gives them; arrays of data have others.
  private static func areWeights(_ file: URL) -> Bool {
    guard let content = try? Foundation.Data(contentsOf: file, options: .alwaysMapped), let names = TensorFile.names(in: content) else {
      return false
    }
    let parts: Set = ["kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance", "alpha"]
    // A bias alone may be anybody's.
    return names.contains { $0.hasSuffix(".kernel") || $0.hasSuffix(".gamma") || $0.hasSuffix(".alpha") }
      && names.allSatisfy { name in
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        return words.count == 2 && parts.contains(String(words[1]))
      }
  }

  @MainActor private static func save(
    _ path: String, overwrite: Bool, _ session: inout Session, _ surroundings: any Surroundings
  ) throws -> WeightsFacts {
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    guard ["safetensors", "npz"].contains(ending) else {
      throw Complaint(
        "`\(path)` has no ending that tells how to write it", hint: "`weights save \(Variables.quoted(path + ".npz"))`, or .safetensors")
    }
    let url = try surroundings.files.writable(path, overwrite: overwrite, replacing: areWeights)
    let parameters = try session.model.ensureState(seed: session.settings.seed).parameters
    let tensors = parameters.names.compactMap { name in parameters[name].map { (name: name, tensor: $0) } }
    if ending == "safetensors" {
      try AtomicFile.write(try TensorFile.safetensors(of: tensors), to: url)
    } else {
      do throws(ZipWriter.Failure) {
        try ZipWriter.write(TensorFile.members(of: tensors), to: url)
      } catch {
        throw Complaint.unwritable(path, error.reason)
      }
    }
    return WeightsFacts(file: path, isLoaded: false, tensors: tensors.map { ($0.name, $0.tensor.shape) }, passedOver: [])
  }

  @MainActor private static func load(
    _ path: String, partial: Bool, _ session: inout Session, _ surroundings: any Surroundings
  ) throws -> WeightsFacts {
    let url = try surroundings.files.readable(path)
    try surroundings.files.check(url)
    var state = try session.model.ensureState(seed: session.settings.seed)
    let found = try TensorFile.read(try DataEnvironment.readFile(url, most: .max), path)
    var taken: [(String, [Int])] = []
    var passedOver: [String] = []
    for (typed, tensor) in found {
      guard let name = name(of: typed, in: state.parameters.names) else {
        passedOver.append(typed)
        continue
      }
      guard !taken.contains(where: { $0.0 == name }) else {
        throw Complaint("`\(path)` holds `\(name)` twice", hint: "one of them is `\(typed)`")
      }
      let wanted = state.parameters.shape(of: name) ?? []
      guard tensor.shape == wanted else {
        throw Complaint(
          "`\(typed)` of \(path) has the shape \(tuple(tensor.shape)), the model's `\(name)` has \(tuple(wanted))",
          hint: "the layers must be those that the weights were made for; `summary` shows yours")
      }
      if let place = tensor.values.firstIndex(where: { !$0.isFinite }) {
        throw Complaint("`\(typed)` of \(path) holds \(tensor.values[place]), its number \(place) from 0", hint: "weights must be finite")
      }
      try state.parameters.set(name, to: tensor)
      taken.append((name, wanted))
    }
    let missing = state.parameters.names.filter { name in !taken.contains { $0.0 == name } }
    guard !taken.isEmpty else {
      throw Complaint("`\(path)` holds none of the model's tensors", hint: "it has \(list(found.map(\.name))); the model \(list(missing))")
    }
    guard partial || missing.isEmpty else {
      throw Complaint("`\(path)` lacks \(list(missing))", hint: "`partial=yes` loads the others")
    }
    guard partial || passedOver.isEmpty else {
      throw Complaint("the model has no place for \(list(passedOver)) of `\(path)`", hint: "`partial=yes` passes over them")
    }
    session.model.state = state
    session.model.hasWeightsByHand = true
    session.model.trace = nil
    return WeightsFacts(file: path, isLoaded: true, tensors: taken, passedOver: passedOver + missing)
  }

  /// The model's tensor that a name of a file means: `dense.kernel`, `sequential/dense/kernel`, `dense/kernel:0`.
  private static func name(of typed: String, in names: [String]) -> String? {
    if names.contains(typed) { return typed }
    let plain = typed.split(separator: ":").first.map(String.init) ?? typed
    let parts = plain.split { $0 == "/" || $0 == "." }
    let short = parts.suffix(2).joined(separator: ".")
    return names.contains(short) ? short : nil
  }

  private static func tuple(_ shape: [Int]) -> String { "(" + shape.map { "\($0)" }.joined(separator: ", ") + ")" }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }
}

/// Weights that were loaded or saved.
public struct WeightsFacts: Facts {
  /// The file as typed.
  public let file: String
  /// Whether they were read rather than written.
  public let isLoaded: Bool
  /// The tensors with their shapes.
  public let tensors: [(name: String, shape: [Int])]
  /// Tensors that only the file or only the model has.
  public let passedOver: [String]

  /// How many numbers they have together.
  public var parameters: Int { tensors.reduce(0) { $0 + $1.shape.reduce(1, *) } }

  /// The file and the tensors.
  public var json: [(String, JSONValue)] {
    [
      ("file", .string(file)), ("tensors", .array(tensors.map { .object([("name", .string($0.name)), ("shape", .integers($0.shape))]) })),
      ("parameters", .integer(parameters)), ("passed_over", .strings(passedOver)),
    ]
  }
}
