import Foundation
import Screen
import Terminal

extension Pictures {
  /// Pictures for this terminal.
  convenience init(_ capabilities: Capabilities) {
    self.init(
      Abilities(
        path: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", hasDisplay: capabilities.hasDisplay,
        isTerminal: capabilities.streams.output, asksSixel: { capabilities.asksSixel() }))
  }
}
