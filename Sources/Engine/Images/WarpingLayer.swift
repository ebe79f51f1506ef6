import Foundation
import Kernels
import Language

/// A layer that, in training, sees each image through an affine map of its own; outside training it does nothing.
///
/// The map says where each pixel of the output comes from: x = m0 column + m1 row + m2, y = m3 column + m4 row + m5. Pixels are interpolated
/// bilinearly, and the image is mirrored beyond its edges, as in Keras.
public protocol WarpingLayer: LayerDescription {
  /// What is typed, for complaints.
  var word: String { get }
  /// A map drawn for one image of that height and width.
  func map(height: Float, width: Float, from source: inout RandomSource) -> AffineMap
}

extension WarpingLayer {
  /// The image's own shape.
  public func outputShape(of input: [Int]) throws -> [Int] { try input.image(for: word) }

  /// Draws a map for each image.
  public func makeStep(at site: LayerSite) -> any LayerStep { WarpStep(self, site) }

  /// Without chance nothing happens.
  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor { input }
}

/// Where the pixels of an image come from: (x, y) = (a column + b row + right, c column + d row + down).
public struct AffineMap: Sendable, Equatable {
  let a: Float, b: Float, right: Float, c: Float, d: Float, down: Float

  /// The numbers of a map.
  static let count = 6

  /// Around the middle of the image, then moved: from (column, row) by the matrix ((a, b), (c, d)), plus (right, down) pixels.
  static func centred(_ a: Float, _ b: Float, _ c: Float, _ d: Float, right: Float = 0, down: Float = 0, height: Float, width: Float)
    -> AffineMap
  {
    let x = (width - 1) / 2, y = (height - 1) / 2
    return AffineMap(a: a, b: b, right: x - a * x - b * y + right, c: c, d: d, down: y - c * x - d * y + down)
  }

  /// Writes it as the kernels read the map of the image at place `row`.
  func write(to maps: FloatBuffer, row: Int) {
    let place = AffineMap.count * row
    (maps[place], maps[place + 1], maps[place + 2]) = (a, b, right)
    (maps[place + 3], maps[place + 4], maps[place + 5]) = (c, d, down)
  }
}

final class WarpStep: LayerStep {
  private let layer: any WarpingLayer
  private let site: LayerSite
  private let stream: UInt64
  private let maps: FloatBuffer

  init(_ layer: any WarpingLayer, _ site: LayerSite) {
    self.layer = layer
    self.site = site
    stream = site.randomStream
    maps = FloatBuffer(count: AffineMap.count * site.batch)
  }

  func forward(_ pass: Pass) {
    guard pass.dropsOut else {
      site.output.copy(site.input, count: pass.rows * site.inputCount)
      return
    }
    var source = RandomSource(seed: pass.key ^ stream, stream: "warp")
    for row in 0..<pass.rows {
      layer.map(height: Float(site.inputShape[0]), width: Float(site.inputShape[1]), from: &source).write(to: maps, row: row)
    }
    ImageKernel.warp(site.input, into: site.output, rows: pass.rows, shape: site.inputShape, maps: maps)
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    guard pass.dropsOut else {
      inputGradient.copy(outputGradient, count: pass.rows * site.inputCount)
      return
    }
    ImageKernel.warpBackward(outputGradient, into: inputGradient, rows: pass.rows, shape: site.inputShape, maps: maps)
  }
}
