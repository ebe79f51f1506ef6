import Foundation

/// Reads a decimal number from bytes, the same in every locale: `5`, `+3`, `-0.25`, `.5`, `1e-3`, with blanks around it; also `inf`.
///
/// Returns nil for everything else, `0x1A`, `1_000` and `1,5` among it. At most 19 digits count, which is more than a Float holds.
func decimalNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
  var i = 0
  var end = bytes.count
  while i < end, isBlank(bytes[i]) { i += 1 }
  while end > i, isBlank(bytes[end - 1]) { end -= 1 }
  guard i < end else { return nil }

  let negative = bytes[i] == UInt8(ascii: "-")
  if negative || bytes[i] == UInt8(ascii: "+") { i += 1 }
  var mantissa: UInt64 = 0
  var exponent = 0
  var digits = 0
  var significant = 0
  var afterPoint = false
  while i < end {
    let digit = bytes[i] &- UInt8(ascii: "0")
    if digit < 10 {
      digits += 1
      if significant < 19 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        if mantissa > 0 { significant += 1 }
        if afterPoint { exponent -= 1 }
      } else if !afterPoint {
        exponent += 1
      }
    } else if bytes[i] == UInt8(ascii: "."), !afterPoint {
      afterPoint = true
    } else {
      break
    }
    i += 1
  }
  guard digits > 0 else { return isInfinity(bytes[i..<end]) ? (negative ? -.infinity : .infinity) : nil }

  if i < end {
    guard bytes[i] | 0x20 == UInt8(ascii: "e") else { return nil }
    i += 1
    let below = i < end && bytes[i] == UInt8(ascii: "-")
    if below || (i < end && bytes[i] == UInt8(ascii: "+")) { i += 1 }
    guard i < end else { return nil }
    var power = 0
    while i < end {
      let digit = bytes[i] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      power = min(power * 10 + Int(digit), 100_000)
      i += 1
    }
    exponent += below ? -power : power
  }
  guard mantissa > 0 else { return negative ? -0.0 : 0 }
  let size = Double(mantissa) * (exponent < 0 ? 1 : powerOfTen(exponent)) / (exponent < 0 ? powerOfTen(-exponent) : 1)
  return negative ? -size : size
}

/// True for a space and a tab.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

private func isInfinity(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  guard bytes.count == 3 || bytes.count == 8 else { return false }
  let word = String(decoding: bytes, as: UTF8.self).lowercased()
  return word == "inf" || word == "infinity"
}

/// The powers of ten that a double holds exactly.
private let exactPowers: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

private func powerOfTen(_ exponent: Int) -> Double { exponent < exactPowers.count ? exactPowers[exponent] : pow(10, Double(exponent)) }
