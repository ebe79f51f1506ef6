import Course
import Foundation
import Shell

/// `gradus new lesson FILE`: writes a lesson to start from.
@MainActor enum NewLesson {
  static func run(_ options: NewOptions) -> Int32 {
    let url = URL(fileURLWithPath: options.file)
    guard !FileManager.default.fileExists(atPath: url.path) else {
      Output.error("`\(options.file)` is there already; it is left as it is\n")
      return 1
    }
    do {
      try Data(LessonTemplate.text(named: url.deletingPathExtension().lastPathComponent).utf8).write(to: url, options: .withoutOverwriting)
    } catch {
      Output.error("`\(options.file)` cannot be written: \(error.localizedDescription)\n")
      return 1
    }
    if !options.shared.quiet { Output.out("\(options.file) is written; `gradus check \(options.file)` tests it\n") }
    return 0
  }
}
