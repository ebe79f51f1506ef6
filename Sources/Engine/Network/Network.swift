import Kernels
import Language

/// A network as a value: the shape of one sample and the layers that it goes through, in order.
///
/// It can be compared, kept, changed and summarised without any weights. An edit that cannot be leaves it as it was and throws.
public struct Network: Sendable, Equatable {
  /// The shape of one sample: [2], [8, 8, 1]; nil until it is known.
  public private(set) var inputShape: [Int]?
  /// The layers in order.
  public private(set) var layers: [NamedLayer] = []

  /// The most values a sample or a layer's output may have: shapes beyond it are typing errors, and products must not overflow.
  public static let greatestSample = 1 << 31

  /// The most values a parameter may have, for the same reason.
  static let greatestParameter = 0x1p52

  /// Names that commands use for something else.
  public static let reservedNames: Set<String> = [
    "input", "output", "gradient", "loss", "accuracy", "lr", "last", "step", "params", "term", "data", "all", "train", "val", "test",
  ]

  /// A network without layers.
  ///
  /// - Throws: A `Complaint` when a sample cannot have that shape.
  public init(inputShape: [Int]) throws {
    try setInput(inputShape)
  }

  /// A network without layers, for samples of a shape not known yet.
  public init() {}

  /// Sets the shape of one sample, or forgets it.
  ///
  /// - Throws: A `Complaint` when a layer no longer fits.
  public mutating func setInput(_ shape: [Int]?) throws {
    if let shape { try Network.check(shape) }
    try change { $0.inputShape = shape }
  }

  /// Adds a layer at the end, under its own name or the one Keras would give it.
  ///
  /// - Parameter source: The earlier layer that it reads, "input" for the network's input; nil for the last one.
  @discardableResult public mutating func append(
    _ layer: any LayerDescription, name: String? = nil, from source: String? = nil
  ) throws -> NamedLayer {
    let named = NamedLayer(name: try freeName(name, for: layer), layer: layer, source: source)
    try change { $0.layers.append(named) }
    return named
  }

  /// Adds a layer before another one.
  @discardableResult public mutating func insert(
    _ layer: any LayerDescription, at reference: LayerReference, name: String? = nil, from source: String? = nil
  ) throws -> NamedLayer {
    let position = try position(of: reference)
    let named = NamedLayer(name: try freeName(name, for: layer), layer: layer, source: source)
    try change { $0.layers.insert(named, at: position) }
    return named
  }

  /// Puts a layer in another one's place. A layer of the same kind keeps the name.
  @discardableResult public mutating func replace(
    _ reference: LayerReference, with layer: any LayerDescription, name: String? = nil, from source: String? = nil
  ) throws -> NamedLayer {
    let position = try position(of: reference)
    let old = layers[position]
    var others = self
    others.layers.remove(at: position)
    let keeps = name == nil && old.layer.baseName == layer.baseName
    let named = NamedLayer(
      name: keeps ? old.name : try others.freeName(name, for: layer), layer: layer, source: source ?? old.source, isFrozen: old.isFrozen)
    if named.name != old.name, let reader = layers.first(where: { $0.inputs.contains(old.name) }) {
      throw Complaint.heldByJoin(old.name, by: reader.name)
    }
    try change { $0.layers[position] = named }
    return named
  }

  /// Takes a layer out.
  @discardableResult public mutating func remove(_ reference: LayerReference) throws -> NamedLayer {
    let position = try position(of: reference)
    let removed = layers[position]
    if let reader = layers.first(where: { $0.inputs.contains(removed.name) }) {
      throw Complaint.heldByJoin(removed.name, by: reader.name)
    }
    try change { $0.layers.remove(at: position) }
    return removed
  }

  /// Keeps training from changing a layer's parameters, or lets it again.
  public mutating func setFrozen(_ frozen: Bool, _ reference: LayerReference) throws {
    layers[try position(of: reference)].isFrozen = frozen
  }

  /// The layer that is meant.
  public func layer(_ reference: LayerReference) throws -> NamedLayer { layers[try position(of: reference)] }

  /// Its place, from 0.
  public func position(of reference: LayerReference) throws -> Int {
    switch reference {
    case .name(let name):
      guard let position = layers.firstIndex(where: { $0.name == name }) else {
        throw Complaint.noLayer(named: name, among: layers.map(\.name))
      }
      return position
    case .number(let number):
      guard layers.indices.contains(number - 1) else { throw Complaint.noLayer(number: number, count: layers.count) }
      return number - 1
    }
  }

  // An edit either fits as a whole or does not happen.
  private mutating func change(_ edit: (inout Network) -> Void) throws {
    var copy = self
    edit(&copy)
    try copy.checkSources()
    if copy.inputShape != nil { _ = try copy.shapes() }
    self = copy
  }

  private func freeName(_ wanted: String?, for layer: any LayerDescription) throws -> String {
    let taken = Set(layers.map(\.name))
    if let wanted {
      let shape = try Regex("[a-z][a-z0-9_]*")
      guard wanted.wholeMatch(of: shape) != nil else { throw Complaint.badName(wanted) }
      if Network.reservedNames.contains(wanted) { throw Complaint.reservedName(wanted) }
      if taken.contains(wanted) { throw Complaint.takenName(wanted) }
      return wanted
    }
    let base = layer.baseName
    if !taken.contains(base) { return base }
    // Numbers go on from the greatest, so that a removed layer's name does not come back for another one.
    let numbers = taken.compactMap { name in name.hasPrefix(base + "_") ? Int(name.dropFirst(base.count + 1)) : nil }
    let number = (numbers.filter { $0 < 1_000_000_000 }.max() ?? 0) + 1
    return "\(base)_\(number)"
  }

  private static func check(_ shape: [Int]) throws {
    var count = 1
    for length in shape {
      guard length > 0 else { throw Complaint.badInput(shape) }
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow, product <= greatestSample else { throw Complaint.hugeShape(shape) }
      count = product
    }
    if shape.isEmpty { throw Complaint.badInput(shape) }
  }
}
