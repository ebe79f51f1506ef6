import Foundation

// How numbers are written in tables, the same in every locale.

/// A size in memory as Keras writes it: two decimals and the largest of B, KB, MB, GB, TB, PB (powers of 1024) that keeps it at 1 or above.
///
/// - Parameter smallest: the name of a single byte: `B` in Keras 3, `Byte` in the Keras of TensorFlow 2.
public func memorySize(_ bytes: Int, smallest: String = "B") -> String {
  var size = Double(bytes)
  for unit in [smallest, "KB", "MB", "GB", "TB"] {
    if size < 1024 { return fixed(size, decimals: 2) + " " + unit }
    size /= 1024
  }
  return fixed(size, decimals: 2) + " PB"
}

/// A number with a fixed count of decimals, rounded as C's `printf` does (exact value, ties to even); `nan`, `inf` and `-inf` where it is none.
public func fixed(_ value: Double, decimals: Int) -> String {
  guard value.isFinite else { return compactNonFinite(value) }
  let text = String(format: "%.\(decimals)f", value)
  // No negative zero, also where the decimals round to it.
  return text.hasPrefix("-") && text.allSatisfy({ "-0.".contains($0) }) ? String(text.dropFirst()) : text
}

/// A number with at most `digits` significant digits and no needless zeros: `0.3121`, `12.5`, `1e-05`.
public func compact(_ value: Double, digits: Int = 4) -> String {
  // No negative zero.
  value.isFinite ? String(format: "%.\(digits)g", value == 0 ? 0 : value) : compactNonFinite(value)
}

private func compactNonFinite(_ value: Double) -> String { value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
