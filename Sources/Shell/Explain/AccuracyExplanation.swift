import Engine
import Language

/// `explain accuracy`: which answers of the next mini-batch count as right.
@MainActor enum AccuracyExplanation {
  /// The names under which it is asked for.
  static let names = Set(Accuracy.Form.allCases.map(\.rawValue) + ["acc"])

  static func facts(named name: String, _ session: inout Session) throws -> ExplanationFacts {
    let scene = try UpdateScene(try Training.record(.next, &session), sample: nil, isLast: false)
    let output = try scene.tensor("\(scene.outputName).output"), targets = scene.inspection.targets
    let width = output.count / scene.samples, columns = output.shape.last ?? 1, loss = scene.settings.loss
    let wanted = Accuracy.Form(rawValue: name) ?? .byLoss
    let form = Accuracy(wanted).resolved(for: loss, columns: columns)
    let isBinary = form == .binary || form == .byLoss, threshold = loss.fromLogits ? 0.0 : 0.5
    let answersPerSample = isBinary ? width : width / columns
    var rows: [Quantity] = [], right = 0
    for sample in 0..<scene.samples {
      let y = output.values[sample * width..<(sample + 1) * width].map(Double.init)
      let perSample = targets.count / scene.samples
      let t = targets.values[sample * perSample..<(sample + 1) * perSample].map(Double.init)
      let hits = isBinary ? binary(y, t, threshold) : classes(y, t, columns, isIndex: loss.targetKind == .index)
      right += hits.count(where: \.isRight)
      if sample < 8, let first = hits.first {
        let judged = hits.count == 1 ? (first.isRight ? "right" : "wrong") : "\(hits.count(where: \.isRight)) of \(hits.count) right"
        rows.append(
          Quantity(
            symbol: "answer_\(sample)", notation: "\\text{sample } \(sample)", meaning: judged, formula: "", relation: "",
            numbers: first.text + "\\quad\\text{\(judged)}", value: .none, isTextOnly: true))
      }
    }
    let answers = scene.samples * answersPerSample
    let share = Double(right) / Double(max(answers, 1))
    let whole = Quantity(
      symbol: name, notation: "\\text{\(name.split(separator: "_").joined(separator: " "))}", meaning: "the share of right answers",
      formula: "\\text{right answers} / \\text{answers}", numbers: "\(right) / \(answers)", value: .number(share))
    let rule =
      isBinary
      ? "binary: an output over \(plain(threshold)) answers yes (1), else no (0)"
      : "\(form == .sparse ? "sparse categorical" : "categorical"): the greatest of the \(columns) outputs is the answer"
    var facts = ExplanationFacts(
      subject: name, title: rule,
      sections: [
        ExplanationFacts.Section(scene.samples > 8 ? "the first samples of the next mini-batch" : "the next mini-batch", rows),
        ExplanationFacts.Section("in all", [whole]),
      ])
    facts.more = [("right", .integer(right)), ("answers", .integer(answers)), ("rows", .integers(scene.inspection.rows))]
    return facts
  }

  private struct Hit {
    let text: String
    let isRight: Bool
  }

  private static func binary(_ y: [Double], _ t: [Double], _ threshold: Double) -> [Hit] {
    zip(y, t).map { output, target in
      let answer = output > threshold ? 1.0 : 0
      return Hit(
        text:
          "y = \(Figure.text(output)) \(output > threshold ? ">" : "\\le") \(Figure.text(threshold)) \\to \(Figure.text(answer)),\\ t = \(Figure.text(target))",
        isRight: answer == target)
    }
  }

  private static func classes(_ y: [Double], _ t: [Double], _ columns: Int, isIndex: Bool) -> [Hit] {
    let all = isIndex ? LossTerms.oneHot(t, columns) : t
    return stride(from: 0, to: y.count, by: columns).map { start in
      let row = Array(y[start..<start + columns]), target = Array(all[start..<start + columns])
      let answer = row.indices.max { row[$0] < row[$1] || (row[$0] == row[$1] && $0 > $1) } ?? 0
      let wanted = target.indices.max { target[$0] < target[$1] || (target[$0] == target[$1] && $0 > $1) } ?? 0
      return Hit(
        text: "\\text{greatest } y_{\(answer)} = \(Figure.text(row[answer])) \\to \(answer),\\ t = \(wanted)",
        isRight: answer == wanted)
    }
  }
}
