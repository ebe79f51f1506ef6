import Engine
import Foundation

/// How a loss is written: of one sample, with its outputs and targets, and its derivative by one output.
///
/// `y` and `t` are one sample's outputs and targets, `count` what the loss is divided by: outputs and samples, or places and samples.
struct LossTerms {
  /// The sample's loss, in LaTeX.
  let formula: String
  /// The same with numbers.
  let numbers: String
  /// dJ/dy of the mean over the batch, for one output.
  let slope: String
  /// The same with numbers.
  let slopeNumbers: String
  /// Whether the slope is 0 because a probability is clipped.
  let isClipped: Bool
  /// Whether the outputs are brought to the sum 1 first, so that the slope by one of them has a part from all.
  let isOfRow: Bool
  /// Whether a probability of the row is clipped that the loss depends on.
  let hasClipped: Bool

  /// - Parameters:
  ///   - unit: The output whose derivative is wanted, in the row-major order of the sample.
  ///   - samples: How many samples the batch has.
  ///   - columns: The length of the output's last axis.
  ///   - weight: What the sample's loss is multiplied by; nil when all count alike.
  init(_ loss: any LossDescription, y: [Double], t: [Double], unit: Int, samples: Int, columns: Int, weight: Double? = nil) {
    let isRow = loss.targetKind == .oneHot || loss.targetKind == .index
    let sums = isRow || loss is HalfSquaredError
    // What one sample's loss is a mean over, and what the batch's loss is.
    let inner = sums ? y.count / max(columns, 1) : y.count
    let count = inner * samples
    let target = loss.targetKind == .index ? LossTerms.oneHot(t, columns) : t
    let row = unit / max(columns, 1)
    let rowSum = y[row * columns..<(row + 1) * columns].reduce(0, +)
    var words = LossTerms.words(loss, columns: columns, sum: rowSum, reach: 1)
    // The part of the targets whose probability is not clipped: the others let nothing through.
    let reach = (row * columns..<(row + 1) * columns).reduce(0.0) {
      $0 + (words.isClipped(y[$1]) ? 0 : words.smoothed(target[$1]))
    }
    if isRow { words = LossTerms.words(loss, columns: columns, sum: rowSum, reach: reach) }
    hasClipped = isRow ? reach < 1 - 1e-9 && words.clips : words.isClipped(y[unit])
    isOfRow = words.mixesRow
    isClipped = isRow && words.mixesRow ? words.clips && reach == 0 : words.isClipped(y[unit])
    let divisor = count == 1 ? "" : " / \(count)"
    let (yu, tu) = (y[unit], words.smoothed(target[unit]))

    let perSample = words.isSum || y.count > 1
    let sum = perSample ? "\\sum_i " : ""
    let letters = perSample ? words.term.replacing("t", with: "t_i").replacing("y", with: "y_i") : words.term
    let head = words.factor + (inner > 1 ? "\\frac{1}{\(inner)} " : "")
    formula = words.isWritten ? head + sum + letters : words.term
    var terms = y.indices.map { words.number(y[$0], words.smoothed(target[$0])) }
    // Of a one-hot row only the class counts.
    if words.skipsZeros {
      let kept = zip(terms, target).filter { words.smoothed($1) != 0 }.map(\.0)
      terms = kept.isEmpty ? terms : kept
    }
    if words.isWritten {
      let joined = Figure.sum(terms)
      let before = words.numberFactor + (inner > 1 ? "\\frac{1}{\(inner)} " : "")
      numbers =
        before.isEmpty ? joined : before + (terms.count > 1 || joined.contains(" + ") || joined.hasPrefix("-") ? "(\(joined))" : joined)
    } else {
      let start = row * columns
      numbers = words.rowNumbers(Array(y[start..<start + columns]), Array(target[start..<start + columns]))
    }
    guard !isClipped else {
      (slope, slopeNumbers) = (ClippedProbability.noSlope, "0")
      return
    }
    slope = LossTerms.scaled(words.slope, by: weight.map { _ in LossTerms.weight }, over: divisor.isEmpty ? "" : " / n")
    let slopeText = words.slopeNumber(yu, tu, Array(y[row * columns..<(row + 1) * columns]), unit - row * columns)
    slopeNumbers = LossTerms.scaled(slopeText, by: weight.map(Figure.text), over: divisor)
  }

  /// What stands for a sample's weight, which is no weight of a layer.
  static let weight = "\\omega"

  /// A slope times the sample's weight and over the count, where it has them.
  ///
  /// A quotient or a product needs no brackets to be divided once more, nor to be multiplied unless it begins with a minus.
  static func scaled(_ text: String, by weight: String?, over divisor: String) -> String {
    var depth = 0
    let isSum = text.indices.contains { index in
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      return depth == 0 && index != text.startIndex && text[index...].hasPrefix(" - ") || depth == 0 && text[index...].hasPrefix(" + ")
    }
    if let weight { return "\(weight) \\cdot \(isSum || text.hasPrefix("-") ? "(\(text))" : text)\(divisor)" }
    return isSum && !divisor.isEmpty ? "(\(text))\(divisor)" : text + divisor
  }

  /// The count that a batch's loss is divided by.
  static func count(_ loss: any LossDescription, width: Int, samples: Int, columns: Int) -> Int {
    let isRow = loss.targetKind == .oneHot || loss.targetKind == .index
    return (isRow || loss is HalfSquaredError ? width / max(columns, 1) : width) * samples
  }

  static func oneHot(_ t: [Double], _ columns: Int) -> [Double] {
    t.flatMap { index in (0..<columns).map { Double($0) == index ? 1 : 0 } }
  }
}

/// The wording of one loss.
private struct LossWords {
  var factor = ""
  var numberFactor = ""
  /// One output's part.
  var term: String
  /// Whether a sample's parts are added even where it has one output.
  var isSum = false
  /// Whether the formula is a sum of terms; else it is about a row.
  var isWritten = true
  var skipsZeros = false
  var number: (Double, Double) -> String = { _, _ in "" }
  var rowNumbers: ([Double], [Double]) -> String = { _, _ in "" }
  var slope: String
  var slopeNumber: (Double, Double, [Double], Int) -> String
  /// The target after smoothing.
  var smoothed: (Double) -> Double = { $0 }
  /// Whether it clips probabilities, and which it clips.
  var clips = false
  var isClipped: (Double) -> Bool = { _ in false }
  /// Whether the slope by one output depends on the targets of its whole row.
  var mixesRow = false
}

extension LossTerms {
  private static func words(_ loss: any LossDescription, columns: Int, sum: Double, reach: Double) -> LossWords {
    let f = Figure.text, b = Figure.factor
    switch loss {
    case is HalfSquaredError:
      return LossWords(
        factor: "\\frac{1}{2} ", numberFactor: "\\frac{1}{2} ", term: "(y - t)^2", number: { "(\(f($0)) - \(b($1)))^2" }, slope: "y - t",
        slopeNumber: { y, t, _, _ in "\(f(y)) - \(b(t))" })
    case is MeanSquaredError:
      return LossWords(
        term: "(y - t)^2", number: { "(\(f($0)) - \(b($1)))^2" }, slope: "2 (y - t)", slopeNumber: { y, t, _, _ in "2 (\(f(y)) - \(b(t)))" }
      )
    case is MeanAbsoluteError:
      return LossWords(
        term: "|y - t|", number: { "|\(f($0)) - \(b($1))|" }, slope: "\\text{sign}(y - t)",
        slopeNumber: { y, t, _, _ in "\\text{sign}(\(f(y)) - \(b(t)))" })
    case let loss as Huber:
      let delta = Double(loss.delta), d = f(delta)
      return LossWords(
        term: "h(y - t)",
        number: { y, t in
          let size = abs(y - t)
          return size <= delta ? "\\frac{1}{2} \(Figure.base(y - t))^2" : "\(d) \\cdot \(f(size)) - \(d)^2 / 2"
        }, slope: "\\text{clip}(y - t, \\pm \\delta)",
        slopeNumber: { y, t, _, _ in "\\text{clip}(\(f(y)) - \(b(t)), \\pm \(d))" })
    case let loss as BinaryCrossentropy:
      let smoothing = Double(loss.smoothing)
      let smoothed = { (t: Double) in t * (1 - smoothing) + smoothing / 2 }
      if loss.fromLogits {
        return LossWords(
          term: "\\ln(1 + e^{y}) - t y", number: { "\\ln(1 + e^{\(f($0))}) - \(f($1)) \\cdot \(b($0))" }, slope: "\\sigma(y) - t",
          slopeNumber: { y, t, _, _ in "\\sigma(\(f(y))) - \(f(t))" }, smoothed: smoothed)
      }
      return LossWords(
        factor: "-", numberFactor: "-", term: "(t \\ln y + (1 - t) \\ln(1 - y))",
        number: { y, t in
          // A target of 0 or 1 leaves one of the two logarithms.
          let p = ClippedProbability(y), logarithm = p.logarithm("\\ln \(f(y))")
          return t == 1 ? logarithm : t == 0 ? p.logarithmOfRest : "\(f(t)) \(logarithm) + \(f(1 - t)) \(p.logarithmOfRest)"
        }, slope: "(y - t) / (y (1 - y))",
        slopeNumber: { y, t, _, _ in
          let difference = t == 1 && Figure.isNearOne(y) ? f(y - 1) : "\(f(y)) - \(f(t))"
          return "(\(difference)) / (\(f(y)) \(Figure.rest(y)))"
        }, smoothed: smoothed,
        clips: true, isClipped: { ClippedProbability($0).isClipped })
    case is CategoricalCrossentropy, is SparseCategoricalCrossentropy:
      let smoothing = Double((loss as? CategoricalCrossentropy)?.smoothing ?? 0)
      let smoothed = { (t: Double) in t * (1 - smoothing) + smoothing / Double(columns) }
      if loss.fromLogits {
        return LossWords(
          term: "-\\sum_i t_i \\ln \\text{softmax}(y)_i", isWritten: false,
          rowNumbers: { y, t in
            let p = Activation.softmax.reference(y)
            let terms = p.indices.filter { smoothed(t[$0]) != 0 }.map {
              (smoothed(t[$0]) == 1 ? "" : "\(f(smoothed(t[$0]))) ") + "\\ln \(f(p[$0]))"
            }
            return terms.count == 1 ? "-\(terms[0])" : "-(\(Figure.sum(terms)))"
          }, slope: "\\text{softmax}(y) - t",
          slopeNumber: { y, t, row, unit in "\(f(Activation.softmax.reference(row)[unit])) - \(f(t))" }, smoothed: smoothed)
      }
      // The engine brings the outputs to the sum 1 first, which changes nothing behind a softmax but the slope.
      func isClipped(_ y: Double) -> Bool { ClippedProbability(y / sum).isClipped }
      func part(_ y: Double, _ t: Double) -> String { isClipped(y) ? "" : " - \(f(t)) / \(f(y))" }
      guard abs(sum - 1) > 1e-4 else {
        return LossWords(
          factor: "-", numberFactor: "-", term: "t \\ln y", isSum: true, skipsZeros: true,
          number: { y, t in (t == 1 ? "" : "\(f(t)) ") + ClippedProbability(y).logarithm("\\ln \(f(y))") }, slope: "1 - t / y",
          slopeNumber: { y, t, _, _ in "\(f(reach))" + part(y, t) }, smoothed: smoothed, clips: true, isClipped: isClipped, mixesRow: true)
      }
      return LossWords(
        factor: "-", numberFactor: "-", term: "t \\ln(y / s)", isSum: true, skipsZeros: true,
        number: { y, t in (t == 1 ? "" : "\(f(t)) ") + ClippedProbability(y / sum).logarithm("\\ln(\(f(y)) / \(f(sum)))") },
        slope: "1 / s - t / y", slopeNumber: { y, t, _, _ in "\(f(reach)) / \(f(sum))" + part(y, t) }, smoothed: smoothed, clips: true,
        isClipped: isClipped, mixesRow: true)
    case is Hinge:
      return LossWords(
        term: "\\max(0, 1 - (2t - 1) y)", number: { "\\max(0, 1 - \(b(2 * $1 - 1)) \\cdot \(b($0)))" }, slope: "-(2t - 1) [(2t - 1) y < 1]",
        slopeNumber: { y, t, _, _ in (2 * t - 1) * y < 1 ? "-\(b(2 * t - 1))" : "0" })
    case is KullbackLeibler:
      return LossWords(
        term: "t \\ln(t / y)", isSum: true, skipsZeros: true,
        number: { "\(f($1)) \\ln(\(f($1)) / \(f(max($0, ClippedProbability.margin))))" }, slope: "-t / y",
        slopeNumber: { y, t, _, _ in "-\(f(max(t, ClippedProbability.margin))) / \(f(y))" }, clips: true,
        isClipped: { $0 < ClippedProbability.margin })
    default:
      return LossWords(
        term: "y - t \\ln y", number: { "\(f($0)) - \(f($1)) \\ln \(b($0))" }, slope: "1 - t / y",
        slopeNumber: { y, t, _, _ in "1 - \(f(t)) / \(f(y))" })
    }
  }
}
