/// A drawing in units of its own, y upwards; `PictureScript` turns it into commands of gnuplot.
struct Picture: Equatable {
  /// A place.
  struct Point: Equatable {
    var x, y: Double
  }

  /// What is drawn over what, the lowest first.
  enum Level: String {
    case behind, back, front
  }

  /// A line, straight from point to point.
  struct Line: Equatable {
    var points: [Point]
    var colour: String
    var width = 1.0
    var hasArrow = false
    var level = Level.back
  }

  /// A filled figure.
  struct Figure: Equatable {
    /// What it is.
    enum Outline: Equatable {
      case circle(Point, radius: Double)
      case polygon([Point])
    }
    var outline: Outline
    var fill: String
    var border: String
    var width = 1.0
    var level = Level.front
  }

  /// A line of text, centred on its place.
  struct Text: Equatable {
    var text: String
    var at: Point
    /// The height of its letters' body in units.
    var size: Double
    var colour: String
    var isBold = false
    var isUpright = false
    var alignment = Alignment.centre
  }

  var lines: [Line] = []
  var figures: [Figure] = []
  var texts: [Text] = []
  /// The corners of what is shown.
  var low = Point(x: 0, y: 0)
  var high = Point(x: 1, y: 1)

  var width: Double { high.x - low.x }
  var height: Double { high.y - low.y }

  mutating func rectangle(
    _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, fill: String, border: String, width: Double = 1, level: Level = .front
  ) {
    let corners = [
      Point(x: x.lowerBound, y: y.lowerBound), Point(x: x.upperBound, y: y.lowerBound), Point(x: x.upperBound, y: y.upperBound),
      Point(x: x.lowerBound, y: y.upperBound),
    ]
    figures.append(Figure(outline: .polygon(corners), fill: fill, border: border, width: width, level: level))
  }
}
