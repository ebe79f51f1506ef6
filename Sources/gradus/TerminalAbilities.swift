import Foundation
import Screen
import Terminal

extension Pictures {
  /// Pictures for this terminal.
  convenience init(_ capabilities: Capabilities) {
    self.init(
      Abilities(
        path: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", hasDisplay: capabilities.hasDisplay,
        isTerminal: capabilities.streams.output && !capabilities.isDumb, hasColour: capabilities.colorsOutput,
        hasTrueColour: capabilities.hasTrueColour, isASCII: !capabilities.isUnicode,
        rows: { (Capabilities.Size.current ?? capabilities.size).height },
        asksInline: { InlineDisplay(capabilities.asksInlineImages()) }))
  }
}

extension InlineDisplay {
  /// What a terminal answered, as the screen needs it; nil when it shows no pictures.
  init?(_ images: InlineImages) {
    guard let way = images.way else { return nil }
    let form: Form =
      switch way {
      case .kitty: .kitty
      case .kittyInTmux: .kittyInTmux
      case .iterm: .iterm
      case .sixel: .sixel
      }
    self.init(form, cellWidth: images.cellWidth, cellHeight: images.cellHeight)
  }
}
