/// A plot as a value: what is drawn, neither where nor with what. Shell makes it, Screen draws it.
public struct Plot: Sendable, Equatable {
  /// What stands above all of it; empty for nothing.
  public var title: String
  /// Its panels, small multiples when there are several, in the order of reading.
  public var panels: [Panel]

  /// A plot of some panels.
  public init(title: String = "", panels: [Panel]) {
    self.title = title
    self.panels = panels
  }

  /// A plot of a single panel with curves or points.
  public init(title: String = "", x: Axis = Axis(), y: Axis = Axis(), series: [Series] = []) {
    self.init(title: title, panels: [Panel(x: x, y: y, series: series)])
  }
}

extension Plot {
  /// One pair of axes and what is drawn between them: a field behind, then curves and points; or pictures in a grid, which have no axes.
  public struct Panel: Sendable, Equatable {
    /// What stands above it; empty for nothing.
    public var title: String
    /// The horizontal axis.
    public var x: Axis
    /// The vertical axis.
    public var y: Axis
    /// Curves and points, in the order of the legend.
    public var series: [Series] = []
    /// What fills the plane behind them.
    public var field: Field?
    /// Words at places of the plane.
    public var notes: [Note] = []
    /// Whether a unit is as long on both axes, as for points in a plane.
    public var hasEqualUnits = false
    /// Pictures in a grid; a panel of pictures holds nothing else.
    public var pictures: [Picture] = []
    /// What the shades or colours of the pictures stand for; nil where nothing is said of them.
    public var shades: Shades?

    /// A panel.
    public init(title: String = "", x: Axis = Axis(), y: Axis = Axis(), series: [Series] = [], field: Field? = nil) {
      self.title = title
      self.x = x
      self.y = y
      self.series = series
      self.field = field
    }
  }

  /// What the shades or colours of pictures stand for.
  public enum Shades: Sendable, Equatable {
    /// Numbers on both sides of 0, as far as `reach`, in colours of their own.
    case around(reach: Float)
    /// The same in the three channels of each pixel: dark is below 0, light above.
    case channels(reach: Float)
    /// From 0, which is black, to a number, which is white.
    case from0(to: Float)
  }

  /// An axis.
  public struct Axis: Sendable, Equatable {
    /// How values lie along an axis.
    public enum Scale: Sendable, Equatable {
      /// In proportion; by their logarithm; by their logarithm where they reach over more than three powers of ten.
      case linear, logarithmic, automatic
    }

    /// What stands beside it.
    public var label: String
    /// How values lie along it; on a logarithmic one those that are not positive are left off.
    public var scale: Scale
    /// Its ends; nil to fit the data.
    public var range: ClosedRange<Double>?
    /// Names at places, instead of numbers.
    public var names: [Name] = []

    /// A name at a place.
    public struct Name: Sendable, Equatable {
      /// The place.
      public var place: Double
      /// The name.
      public var text: String
      /// A name at a place.
      public init(_ place: Double, _ text: String) {
        self.place = place
        self.text = text
      }
    }

    /// An axis.
    public init(_ label: String = "", scale: Scale = .linear, range: ClosedRange<Double>? = nil) {
      self.label = label
      self.scale = scale
      self.range = range
    }
  }

  /// One curve or one cloud of points.
  public struct Series: Sendable, Equatable {
    /// How the points are shown.
    public enum Look: Sendable, Equatable {
      /// Joined by a line; joined by a dashed line; each by a mark; both.
      case line, dashed, points, linePoints
    }

    /// The name in the legend; empty for none.
    public var name: String
    /// The points in order; one that is not finite leaves a gap.
    public var x, y: [Double]
    /// How they are shown.
    public var look: Look
    /// The number of its colour and mark, where that is not its place in the list: of a class, or of the curve that it belongs to.
    public var group: Int?

    /// A series.
    public init(_ name: String, x: [Double], y: [Double], look: Look = .line, group: Int? = nil) {
      self.name = name
      self.x = x
      self.y = y
      self.look = look
      self.group = group
    }
  }

  /// Values over a rectangle of the plane.
  public struct Field: Sendable, Equatable {
    /// What the values are.
    public enum Meaning: Sendable, Equatable {
      /// Numbers, from the lowest to the highest in one direction.
      case numbers
      /// Numbers on both sides of a middle, which has a colour of its own.
      case around(Double)
      /// The number of a class in a list of names.
      case classes([String])
    }

    /// What the values are called.
    public var name: String
    /// The rectangle; values stand at the middles of its cells.
    public var x, y: ClosedRange<Double>
    /// How many values there are from left to right, and from bottom to top.
    public var columns, rows: Int
    /// The values, row by row from the bottom.
    public var values: [Float]
    /// What they are.
    public var meaning: Meaning
    /// The values whose lines of equal height are drawn.
    public var levels: [Double] = []
    /// The ends of the scale of colours; nil to fit the values.
    public var range: ClosedRange<Double>?

    /// A field.
    public init(
      _ name: String, x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, rows: Int, values: [Float], meaning: Meaning = .numbers
    ) {
      self.name = name
      self.x = x
      self.y = y
      self.columns = columns
      self.rows = rows
      self.values = values
      self.meaning = meaning
    }
  }

  /// A word at a place of the plane.
  public struct Note: Sendable, Equatable {
    /// The place.
    public var x, y: Double
    /// What stands there.
    public var text: String
    /// Whether it stands in the middle of a cell of the field, rather than beside the place.
    public var isCentred: Bool
    /// A word at a place.
    public init(x: Double, y: Double, _ text: String, isCentred: Bool = false) {
      self.x = x
      self.y = y
      self.text = text
      self.isCentred = isCentred
    }
  }

  /// A picture of a grid: a sample, a filter, a map of features.
  public struct Picture: Sendable, Equatable {
    /// Its pixels from left to right, and from top to bottom.
    public var width, height: Int
    /// Numbers a pixel: 1 for grey, 3 for red, green and blue.
    public var channels: Int
    /// The numbers, row by row from the top, from 0 (dark) to 1, or on both sides of 0.
    public var values: [Float]
    /// The ends of numbers on both sides of 0, which has a colour of its own: from -reach to reach; nil for shades from 0 to 1.
    public var reach: Float?
    /// What stands under it; empty for nothing.
    public var caption: String

    /// A picture.
    public init(width: Int, height: Int, channels: Int, values: [Float], caption: String = "", reach: Float? = nil) {
      self.width = width
      self.height = height
      self.channels = channels
      self.values = values
      self.caption = caption
      self.reach = reach
    }
  }
}
