import Engine
import Foundation
import Screen
import Shell
import Terminal

/// What `doctor` finds: one look at everything that the shell leans on.
@MainActor struct Examination {
  typealias Finding = DoctorFacts.Finding
  let options: SharedOptions
  let capabilities: Capabilities
  let pictures: Pictures
  let storeKeeper: any StoreKeeper
  let lessons: URL?
  let typed: [String]
  let environment = ProcessInfo.processInfo.environment

  /// The findings in the order of what is asked most.
  func findings(_ session: Session) -> [Finding] {
    [program, processor(session), memory, terminal, characters, inline, gnuplot, store, settings, history, courses(session), editor, pager]
      .compactMap(\.self)
  }

  private var program: Finding {
    let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments.first ?? "gradus"
    return Finding("gradus", .good, "\(VersionFacts.version), \(path)")
  }

  private func processor(_ session: Session) -> Finding {
    let cores = KernelThreads.available, threads = session.settings.threads == 0 ? cores : session.settings.threads
    var says = "\(cores) \(cores == 1 ? "core" : "cores"), kernels on \(threads) \(threads == 1 ? "thread" : "threads")"
    let flags = Set(
      ((try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "").split(separator: "\n").first { $0.hasPrefix("flags") }?
        .split(separator: " ").map(String.init) ?? [])
    if let best = [("avx512f", "AVX-512"), ("avx2", "AVX2"), ("sse4_2", "SSE4.2")].first(where: { flags.contains($0.0) }) {
      says += ", \(best.1)"
    }
    guard threads <= cores else {
      return Finding("processor", .limited, says, remedy: "more threads than cores make training slower: `set threads 0`")
    }
    return Finding("processor", .good, says)
  }

  private var memory: Finding? {
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else { return nil }
    func kilobytes(_ name: String) -> Double? {
      text.split(separator: "\n").first { $0.hasPrefix(name + ":") }?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
    }
    guard let total = kilobytes("MemTotal"), let free = kilobytes("MemAvailable") else { return nil }
    let says = String(format: "%.1f of %.1f GB free", free / 1_048_576, total / 1_048_576)
    return free < 524_288
      ? Finding("memory", .limited, says, remedy: "large networks may not fit; `summary` tells what training takes")
      : Finding("memory", .good, says)
  }

  private var terminal: Finding {
    let name = environment["TERM"] ?? ""
    guard capabilities.streams.input && capabilities.streams.output else {
      return Finding(
        "terminal", .limited, "none: commands come from a pipe or a file",
        remedy: "start `gradus` in a terminal to type, complete and see plots live")
    }
    guard !capabilities.isDumb else {
      return Finding(
        "terminal", .limited, "TERM is `\(name)`: no line editing, no colours",
        remedy: "set TERM to what the terminal is, such as xterm-256color")
    }
    let size = Capabilities.Size.current ?? capabilities.size
    let colours = capabilities.colorsOutput ? (capabilities.hasTrueColour ? "24-bit colours" : "colours") : "no colours"
    let says = "\(name)\(capabilities.isMultiplexed ? " in tmux or screen" : ""), \(size.width) x \(size.height), \(colours)"
    if size.width < 60 || size.height < 20 {
      return Finding("terminal", .limited, says, remedy: "80 x 24 or more shows tables and plots whole")
    }
    return Finding("terminal", .good, says)
  }

  private var characters: Finding {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { name in environment[name].flatMap { $0.isEmpty ? nil : "\(name)=\($0)" } }
      .first
    let says = (locale ?? "no locale is set") + ": " + (capabilities.isUnicode ? "UTF-8 is shown" : "ASCII only")
    return capabilities.isUnicode
      ? Finding("locale", .good, says)
      : Finding("locale", .limited, says, remedy: "`LANG=C.UTF-8` shows formulas and frames as they are meant")
  }

  private var inline: Finding? {
    guard capabilities.streams.output, !capabilities.isDumb else { return nil }
    guard let way = pictures.inlineName else {
      return Finding(
        "pictures", .limited, "the terminal shows none among the text; plots are drawn in characters",
        remedy: "kitty, WezTerm, iTerm2, foot or Konsole show them; `file=plot.png` writes one")
    }
    return Finding("pictures", .good, "shown among the text (\(way))")
  }

  private var gnuplot: Finding {
    guard let found = pictures.gnuplotAbout else {
      return Finding(
        "gnuplot", .missing, "not in PATH: curves cannot be drawn; maps and regions are drawn in characters",
        remedy: "`sudo apt install gnuplot-nox` installs it")
    }
    let window = capabilities.hasDisplay ? "a display for windows" : "no display for windows"
    return Finding("gnuplot", .good, "\(found), \(window)")
  }

  private var store: Finding {
    do {
      let contents = try storeKeeper.contents()
      let says =
        contents.file.path + ": "
        + [
          "\(counted(contents.reviews, "review")) of \(counted(contents.cards, "card"))", counted(contents.runs, "run"),
          "\(grouped(contents.bytes / 1024)) KB",
        ].joined(separator: ", ")
      return Finding("store", .good, says)
    } catch {
      let complaint = error as? Complaint ?? Complaint("\(error)")
      return Finding("store", .missing, complaint.what, remedy: complaint.hint)
    }
  }

  private var settings: Finding {
    let places = options.places
    let folder = places.preferences.deletingLastPathComponent()
    let config = FileManager.default.fileExists(atPath: places.config.path) ? places.config.path : "no \(places.config.path)"
    let faults = StartSettings(places, options).faults
    if let first = faults.first {
      return Finding("settings", .limited, first.what, remedy: first.hint.isEmpty ? "mend that line, or take it out" : first.hint)
    }
    return writable(folder)
      ? Finding("settings", .good, "\(folder.path), \(config)")
      : Finding(
        "settings", .limited, "\(folder.path) cannot be written: `set` lasts for a session",
        remedy: "make the folder, or name another one in XDG_CONFIG_HOME")
  }

  private var history: Finding {
    let file = options.places.history
    guard writable(file.deletingLastPathComponent()) else {
      return Finding(
        "history", .limited, "\(file.path) cannot be written: lines last for a session",
        remedy: "make the folder, or name another one in XDG_STATE_HOME")
    }
    return Finding("history", .good, file.path + (typed.isEmpty ? "" : ", " + counted(typed.count, "line")))
  }

  /// Whether a folder, or the nearest above it that is there, may be written.
  private func writable(_ folder: URL) -> Bool {
    var place = folder
    while !FileManager.default.fileExists(atPath: place.path), place.path != "/" { place.deleteLastPathComponent() }
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) && isFolder.boolValue
      && access(place.path, W_OK | X_OK) == 0
  }

  private func courses(_ session: Session) -> Finding {
    guard let lessons else {
      return Finding("lessons", .missing, "their folder was not found", remedy: "`--lessons DIR` or `GRADUS_LESSONS` names it")
    }
    let folders = [lessons.appendingPathComponent(session.settings.lang), lessons]
    let count =
      folders.lazy.map { folder in
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".md") && $0 != "README.md" }
          .count
      }.first { $0 > 0 } ?? 0
    return count > 0
      ? Finding("lessons", .good, "\(lessons.path): \(count)")
      : Finding("lessons", .missing, "there is no lesson in \(lessons.path)", remedy: "`--lessons DIR` names another folder")
  }

  private var editor: Finding {
    let told = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }.first { $0.contains { !$0.isWhitespace } }
    let name = String((told ?? "vi").split(separator: " ").first ?? "vi")
    return isProgram(name)
      ? Finding("editor", .good, told ?? "vi")
      : Finding("editor", .missing, "`\(name)` is not in PATH", remedy: "`export EDITOR=nano` names one; `edit` and `:edit` open it")
  }

  /// The pager, where one is named.
  private var pager: Finding? {
    guard let pager = PagerProgram(environment: environment) else { return nil }
    guard let name = pager.name, !isProgram(name) else { return Finding("pager", .good, pager.command) }
    return Finding("pager", .missing, "`\(name)` is not in PATH", remedy: "`export PAGER=less` names one; without it nothing is paged")
  }

  /// Whether a program can be run.
  private func isProgram(_ name: String) -> Bool {
    name.contains("/")
      ? access(name, X_OK) == 0 : (environment["PATH"] ?? "").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
  }
}
