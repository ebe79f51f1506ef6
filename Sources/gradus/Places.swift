import Foundation

/// Where the program's files are: the XDG base directories, and the lessons.
struct Places {
  let environment: [String: String]
  /// Whose files they are; nil for those of nobody in particular.
  let profile: Profile?

  init(profile: Profile? = nil, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.environment = environment
    self.profile = profile
  }

  /// Settings that a person wrote; every profile reads them.
  var config: URL { common("XDG_CONFIG_HOME", ".config").appendingPathComponent("config") }
  /// Settings that `set` keeps.
  var preferences: URL { base("XDG_CONFIG_HOME", ".config").appendingPathComponent("settings") }
  /// The history of lines.
  var history: URL { base("XDG_STATE_HOME", ".local/state").appendingPathComponent("history") }
  /// The reviews.
  var store: URL { base("XDG_DATA_HOME", ".local/share").appendingPathComponent("gradus.sqlite") }

  /// The sessions that are under way.
  var sessions: URL { base("XDG_DATA_HOME", ".local/share").appendingPathComponent("sessions") }

  private func base(_ variable: String, _ standard: String) -> URL {
    let folder = common(variable, standard)
    return profile.map { folder.appendingPathComponent("profiles").appendingPathComponent($0.name) } ?? folder
  }

  private func common(_ variable: String, _ standard: String) -> URL {
    // The specification wants relative paths ignored.
    if let path = environment[variable], path.hasPrefix("/") { return URL(fileURLWithPath: path).appendingPathComponent("gradus") }
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
    return URL(fileURLWithPath: home).appendingPathComponent(standard).appendingPathComponent("gradus")
  }

  /// The folder of the lessons: as told, else `$GRADUS_LESSONS`, `share/gradus/Lessons` beside the installed program, or upwards from it.
  func lessons(told: String?) -> URL? {
    if let told = told ?? environment["GRADUS_LESSONS"].flatMap({ $0.isEmpty ? nil : $0 }) { return URL(fileURLWithPath: told) }
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let installed = program.deletingLastPathComponent().appendingPathComponent("share/gradus/Lessons")
    if isLessons(installed) { return installed }
    var folder = program
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("Lessons")
      if isLessons(candidate) { return candidate }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  private func isLessons(_ folder: URL) -> Bool { FileManager.default.fileExists(atPath: folder.appendingPathComponent("data").path) }
}
