import Datasets
import Engine
import Foundation
import Language

/// A session as one file.
///
///     gradus session 1\n     the format and its version
///     length of the head     64 bits, as all numbers the lowest byte first
///     head                   JSON: the commands that made model and data, settings, curves, the names and shapes of the tensors
///     values                 32-bit floats, tensor after tensor: parameters, then what the optimizer remembers
///     checksum               CRC-32 of all before it, 32 bits
enum SessionFile {
  static let version = 1
  private static let mark = "gradus session "

  /// A tensor's place among the values.
  struct Member: Codable {
    var name: String
    var shape: [Int]
  }

  /// What a training has come to, without its values.
  struct Progress: Codable {
    var seed: UInt64
    var epoch, position, updates, optimizerUpdates: Int
    var parameters, slots: [Member]
  }

  /// A curve; each value's bits, since JSON has no word for what is not finite.
  struct Curve: Codable {
    var name: String
    var values: [UInt64]
  }

  /// How the data were made and divided.
  struct DataRecipe: Codable {
    var name: String
    var steps: [BuildStep]
    var heldByFit: Double
    var checksum: UInt32
  }

  /// Everything but the values.
  struct Head: Codable {
    var program: String
    var saved: Date
    var steps: [BuildStep]
    var input: [Int]?
    var inputIsDeclared: Bool
    var rate: UInt32?
    var epochs: Int
    var curves: [Curve]
    var progress: Progress?
    var data: DataRecipe?
    var batch: Int
    var seed: UInt64
    var threads: Int
    /// The commands that made all of it, and the words of variables; files of the first programs have neither.
    var made: [ScriptLine]?
    var variables: [[String]]?
    /// The last `fit`, which `keras` turns into a function; files of the first programs have none.
    var lastFit: String?
    /// The decks that were loaded; only in what is kept as the session goes, for a file that is saved may be opened elsewhere.
    var decks: [String]?
  }

  /// The bytes of a session.
  ///
  /// - Parameter namesDecks: Whether they tell which decks were loaded.
  static func bytes(of session: Session, at now: Date, namesDecks: Bool = false) throws -> Foundation.Data {
    let model = session.model
    var tensors: [Tensor] = []
    func members(_ parameters: Parameters) -> [Member] {
      parameters.names.compactMap { name in
        guard let tensor = parameters[name] else { return nil }
        tensors.append(tensor)
        return Member(name: name, shape: tensor.shape)
      }
    }
    let progress = model.state.map { state in
      Progress(
        seed: state.seed, epoch: state.epoch, position: state.position, updates: state.updates,
        optimizerUpdates: state.optimizer.updates, parameters: members(state.parameters), slots: members(state.optimizer.slots))
    }
    let head = Head(
      program: VersionFacts.version, saved: now, steps: model.steps, input: model.network.inputShape,
      inputIsDeclared: model.inputIsDeclared, rate: model.settings?.optimizer.rate.bitPattern, epochs: model.epochs,
      curves: model.history.names.map { Curve(name: $0, values: model.history[$0].map(\.bitPattern)) }, progress: progress,
      data: session.data.map {
        DataRecipe(name: $0.dataset.name, steps: $0.steps, heldByFit: $0.heldByFit, checksum: $0.dataset.checksum)
      },
      batch: session.settings.batch, seed: session.settings.seed, threads: session.settings.threads,
      made: session.made, variables: session.variables.all.map { [$0.name, $0.value] }, lastFit: model.lastFit?.command,
      decks: namesDecks && !session.deckPaths.isEmpty ? session.deckPaths : nil)
    let words = try JSONEncoder().encode(head)
    var bytes = Foundation.Data("\(mark)\(version)\n".utf8)
    bytes.reserveCapacity(bytes.count + words.count + 16 + 4 * tensors.reduce(0) { $0 + $1.count })
    withUnsafeBytes(of: UInt64(words.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(words)
    for tensor in tensors { tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    let sum = bytes.withUnsafeBytes { Checksum.crc32(of: $0) }
    withUnsafeBytes(of: sum.littleEndian) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Whether a file begins as sessions do.
  static func isOne(_ file: URL) -> Bool { FileAccess.head(of: file, bytes: mark.utf8.count) == Foundation.Data(mark.utf8) }

  /// Why a file is no session.
  enum Fault: Error {
    case foreign
    case newer(String)
    case damaged(String)
  }

  /// The head and the values of a file.
  static func read(_ bytes: Foundation.Data) throws(Fault) -> (head: Head, values: [Float]) {
    guard bytes.starts(with: mark.utf8) else { throw .foreign }
    guard let newline = bytes.prefix(64).firstIndex(of: 0x0a) else { throw .damaged("it ends early") }
    let number = String(decoding: bytes[mark.utf8.count..<newline], as: UTF8.self)
    // A newer format may end in another way, so its number is believed first.
    guard let found = Int(number), found > 0 else { throw .damaged("its version `\(number)` is no number") }
    guard found <= version else { throw .newer(number) }
    let start = newline + 1
    guard bytes.count >= start + 12 else { throw .damaged("it ends early") }
    let (sum, length) = bytes.withUnsafeBytes { raw in
      (
        UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: raw.count - 4, as: UInt32.self)),
        UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      )
    }
    let actual = bytes.withUnsafeBytes { Checksum.crc32(of: UnsafeRawBufferPointer(rebasing: $0.dropLast(4))) }
    guard sum == actual else { throw .damaged("its checksum does not fit: it was changed, or ends early") }
    guard length <= UInt64(bytes.count - start - 12) else { throw .damaged("its head is longer than the file") }
    let end = start + 8 + Int(length)
    guard let head = try? JSONDecoder().decode(Head.self, from: bytes[(start + 8)..<end]) else {
      throw .damaged("its head cannot be read")
    }
    let rest = bytes.count - 4 - end
    guard rest % 4 == 0 else { throw .damaged("its values are no whole floats") }
    let values = [Float](unsafeUninitializedCapacity: rest / 4) { buffer, count in
      bytes[end..<end + rest].copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
      count = rest / 4
    }
    return (head, values)
  }
}

extension SessionFile.Progress {
  /// The state that the values are of.
  func state(of network: Network, _ values: [Float]) throws -> TrainingState {
    var place = 0
    func tensors(_ members: [SessionFile.Member]) throws -> Parameters {
      var result = Parameters()
      for member in members {
        var count = 1
        for axis in member.shape {
          let (product, isTooLarge) = count.multipliedReportingOverflow(by: axis)
          guard axis >= 0, !isTooLarge else { throw SessionFile.Fault.damaged("the shape of `\(member.name)` cannot be") }
          count = product
        }
        guard count <= values.count - place, result[member.name] == nil else {
          throw SessionFile.Fault.damaged("it has too few values for `\(member.name)`")
        }
        result.append(member.name, Tensor(shape: member.shape, values: Array(values[place..<place + count])))
        place += count
      }
      return result
    }
    let kept = try tensors(parameters)
    let optimizer = OptimizerState(slots: try tensors(slots), updates: optimizerUpdates)
    guard place == values.count else { throw SessionFile.Fault.damaged("it has values that belong to nothing") }
    return try TrainingState(
      of: network, parameters: kept, optimizer: optimizer, epoch: epoch, position: position, updates: updates, seed: seed)
  }
}
