import Foundation
import Language

/// The person's own editor, in the same terminal.
enum EditorProgram {
  /// Opens a file at a line and waits until the editor is closed.
  ///
  /// The editor is `$VISUAL`, else `$EDITOR`, else `vi`; it may have arguments, as `code --wait` does.
  ///
  /// - Throws: A `Complaint` when the editor cannot be started or fails.
  static func open(_ file: URL, line: Int, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    let told = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }.first { $0.contains { !$0.isWhitespace } }
    let editor = told ?? "vi"
    let name = editor.split(separator: " ").first.map { URL(fileURLWithPath: String($0)).lastPathComponent } ?? editor
    let place = ["code", "codium", "cursor"].contains(name) ? ["-g", "\(file.path):\(line)"] : ["+\(line)", file.path]
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
