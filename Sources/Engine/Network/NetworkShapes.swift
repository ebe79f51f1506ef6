import Kernels
import Language

/// A parameter at its place in a network: "dense.kernel".
public struct NamedParameter: Sendable, Equatable {
  /// The layer's name, a point, the part's name.
  public let name: String
  /// The layer it belongs to.
  public let layer: String
  /// What it is.
  public let spec: ParameterSpec
}

extension Network {
  /// The output shape of every layer for one sample.
  ///
  /// - Throws: A `Complaint` that names the layer that does not fit, or says that the input's shape is missing.
  public func shapes() throws -> [[Int]] {
    guard let inputShape else { throw Complaint.noInput }
    var result: [[Int]] = []
    for ((index, named), places) in zip(layers.enumerated(), readPlaces) {
      do {
        let output = try named.layer.outputShape(joining: places.map { $0 < 0 ? inputShape : result[$0] })
        guard output.reduce(1.0, { $0 * Double($1) }) <= Double(Network.greatestSample) else { throw Complaint.hugeShape(output) }
        let first = places[0] < 0 ? inputShape : result[places[0]]
        for spec in named.layer.parameterSpecs(for: first) {
          guard spec.shape.reduce(1.0, { $0 * Double($1) }) <= Network.greatestParameter else { throw Complaint.hugeParameter(spec.shape) }
        }
        result.append(output)
      } catch let complaint as Complaint {
        throw complaint.about(layer: named, number: index + 1)
      }
    }
    return result
  }

  /// The shape of one sample's output; nil until the input's shape is known.
  public var outputShape: [Int]? {
    guard let inputShape else { return nil }
    return (try? shapes())?.last ?? inputShape
  }

  /// Every parameter, layer by layer.
  public func parameterSpecs() throws -> [NamedParameter] {
    let outputs = try shapes()
    guard let inputShape else { throw Complaint.noInput }
    return zip(layers, readPlaces).flatMap { named, places in
      named.parameterSpecs(for: places[0] < 0 ? inputShape : outputs[places[0]])
        .map { NamedParameter(name: "\(named.name).\($0.part)", layer: named.name, spec: $0) }
    }
  }

  /// The activation that the output has gone through, where the last layers say so: flatten, reshape and dropout are looked through.
  public var lastActivation: Activation? {
    for named in layers.reversed() {
      if let layer = named.layer as? any ActivatedLayer { return layer.activation }
      if !(named.layer.sharesInput || named.layer is Dropout) { return nil }
    }
    return nil
  }
}

/// A layer that ends in an activation.
public protocol ActivatedLayer: LayerDescription {
  /// What is applied to its output.
  var activation: Activation { get }
}
