import Kernels
import Language

/// A layer that, in training, changes the tone of each image, channel by channel; outside training it does nothing.
///
///     y = scale (x - mean) + mean + shift, held within 0...high;   mean is the channel's own
public protocol ToningLayer: LayerDescription {
  /// What is typed, for complaints.
  var word: String { get }
  /// The greatest value that an image may have; the least is 0.
  var high: Float { get }
  /// A factor and a shift drawn for one image.
  func tone(from source: inout RandomSource) -> (scale: Float, shift: Float)
}

extension ToningLayer {
  /// The image's own shape.
  public func outputShape(of input: [Int]) throws -> [Int] { try input.image(for: word) }

  /// Draws a tone for each image.
  public func makeStep(at site: LayerSite) -> any LayerStep { ToningStep(self, site) }

  /// Without chance nothing happens.
  public func reference(_ input: ReferenceTensor, _ parameter: (String) -> ReferenceTensor) -> ReferenceTensor { input }
}

final class ToningStep: LayerStep {
  private let layer: any ToningLayer
  private let site: LayerSite
  private let stream: UInt64
  private let channels: Int
  private let pixels: Int
  private var scales: [Float]

  init(_ layer: any ToningLayer, _ site: LayerSite) {
    self.layer = layer
    self.site = site
    stream = site.randomStream
    channels = site.inputShape[2]
    pixels = site.inputCount / channels
    scales = [Float](repeating: 1, count: site.batch)
  }

  func forward(_ pass: Pass) {
    guard pass.dropsOut else {
      site.output.copy(site.input, count: pass.rows * site.inputCount)
      return
    }
    var source = RandomSource(seed: pass.key ^ stream, stream: "tone")
    for row in 0..<pass.rows {
      let (scale, shift) = layer.tone(from: &source)
      scales[row] = scale
      let x = image(row, of: site.input), y = image(row, of: site.output)
      ToneKernel.forward(x, into: y, pixels: pixels, channels: channels, scale: scale, shift: shift, high: layer.high)
    }
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    guard pass.dropsOut else {
      inputGradient.copy(outputGradient, count: pass.rows * site.inputCount)
      return
    }
    for row in 0..<pass.rows {
      ToneKernel.backward(
        image(row, of: site.output), image(row, of: outputGradient), into: image(row, of: inputGradient), pixels: pixels,
        channels: channels, scale: scales[row], high: layer.high)
    }
  }

  private func image(_ row: Int, of buffer: FloatBuffer) -> FloatBuffer {
    FloatBuffer(row * site.inputCount..<(row + 1) * site.inputCount, of: buffer)
  }
}
