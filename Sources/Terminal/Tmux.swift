import Foundation

/// What tmux says of itself and of the terminal that it shows its panes in.
struct Tmux: Sendable, Equatable {
  /// Whether sequences for the terminal behind it are let through (the option `allow-passthrough`).
  var passesThrough: Bool
  /// Whether the terminal behind it draws sixels, as tmux has found out.
  var clientDrawsSixel: Bool

  /// What the option and the client's features say.
  init(passesThrough: Bool, features: String) {
    self.passesThrough = passesThrough
    clientDrawsSixel = features.split(separator: ",").contains("sixel")
  }

  /// Asks the program tmux, which answers at once or not at all; nil when it does not answer within half a second.
  static func current(_ environment: [String: String]) -> Tmux? {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    guard let program = folders.map({ $0 + "/tmux" }).first(where: { FileManager.default.isExecutableFile(atPath: String($0)) }) else {
      return nil
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: String(program))
    process.environment = environment
    process.arguments = ["display-message", "-p", "#{allow-passthrough};#{client_termfeatures}"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    guard (try? process.run()) != nil else { return nil }
    guard ended.wait(timeout: .now() + .milliseconds(500)) == .success else {
      process.terminate()
      return nil
    }
    return Tmux(said: String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self))
  }

  /// Reads tmux's answer, `on;256,RGB,sixel`; nil when it is none.
  init?(said: String) {
    let parts = said.split(whereSeparator: \.isNewline).first?.split(separator: ";", omittingEmptySubsequences: false) ?? []
    guard parts.count == 2 else { return nil }
    // Versions without the option let everything through.
    self.init(passesThrough: parts[0] != "off" && parts[0] != "0", features: String(parts[1]))
  }

  /// A sequence for the terminal behind tmux: every escape doubled, in a string of tmux's own.
  static func passing(_ sequence: String) -> String {
    "\u{1B}Ptmux;" + sequence.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
  }
}
