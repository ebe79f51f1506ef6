import Foundation
import Language

/// The person's own editor, in the same terminal.
enum EditorProgram {
  /// The editors that begin at a line when they are told `+LINE`.
  private static let takesLine: Set<String> = [
    "vi", "vim", "nvim", "gvim", "view", "ex", "elvis", "vis", "kak", "nano", "pico", "rnano", "emacs", "emacsclient", "mg", "jed", "zile",
    "joe", "jmacs", "ne", "micro", "mcedit", "gedit", "editor", "sensible-editor",
  ]

  /// Opens a file at a line and waits until the editor is closed.
  ///
  /// The editor is `$VISUAL`, else `$EDITOR`, else `vi`; it may have arguments, as `code --wait` does.
  ///
  /// - Throws: A `Complaint` when the editor cannot be started or fails.
  static func open(_ file: URL, line: Int, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    let told = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }.first { $0.contains { !$0.isWhitespace } }
    let editor = told ?? "vi"
    let name = editor.split(separator: " ").first.map { URL(fileURLWithPath: String($0)).lastPathComponent } ?? editor
    let place =
      switch name {
      case "code", "codium", "cursor": ["-g", "\(file.path):\(line)"]
      case "hx", "subl", "zed": ["\(file.path):\(line)"]
      case _ where takesLine.contains(name): ["+\(line)", file.path]
      // Any other program is given the file alone: a word that it does not know would be a file to it.
      default: [file.path]
      }
    // The shell splits the editor's arguments; the file's name is an argument of its own and is never read as one of the shell's words. The editor
    // stays in this process group, so that the terminal is its.
    let arguments = ["/bin/sh", "-c", "exec \(editor) \"$@\"", "sh"] + place
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process = pid_t()
    guard posix_spawn(&process, "/bin/sh", nil, nil, &words, environ) == 0 else { throw Complaint("no editor can be started") }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { break } }
    guard status == 0 else {
      throw Complaint("the editor `\(editor)` did not end well", hint: "`$EDITOR` names the editor to use")
    }
  }
}
