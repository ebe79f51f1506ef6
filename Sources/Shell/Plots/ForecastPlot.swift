import Language
import Study

/// `plot forecast`: how many cards come due on each of the next days.
enum ForecastPlot {
  static let kind = Declaration<PlotRecipe>(
    "forecast", "How many cards come due on each of the next 30 days.", examples: ["plot forecast"],
    notes: "Cards that wait already count for today; new cards are in no day."
  ) {
    PlotRecipe("forecast") { session, surroundings in
      session.openBuiltInDecks(surroundings.files)
      let forecast = try session.statistics(surroundings).forecast
      // Each day is a step as wide as a day, so that the area is the number of cards.
      let x = forecast.indices.flatMap { [Double($0), Double($0 + 1)] }
      let y = forecast.flatMap { [Double($0), Double($0)] }
      let total = forecast.reduce(0, +)
      return Plot(
        title: "\(grouped(total)) \(total == 1 ? "card" : "cards") due in \(forecast.count) days",
        x: .init("days from now", range: 0...Double(forecast.count)), y: .init("cards", range: 0...Double(max(1, forecast.max() ?? 1))),
        series: [Plot.Series("", x: x, y: y)])
    }
  }
}
