import Kernels
import Language

/// Adds the output of an earlier layer: a residual connection.
///
///     y = x + u;   dx = dy,   du = dy
public struct Add: LayerDescription {
  /// The layer whose output is added.
  public var joins: [String]

  /// The sum with the output of a layer.
  public init(_ name: String) { joins = [name] }

  public var kind: String { "Add" }
  public var baseName: String { "add" }

  public func outputShape(of input: [Int]) throws -> [Int] { input }

  public func outputShape(joining inputs: [[Int]]) throws -> [Int] {
    guard inputs.allSatisfy({ $0 == inputs[0] }) else {
      throw Complaint.cannotJoin(
        "add", inputs, hint: "both need the same shape; a 1x1 convolution changes the channels, its stride the size")
    }
    return inputs[0]
  }

  public func makeStep(at site: LayerSite) -> any LayerStep { AddStep(site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor { input }

  public func reference(joining inputs: [ReferenceTensor], _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    var sum = inputs[0]
    for input in inputs.dropFirst() {
      for place in sum.values.indices { sum.values[place] += input.values[place] }
    }
    return sum
  }
}

extension Add {
  /// `layer add`.
  public static let declaration = Declaration<any LayerDescription>(
    "add", "Adds the output of an earlier layer: a residual connection.", formula: "y = x + output of the other layer",
    examples: ["input 8; layer dense 8 relu; layer dense 8; layer add dense"],
    notes: "`input` stands for the network's input. With from=NAME a layer reads an earlier one, so that two paths can meet here.",
    .word("other", "the earlier layer", from: .layers)
  ) { name in Add(name) }
}

final class AddStep: LayerStep {
  private let site: LayerSite

  init(_ site: LayerSite) { self.site = site }

  func forward(_ pass: Pass) {
    let count = pass.rows * site.outputCount
    site.output.copy(site.input, count: count)
    for other in site.joined { Sums.add(other.values, to: site.output, count: count) }
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient else { return }
    let count = pass.rows * site.outputCount
    site.inputGradient?.copy(outputGradient, count: count)
    for other in site.joined { other.gradient?.copy(outputGradient, count: count) }
  }
}
