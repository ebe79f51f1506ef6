import Engine

/// The shape of what a convolution or a pooling gives.
///
///     valid: floor((in - k) / s) + 1      same: ceil(in / s)      channels: the filters; pooling keeps them
enum ShapesDrill {
  static let kind = DrillKind("shapes", "The output shape of a convolution or a pooling.", seconds: 60) { random in
    let height = random.integer(7...40)
    let image = [height, random.integer(0...2) > 0 ? height : random.integer(7...40)]
    let channels = random.pick([1, 3, 8, 16])
    let padding = random.pick([Padding.same, .valid])
    let stride = random.pick([1, 2, 2, 3])
    let isPooling = random.integer(0...2) == 0
    let size = isPooling ? random.pick([2, 3]) : random.pick([3, 5, 7])
    var drawn = try DrawnNetwork(input: image + [channels])
    if isPooling {
      try drawn.maxPooling(size, stride: stride, padding: padding)
    } else {
      try drawn.convolution(random.pick([4, 6, 10, 12, 32]), size, stride: stride, padding: padding)
    }
    guard let right = drawn.network.summary.rows[0].outputShape?.compactMap(\.self) else { return nil }
    let last = right[2]
    func mistake(_ remark: String, _ channels: Int? = nil, _ length: (Int) -> Int) -> Mistake? {
      let lengths = image.map(length)
      return lengths.allSatisfy { $0 > 0 } ? Mistake(.shape(lengths + [channels ?? last]), remark) : nil
    }
    let up = { (length: Int) in (length + stride - 1) / stride }
    let rest = { (length: Int) in length - size }
    let valid = { (length: Int) in rest(length) / stride + 1 }
    let own = padding == .same ? up : valid
    let mistakes =
      padding == .same
      ? [
        mistake("you took floor for ceil: with padding=same a window begins at every stride, also at the last one") { $0 / stride },
        mistake("you took padding=valid: with same, zeros are put around the image", nil, valid),
        mistake("you forgot the stride: the window moves by \(stride)") { $0 },
        mistake("you took the window for the stride") { ($0 + size - 1) / size },
      ]
      : [
        mistake("you took ceil for floor: a window that does not lie on the image whole is left out") {
          (rest($0) + stride - 1) / stride + 1
        },
        mistake("you forgot to add 1: the window also stands at the start") { rest($0) / stride },
        mistake("you took padding=same: with valid, the window stays on the image", nil, up),
        mistake("you forgot the stride: the window moves by \(stride)") { rest($0) + 1 },
      ]
    let ofChannels =
      isPooling
      ? [
        mistake("you pooled the channels too: each channel is pooled on its own", (last + size - 1) / size, own),
        mistake("you pooled the channels away: each channel is pooled on its own", 1, own),
      ]
      : [
        mistake("you kept the channels of the input: the output has one channel a filter", channels, own),
        mistake("you multiplied filters and channels: a filter sums over all channels", last * channels, own),
      ]
    let text = right.map { String($0) }
    return Exercise(
      "What is the shape of the output?\n\n" + commands(drawn.commands),
      hint: padding == .same
        ? "padding=same: ceil(in / stride). The channels are the filters of a convolution; pooling keeps them."
        : "padding=valid: floor((in - window) / stride) + 1. The channels are the filters of a convolution; pooling keeps them.",
      answer: .shape(right), mistakes: (mistakes.prefix(1) + ofChannels + mistakes.dropFirst()).compactMap(\.self),
      solution: "The output is \(text.joined(separator: "x")), in a summary (None, \(text.joined(separator: ", "))).",
      workings: [.counts(drawn.network, layer: drawn.network.layers[0].name)])
  }
}
