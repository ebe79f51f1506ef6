import Kernels
import Language

/// A layer that, in training, changes the tone of each image, channel by channel; outside training it does nothing.
///
///     v = scale (x - mean) + mean + shift,   y = v held within 0...high;   mean is the channel's own
///     g = dy where 0 <= v <= high, else 0,   dx = scale g + (1 - scale) mean(g)
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
  private let tones: ToneKernel.Tones

  init(_ layer: any ToningLayer, _ site: LayerSite) {
    self.layer = layer
    self.site = site
    stream = site.randomStream
    channels = site.inputShape[2]
    pixels = site.inputCount / channels
    tones = ToneKernel.Tones(rows: site.batch, high: layer.high)
  }

  func forward(_ pass: Pass) {
    guard pass.dropsOut else {
      site.output.copy(site.input, count: pass.rows * site.inputCount)
      return
    }
    var source = RandomSource(seed: pass.key ^ stream, stream: "tone")
    for row in 0..<pass.rows {
      let (scale, shift) = layer.tone(from: &source)
      tones.set(scale, shift, row: row)
    }
    ToneKernel.forward(site.input, into: site.output, tones, rows: pass.rows, pixels: pixels, channels: channels)
  }

  func backward(_ pass: Pass) {
    guard let outputGradient = site.outputGradient, let inputGradient = site.inputGradient else { return }
    guard pass.dropsOut else {
      inputGradient.copy(outputGradient, count: pass.rows * site.inputCount)
      return
    }
    ToneKernel.backward(site.input, outputGradient, into: inputGradient, tones, rows: pass.rows, pixels: pixels, channels: channels)
  }
}
