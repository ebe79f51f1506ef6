import Datasets
import Foundation
import Language

/// What completes the names of files, and of what is in them.
struct CompletionFiles {
  /// In a folder with more files their kinds are not looked at: the list would not be read anyway.
  private static let mostDescribed = 1_000

  private let access: FileAccess

  init(_ access: FileAccess) { self.access = access }

  /// The files and folders that begin so, sorted; a folder ends in a slash. Where no file ends as it should, all are offered.
  func candidates(of source: CandidateSource, typed: String) -> [Candidate] {
    let slash = typed.lastIndex(of: "/")
    let head = slash.map { String(typed[...$0]) } ?? ""
    let start = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    if typed == "~" { return [file("~/", "your home folder")] }
    var seen = Set<String>()
    var files: [Candidate] = []
    var folders: [Candidate] = []
    for base in bases(of: head) {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: base.path)) ?? []
      for name in names.sorted() where name.hasPrefix(start) && (name.first != "." || start.first == ".") && isTypable(name) {
        guard seen.insert(name).inserted else { continue }
        if FileAccess.isFolder(base.appendingPathComponent(name)) {
          folders.append(file(head + name + "/", "folder"))
        } else if source != .folders {
          let kind = FolderFacts.Kind(file: name)
          files.append(file(head + name, kind == .file || names.count > CompletionFiles.mostDescribed ? "" : kind.rawValue))
        }
      }
    }
    let wanted = files.filter { file in source.endings.contains { file.text.lowercased().hasSuffix("." + $0) } }
    let former = source == .folders && "-".hasPrefix(typed) ? access.formerFolder.map { [Candidate("-", $0.path)] } ?? [] : []
    return former + (folders + (wanted.isEmpty ? files : wanted)).sorted { $0.text < $1.text }
  }

  /// The columns of a table, or the arrays of an archive, whose file stands in the command.
  func contents(of source: CandidateSource) -> [Candidate] {
    guard let path = source.given["file"], let url = try? access.readable(path) else { return [] }
    if source == .npzArrays { return NPZFile.arrays(in: url).map { Candidate($0) } }
    let isHeaded = source.given["header"].map { !["no", "off", "false"].contains($0.lowercased()) } ?? true
    return CSVFile.columns(of: url, isHeaded: isHeaded).map { column in
      var candidate = Candidate(column.name, column.example.isEmpty ? "" : "such as \(column.example)")
      candidate.isWord = true
      return candidate
    }
  }

  /// Where a path may lie: a lesson's folder is looked in for what is not in the person's own.
  private func bases(of head: String) -> [URL] {
    if head.hasPrefix("~/") { return [URL(fileURLWithPath: FileAccess.expandingHome(head))] }
    if head.hasPrefix("/") { return [URL(fileURLWithPath: head)] }
    return [access.folder, access.lessonFolder].compactMap { $0 }.map { head.isEmpty ? $0 : $0.appendingPathComponent(head) }
  }

  private func file(_ text: String, _ summary: String) -> Candidate {
    var candidate = Candidate(text, summary)
    candidate.isWord = true
    return candidate
  }

  /// Whether a name can stand in a line: nothing in it would move the cursor.
  private func isTypable(_ name: String) -> Bool {
    name.unicodeScalars.allSatisfy { !$0.properties.isDefaultIgnorableCodePoint && $0.properties.generalCategory != .control }
  }
}
