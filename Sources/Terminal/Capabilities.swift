import CEditline
import Foundation

/// What the terminal can do, as far as the environment and the descriptors tell.
public struct Capabilities: Sendable, Equatable {
  /// The choice of `--color`.
  public enum ColorChoice: String, Sendable, CaseIterable {
    case auto, always, never
  }

  /// Which of the three standard streams are terminals.
  public struct Streams: Sendable, Equatable {
    /// Whether the stream is a terminal.
    public var input, output, error: Bool

    /// The streams, as told.
    public init(input: Bool, output: Bool, error: Bool) {
      self.input = input
      self.output = output
      self.error = error
    }

    /// The streams of this process.
    public static var current: Streams {
      Streams(input: gradus_is_terminal(0) != 0, output: gradus_is_terminal(1) != 0, error: gradus_is_terminal(2) != 0)
    }
  }

  /// Columns and rows.
  public struct Size: Sendable, Equatable {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// A size.
    public init(width: Int, height: Int) {
      self.width = width
      self.height = height
    }

    /// The size of the terminal as it is now, of the first stream that is one; nil when none is.
    public static var current: Size? {
      var columns: Int32 = 0
      var rows: Int32 = 0
      for descriptor: Int32 in [1, 2, 0] where gradus_terminal_size(descriptor, &columns, &rows) != 0 {
        return Size(width: Int(columns), height: rows > 0 ? Int(rows) : 24)
      }
      return nil
    }
  }

  /// Which standard streams are terminals.
  public let streams: Streams
  /// Columns and rows: `COLUMNS` and `LINES` where they are set, else the terminal's, else 80 and 24.
  public let size: Size
  /// Whether results may be coloured.
  public let colorsOutput: Bool
  /// Whether progress and complaints may be coloured.
  public let colorsError: Bool
  /// Whether UTF-8 may be shown: the locale says so, or says nothing.
  public let isUnicode: Bool
  /// Whether there is a display that could show a window.
  public let hasDisplay: Bool
  /// Whether the terminal can move its cursor at all.
  public let isDumb: Bool
  /// Whether the program runs in tmux or screen, which stand between it and the terminal.
  public let isMultiplexed: Bool
  /// Whether the terminal says that it shows 24 bits of colour.
  public let hasTrueColour: Bool

  /// The capabilities that follow from an environment, the streams, a size and the choice of colour.
  public init(environment: [String: String], streams: Streams, size: Size?, color choice: ColorChoice = .auto) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    func number(_ name: String) -> Int? { value(name).flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } }

    self.streams = streams
    self.size = Size(width: number("COLUMNS") ?? size?.width ?? 80, height: number("LINES") ?? size?.height ?? 24)
    isDumb = value("TERM") == nil || value("TERM") == "dumb"
    let wanted = value("NO_COLOR") == nil && !isDumb
    colorsOutput = choice == .always || (choice == .auto && wanted && streams.output)
    colorsError = choice == .always || (choice == .auto && wanted && streams.error)
    let characters = (value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? "").uppercased()
    // A locale that names no characters (none at all, C, POSIX) is what containers have; their terminals and pipes take UTF-8 all the same.
    let namesCharacters = characters.contains(".") || characters.contains("ISO") || characters.contains("ANSI")
    isUnicode = !namesCharacters || characters.contains("UTF-8") || characters.contains("UTF8")
    hasDisplay = value("DISPLAY") != nil || value("WAYLAND_DISPLAY") != nil
    isMultiplexed = value("TMUX") != nil || value("STY") != nil
    hasTrueColour = ["truecolor", "24bit"].contains(value("COLORTERM") ?? "")
  }

  /// The capabilities of this process; asks the terminal nothing.
  public static func current(color choice: ColorChoice = .auto) -> Capabilities {
    Capabilities(environment: ProcessInfo.processInfo.environment, streams: .current, size: .current, color: choice)
  }

  /// Whether lines can be edited: both input and output are terminals, and not dumb ones.
  public var canEdit: Bool { streams.input && streams.output && !isDumb }
}
