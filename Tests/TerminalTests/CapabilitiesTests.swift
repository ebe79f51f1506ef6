import CEditline
import Testing

@testable import Terminal

@Suite struct CapabilitiesTests {
  static let all = Capabilities.Streams(input: true, output: true, error: true)
  static let piped = Capabilities.Streams(input: false, output: false, error: true)

  @Test(arguments: [
    (environment: ["TERM": "xterm"], streams: all, choice: Capabilities.ColorChoice.auto, output: true, error: true),
    (["TERM": "xterm"], piped, .auto, false, true),
    (["TERM": "dumb"], all, .auto, false, false),
    ([:], all, .auto, false, false),
    (["TERM": "xterm", "NO_COLOR": "1"], all, .auto, false, false),
    (["TERM": "xterm", "NO_COLOR": ""], all, .auto, true, true),
    (["TERM": "xterm", "NO_COLOR": "1"], piped, .always, true, true),
    (["TERM": "xterm"], all, .never, false, false),
  ])
  func colorFollowsTheEnvironment(
    _ environment: [String: String], _ streams: Capabilities.Streams, _ choice: Capabilities.ColorChoice, _ output: Bool, _ error: Bool
  ) {
    let capabilities = Capabilities(environment: environment, streams: streams, size: nil, color: choice)
    #expect(capabilities.colorsOutput == output)
    #expect(capabilities.colorsError == error)
  }

  @Test(arguments: [
    (environment: ["LANG": "fr_FR.UTF-8"], isUnicode: true),
    (["LANG": "C.utf8"], true),
    (["LANG": "fr_FR.UTF-8", "LC_ALL": "C"], true),
    (["LANG": "fr_FR.ISO-8859-1"], false),
    (["LANG": "POSIX"], true),
    (["LANG": "fr_FR.UTF-8", "LC_ALL": ""], true),
    ([:], true),
  ])
  func unicodeFollowsTheLocale(_ environment: [String: String], _ isUnicode: Bool) {
    #expect(Capabilities(environment: environment, streams: Self.all, size: nil).isUnicode == isUnicode)
  }

  @Test func theSizeIsTheEnvironmentsThenTheTerminalsThenTheUsualOne() {
    let size = Capabilities.Size(width: 120, height: 50)
    func width(_ environment: [String: String], _ size: Capabilities.Size?) -> Int {
      Capabilities(environment: environment, streams: Self.all, size: size).size.width
    }
    #expect(width(["COLUMNS": "60"], size) == 60)
    #expect(width(["COLUMNS": "no"], size) == 120)
    #expect(width(["COLUMNS": "-4"], size) == 120)
    #expect(width([:], nil) == 80)
  }

  @Test(arguments: [("truecolor", true), ("24bit", true), ("8bit", false), ("", false)])
  func trueColourIsNamedByTheEnvironment(_ value: String, _ has: Bool) {
    #expect(Capabilities(environment: ["COLORTERM": value], streams: Self.all, size: nil).hasTrueColour == has)
  }

  @Test func aDisplayIsX11OrWayland() {
    func has(_ environment: [String: String]) -> Bool { Capabilities(environment: environment, streams: Self.all, size: nil).hasDisplay }
    #expect(has(["DISPLAY": ":0"]) && has(["WAYLAND_DISPLAY": "wayland-0"]) && !has(["DISPLAY": ""]) && !has([:]))
  }

  @Test func theWidthOfATextCountsWideAndCombiningLetters() {
    gradus_adopt_locale()
    #expect(columnCount("abc") == 3 && columnCount("日本") == 4 && columnCount("e\u{301}") == 1)
  }
}
