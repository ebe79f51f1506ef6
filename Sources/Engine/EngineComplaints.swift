import Kernels
import Language

/// Every complaint of the engine, in words.
extension Complaint {
  static var otherParameters: Complaint {
    Complaint("the kept parameters are not those of the network", hint: "the file was changed, or made by another version")
  }
  static var noInput: Complaint {
    Complaint("the shape of a sample is not known yet", hint: "give it with `input 2`, or take data with `data moons`")
  }

  static func badInput(_ shape: [Int]) -> Complaint {
    Complaint("a sample cannot have the shape \(sizeText(shape))", hint: "each length is at least 1, as in `input 2` or `input 8x8x1`")
  }

  static func hugeShape(_ shape: [Int]) -> Complaint {
    Complaint("the shape \(sizeText(shape)) holds more than \(grouped(Network.greatestSample)) values", hint: "take smaller lengths")
  }

  static func hugeParameter(_ shape: [Int]) -> Complaint {
    Complaint("its weights of the shape \(sizeText(shape)) are more than any machine holds", hint: "take smaller lengths")
  }

  static func noLayer(named name: String, among names: [String]) -> Complaint {
    let near = NearNames.hint(for: name, among: names)
    let list = names.isEmpty ? "there are no layers yet: `layer dense 8` adds one" : "the layers are \(names.joined(separator: ", "))"
    return Complaint("there is no layer `\(name)`", hint: near ?? list)
  }

  static func noLayer(number: Int, count: Int) -> Complaint {
    Complaint(
      "there is no layer \(number)", hint: count == 0 ? "there are no layers yet: `layer dense 8` adds one" : "they go from 1 to \(count)")
  }

  static func badName(_ name: String) -> Complaint {
    Complaint("`\(name)` cannot name a layer", hint: "a name is a small letter, then small letters, digits and `_`")
  }

  static func reservedName(_ name: String) -> Complaint {
    Complaint("`\(name)` cannot name a layer: commands use the word", hint: "for example `my_\(name)`")
  }

  static func takenName(_ name: String) -> Complaint {
    Complaint("there is a layer `\(name)` already", hint: "take another name, or `layer replace \(name) ...`")
  }

  static var softmaxOverOne: Complaint {
    Complaint("softmax over one unit is always 1", hint: "use sigmoid for one unit, or one unit a class for softmax")
  }

  static func readsLater(_ name: String) -> Complaint {
    Complaint("it would read the output of `\(name)`, which comes later", hint: "a layer reads layers before it")
  }

  static func readsNobody(_ name: String, among names: [String]) -> Complaint {
    let near = NearNames.hint(for: name, among: names)
    let list = names.isEmpty ? "no layer stands before it" : "before it stand \(names.joined(separator: ", "))"
    return Complaint("it would read the output of `\(name)`, which is not there", hint: near ?? list)
  }

  static func heldByJoin(_ name: String, by reader: String) -> Complaint {
    Complaint("`\(reader)` reads the output of `\(name)`", hint: "`layer remove \(reader)` first")
  }

  static func unread(_ name: String) -> Complaint {
    Complaint("no layer reads the output of `\(name)`", hint: "join it: `layer add \(name)` or `layer concat \(name)`; or remove it")
  }

  static func notImages(_ kind: String, got: [Int]) -> Complaint {
    let count = Tensor.count(of: got)
    let side = Int(Double(count).squareRoot().rounded())
    let shape = got.count == 2 ? "\(sizeText(got))x1" : side * side == count ? "\(side)x\(side)x1" : "HEIGHTxWIDTHxCHANNELS"
    return Complaint(
      "\(kind) wants height x width x channels, and gets \(sizeText(got))", hint: "put `layer reshape \(shape)` before it")
  }

  static func largeWindow(_ window: [Int], dilation: [Int], input: [Int]) -> Complaint {
    let reach = zip(window, dilation).map { $1 * ($0 - 1) + 1 }
    let spread = reach == window ? "" : ", spread over \(sizeText(reach)) by its dilation,"
    return Complaint(
      "its window of \(sizeText(window))\(spread) is larger than its input of \(sizeText(Array(input.prefix(2))))",
      hint: "take a smaller \(reach == window ? "window" : "dilation"), or padding=same")
  }

  static var strideAndDilation: Complaint {
    Complaint("stride and dilation cannot both be more than 1", hint: "leave one of them at 1")
  }

  static func cannotReshape(_ from: [Int], to: [Int]) -> Complaint {
    Complaint(
      "\(sizeText(from)) holds \(grouped(Tensor.count(of: from))) values, \(sizeText(to)) \(grouped(Tensor.count(of: to)))",
      hint: "both need the same number")
  }

  static func cannotJoin(_ word: String, _ shapes: [[Int]], hint: String) -> Complaint {
    Complaint("\(word) cannot join \(shapes.map { sizeText($0) }.joined(separator: " and "))", hint: hint)
  }

  /// The same complaint, with the layer that it is about.
  func about(layer: NamedLayer, number: Int) -> Complaint {
    Complaint("layer \(number), \(layer.name) (\(layer.layer.kind)): \(what)", at: place, hint: hint)
  }

  static func clippedTwice(_ one: String, _ other: String) -> Complaint {
    Complaint("gradients are clipped in one way, not by \(one) and \(other)", hint: "keep one of the two")
  }

  static var noLayers: Complaint { Complaint("the network has no layers yet", hint: "add one with `layer dense 1`") }

  static func wrongUnits(_ loss: String, _ got: Int, _ wanted: String, hint: String) -> Complaint {
    Complaint("the loss \(loss) wants \(wanted), the last layer gives \(got)", hint: hint)
  }

  static func logitsTwice(_ loss: String, _ activation: String) -> Complaint {
    Complaint("from_logits=yes, but the last layer ends in \(activation)", hint: "drop the \(activation), or leave out from_logits")
  }

  static var softmaxForBinary: Complaint {
    Complaint(
      "the loss bce judges each output on its own, the last layer ends in softmax", hint: "use sigmoid with bce, or cce with softmax")
  }

  static func hingeOfProbabilities(_ activation: String) -> Complaint {
    Complaint(
      "the loss hinge wants scores on both sides of 0, the last layer ends in \(activation)",
      hint: "use a linear or tanh unit, or bce with sigmoid")
  }

  static func badWeights(_ weights: Int, samples: Int) -> Complaint {
    Complaint("there are \(grouped(weights)) weights for \(grouped(samples)) samples", hint: "each sample has one, of 0 or more")
  }

  static func badWeight(_ value: Float) -> Complaint {
    Complaint("a sample's weight is \(short(value))", hint: "weights are numbers of 0 or more")
  }

  static func noClasses(for what: String, _ loss: String) -> Complaint {
    Complaint("no classes for \(what): the loss \(loss) compares numbers", hint: "bce, cce, scce, kld and hinge compare classes")
  }

  static func severalAnswers(for what: String, _ outputs: Int) -> Complaint {
    Complaint("no single class for \(what): the last layer gives \(outputs) answers a sample", hint: "one unit, or one a class, gives one")
  }

  static func wrongClassWeights(_ got: Int, classes: Int) -> Complaint {
    Complaint("there are \(got) class weights for \(classes) classes", hint: "give one a class in their order, or `balanced`")
  }

  static var weighedTwice: Complaint {
    Complaint("the data's own weights and class weights would both weigh the samples", hint: "keep one of the two, as Keras asks")
  }

  static var rateSetTwice: Complaint {
    Complaint("a schedule and reduce_lr would both set the learning rate", hint: "keep one of the two")
  }

  static func unknownMonitor(_ name: String, among names: [String]) -> Complaint {
    Complaint("`\(name)` is not measured", hint: NearNames.hint(for: name, among: names) ?? "there is \(names.joined(separator: ", "))")
  }

  static func wrongInputs(got: [Int], wanted: [Int]) -> Complaint {
    Complaint(
      "the data's samples have the shape \(sizeText(got)), the network takes \(sizeText(wanted))",
      hint: "`input \(sizeText(got))` fits these data")
  }

  static func wrongTargets(_ loss: String, got: [Int], wanted: [Int]) -> Complaint {
    var units = "the last layer wants \(got.last ?? 1) unit\(got.last == 1 ? "" : "s")"
    if got == [1], wanted.count == 1 { units += "; where the targets are classes, `scce` is the loss for a unit a class" }
    return Complaint(
      "the targets have the shape \(sizeText(got)), the loss \(loss) compares them with outputs of \(sizeText(wanted))",
      hint: wanted.count > got.count ? "put `layer flatten` before the last layers, so that an output has one axis" : units)
  }

  static func badClass(_ value: Float, row: Int, classes: Int) -> Complaint {
    Complaint(
      "the target of row \(row + 1) is \(short(value)), which is no class from 0 to \(classes - 1)",
      hint: "the last layer wants one unit a class")
  }

  static func negativeCount(_ value: Float) -> Complaint {
    Complaint("a target is \(short(value)), the loss poisson wants counts of 0 or more", hint: "mse takes any numbers")
  }

  static func noProbabilities(_ loss: String, _ activation: String, wanted: [String]) -> Complaint {
    Complaint(
      "the loss \(loss) wants probabilities, the last layer ends in \(activation)",
      hint: "end in \(wanted.first ?? "sigmoid"), or give the loss from_logits=yes where it knows it")
  }

  static func poissonOfNegatives(_ activation: String) -> Complaint {
    Complaint(
      "the loss poisson takes the logarithm of the outputs, the last layer ends in \(activation)",
      hint: "softplus gives no number below 0")
  }

  static func badProbability(_ value: Float, _ loss: String) -> Complaint {
    Complaint("a target is \(short(value)), the loss \(loss) wants 0 or 1 (or a probability)", hint: "mse takes any numbers")
  }

  static func badTarget(_ value: Float, row: Int) -> Complaint {
    Complaint("the target of row \(row + 1) is \(short(value)), which is no number to learn from", hint: "clean the data first")
  }

  static func badSample(_ value: Float, row: Int) -> Complaint {
    Complaint("row \(row + 1) of the data holds \(short(value))", hint: "clean the data first")
  }

  static func unequalRows(inputs: Int, targets: Int) -> Complaint {
    Complaint("there are \(grouped(inputs)) samples and \(grouped(targets)) targets", hint: "each sample has one")
  }

  static var noSamples: Complaint { Complaint("there are no samples", hint: "`data moons` draws some") }

  static var interruptedReplay: Complaint { Complaint("interrupted before the last update was made again") }
  static var interruptedEvaluation: Complaint { Complaint("interrupted before all samples were judged") }

  static func badBatch(_ batch: Int) -> Complaint { Complaint("a batch of \(batch) samples", hint: "at least 1, usually 32") }

  static func tooLarge(bytes: Double, memory: Double) -> Complaint {
    Complaint(
      "this needs about \(gigabytes(bytes)) of memory, the machine has \(gigabytes(memory))",
      hint: "take fewer units or a smaller batch; `summary` shows the parameters")
  }

  static func noParameter(_ name: String, among names: [String]) -> Complaint {
    let near = NearNames.hint(for: name, among: names)
    return Complaint(
      "there is no tensor `\(name)`", hint: near ?? (names.isEmpty ? "the network has no parameters yet" : "for example \(names[0])"))
  }

  static func wrongShape(_ name: String, got: [Int], wanted: [Int]) -> Complaint {
    Complaint("\(name) has the shape (\(listText(wanted))), not (\(listText(got)))", hint: "a single number fills it")
  }

  static func badIndex(_ name: String, _ index: [Int], shape: [Int]) -> Complaint {
    let ranges = shape.map { "0 to \($0 - 1)" }.joined(separator: ", ")
    return Complaint("\(name)[\(listText(index))] is not there", hint: "the places of \(name) go \(ranges)")
  }

  static func kernelFailed(_ failure: KernelFailure) -> Complaint {
    switch failure {
    case .product(let status): Complaint("oneDNN could not multiply two matrices (status \(status))", hint: "try smaller sizes")
    case .convolution(let status): Complaint("oneDNN could not compute a convolution (status \(status))", hint: "try smaller sizes")
    }
  }

  static func foreignParameters(_ name: String) -> Complaint {
    Complaint("the parameters are another network's: \(name) is missing or has another shape", hint: "`rewind` makes new ones")
  }
}

private func sizeText(_ shape: [Int]) -> String { shape.isEmpty ? "()" : shape.map { String($0) }.joined(separator: "x") }

private func listText(_ shape: [Int]) -> String { shape.map { String($0) }.joined(separator: ", ") }

private func short(_ value: Float) -> String {
  value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : value.isNaN ? "NaN" : "\(value)"
}

private func gigabytes(_ bytes: Double) -> String {
  let tenths = (bytes / 1e8).rounded() / 10
  return tenths >= 10 ? "\(grouped(Int(min(tenths, 1e15)))) GB" : "\(tenths) GB"
}
