import Foundation

/// A number with three significant digits, for titles: `0.0123`, `-1.5`, `2.3e-07`.
public func shortNumber(_ value: Double) -> String { String(format: "%.3g", value == 0 ? 0 : value) }
