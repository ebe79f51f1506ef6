import CKernels

/// The elementwise activation functions that have a kernel, and softmax over rows.
public enum ActivationKernel: Sendable, Equatable {
  case linear, relu, sigmoid, tanh, selu, gelu, swish, softplus
  case elu(alpha: Float)
  case leakyReLU(slope: Float)

  /// Whether the derivative is computed from the input; otherwise the output is enough, and may have taken the input's place.
  public var needsInput: Bool { self == .gelu || self == .swish || self == .softplus }

  /// y = f(x), elementwise; y may be x.
  public func forward(_ x: FloatBuffer, into y: FloatBuffer, count: Int) {
    gradus_activate(code, parameter, count, x.checked(count), y.checked(count))
  }

  /// dx = dy f'(x), elementwise; dx may be dy.
  public func backward(_ x: FloatBuffer, _ y: FloatBuffer, _ dy: FloatBuffer, into dx: FloatBuffer, count: Int) {
    gradus_activate_backward(code, parameter, count, x.checked(count), y.checked(count), dy.checked(count), dx.checked(count))
  }

  private var code: gradus_activation {
    switch self {
    case .linear: GRADUS_LINEAR
    case .relu: GRADUS_RELU
    case .sigmoid: GRADUS_SIGMOID
    case .tanh: GRADUS_TANH
    case .selu: GRADUS_SELU
    case .gelu: GRADUS_GELU
    case .swish: GRADUS_SWISH
    case .softplus: GRADUS_SOFTPLUS
    case .elu: GRADUS_ELU
    case .leakyReLU: GRADUS_LEAKY_RELU
    }
  }

  private var parameter: Float {
    switch self {
    case .elu(let alpha): alpha
    case .leakyReLU(let slope): slope
    default: 0
    }
  }
}

/// Softmax over the rows of a matrix.
public enum SoftmaxKernel {
  /// y = exp(x - max) / sum(exp(x - max)) on every row; y may be x.
  public static func forward(_ x: FloatBuffer, into y: FloatBuffer, rows: Int, columns: Int) {
    gradus_softmax(rows, columns, x.checked(rows * columns), y.checked(rows * columns))
  }

  /// dx = y (dy - sum(dy y)) on every row; dx may be dy.
  public static func backward(_ y: FloatBuffer, _ dy: FloatBuffer, into dx: FloatBuffer, rows: Int, columns: Int) {
    let count = rows * columns
    gradus_softmax_backward(rows, columns, y.checked(count), dy.checked(count), dx.checked(count))
  }
}
