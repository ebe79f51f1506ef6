import CEditline
import Foundation

/// How a terminal shows pictures among the text, as it says itself when it is asked.
public struct InlineImages: Sendable, Equatable {
  /// A way to send a picture.
  public enum Way: String, Sendable, CaseIterable {
    /// kitty's graphics protocol.
    case kitty
    /// The same through tmux: the picture is sent past it, and cells of a private character stand where it shows.
    case kittyInTmux
    /// iTerm2's file in a control sequence.
    case iterm
    /// DEC's bands of six pixels.
    case sixel
  }

  /// The best way; nil when there is none.
  public var way: Way?
  /// The pixels of a character cell.
  public var cellWidth, cellHeight: Int

  /// A way, and the size of a cell.
  public init(way: Way?, cellWidth: Int = 10, cellHeight: Int = 20) {
    self.way = way
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
  }

  /// What follows from a terminal's answers to `question`.
  ///
  ///     ESC _ G i=31;OK ESC \     kitty's graphics are known        ESC [ 6 ; height ; width t     the pixels of a cell
  ///     ESC P > | name ESC \      the terminal's name               ESC [ 4 ; height ; width t     the pixels of the window
  ///     ESC [ ? 62 ; 4 ; 22 c     its attributes: 4 is sixel
  ///
  /// - Parameters:
  ///   - answers: The answers, one after the other; empty when it was silent, and the environment's names count.
  ///   - window: The window in cells, and in pixels where the system knows them.
  ///   - tmux: What stands between the program and the terminal.
  init(answers: String, environment: [String: String], window: Window?, tmux: Tmux?) {
    let replies = Reply.all(in: answers)
    let hasKitty = replies.contains { if case .graphics(let words) = $0 { words.hasSuffix(";OK") } else { false } }
    let hasSixel = replies.contains { if case .attributes(let list) = $0 { list.dropFirst().contains("4") } else { false } }
    let names = replies.compactMap { if case .name(let name) = $0 { name } else { nil } }
    if let tmux {
      // tmux takes sixels and shows a frame of words where its own terminal has none.
      way = hasKitty && tmux.passesThrough ? .kittyInTmux : hasSixel && tmux.clientDrawsSixel ? .sixel : nil
    } else if hasKitty {
      way = .kitty
    } else if InlineImages.takesFiles(name: names.first ?? InlineImages.named(by: environment)) {
      way = .iterm
    } else if hasSixel {
      way = .sixel
    } else {
      way = replies.isEmpty && InlineImages.isKitty(environment) ? .kitty : nil
    }
    let cell = InlineImages.cell(replies, window)
    (cellWidth, cellHeight) = (cell?.width ?? 10, cell?.height ?? 20)
  }

  /// A window's size in cells and in pixels, 0 where it is not known.
  struct Window: Equatable {
    var columns, rows, width, height: Int

    static var current: Window? {
      var (columns, rows, width, height): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
      for descriptor: Int32 in [1, 2, 0] where gradus_terminal_pixels(descriptor, &columns, &rows, &width, &height) != 0 {
        return Window(columns: Int(columns), rows: Int(rows), width: Int(width), height: Int(height))
      }
      return nil
    }
  }

  /// The terminals that show a file in iTerm2's way, by the beginning of their names.
  private static func takesFiles(name: String) -> Bool {
    ["iTerm", "WezTerm", "mintty"].contains { name.hasPrefix($0) }
  }

  private static func named(by environment: [String: String]) -> String {
    ["TERM_PROGRAM", "LC_TERMINAL"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
  }

  private static func isKitty(_ environment: [String: String]) -> Bool {
    ["xterm-kitty", "xterm-ghostty"].contains(environment["TERM"] ?? "")
  }

  private static func cell(_ replies: [Reply], _ window: Window?) -> (width: Int, height: Int)? {
    var sizes: [(width: Int, height: Int)] = []
    for case .cell(let height, let width) in replies { sizes.append((width, height)) }
    if let window, window.columns > 0, window.rows > 0 {
      for case .window(let height, let width) in replies { sizes.append((width / window.columns, height / window.rows)) }
      sizes.append((window.width / window.columns, window.height / window.rows))
    }
    return sizes.first { (3...100).contains($0.width) && (5...200).contains($0.height) }
  }
}

/// One answer of a terminal.
enum Reply: Equatable {
  case graphics(String)
  case name(String)
  case attributes([Substring])
  case cell(height: Int, width: Int)
  case window(height: Int, width: Int)

  /// The answers in what a terminal sent.
  static func all(in text: String) -> [Reply] {
    text.split(separator: "\u{1B}").compactMap { part in
      let body = part.dropFirst()
      switch part.first {
      case "_" where body.first == "G": return .graphics(String(body.dropFirst()))
      case "P" where body.hasPrefix(">|"): return .name(String(body.dropFirst(2)))
      case "[" where body.first == "?" && body.last == "c": return .attributes(body.dropFirst().dropLast().split(separator: ";"))
      case "[" where body.last == "t":
        let numbers = body.dropLast().split(separator: ";").compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        return numbers[0] == 6 ? .cell(height: numbers[1], width: numbers[2]) : .window(height: numbers[1], width: numbers[2])
      default: return nil
      }
    }
  }
}

extension Capabilities {
  /// Asks the terminal how it shows pictures, and waits for its answer no longer than the timeout, in milliseconds. Keys typed meanwhile are kept.
  ///
  /// Ask once, when the first picture is to be shown, and keep the answer. Where input or output is no terminal, or a dumb one, nothing is asked.
  public func asksInlineImages(
    timeout: Int = 400, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> InlineImages {
    guard canEdit, environment["TERM"] != "linux" else { return InlineImages(way: nil) }
    let isInTmux = environment["TMUX"]?.isEmpty == false
    let tmux = isInTmux ? Tmux.current(environment) : nil
    var question = "\u{1B}[16t\u{1B}[14t\u{1B}[c"
    if let tmux {
      if tmux.passesThrough { question = Tmux.passing(InlineImages.kittyQuestion) + question }
    } else if !isMultiplexed, environment["TERM_PROGRAM"] != "Apple_Terminal" {
      // Apple's terminal would print the question.
      question = InlineImages.kittyQuestion + "\u{1B}[>q" + question
    }
    var answers = [CChar](repeating: 0, count: 1024)
    // The answer of the terminal behind tmux comes later than tmux's own.
    let grace = tmux?.passesThrough == true ? 150 : 0
    gradus_ask_terminal(question, Int32(timeout), Int32(grace), &answers, Int32(answers.count))
    let text = String(decoding: answers.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return InlineImages(
      answers: text, environment: environment, window: .current, tmux: isInTmux ? tmux ?? Tmux(passesThrough: false, features: "") : nil)
  }
}

extension InlineImages {
  /// A picture of one pixel that is not to be shown: a terminal that knows the protocol answers `OK`.
  static let kittyQuestion = "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
}
