import Testing

@testable import Screen

@Suite("The progress line")
struct ProgressLineTests {
  static let state = ProgressLine.State(
    epoch: 12, epochs: 30, fraction: 0.5, values: [("loss", 0.31214), ("accuracy", 0.912), ("val_loss", 0.33), ("rate", 0.01)],
    remaining: 3.2)

  @Test("It shows epoch, bar, numbers and the time to go")
  func wide() {
    #expect(
      ProgressLine(.plain).line(Self.state, width: 110).plain
        == "epoch 12/30  ━━━━━━━━━───────────────  loss 0.3121  accuracy 0.912  val_loss 0.33  rate 0.01  eta 3 s")
    #expect(
      ProgressLine(.plain, repertoire: .ascii).line(Self.state, width: 110).plain
        == "epoch 12/30  [=========-------------]  loss 0.3121  accuracy 0.912  val_loss 0.33  rate 0.01  eta 3 s")
  }

  @Test("It fits every width", arguments: [1, 12, 20, 30, 40, 60, 79, 80, 81, 100, 200])
  func fits(width: Int) {
    #expect(ProgressLine(.plain).line(Self.state, width: width).cellWidth <= max(width - 1, 10))
  }

  @Test("It is redrawn only after its interval, and cleared or kept at the end")
  func throttling() {
    var line = ProgressLine(.plain, interval: 0.1)
    #expect(line.finish().isEmpty, "nothing was shown, nothing is cleared")
    #expect(line.update(Self.state, width: 80, now: 0).hasPrefix("\repoch 12/30"))
    #expect(line.update(Self.state, width: 80, now: 0.05).isEmpty)
    #expect(!line.update(Self.state, width: 80, now: 0.11).isEmpty)
    #expect(line.finish() == "\r\u{1B}[K")
    #expect(line.finish(Self.state).hasSuffix("\u{1B}[K\n"))
  }

  @Test("Numbers that are none are shown as such")
  func notFinite() {
    let state = ProgressLine.State(epoch: 1, epochs: 2, fraction: 2, values: [("loss", .nan), ("acc", .infinity)], remaining: .infinity)
    #expect(ProgressLine(.plain).line(state, width: 60).plain.contains("loss nan  acc inf  eta ?"))
  }

  @Test(
    "Durations have two units at most",
    arguments: [(0.2, "0 s"), (59.4, "59 s"), (125, "2 min 5 s"), (3840, "1 h 4 min"), (.infinity, "?"), (-1, "0 s")])
  func durations(seconds: Double, text: String) { #expect(ProgressLine.duration(seconds) == text) }
}
