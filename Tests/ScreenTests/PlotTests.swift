import Foundation
import Testing

@testable import Screen
@testable import Shell

private let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
private let hasGnuplot = (try? GnuplotSession.program(path: path)) != nil

@Suite("Plots", .enabled(if: hasGnuplot), .timeLimit(.minutes(5)))
struct PlotTests {
  /// A loss that falls, and its validation twin.
  static let loss: Plot = {
    let epochs = (1...60).map(Double.init)
    return Plot(
      title: "loss of run 1", x: .init("epoch"), y: .init("loss"),
      series: [
        .init("loss", x: epochs, y: epochs.map { 0.7 * exp(-$0 / 12) + 0.02 }),
        .init("val_loss", x: epochs, y: epochs.map { 0.7 * exp(-$0 / 14) + 0.07 + 0.02 * sin($0) }, look: .dashed),
      ])
  }()

  static let folder: String = {
    if let named = ProcessInfo.processInfo.environment["SCREEN_TEST_OUTPUT"] { return named }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("screen-tests-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }()

  @Test("The numbers along a low plot of characters are evenly apart, one a row", arguments: [12, 14, 16, 18, 22], [1.9, 2.3, 0.9, 14.0])
  func numbers(rows: Int, high: Double) throws {
    let epochs = (1...30).map(Double.init)
    let plot = Plot(
      title: "t", x: .init("epoch"), y: .init("loss"), series: [.init("loss", x: epochs, y: epochs.map { high / $0 + 0.3 })])
    let text = try GnuplotSession(path: path).draw(plot, to: .characters(columns: 88, rows: rows, inColour: false))
    let numbers = text.split(separator: "\n").compactMap { line -> Double? in
      let head = line.prefix { $0 != "|" && $0 != "+" }
      return head.count < line.count && head.count < 12 ? Double(head.trimmingCharacters(in: .whitespaces)) : nil
    }
    let steps = zip(numbers, numbers.dropFirst()).map { $0 - $1 }
    #expect(numbers.count >= 3, "\(text)")
    #expect(steps.allSatisfy { abs($0 - steps[0]) < 1e-9 && $0 > 0 }, "\(text)")
  }

  @Test("Characters hold the title, the labels and the legend", arguments: [false, true])
  func characters(inColour: Bool) throws {
    let text = try GnuplotSession(path: path).draw(Self.loss, to: .characters(columns: 78, rows: 22, inColour: inColour))
    for word in ["loss of run 1", "epoch", "val_loss"] { #expect(text.withoutEscapes.contains(word)) }
    #expect(text.contains("\u{1B}") == inColour)
    #expect(text.split(separator: "\n").allSatisfy { $0.cellWidth <= 78 })
    if let folder = ProcessInfo.processInfo.environment["SCREEN_TEST_OUTPUT"] {
      try text.write(toFile: "\(folder)/dumb-\(inColour).txt", atomically: true, encoding: .utf8)
    }
  }

  @Test(
    "A file is a whole picture of its kind",
    arguments: [("png", [0x89, 0x50, 0x4E, 0x47]), ("svg", [0x3C, 0x3F]), ("pdf", [0x25, 0x50])])
  func files(kind: String, magic: [UInt8]) throws {
    let folder = "\(Self.folder)/\(kind)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = "\(folder)/loss.\(kind)"
    try? FileManager.default.removeItem(atPath: file)
    #expect(try GnuplotSession(path: path).draw(Self.loss, to: .file(file)).isEmpty)
    let data = try #require(FileManager.default.contents(atPath: file))
    #expect(Array(data.prefix(magic.count)) == magic)
    let end = String(decoding: data.suffix(16), as: UTF8.self)
    #expect(kind == "svg" ? end.contains("</svg>") : kind == "pdf" ? end.contains("%%EOF") : end.contains("IEND"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["loss.\(kind)"])
  }

  @Test(
    "A picture among the text makes room for itself and leaves the cursor below",
    arguments: [InlineDisplay.Form.kitty, .kittyInTmux, .iterm, .sixel])
  func inline(form: InlineDisplay.Form) throws {
    let room = InlineRoom(display: InlineDisplay(form, cellWidth: 10, cellHeight: 20), columns: 60, rows: 19)
    let text = try GnuplotSession(path: path).draw(Self.loss, to: .inline(room))
    #expect(text.hasPrefix(String(repeating: "\u{1B}D", count: 19) + "\u{1B}[19A\u{1B}7") && text.hasSuffix("\u{1B}8\u{1B}[19B\r"))
    let start = [
      InlineDisplay.Form.kitty: "\u{1B}_Ga=T", .kittyInTmux: "\u{1B}Ptmux;\u{1B}\u{1B}_Ga=T,U=1", .iterm: "\u{1B}]1337;File=inline=1;",
      .sixel: "\u{1B}P",
    ]
    #expect(text.contains(try #require(start[form])))
    #expect(text.contains("\u{10EEEE}") == (form == .kittyInTmux))
  }

  @Test(
    "No title, label or name of a user is a command",
    arguments: [
      "\"; system('touch /tmp/gradus-hostile'); print \"", "'; !touch /tmp/gradus-hostile; '", "`touch /tmp/gradus-hostile`", "@GPVAL_PWD",
      "a\nset output\nplot x", "back\\slash \\\" end\\", "{/Symbol a}_b^c", "%d %s", " ", "été 日本 \u{1B}[2J",
      "$(touch /tmp/gradus-hostile)",
    ])
  func hostileText(text: String) throws {
    try? FileManager.default.removeItem(atPath: "/tmp/gradus-hostile")
    let plot = Plot(title: text, x: .init(text), y: .init(text), series: [.init(text, x: [0, 1, 2], y: [0, 1, 4])])
    let session = try GnuplotSession(path: path)
    let drawing = try session.draw(plot, to: .characters(columns: 160, rows: 24, inColour: false))
    #expect(!FileManager.default.fileExists(atPath: "/tmp/gradus-hostile"))
    #expect(!drawing.contains("\u{1B}"))
    #expect(drawing.contains(sanitized(text)), "the title stands in the drawing as it was written")
    // Whatever came before, the next plot is as good as the first.
    #expect(try session.draw(Self.loss, to: .characters(columns: 70, rows: 20, inColour: false)).contains("loss of run 1"))
  }

  @Test("Hostile names of files are names of files")
  func hostileFile() throws {
    let file = "\(Self.folder)/a'b\"c `x` $HOME @d\\.png"
    try GnuplotSession(path: path).draw(Self.loss, to: .file(file))
    #expect(FileManager.default.fileExists(atPath: file))
    try FileManager.default.removeItem(atPath: file)
  }

  @Test("What is no number, and what a logarithm has no place for, is left off")
  func droppedValues() throws {
    let session = try GnuplotSession(path: path)
    let target = PlotTarget.characters(columns: 60, rows: 16, inColour: false)
    var plot = Plot(title: "t", series: [.init("s", x: [0, 1, 2, .nan, 4], y: [1, .nan, .infinity, 3, 2])])
    #expect(try plot.drawable(points: 100).panels[0].series[0].y.map(\.isFinite) == [true, false, false, false, true])
    #expect(try plot.drawable(points: 100).panels[0].series[0].look == .linePoints, "a point between gaps has no line to show it")
    #expect(try session.draw(plot, to: target).contains("t"))
    plot.panels[0].x.scale = .logarithmic
    #expect(try plot.drawable(points: 100).panels[0].series[0].x == [4])
    #expect(try session.draw(plot, to: target).contains("t"))
    plot.panels[0].series = [.init("s", x: [1], y: [.nan])]
    #expect(throws: PlotError.nothingToDraw) { try session.draw(plot, to: target) }
  }

  @Test("Small panels keep to the rows of a terminal, and every one of them shows its curve", arguments: [2, 3, 5, 8, 11])
  func fitted(count: Int) throws {
    var panel = Self.loss.panels[0]
    panel.title = "a name   y = a formula that is longer than its panel is wide"
    let plot = Plot(title: "all of them", panels: Array(repeating: panel, count: count))
    for (columns, rows) in [(79, 23), (119, 39)] {
      let text = try GnuplotSession(path: path).draw(
        plot, to: .characters(columns: columns, rows: rows, inColour: false), isFitted: true)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(lines.count <= rows && lines.allSatisfy { $0.cellWidth <= columns }, "\(lines.count) lines")
      #expect(text.components(separatedBy: "a name").count - 1 == count)
      #expect(lines.count { $0.contains("##") } >= 3)
    }
  }

  @Test("Points on the edge of the data are seen")
  func edges() throws {
    let plot = Plot(x: .init("a"), y: .init("b"), series: [.init("", x: [1, 3, 1, 3, 2], y: [0, 0, 1, 1, 0.5], look: .points)])
    let text = try GnuplotSession(path: path).draw(plot, to: .characters(columns: 60, rows: 16, inColour: false))
    #expect(text.count { $0 == "o" } == 5, "\(text)")
  }

  @Test("A single value has room on both sides, and numbers beside it")
  func single() throws {
    let plot = Plot(x: .init("epoch"), y: .init("loss"), series: [.init("loss", x: [1], y: [0.3])])
    var logarithmic = plot
    logarithmic.panels[0].y.scale = .logarithmic
    let session = try GnuplotSession(path: path)
    for (plot, numbers) in [(plot, ["0", "1", "2"]), (logarithmic, ["1e-01", "1e+00"])] {
      let text = try session.draw(plot, to: .characters(columns: 60, rows: 16, inColour: false))
      let words = Set(text.split(whereSeparator: { " \n".contains($0) }).map(String.init))
      #expect(words.isSuperset(of: numbers) && !words.contains("0.8"), "\(text)")
    }
  }

  @Test("What cannot be drawn or written is said, and nothing is left behind")
  func errors() throws {
    let session = try GnuplotSession(path: path)
    #expect(throws: PlotError.unknownKindOfFile("a.jpeg2")) { try session.draw(Self.loss, to: .file("a.jpeg2")) }
    #expect(throws: PlotError.unknownKindOfFile("png")) { try session.draw(Self.loss, to: .file("png")) }
    #expect { try session.draw(Self.loss, to: .file("/no/such/folder/a.png")) } throws: {
      ($0 as? PlotError)?.what.contains("no folder") == true
    }
    #expect { try session.draw(Self.loss, to: .file("/proc/a.png")) } throws: { ($0 as? PlotError)?.what.contains("cannot write") == true }
    if !session.terminals.contains("qt"), !session.terminals.contains("wxt"), !session.terminals.contains("x11") {
      #expect(throws: PlotError.lacksTerminal(["qt", "wxt", "x11"])) { try session.draw(Self.loss, to: .window) }
    }
  }

  @Test("Without gnuplot there is one clear error", arguments: ["", "/no/such/folder", "/tmp"])
  func missing(path: String) { #expect(throws: PlotError.noGnuplot) { _ = try GnuplotSession(path: path) } }

  @Test("A gnuplot that is killed is one clear error, now and later")
  func killed() throws {
    let session = try GnuplotSession(path: path)
    let target = PlotTarget.characters(columns: 60, rows: 16, inColour: false)
    try session.draw(Self.loss, to: target)
    kill(session.processIdentifier, SIGKILL)
    #expect(throws: PlotError.gnuplotDied) { try session.draw(Self.loss, to: target) }
    #expect(throws: PlotError.gnuplotDied) { try session.draw(Self.loss, to: target) }
    var live = LivePlot(session: session, target: target)
    #expect(live.draw(Self.loss).isEmpty && live.failure == .gnuplotDied)
    #expect(live.draw(Self.loss).isEmpty)
  }

  @Test(
    "A gnuplot that is started early draws the first plot; one that was killed is nobody's loss", arguments: [false, true])
  @MainActor func early(isKilled: Bool) async throws {
    let pictures = Pictures(.init(path: path, hasDisplay: false, isTerminal: false, asksInline: { nil }))
    #expect(pictures.gnuplotProcess == nil)
    let warming = pictures.warming
    await withTaskGroup(of: Void.self) { group in for _ in 0..<4 { group.addTask { warming() } } }
    let early = try #require(pictures.gnuplotProcess)
    if isKilled { Self.end(early) }
    let facts = PlotFacts(kind: "loss", plot: Self.loss, file: nil, style: "ascii")
    #expect(try pictures.shown(facts, width: 80, color: false).contains("loss"))
    let drawing = try #require(pictures.gnuplotProcess)
    #expect((drawing == early) != isKilled)
    warming()
    #expect(pictures.gnuplotProcess == drawing)
    Self.end(drawing)
    #expect(try pictures.shown(facts, width: 80, color: false).contains("loss"))
    #expect(pictures.gnuplotProcess != drawing)
  }

  @Test(
    "A gnuplot that drew into a window may end by itself, so that the window stays; another is ended at once", arguments: [true, false])
  func windowsStay(isWindow: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-window-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // It answers as gnuplot does, and leaves a sign when its input ends.
    let script = """
      #!/bin/sh
      while read -r line; do
        case $line in
        *GPVAL_TERMINALS*) echo terminals qt dumb ;;
        "print 'gradus-plot-done"*) echo 'gradus-plot-done 0' ;;
        "set output '"*) file=${line#*\\'}; echo drawn >"${file%\\'*}" ;;
        esac
      done
      touch '\(folder.path)/ended'
      """
    let program = folder.appendingPathComponent("gnuplot")
    try script.write(to: program, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    var session: GnuplotSession? = try GnuplotSession(path: "\(folder.path):\(path)")
    try session?.draw(Self.loss, to: isWindow ? .window : .characters(columns: 60, rows: 16, inColour: false))
    session = nil
    #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("ended").path) == isWindow)
  }

  /// Kills a process, and waits until it is gone.
  private static func end(_ process: Int32) {
    kill(process, SIGKILL)
    var info = siginfo_t()
    waitid(P_PID, id_t(process), &info, WEXITED | WNOWAIT)
  }

  @Test("A live plot goes over the drawing before")
  func live() throws {
    let session = try GnuplotSession(path: path)
    var live = LivePlot(session: session, target: .characters(columns: 60, rows: 16, inColour: false))
    #expect(live.draw(Plot(title: "live")).isEmpty, "nothing to draw yet")
    let drawings = (0..<3).map { _ in live.draw(Self.loss) }
    #expect(live.failure == nil)
    let rows = drawings[0].split(separator: "\n").count - 1
    #expect(!drawings[0].contains("\u{1B}[\(rows)A") && drawings[1].hasPrefix("\u{1B}[\(rows)A"))
  }

  @Test("All drawing together takes no more than a hundredth of the time, whatever a drawing costs", arguments: [0.0001, 0.004, 0.05])
  func budget(cost: Double) {
    var budget = DrawingBudget()
    var (now, spent, drawings) = (0.4, 0.0, 0)
    while now < 60 {
      if budget.allows(at: now) {
        budget.note(cost: cost, at: now)
        now += cost
        spent += cost
        drawings += 1
        // The first comes before anything is known of its cost.
        if drawings > 1 { #expect(spent <= 0.01 * now) }
      }
      now += 0.001
    }
    #expect(drawings > 10 && drawings <= 600)
  }

  @Test("Live curves keep their ends in bounded memory")
  func liveCurves() throws {
    var curves = LiveCurves(["loss"])
    for epoch in 1...30_000 { curves.append(epoch: epoch, [("loss", 1 / Double(epoch)), ("accuracy", 1)]) }
    let series = try #require(curves.panels.first?.series)
    #expect(series.count == 1 && series[0].x.count <= 8192)
    #expect(series[0].x.first == 1 && series[0].x.last == 30_000)
  }

  @Test("Thinning keeps the ends, the lowest, the highest and the order")
  func thinning() {
    let x = (0..<10_000).map(Double.init)
    var y = x.map { sin($0 / 500) }
    y[1234] = 9
    y[4321] = -9
    let (keptX, keptY) = thinned(x: x, y: y, to: 300)
    #expect(keptX.count <= 300 && keptX.count > 200)
    #expect(keptX.first == 0 && keptX.last == 9999 && keptY.contains(9) && keptY.contains(-9))
    #expect(keptX == keptX.sorted())
    #expect(thinned(x: [1, 2], y: [3, 4], to: 300).x == [1, 2])
  }

  @Test("Pictures for the eye", .enabled(if: ProcessInfo.processInfo.environment["SCREEN_TEST_OUTPUT"] != nil))
  func gallery() throws {
    let session = try GnuplotSession(path: path)
    var scatter = Plot(title: "moons", x: .init("x1"), y: .init("x2"))
    for label in 0..<3 {
      let angle = (0..<80).map { Double($0) / 25 }
      scatter.panels[0].series.append(
        .init(
          "class \(label)", x: angle.map { cos($0 + Double(label)) + 0.1 * sin($0 * 77) }, y: angle.map { sin($0 + Double(label)) },
          look: .points))
    }
    scatter.panels[0].hasEqualUnits = true
    try session.draw(scatter, to: .file("\(Self.folder)/scatter.png"))
    let rates = (0..<100).map { pow(10, -6 + Double($0) / 16) }
    let find = Plot(
      title: "find lr", x: .init("learning rate", scale: .logarithmic), y: .init("loss"),
      series: [.init("", x: rates, y: rates.map { 0.7 / (1 + 50 * $0) + $0 * $0 })])
    try session.draw(find, to: .file("\(Self.folder)/find.png"))
    let text =
      try session.draw(scatter, to: .characters(columns: 78, rows: 24, inColour: true))
      + session.draw(find, to: .characters(columns: 78, rows: 20, inColour: false))
    try text.write(toFile: "\(Self.folder)/gallery.txt", atomically: true, encoding: .utf8)
  }
}
