import Shell
import Testing

@MainActor @Suite("Joins, presets and freezing") struct GraphCommandTests {
  @Test("A residual block shows what each layer is connected to")
  func residual() throws {
    let shell = TestShell()
    try shell.run("input 8x8x1; layer conv2d 4 3x3 padding=same; layer conv2d 4 3x3 padding=same; layer add conv2d")
    let text = shell.text("summary")
    for part in ["Model: \"functional\"", "input_layer", "Connected to", "conv2d_1[0][0]"] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
    #expect(shell.text("summary style=short").hasPrefix("conv2d (Conv2D)"))
  }

  @Test("A layer may read an earlier one, and two paths meet")
  func paths() throws {
    let shell = TestShell()
    try shell.run("input 8; layer dense 4 name=left; layer dense 4 from=input name=right; layer add left")
    #expect(shell.text("summary").contains("left[0][0]"))
    #expect(throws: Complaint.self) { try shell.run("layer dense 2 from=nobody") }
  }

  nonisolated static let mistakes: [(String, String)] = [
    ("layer add dense 8", "layer dense 8"), ("layer add dense", "layer dense"), ("input 64; layer conv2d 8 3x3", "layer reshape 8x8x1"),
    ("input 2; layer dense 2; layer add dens", "did you mean `dense`?"),
    ("input 2; layer dense 2; layer dense 2; layer add dense; layer remove dense", "layer remove add"),
    ("input 2x2x1; layer conv2d 8 3x3", "padding=same"), ("freeze dense", "there are no layers yet"),
  ]

  @Test("Mistakes are answered with what would be right", arguments: mistakes.indices)
  func answers(index: Int) {
    let (line, hint) = Self.mistakes[index]
    let complaint = #expect(throws: Complaint.self) { try TestShell().run(line) }
    #expect(complaint?.hint.contains(hint) == true, "\(String(describing: complaint))")
  }

  @Test("A preset costs no weights and is taken back by undo")
  func presets() throws {
    let shell = TestShell()
    try shell.run("input 2; layer dense 3; preset vgg16")
    #expect(shell.text("summary").contains("138,357,544"))
    #expect(shell.text("undo").contains("undone: preset vgg16"))
    #expect(shell.text("summary").contains("Total params: 9"))
  }

  @Test("Freezing moves parameters to the other count")
  func freezing() throws {
    let shell = TestShell()
    try shell.run("preset xor")
    #expect(shell.text("freeze dense").contains("5 of 17 parameters trainable"))
    #expect(shell.text("summary").contains("Non-trainable params: 12"))
    #expect(shell.text("unfreeze 1").contains("17 of 17 parameters trainable"))
  }
}
