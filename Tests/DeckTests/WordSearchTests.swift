import Foundation
import Testing

@testable import Deck

@Suite struct WordSearchTests {
  @Test(
    "Words and phrases are found as whole words, stems at the start of words",
    arguments: [
      ("this is wrong", true, false), ("wrongly so", false, false), ("il vaut 3 au lieu de 4", true, false), ("au lieu", false, false),
      ("three batches", false, true), ("a rebatch", false, false), ("deux mises a jour", false, true), ("mises a part", false, false),
      ("", false, false), ("wrong batch", true, true), ("lieu de", false, false),
    ])
  func words(text: String, isWord: Bool, isStem: Bool) {
    let words = text.split(separator: " ")
    #expect(WordList(["wrong", "au lieu de"]).isMentioned(in: words) == isWord)
    #expect(WordList(["batch", "mises a jour"], isStem: true).isMentioned(in: words) == isStem)
  }

  @Test(
    "Letters are found wherever they stand",
    arguments: [
      ("a maxpool layer", true), ("conv", true), ("con v", false), ("co", false), ("", false), ("é conv é", true), ("coconv", true),
    ])
  func letters(text: String, isThere: Bool) { #expect(LetterSearch(["pool", "conv"]).isMentioned(in: text) == isThere) }

  @Test("ASCII is folded as all text is")
  func folding() {
    let all = String(decoding: UInt8(0)..<128, as: UTF8.self)
    #expect(CardLibrary.folded(all) == all.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil))
    #expect(CardLibrary.folded("L’ÉPOQUE Ê") == "l'epoque e")
  }
}
