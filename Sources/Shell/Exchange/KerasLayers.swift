import Engine
import Language

/// Layers as calls of Keras; arguments that Keras takes anyway are left out.
enum KerasLayers {
  /// The call that makes a layer; nil for a kind that has none.
  static func call(for named: NamedLayer) -> PythonCall? {
    guard let call = call(for: named.layer) else { return nil }
    let whole = call.with("name", Python.text(named.name))
    return named.isFrozen ? whole.with("trainable", "False") : whole
  }

  private static func call(for layer: any LayerDescription) -> PythonCall? {
    let call = PythonCall("layers.\(layer.kind)")
    switch layer {
    case let layer as Dense:
      return PythonCall(call.name, "\(layer.units)").activated(layer.activation, useBias: layer.useBias)
        .kernel(layer.initializer, l1: layer.l1, l2: layer.l2, maxNorm: layer.maxNorm, axes: 1)
    case let layer as Conv2D:
      return PythonCall(call.name, "\(layer.filters)", Python.tuple(layer.kernelSize))
        .window(layer.stride, layer.padding, dilation: layer.dilation).activated(layer.activation, useBias: layer.useBias)
        .kernel(layer.initializer, l1: layer.l1, l2: layer.l2, maxNorm: layer.maxNorm, axes: 3)
    case let layer as DepthwiseConv2D:
      return PythonCall(call.name, Python.tuple(layer.kernelSize))
        .with("depth_multiplier", layer.multiplier, unless: 1) { "\($0)" }
        .window(layer.stride, layer.padding, dilation: layer.dilation).activated(layer.activation, useBias: layer.useBias)
    case let layer as SeparableConv2D:
      return PythonCall(call.name, "\(layer.filters)", Python.tuple(layer.depthwise.kernelSize))
        .window(layer.depthwise.stride, layer.depthwise.padding).activated(layer.activation, useBias: layer.useBias)
    case let layer as Conv2DTranspose:
      return PythonCall(call.name, "\(layer.filters)", Python.tuple(layer.kernelSize))
        .window(layer.stride, layer.padding).activated(layer.activation, useBias: layer.useBias)
    case let layer as MaxPooling2D: return call.pooling(layer.size, layer.stride, layer.padding)
    case let layer as AveragePooling2D: return call.pooling(layer.size, layer.stride, layer.padding)
    case let layer as Reshape: return PythonCall(call.name, Python.tuple(layer.target))
    case let layer as ZeroPadding2D: return PythonCall(call.name, Python.tuple(layer.size))
    case let layer as UpSampling2D: return PythonCall(call.name, Python.tuple(layer.size))
    case let layer as BatchNormalization:
      return call.with("momentum", layer.momentum, unless: 0.99, Python.number).with("epsilon", layer.epsilon, unless: 0.001, Python.number)
    case let layer as LayerNormalization: return call.with("epsilon", layer.epsilon, unless: 0.001, Python.number)
    case let layer as Dropout: return PythonCall(call.name, Python.number(layer.rate))
    case let layer as SpatialDropout2D: return PythonCall(call.name, Python.number(layer.rate))
    case let layer as GaussianNoise: return PythonCall(call.name, Python.number(layer.deviation))
    case let layer as Rescaling:
      return PythonCall(call.name, Python.number(layer.scale)).with("offset", layer.offset, unless: 0, Python.number)
    case let layer as ActivationLayer:
      switch layer.activation {
      case .relu, .softmax: return call
      case .leakyReLU(let slope): return call.with("negative_slope", Python.number(slope))
      case .elu(let alpha): return call.with("alpha", alpha, unless: 1, Python.number)
      default: return PythonCall(call.name, Python.text(layer.activation.name))
      }
    case let layer as RandomFlip:
      let mode =
        switch layer.mode {
        case .horizontal: "horizontal"
        case .vertical: "vertical"
        case .both: "horizontal_and_vertical"
        }
      return PythonCall(call.name, Python.text(mode))
    case let layer as RandomRotation: return PythonCall(call.name, Python.number(layer.factor))
    case let layer as RandomTranslation: return PythonCall(call.name, Python.number(layer.factor), Python.number(layer.factor))
    case let layer as RandomZoom: return PythonCall(call.name, Python.number(layer.factor))
    // Keras takes 255 for the greatest value.
    case let layer as RandomContrast:
      return PythonCall(call.name, Python.number(layer.factor)).with("value_range", "(0.0, \(Python.number(layer.high)))")
    case let layer as RandomBrightness:
      return PythonCall(call.name, Python.number(layer.factor)).with("value_range", "(0.0, \(Python.number(layer.high)))")
    case is GlobalAveragePooling2D, is GlobalMaxPooling2D, is Flatten, is Add, is Concatenate, is PReLU, is Normalization: return call
    default: return nil
    }
  }
}

extension PythonCall {
  fileprivate func activated(_ activation: Activation, useBias: Bool) -> PythonCall {
    with("activation", activation, unless: .linear) { Python.text($0.name) }.with("use_bias", useBias, unless: true, Python.bool)
  }

  fileprivate func window(_ stride: [Int], _ padding: Padding, dilation: [Int] = [1, 1]) -> PythonCall {
    with("strides", stride, unless: [1, 1], Python.tuple).with("padding", padding, unless: .valid) { Python.text($0.rawValue) }
      .with("dilation_rate", dilation, unless: [1, 1], Python.tuple)
  }

  fileprivate func pooling(_ size: [Int], _ stride: [Int]?, _ padding: Padding) -> PythonCall {
    var call = PythonCall(name, Python.tuple(size))
    if let stride, stride != size { call = call.with("strides", Python.tuple(stride)) }
    return call.with("padding", padding, unless: .valid) { Python.text($0.rawValue) }
  }

  /// - Parameter axes: How many axes of the kernel, from the first, the norm goes over.
  fileprivate func kernel(_ initializer: Initializer, l1: Float, l2: Float, maxNorm: Float, axes: Int) -> PythonCall {
    var call = with("kernel_initializer", initializer, unless: .glorotUniform) { Python.text($0.name) }
    if l1 > 0 || l2 > 0 {
      let penalty = PythonCall("keras.regularizers.L1L2").with("l1", l1, unless: 0, Python.number).with("l2", l2, unless: 0, Python.number)
      call = call.with("kernel_regularizer", penalty.text)
    }
    guard maxNorm > 0 else { return call }
    let axis = axes == 1 ? "0" : "[\((0..<axes).map { String($0) }.joined(separator: ", "))]"
    return call.with("kernel_constraint", PythonCall("keras.constraints.MaxNorm", Python.number(maxNorm)).with("axis", axis).text)
  }
}
