import Foundation
import Shell
import Testing

@testable import Screen

private let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
private let hasGnuplot = (try? GnuplotSession.program(path: path)) != nil

/// The scripts that plots become, one golden file a look. `RECORD_PLOTS=1` writes them anew, and fails.
@Suite("Scripts of plots", .timeLimit(.minutes(1)))
struct PlotScriptTests {
  /// A plot of every look, small enough to be read as a script.
  static let plots: [(name: String, plot: Plot)] = {
    let epochs = (1...6).map(Double.init)
    var curves = Plot(title: "moons 2-8-1", x: .init("epoch"), y: .init("loss", scale: .automatic))
    curves.panels[0].series = [
      .init("loss", x: epochs, y: [0.9, 0.5, .nan, 0.2, 0.1, 0.05], group: 0),
      .init("val_loss", x: epochs, y: [1, 0.7, 0.5, 0.4, 0.35, 0.3], look: .dashed, group: 1),
    ]
    let points: [Plot.Series] = [
      .init("class 0", x: [0.2, 0.4], y: [0.8, 0.3], look: .points, group: 0),
      .init("class 1", x: [0.7, 0.9], y: [0.4, 0.6], look: .points, group: 1),
    ]
    func field(_ name: String, _ meaning: Plot.Field.Meaning, _ values: [Float]) -> Plot.Field {
      Plot.Field(name, x: 0...1, y: 0...1, columns: 3, rows: 2, values: values, meaning: meaning)
    }
    var probability = Plot.Panel(x: .init("x1"), y: .init("x2"), series: points)
    probability.field = field("probability of class 1", .around(0.5), [0, 0.4, 0.8, 0.2, 0.6, 1])
    probability.field?.levels = [0.5]
    probability.field?.range = 0...1
    let regions = Plot.Panel(
      x: .init("x1"), y: .init("x2"), series: points, field: field("", .classes(["a", "b", "c"]), [0, 1, 2, 0, 1, 1]))
    var surface = Plot.Panel(
      x: .init("dense.kernel[0,0]"), y: .init("dense.bias[0]"),
      series: [.init("path of the training", x: [0.1, 0.5, 0.6], y: [0.9, 0.6, 0.5], look: .linePoints, group: 1)],
      field: field("loss", .numbers, [3, 2, 1, 2, 1, 0.5]))
    surface.field?.levels = [1.5]
    surface.notes = [Plot.Note(x: 0.1, y: 0.9, "start")]
    let units = (0..<3).map { Plot.Panel(title: "unit \($0)", field: field("", .around(0), [-1, 0, 1, 0, 0.5, Float($0)])) }
    var layers = Plot.Panel(title: "gradient by layer", y: .init("gradient", scale: .logarithmic))
    layers.series = [.init("", x: [1, 2, 3], y: [1e-6, 1e-3, 0.1], look: .linePoints)]
    layers.x.names = [.init(1, "dense"), .init(2, "dense_1"), .init(3, "it's \"mine\"")]
    let find = Plot(
      title: "range test", x: .init("learning rate", scale: .logarithmic), y: .init("loss"),
      series: [.init("loss", x: [1e-6, 1e-3, 1], y: [1, 0.5, 3]), .init("suggested: 1e-4", x: [1e-4], y: [0.7], look: .points)])
    var grid = Plot.Panel(title: "digits")
    grid.pictures = (0..<3).map {
      Plot.Picture(width: 2, height: 2, channels: 1, values: [0, 0.25, 0.5, 1], caption: "\($0)")
    }
    var weights = Plot.Panel(x: .init("unit"), y: .init("input"), field: field("weight", .around(0), [-2, 0, 1, 0.5, 0, -1]))
    weights.x.names = (0..<3).map { .init(Double($0) / 3 + 1 / 6, "\($0)") }
    weights.y.names = [.init(0.75, "petal_length"), .init(0.25, "it's")]
    var confusion = Plot.Panel(x: .init("predicted"), y: .init("true"))
    confusion.field = Plot.Field(
      "share of the true class", x: -0.5...1.5, y: -0.5...1.5, columns: 2, rows: 2, values: [0.25, 0.75, 1, 0])
    confusion.field?.range = 0...1
    confusion.x.names = [.init(0, "cat"), .init(1, "dog")]
    confusion.y.names = [.init(1, "cat"), .init(0, "dog")]
    confusion.notes = [(0, 1, "9"), (1, 1, "0"), (0, 0, "1"), (1, 0, "3")].map { Plot.Note(x: $0, y: $1, $2, isCentred: true) }
    var features = Plot.Panel()
    features.pictures = [
      Plot.Picture(width: 4, height: 3, channels: 3, values: (0..<36).map { Float($0) / 36 }, caption: "sample 3: `cat`"),
      Plot.Picture(width: 2, height: 2, channels: 1, values: [-1, 0, 0.5, .nan], caption: "0", reach: 1),
    ]
    return [
      ("weights", Plot(title: "dense", panels: [weights])), ("confusion", Plot(title: "confusion", panels: [confusion])),
      ("features", Plot(title: "conv2d", panels: [features])),
      ("curves", curves), ("probability", Plot(title: "moons", panels: [probability])), ("regions", Plot(panels: [regions])),
      ("surface", Plot(panels: [surface])), ("units", Plot(title: "dense: what each unit sees", panels: units)),
      ("layers", Plot(panels: [layers])), ("find", find), ("pictures", Plot(panels: [grid])),
    ]
  }()

  @Test("A script is the one that was looked at", arguments: plots.map(\.name))
  func golden(name: String) throws {
    let plot = try #require(Self.plots.first { $0.name == name }).plot.drawable(points: 1000)
    let script = PlotScript.commands(plot, terminal: "svg", target: .file("plot.svg"), output: "plot.svg")
    if ProcessInfo.processInfo.environment["RECORD_PLOTS"] != nil {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/plots")
      try script.write(to: folder.appendingPathComponent("\(name).gnuplot"), atomically: true, encoding: .utf8)
      Issue.record("\(name) is recorded: look at it, and run without RECORD_PLOTS")
      return
    }
    let url = try #require(Bundle.module.url(forResource: "Golden/plots/\(name)", withExtension: "gnuplot"))
    #expect(script == (try String(contentsOf: url, encoding: .utf8)))
  }

  @Test("gnuplot accepts every script, for every kind of file", .enabled(if: hasGnuplot), arguments: plots.map(\.name))
  func accepted(name: String) throws {
    let plot = try #require(Self.plots.first { $0.name == name }).plot
    let session = try GnuplotSession(path: path)
    for kind in ["png", "svg", "pdf"] {
      let file = "\(PlotTests.folder)/script-\(name).\(kind)"
      try session.draw(plot, to: .file(file))
      let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
      #expect(try #require(size) > 1000)
    }
  }

  @Test(
    "Characters show every look within their room", .enabled(if: hasGnuplot),
    arguments: plots.map(\.name), [(79, 22), (119, 38)])
  func characters(name: String, room: (columns: Int, rows: Int)) throws {
    let plot = try #require(Self.plots.first { $0.name == name }).plot
    let session = try GnuplotSession(path: path)
    for inColour in [false, true] {
      let text = try session.draw(plot, to: .characters(columns: room.columns, rows: room.rows, inColour: inColour))
      let lines = text.split(separator: "\n")
      #expect(lines.allSatisfy { $0.cellWidth <= room.columns })
      #expect(plot.panels.count > 1 || lines.count <= room.rows + 1)
      for series in plot.panels[0].series where !series.name.isEmpty { #expect(text.withoutEscapes.contains(series.name)) }
      #expect(text.contains("\u{1B}") == inColour)
    }
  }

  @Test("In colours each curve is drawn with a character of its own too", .enabled(if: hasGnuplot))
  func lines() throws {
    let series = (0..<7).map { Plot.Series("s\($0)", x: [0, 1], y: [Double($0 + 1), Double($0 + 1)]) }
    let plot = Plot(y: .init(range: 0...8), series: series)
    let text = try GnuplotSession(path: path).draw(plot, to: .characters(columns: 60, rows: 24, inColour: true))
    for line in PlotColours.lines { #expect(text.withoutEscapes.contains(String(repeating: line, count: 20))) }
  }

  @Test("Curves that dashes tell apart have characters of their own", .enabled(if: hasGnuplot), arguments: [false, true])
  func runs(inColour: Bool) throws {
    let plot = Plot(
      x: .init("epoch"), y: .init("loss"),
      series: (0..<4).map { index in
        Plot.Series(
          "curve \(index)", x: [1, 2, 3], y: [3, 2, 1].map { $0 + Double(index) }, look: index % 2 == 0 ? .line : .dashed, group: index / 2)
      })
    let text = try GnuplotSession(path: ProcessInfo.processInfo.environment["PATH"] ?? "").draw(
      plot, to: .characters(columns: 78, rows: 22, inColour: inColour))
    for letter in ["****", "####", "$$$$", "%%%%"] { #expect(text.withoutEscapes.contains(letter), "\(letter) in\n\(text)") }
  }

  @Test("A class has a letter of its own, and its region a fill of its own, without colours")
  func letters() throws {
    let panel = try #require(Self.plots.first { $0.name == "regions" }).plot.panels[0]
    let text = FieldCharacters(panel, columns: 60, rows: 20, inColour: false).text
    for letter in ["o", "x", ".", ":"] { #expect(text.contains(letter)) }
    #expect(text.contains("o class 0   x class 1"))
  }

  @Test("Lines of equal height lie where the field passes the level")
  func contours() {
    // z = x over a plane: the line of 0.5 stands upright at 0.5.
    var field = Plot.Field("", x: 0...1, y: 0...1, columns: 10, rows: 4, values: (0..<40).map { (Float($0 % 10) + 0.5) / 10 })
    field.levels = [0.5]
    let paths = Contours.paths(of: field)
    #expect(paths.count == 3)
    for point in paths.flatMap(\.points) { #expect(abs(point.x - 0.5) < 1e-6) }
    field.values = field.values.map { _ in .nan }
    #expect(Contours.paths(of: field).isEmpty)
  }

  @Test("Ticks are round and no more than wanted", arguments: [0.0...1.0, -3.2...3.1, 0.001...0.0042, 0...123456])
  func ticks(range: ClosedRange<Double>) {
    let ticks = Ticks(range, atMost: 6)
    #expect((2...7).contains(ticks.places.count))
    for place in ticks.places {
      #expect(range.contains(place) || abs(place - range.lowerBound) < 1e-9)
      #expect(ticks.text(place).count <= 6)
      #expect(abs((Double(ticks.text(place)) ?? .nan) - place) < 1e-9)
    }
  }

  @Test("Panels stand in as square a grid as their room")
  func grid() {
    #expect(PanelGrid(1, aspect: 1.5) == PanelGrid(1, aspect: 3))
    let twelve = PanelGrid(12, aspect: 1.5)
    #expect((twelve.columns, twelve.rows) == (4, 3))
    #expect(PanelGrid(5, aspect: 2, mostColumns: 2).columns <= 2)
  }
}
