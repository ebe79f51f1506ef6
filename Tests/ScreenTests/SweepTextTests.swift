import Foundation
import Testing

@testable import Engine
@testable import Screen
@testable import Shell

@MainActor @Suite("Sweeps on the screen") struct SweepTextTests {
  private func outcome(_ accuracy: Double, _ loss: Double, run: Int) -> SweepOutcome {
    var history = TrainingHistory()
    history.append([NamedValue(name: "val_loss", value: loss), NamedValue(name: "val_accuracy", value: accuracy)])
    return SweepOutcome(
      TrainingFacts(
        kind: .epochs, history: history, epochs: 1, updates: 1, seconds: 0, ending: .completed, lastUpdate: nil, metCondition: nil,
        samples: 1, heldOut: 1), run: run)
  }

  private let recipe = SweepRecipe(
    command: "sweep lr=0.1,0.01,0.001", axes: [SweepAxis(name: "lr", values: ["0.1", "0.01", "0.001"])], seeds: [0, 1], epochs: 1,
    by: "val_accuracy", isBetterHigher: true, title: "moons 2-1", validates: true)

  private var sweep: KeptSweep {
    var sweep = KeptSweep(id: 3, began: Date(timeIntervalSince1970: 0), recipe: recipe, session: Foundation.Data())
    sweep.outcomes = [
      0: outcome(0.5, 0.7, run: 7), 1: outcome(0.6, 0.6, run: 8), 2: outcome(0.9, 0.2, run: 9), 3: SweepOutcome(failed: "no memory"),
    ]
    return sweep
  }

  @Test("The table: the best first, means with deviations, what failed and what is left")
  func table() {
    let facts = SweepFacts(sweep, history: { _ in nil }, style: "off")
    let text = SweepText.lines(of: facts, on: Canvas(width: 80, repertoire: .ascii)).map(\.plain).joined(separator: "\n")
    let wanted = """
      sweep 3   moons 2-1   4 of 6 runs of 1 epoch
         lr  val_accuracy      val_loss       runs
        0.1  0.55 +- 0.071     0.65 +- 0.071  7 8
       0.01  0.9, 1 of 2 failed  0.2            9
      0.001  left
      """
    for line in wanted.split(separator: "\n") {
      let words = line.split(separator: " ").joined(separator: " ")
      #expect(text.split(separator: "\n").contains { $0.split(separator: " ").joined(separator: " ") == words }, "\(line)\n\(text)")
    }
    #expect(text.contains("failed: no memory") && text.contains("2 runs are left: `sweep resume` goes on"))
    #expect(text.contains("the best: run 8 (lr=0.1)"))
  }

  @Test("Whatever the terminal's size, the live table fits it", arguments: [20, 40, 60, 80, 200], [1, 2, 3, 5, 24])
  func live(width: Int, rows: Int) {
    var progress = SweepProgress(recipe)
    progress.note([:])
    progress.note(sweep.outcomes)
    progress.running = [4: SweepProgress.Standing(epoch: 3, epochs: 30, values: [NamedValue(name: "val_accuracy", value: 0.25)])]
    let lines = SweepTable.lines(of: progress, seconds: 2, width: width, rows: rows, .unicode)
    #expect(lines.count <= rows && lines.allSatisfy { $0.cellWidth <= width })
    #expect(lines[0].plain.hasPrefix("sweep  4 of 6 runs"))
    if rows > 2, width >= 60 { #expect(lines[2].plain.contains("lr=0.001 seed=0") && lines[2].plain.contains("3/30")) }
  }

  @Test("The live table is drawn over itself and goes when the sweep is over; where nothing is shown, nothing is written")
  func view() {
    for isShown in [true, false] {
      var written = ""
      let view = SweepView(isShown: isShown, color: false, repertoire: .ascii, size: { (60, 10) }) { written += $0 }
      var progress = SweepProgress(recipe)
      progress.note([:])
      view.show(progress)
      #expect(written.isEmpty != isShown)
      progress.isOver = true
      view.show(progress)
      #expect(isShown ? written.hasSuffix("\u{1B}[2A\u{1B}[J") : written.isEmpty)
    }
  }

  @Test("After Ctrl-Z and fg the table begins anew below what was written meanwhile")
  func resumed() {
    var (written, pauses) = ("", 0)
    let view = SweepView(isShown: true, color: false, repertoire: .ascii, size: { (60, 10) }, pauses: { pauses }) { written += $0 }
    var progress = SweepProgress(recipe)
    progress.note([:])
    view.show(progress)
    (written, pauses) = ("", 1)
    view.show(progress)
    #expect(!written.isEmpty && !written.contains("\u{1B}[2A"))
  }
}
