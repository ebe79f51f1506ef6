import Engine
import Language

/// What a unit gives over the plane of a network's two inputs: as many values across as upwards, row by row from the bottom.
public struct UnitView: Sendable, Equatable {
  /// How many values there are across, and upwards.
  public let side: Int
  /// The values.
  public let values: [Float]

  /// A view of the given values.
  public init(side: Int, values: [Float]) {
    precondition(values.count == side * side, "\(values.count) values in a square of \(side)")
    self.side = side
    self.values = values
  }
}

extension DrawingFacts {
  /// How many values a view has across.
  private static let side = 14
  /// Deeper networks are drawn too small for views.
  private static let mostLayers = 12

  /// The same drawing with what each unit sees, where two inputs span a plane and there are weights.
  @MainActor func withViews(of session: Session) throws -> DrawingFacts {
    let network = session.model.network
    guard let parameters = session.model.state?.parameters, network.layers.count <= DrawingFacts.mostLayers,
      layers.first?.shape == [2], let plane = try? Plane(session, for: "draw", columns: DrawingFacts.side, rows: DrawingFacts.side)
    else { return self }
    var seen = self
    var hidden = network
    while let last = hidden.layers.last {
      let place = hidden.layers.count
      if layers[place].isFlat, let units = layers[place].units, last.layer is any ActivatedLayer {
        let outputs = try plane.outputs(of: hidden, parameters)
        for unit in layers[place].shownUnits {
          let values = stride(from: unit, to: outputs.count, by: units).map { outputs.values[$0] }
          seen.layers[place].views[unit] = UnitView(side: DrawingFacts.side, values: values)
        }
      }
      try hidden.remove(.number(place))
    }
    return seen
  }
}
