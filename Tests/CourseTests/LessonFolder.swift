import Course
import Foundation
import Screen

/// A folder of lessons that is gone with its value, and a checker for them.
@MainActor final class LessonFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-lessons-\(UUID().uuidString)")
  let checker: LessonChecker

  init(_ files: [String: String]) throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files {
      let file = url.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let pictures = Pictures(.init(path: "", hasDisplay: false, isTerminal: false) { nil })
    checker = LessonChecker(renderer: ReportText(), plotter: pictures, lessons: nil)
  }

  /// A checker with another limit of time.
  func checker(limit: Double) -> LessonChecker {
    let pictures = Pictures(.init(path: "", hasDisplay: false, isTerminal: false) { nil })
    return LessonChecker(renderer: ReportText(), plotter: pictures, lessons: nil, limit: limit)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
  func text(_ name: String) throws -> String { String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self) }

  /// What a check of one lesson finds.
  func check(_ name: String) throws -> LessonChecker.Outcome { try checker.check([path(name)]) }

  /// What a check of a lesson of one text finds.
  static func outcome(of lesson: String) throws -> LessonChecker.Outcome { try LessonFolder(["l.md": lesson]).check("l.md") }
}
