import Foundation

/// What came of feeding a target.
struct FuzzResult {
  /// What went wrong with an input.
  enum Kind: String { case crash, hang, memory }

  /// An input that went wrong.
  struct Finding {
    let kind: Kind
    let says: String
    /// Where its bytes are.
    let file: String
    /// What reads it again.
    let command: String
  }

  let target: String
  var read: UInt64 = 0
  var taken: UInt64 = 0
  var seconds = 0.0
  var kilobytes: UInt64 = 0
  var findings: [Finding] = []

  /// The table's head.
  static let head = row(["target", "inputs", "a second", "taken", "MB", "crashes", "hangs", "memory"])

  /// The table's line.
  var line: String {
    FuzzResult.row([
      target, "\(read)", "\(Int(Double(read) / max(seconds, 0.001)))", "\(read == 0 ? 0 : taken * 100 / read)%", "\(kilobytes / 1024)",
      "\(count(.crash))", "\(count(.hang))", "\(count(.memory))",
    ])
  }

  private func count(_ kind: Kind) -> Int { findings.count { $0.kind == kind } }

  private static func row(_ cells: [String]) -> String {
    let right = cells.dropFirst().map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }
    return cells[0].padding(toLength: 12, withPad: " ", startingAt: 0) + right.joined()
  }
}
