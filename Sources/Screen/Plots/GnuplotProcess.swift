import CGnuplot
import Foundation

/// A gnuplot that was started and asked which terminals it has. It takes some 15 ms to come up; who starts it early waits for nothing later.
///
/// It may be started on any thread, and belongs to one `GnuplotSession` from then on.
final class GnuplotProcess: @unchecked Sendable {
  // Used by one thread after the other: by who starts it, then by its session.
  let session: OpaquePointer
  private var isClosed = false
  /// The number of the process.
  var identifier: Int32 { cgnuplot_process(session) }
  /// Whether it has not ended.
  var isRunning: Bool { cgnuplot_is_running(session) == 1 }
  /// Whether it drew into a window, which is to stay when this program ends.
  var hasWindows = false

  /// The line that ends an answer.
  static let mark = "gradus-plot-done"

  /// Starts gnuplot, and waits for nothing.
  ///
  /// - Parameter path: the `PATH` of the environment.
  /// - Throws: `noGnuplot` where there is none, `gnuplotDied` when it is gone at once.
  init(path: String) throws(PlotError) {
    guard let opened = cgnuplot_open(try Self.program(path: path)) else { throw .noGnuplot }
    session = opened
    guard cgnuplot_send(opened, "print 'terminals ', GPVAL_TERMINALS\nprint '\(Self.mark) 0'\n") == CGNUPLOT_OK else { throw .gnuplotDied }
  }

  deinit { close() }

  /// Ends gnuplot; nothing may be asked of it then.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    cgnuplot_close(session, hasWindows ? 1 : 0)
  }

  /// The path of gnuplot, looked up in the folders of a `PATH`.
  static func program(path: String) throws(PlotError) -> String {
    for folder in path.split(separator: ":") {
      let candidate = folder + "/gnuplot"
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: String(candidate), isDirectory: &isFolder)
      if exists, !isFolder.boolValue, FileManager.default.isExecutableFile(atPath: String(candidate)) { return String(candidate) }
    }
    throw .noGnuplot
  }
}
