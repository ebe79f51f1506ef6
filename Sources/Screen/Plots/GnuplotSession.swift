import CGnuplot
import Foundation
import Shell

/// A running gnuplot that draws plots one after the other.
///
/// It belongs to whoever made it and is not shared between threads. When gnuplot has died, every further call says so.
public final class GnuplotSession {
  private let process: GnuplotProcess
  private var session: OpaquePointer { process.session }
  /// A folder of our own for what gnuplot writes on the way to us.
  private let scratch: String
  private var hasDied = false
  /// The names of the terminals that this gnuplot has.
  public let terminals: Set<String>
  /// The process of gnuplot.
  public var processIdentifier: Int32 { process.identifier }

  /// Whether gnuplot has not ended.
  var isRunning: Bool { process.isRunning }

  /// How long gnuplot may take for an answer, in milliseconds.
  private static let patience: Int32 = 10_000

  /// The path of gnuplot, looked up in the folders of a `PATH`.
  public static func program(path: String) throws(PlotError) -> String { try GnuplotProcess.program(path: path) }

  /// Starts gnuplot.
  ///
  /// - Parameter path: the `PATH` of the environment.
  /// - Throws: `noGnuplot` where there is none, `gnuplotDied` when it does not come up.
  public convenience init(path: String) throws(PlotError) { try self.init(GnuplotProcess(path: path)) }

  /// Waits until a gnuplot has come up.
  init(_ process: GnuplotProcess) throws(PlotError) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-plot-\(UUID().uuidString)").path
    do {
      let answer = try Self.answer(process.session)
      terminals = Set(answer.split(whereSeparator: \.isWhitespace).map(String.init).filter { $0 != "terminals" })
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw error as? PlotError ?? .unwritable(path: folder, reason: "no folder can be made there")
    }
    self.process = process
    scratch = folder
  }

  deinit {
    // It might still write into the folder.
    process.close()
    try? FileManager.default.removeItem(atPath: scratch)
  }

  /// Draws a plot.
  ///
  /// A file appears whole or not at all: it is written beside its place and then renamed.
  ///
  /// - Parameter isFitted: Whether several panels in characters keep to the rows of the target.
  /// - Returns: what the terminal shows, for characters and inline pictures; empty for windows and files.
  @discardableResult
  public func draw(_ plot: Plot, to target: PlotTarget, display: Bool = true, isFitted: Bool = false) throws(PlotError) -> String {
    guard !hasDied else { throw .gnuplotDied }
    let names = try target.terminals()
    guard let terminal = names.first(where: terminals.contains) else { throw .lacksTerminal(names) }
    if target == .window, !display { throw .noDisplay }
    let plot = try plot.drawable(points: target.mostPoints)
    if case .characters(let columns, let rows, let inColour, let isASCII) = target {
      let drawing = CharacterPlot(columns: columns, rows: rows, inColour: inColour, isASCII: isASCII, isFitted: isFitted)
      return try drawing.text(of: plot) {
        (part, target, isSmall) throws(PlotError) in
        try drawn(part, terminal: terminal, to: target, isSmall: isSmall)
      }
    }
    return try drawn(plot, terminal: terminal, to: target)
  }

  /// Draws a picture; in a file it appears whole or not at all.
  @discardableResult
  func draw(_ picture: Picture, to target: PlotTarget, display: Bool = true) throws(PlotError) -> String {
    guard !hasDied else { throw .gnuplotDied }
    let names = try target.terminals()
    guard let terminal = names.first(where: terminals.contains) else { throw .lacksTerminal(names) }
    if target == .window, !display { throw .noDisplay }
    return try run(to: target) { PictureScript.commands(picture, terminal: terminal, target: target, output: $0) }
  }

  private func drawn(_ plot: Plot, terminal: String, to target: PlotTarget, isSmall: Bool = false) throws(PlotError) -> String {
    try run(to: target) { PlotScript.commands(plot, terminal: terminal, target: target, output: $0, isSmall: isSmall) }
  }

  /// Sends the commands for an output's path, and waits until what they draw is there.
  private func run(to target: PlotTarget, _ commands: (String) -> String) throws(PlotError) -> String {
    let output = try outputPath(target)
    do throws(PlotError) {
      if target == .window { process.hasWindows = true }
      // The answer of an earlier plot that failed is not this one's.
      guard cgnuplot_send(session, "reset errors\n" + commands(output)) == CGNUPLOT_OK else { throw .gnuplotDied }
      return try finish(target, output)
    } catch {
      if !output.isEmpty { try? FileManager.default.removeItem(atPath: output) }
      if error == .gnuplotDied || error == .gnuplotHangs { hasDied = true }
      throw error
    }
  }

  private func outputPath(_ target: PlotTarget) throws(PlotError) -> String {
    guard case .file(let path) = target else { return target == .window ? "" : scratch + "/drawing" }
    let place = URL(fileURLWithPath: path)
    let folder = place.deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw .unwritable(path: path, reason: "there is no folder `\(sanitized(folder))`")
    }
    if FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder), isFolder.boolValue {
      throw .unwritable(path: path, reason: "it is a folder")
    }
    // Made here and not by gnuplot, which does not say why it cannot.
    let draft = folder + "/.gradus-\(UUID().uuidString).\(PlotTarget.ending(of: path))"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: String(cString: strerror(errno))) }
    close(descriptor)
    return draft
  }

  private func finish(_ target: PlotTarget, _ output: String) throws(PlotError) -> String {
    // The empty line ends whatever stands before the mark, so that the mark begins a line.
    let failure = "print ''\nprint '\(GnuplotProcess.mark) ', GPVAL_ERRNO\n"
    let words = try Self.ask(session, (output.isEmpty ? "" : "unset output\n") + failure)
    switch target {
    case .window: return ""
    case .characters, .inline:
      guard let data = FileManager.default.contents(atPath: output), !data.isEmpty else { throw .refused(lastLine(words)) }
      guard case .inline(let room) = target else { return Self.lines(String(decoding: data, as: UTF8.self)) }
      do {
        return InlineSequence.block(try InlineSequence.sequence(file: data, in: room), rows: room.rows)
      } catch {
        throw .refused(error.words)
      }
    case .file(let path):
      if PlotTarget.ending(of: path) == "svg" { keepSquarePixels(output) }
      guard let size = try? FileManager.default.attributesOfItem(atPath: output)[.size] as? Int, size > 0 else {
        throw .refused(lastLine(words))
      }
      guard PictureEnd.isThere(in: output, ending: PlotTarget.ending(of: path)) else {
        throw .unwritable(path: path, reason: "the picture ends early, as on a full disk")
      }
      guard rename(output, path) == 0 else { throw .unwritable(path: path, reason: String(cString: strerror(errno))) }
      return ""
    }
  }

  /// Tells those who show a drawing not to smooth what is enlarged in it: a pixel is a square.
  private func keepSquarePixels(_ path: String) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8), text.contains("<image ") else { return }
    let crisp = text.replacing("<image ", with: "<image style='image-rendering:pixelated' ")
    // What cannot be written is still the drawing that gnuplot made.
    try? crisp.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func lastLine(_ words: String) -> String {
    String(words.split(separator: "\n").last(where: { !$0.allSatisfy { " ^".contains($0) } }) ?? "the plot is empty")
  }

  /// What gnuplot's `dumb` drew, without the form feed before it and the empty lines around it. In colours it draws curves with `+`, `-` and
  /// `|`, as it does the axes: they become the characters that it has for lines without colours.
  private static func lines(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      var kept = line.drop { $0 == "\u{0C}" }
      while kept.last == " " { kept.removeLast() }
      return withLineCharacters(String(kept))
    }
    func isEmpty(_ line: String) -> Bool { line.withoutEscapes.allSatisfy { $0 == " " } }
    while let first = lines.first, isEmpty(first) { lines.removeFirst() }
    while let last = lines.last, isEmpty(last) { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func withLineCharacters(_ line: String) -> String {
    let pieces = line.components(separatedBy: "\u{1B}[")
    return pieces.enumerated().map { index, piece in
      guard index > 0, piece.hasPrefix("38;5;"), let end = piece.firstIndex(of: "m") else { return piece }
      let colour = Int(piece.dropFirst(5).prefix { $0.isNumber }) ?? 0
      let line = PlotColours.lines[PlotColours.group(ofTerminalColour: colour)]
      return piece[...end] + String(piece[end...].dropFirst().map { "+-|".contains($0) ? line : $0 })
    }.joined(separator: "\u{1B}[")
  }

  /// Sends commands that end by printing the mark, and returns what was printed before it.
  private static func ask(_ session: OpaquePointer, _ commands: String) throws(PlotError) -> String {
    guard cgnuplot_send(session, commands) == CGNUPLOT_OK else { throw .gnuplotDied }
    return try answer(session)
  }

  /// Waits for what is printed before the mark.
  private static func answer(_ session: OpaquePointer) throws(PlotError) -> String {
    var text: UnsafeMutablePointer<CChar>?
    var rest: UnsafeMutablePointer<CChar>?
    let status = cgnuplot_receive(session, GnuplotProcess.mark, patience, &text, &rest)
    defer {
      cgnuplot_free(text)
      cgnuplot_free(rest)
    }
    switch status {
    case Int32(CGNUPLOT_OK): return text.map { String(cString: $0) } ?? ""
    case Int32(CGNUPLOT_TIMEOUT): throw .gnuplotHangs
    default: throw .gnuplotDied
    }
  }
}
