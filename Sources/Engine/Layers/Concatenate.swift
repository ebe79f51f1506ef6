import Kernels
import Language

/// Puts the output of an earlier layer beside the input, along the last axis: a dense connection.
///
///     y = [x, u];   dx and du are dy's parts
public struct Concatenate: LayerDescription {
  /// The layer whose output is put beside.
  public var joins: [String]

  /// The input beside the output of a layer.
  public init(_ name: String) { joins = [name] }

  public var kind: String { "Concatenate" }
  public var baseName: String { "concatenate" }

  public func outputShape(of input: [Int]) throws -> [Int] { input }

  public func outputShape(joining inputs: [[Int]]) throws -> [Int] {
    guard inputs.allSatisfy({ $0.dropLast() == inputs[0].dropLast() }) else {
      throw Complaint.cannotJoin("concat", inputs, hint: "all axes but the last need to be equal")
    }
    return inputs[0].dropLast() + [inputs.reduce(0) { $0 + ($1.last ?? 0) }]
  }

  public func makeStep(at site: LayerSite) -> any LayerStep { ConcatenateStep(site) }

  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor { input }

  public func reference(joining inputs: [ReferenceTensor], _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor {
    let widths = inputs.map { $0.shape.last ?? 1 }
    let rows = inputs[0].values.count / widths[0]
    let values = (0..<rows).flatMap { row in zip(inputs, widths).flatMap { $0.values[row * $1..<(row + 1) * $1] } }
    return ReferenceTensor(shape: inputs[0].shape.dropLast() + [widths.reduce(0, +)], values: values)
  }
}

extension Concatenate {
  /// `layer concat`.
  public static let declaration = Declaration<any LayerDescription>(
    "concat", aliases: ["concatenate"], "Puts the output of an earlier layer beside the input, along the last axis: a dense connection.",
    formula: "y = [x, output of the other layer]", examples: ["input 8; layer dense 4 relu; layer dense 3; layer concat dense"],
    notes: "`input` stands for the network's input. With from=NAME a layer reads an earlier one, so that two paths can meet here.",
    .word("other", "the earlier layer", from: .layers)
  ) { name in Concatenate(name) }
}

final class ConcatenateStep: LayerStep {
  private struct Part {
    let values: FloatBuffer
    let gradient: FloatBuffer?
    let width: Int
    let first: Int
  }

  private let site: LayerSite
  private let parts: [Part]
  private let width: Int
  private let rowsPerSample: Int

  init(_ site: LayerSite) {
    self.site = site
    width = site.outputShape.last ?? 1
    rowsPerSample = site.outputCount / width
    var first = 0
    parts = ([JoinedInput(shape: site.inputShape, values: site.input, gradient: site.inputGradient)] + site.joined).map { input in
      let part = Part(values: input.values, gradient: input.gradient, width: input.shape.last ?? 1, first: first)
      first += part.width
      return part
    }
  }

  func forward(_ pass: Pass) {
    for part in parts {
      ImageKernel.join(
        part.values, into: site.output, rows: pass.rows * rowsPerSample, columns: part.width, wide: width, first: part.first)
    }
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient else { return }
    for part in parts {
      guard let gradient = part.gradient else { continue }
      ImageKernel.split(
        outputGradient, into: gradient, rows: pass.rows * rowsPerSample, columns: part.width, wide: width, first: part.first)
    }
  }
}
