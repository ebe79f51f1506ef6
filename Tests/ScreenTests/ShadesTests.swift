import Shell
import Testing

@testable import Screen

@Suite("Shades of pictures") struct ShadesTests {
  private static let signed = {
    var panel = Plot.Panel()
    panel.pictures = [Plot.Picture(width: 3, height: 1, channels: 1, values: [-1, 0, 1], reach: 1)]
    panel.shades = .around(reach: 1)
    return Plot(title: "signs", panels: [panel])
  }()

  @Test("Characters without colour tell both signs and 0 apart, and the title says how", arguments: [false, true])
  func signs(isASCII: Bool) throws {
    var drawing = CharacterPlot(columns: 40, rows: 10, inColour: false)
    drawing.isASCII = isASCII
    let text = try drawing.text(of: Self.signed) { _, _, _ in "" }
    #expect(text.contains(isASCII ? "signs   blank -1, + 0, @ 1" : "signs   blank -1, ▒ 0, █ 1"), "\(text)")
    let picture = text.split(separator: "\n").dropFirst().first ?? ""
    #expect(Set(picture) == Set(isASCII ? " +@" : " ▒█"), "\(text)")
  }

  @Test("In colours the title names those")
  func colours() throws {
    let text = try CharacterPlot(columns: 60, rows: 10, inColour: true).text(of: Self.signed) { _, _, _ in "" }
    #expect(text.contains("blue -1, white 0, orange 1"), "\(text)")
  }

  @Test("No number is a negative zero", arguments: [(-0.0, "0", "0.00"), (-0.001, "-0.001", "0.00"), (-0.01, "-0.01", "-0.01")])
  func zeros(value: Double, short: String, decimals: String) {
    #expect(compact(value) == short && fixed(value, decimals: 2) == decimals && shortNumber(value) == short)
  }
}
