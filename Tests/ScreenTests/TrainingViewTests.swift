import Engine
import Testing

@testable import Screen
@testable import Shell

@MainActor @Suite struct TrainingViewTests {
  private func shown(_ moments: [TrainingProgress.Moment], measured: [NamedValue]?, isAhead: Bool = false) -> String {
    var text = ""
    let pictures = Pictures(.init(path: "", hasDisplay: false, isTerminal: false) { nil })
    let view = TrainingView(
      isShown: true, pictures: pictures, color: false, repertoire: .ascii, size: { (100, 24) }, write: { text += $0 })
    for moment in moments {
      var progress = TrainingProgress(
        moment: moment, epoch: 2, epochs: 9, rate: 0.1, metrics: ["accuracy"], liveCurves: [], livePlots: nil, measured: nil, plot: "off")
      progress.isAhead = isAhead
      if let measured { progress.measured = { measured } }
      view.show(progress)
    }
    return text
  }

  @Test("Within an epoch loss and metrics are those of the epoch so far")
  func running() {
    let text = shown([.began, .batch(number: 3, of: 10, loss: 0.25)], measured: [NamedValue(name: "accuracy", value: 0.5)])
    #expect(text.contains("epoch 2/9") && text.contains("loss 0.25") && text.contains("accuracy 0.5"), "\(text)")
  }

  @Test("What a crash would lose is not shown")
  func ahead() {
    let moments: [TrainingProgress.Moment] = [
      .began, .batch(number: 3, of: 10, loss: 0.25), .epoch([NamedValue(name: "loss", value: 0.2)]),
    ]
    #expect(shown(moments, measured: nil, isAhead: true).isEmpty)
    #expect(shown(moments, measured: nil).contains("epoch 2/9"))
  }

  @Test("Without them the loss stands alone")
  func alone() {
    let text = shown([.began, .batch(number: 3, of: 10, loss: 0.25)], measured: nil)
    #expect(text.contains("loss 0.25") && !text.contains("accuracy"), "\(text)")
  }
}
