/// A plot: what is drawn, and where it was written.
public struct PlotFacts: Facts {
  /// What kind of plot it is: `loss`, `boundary`.
  public let kind: String
  /// What is drawn.
  public let plot: Plot
  /// The picture that was written; nil when the plot is to be shown.
  public let file: String?
  /// `auto`, `window`, `inline`, `ascii` or `off`.
  public let style: String
  /// What is to be said besides, a sentence each, without full stops.
  public var remarks: [String] = []
  /// The number that the plot suggests, where it does.
  public var suggestion: Double?
  /// How many lines of a terminal it may take; nil for what reads best.
  public var rows: Int?

  /// Kind, file and series; the fields where there are some. Where there are several panels, each names its own.
  public var json: [(String, JSONValue)] {
    var series: [JSONValue] = []
    var fields: [JSONValue] = []
    var pictures: [JSONValue] = []
    for panel in plot.panels {
      let place: [(String, JSONValue)] = plot.panels.count > 1 ? [("panel", .string(panel.title))] : []
      // What the legend need not name has the name of what stands above or beside it.
      let name = panel.title.isEmpty ? panel.y.label : panel.title
      series += panel.series.map {
        .object([("name", .string($0.name.isEmpty ? name : $0.name)), ("x", .numbers($0.x)), ("y", .numbers($0.y))] + place)
      }
      fields += panel.field.map { [.object($0.members(named: $0.name.isEmpty ? name : $0.name) + place)] } ?? []
      pictures += panel.pictures.map { .object($0.members + place) }
    }
    var members: [(String, JSONValue)] = [("kind", .string(kind)), ("file", .optional(file)), ("series", .array(series))]
    if !fields.isEmpty { members.append(("fields", .array(fields))) }
    if !pictures.isEmpty { members.append(("pictures", .array(pictures))) }
    if let suggestion { members.append(("suggestion", .number(suggestion))) }
    return members
  }
}

extension Plot.Field {
  /// The name, the rectangle, and the rows of values from the bottom.
  fileprivate func members(named name: String) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [
      ("name", .string(name)), ("x", .numbers([x.lowerBound, x.upperBound])), ("y", .numbers([y.lowerBound, y.upperBound])),
      ("values", .nested(values[...], shape: [rows, columns])),
    ]
    if case .classes(let names) = meaning { members.append(("classes", .strings(names))) }
    return members
  }
}

extension Plot.Picture {
  /// The caption, and the values as height x width x channels.
  fileprivate var members: [(String, JSONValue)] {
    [("caption", .string(caption)), ("values", .nested(values[...], shape: [height, width, channels]))]
  }
}
