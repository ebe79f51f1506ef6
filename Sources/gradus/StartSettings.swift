import Foundation
import Shell
import Store

/// The settings that a session begins with. What wins: a flag, then what `set` kept, then the config file, then what is usual.
@MainActor struct StartSettings {
  private(set) var settings = Settings()
  /// What is wrong in the files, each with file and line.
  private(set) var faults: [Complaint] = []

  /// So many wrong lines of a file are told one by one.
  private static let told = 5

  init(_ places: Places, _ options: SharedOptions) {
    take(places.config, from: .config)
    take(places.preferences, from: .kept)
    if let seed = options.seed { give("seed", "\(seed)") }
    if let threads = options.threads { give("threads", "\(threads)") }
    if let color = options.color { give("color", color.rawValue) }
  }

  private mutating func give(_ name: String, _ value: String) {
    settings.take([SettingLine(number: 0, name: name, value: value)], from: .flag)
  }

  private mutating func take(_ file: URL, from origin: SettingOrigin) {
    do {
      let content = try SettingsFile(file).read()
      let wrong = (content.faults + settings.take(content.lines, from: origin)).sorted { $0.line < $1.line }
      faults += wrong.prefix(StartSettings.told).map { line, complaint in
        Complaint("\(file.path):\(line): \(complaint.what)", hint: complaint.hint)
      }
      let more = wrong.count - StartSettings.told
      if more > 0 { faults.append(Complaint("\(file.path): \(more) more \(more == 1 ? "line is" : "lines are") wrong")) }
    } catch {
      faults.append((error as? Complaint) ?? Complaint("\(error)"))
    }
  }
}
