import Foundation
import Kernels
import Language
import Testing

@testable import Datasets

@Suite struct ColumnTests {
  private let names = ["x1", "x2", "sepal length", "a.b_2"]

  private func formulas(_ text: String) throws -> [ColumnFormula] { try FormulaParser.formulas(text, columns: names) }

  @Test(
    arguments: [
      ("x1*x2", "x1*x2", 6), ("x1^2", "x1^2", 4), ("x1 / x2", "x1/x2", 2.0 / 3), ("sin(x1)", "sin(x1)", 0.9092974),
      ("cos(x1)+1", "cos(x1)+1", 0.5838532), ("abs(x1-x2)", "abs(x1-x2)", 1), ("-x1^2", "-x1^2", -4), ("x1 - x2 - x1", "x1-x2-x1", -3),
      ("x1-(x2-x1)", "x1-(x2-x1)", 1), ("x1/(x2*x2)", "x1/(x2*x2)", 2.0 / 9), ("(x1+x2)*2", "(x1+x2)*2", 10), ("x1+x2*2", "x1+x2*2", 8),
      ("(x1*x2)^2", "(x1*x2)^2", 36), ("x1^-1", "x1^-1", 0.5), ("sqrt(x1*2)", "sqrt(x1*2)", 2),
      ("exp(x1)*log(x2)", "exp(x1)*log(x2)", 8.1177613),
      ("tanh(0.5*x1)", "tanh(0.5*x1)", 0.7615942), ("`sepal length`*a.b_2", "`sepal length`*a.b_2", 20), ("x1*-x2", "x1*(-x2)", -6),
    ] as [(String, String, Double)])
  func aFormulaIsReadPrintedAndComputed(_ text: String, _ printed: String, _ value: Double) throws {
    let formula = try #require(try formulas(text).first)
    let row: [Float] = [2, 3, 4, 5]
    #expect(formula.text == printed)
    #expect(abs(Double(formula.value { row[$0] }) - value) < 1e-5 * max(1, abs(value)))
    // What is printed is read as the same formula.
    #expect(try formulas(printed) == [formula])
  }

  @Test func formulasFollowEachOther() throws {
    #expect(try formulas("x1*x2 x1 ^ 2 sin(x1)").map(\.text) == ["x1*x2", "x1^2", "sin(x1)"])
  }

  @Test(
    arguments: [
      ("", "the formula ends after ``"), ("x1*", "the formula ends after `x1*`"), ("x3", "the data have no column `x3` | did you mean"),
      ("sine(x1)", "there is no function `sine` | did you mean `sin`?"), ("x1^x2", "`x1^` needs a number as its exponent"),
      ("(x1", "nothing closes a parenthesis of `(x1`"), ("x1)", "`)` cannot stand there: `x1)`"), ("2*3", "`2*3` uses no column"),
      ("x1*x2 3", "`3` uses no column"), ("x1 ? x2", "a formula has no `?`"), ("`x1", "nothing closes the backquote before `x1`"),
      ("1.2.3*x1", "`1.2.3` is not a number"), ("*x1", "`*` cannot stand there: `*`"), ("sin", "the data have no column `sin`"),
    ])
  func whatCannotBeReadIsComplainedOf(_ text: String, _ says: String) {
    let answer = complaint { _ = try formulas(text) }
    #expect(answer.hasPrefix(says), "\(answer)")
  }

  @Test func deepFormulasAreRefused() {
    let deep = String(repeating: "(", count: 100_000) + "x1"
    #expect(complaint { _ = try formulas(deep) }.hasPrefix("the formula has too many parentheses"))
    #expect(complaint { _ = try formulas(String(repeating: "-", count: 100_000) + "x1") }.hasPrefix("the formula has too many"))
  }

  private func table() throws -> Dataset { try read("a,b,y\n1,2,no\n3,,yes\n-1,5,no\n", target: "y") }

  @Test func columnsAreAddedAfterTheOthers() throws {
    let data = try table().adding("a*b a^2")
    #expect(data.featureNames == ["a", "b", "a*b", "a^2"])
    #expect(data.features == Tensor(shape: [3, 4], values: [1, 2, 2, 1, 3, 3.5, 10.5, 9, -1, 5, -5, 1]))
    let target = try table().target
    #expect(data.missing == 1 && data.missingByFeature == [0, 1, 0, 0] && data.target == target)
    #expect(data.recipe.description == "data csv t.csv target=y; data add a*b a^2")
    // Further ones are computed from what was read.
    #expect(try data.adding("sin(b)").featureNames == ["a", "b", "a*b", "a^2", "sin(b)"])
  }

  @Test func samplesAreGivenByTheColumnsThatWereRead() throws {
    let data = try table().adding("a*b")
    #expect(data.inputNames == ["a", "b"] && data.hasComputedColumns)
    #expect(try data.sample(of: [4, 5]) == Tensor(shape: [1, 3], values: [4, 5, 20]))
    #expect(complaint { _ = try data.sample(of: [4, 5, 20]) } == "3 numbers are given, and a sample has 2 | in this order: a, b")
    // A column that neither stays nor is used is not asked for.
    let fewer = try data.removing("a*b").adding("b^2").removing("a")
    #expect(fewer.inputNames == ["b"] && fewer.featureNames == ["b", "b^2"])
    #expect(try fewer.features(of: Tensor(shape: [2, 1], values: [3, 4])) == Tensor(shape: [2, 2], values: [3, 9, 4, 16]))
  }

  @Test func columnsAreRemovedAndBroughtBack() throws {
    let without = try table().adding("a*b").removing("b")
    #expect(without.featureNames == ["a", "a*b"] && without.features.values == [1, 2, 3, 10.5, -1, -5])
    #expect(without.recipe.description == "data csv t.csv target=y; data add a*b; data remove b")
    let back = try without.adding("b").removing("a * b")
    let original = try table().features
    #expect(back.featureNames == ["a", "b"] && back.features == original && !back.hasComputedColumns)
    #expect(back.recipe.description == "data csv t.csv target=y")
  }

  @Test func columnsOfAnyNameAreRemoved() throws {
    let text = "sepal length,sex,age,y\n1,m,2,a\n2,f,3,b\n3,d,4,a\n"
    let data = try read(text, target: "y")
    #expect(data.featureNames == ["sepal length", "sex=d", "sex=f", "sex=m", "age"])
    #expect(try data.removing("sepal length").featureNames == ["sex=d", "sex=f", "sex=m", "age"])
    #expect(try data.removing("sex=d sex=f").featureNames == ["sepal length", "sex=m", "age"])
    let few = try data.adding("`sex=m`*age").removing("`sepal length` `sex=d` age")
    #expect(few.featureNames == ["sex=f", "sex=m", "`sex=m`*age"])
    #expect(
      few.recipe.description
        == "data csv t.csv target=y; data add \"`sex=m`*age\"; data remove \"`sepal length`\" \"`sex=d`\" age")
  }

  @Test func theRecipeMakesTheSameData() throws {
    let data = try Moons(DrawnOptions(count: 20)).load(world()).adding("x1*x2").removing("x1")
    let again = try data.recipe.load(world(seed: 9))
    #expect(again.features == data.features && again.featureNames == ["x2", "x1*x2"] && again.inputNames == ["x1", "x2"])
  }

  @Test(
    arguments: [
      ("1/(b-2)", "`1/(b-2)` is not a finite number in row 0, where b = 2"),
      ("log(a)", "`log(a)` is not a finite number in row 2, where a = -1"),
      ("a", "the data have a column `a` already"), ("a*b a*b", "the data have a column `a*b` already"),
    ])
  func aColumnThatCannotBeAddedIsComplainedOf(_ text: String, _ says: String) {
    let answer = complaint { _ = try table().adding(text) }
    #expect(answer.hasPrefix(says), "\(answer)")
  }

  @Test func whatCannotBeChangedIsComplainedOf() throws {
    let images = try Glyphs(PictureOptions(count: 2, size: 8, rotation: 0)).load(world())
    #expect(
      complaint { _ = try images.adding("x1*x2") } == "columns can be added to a table, not to samples of 8x8x1 | such as `data moons`")
    #expect(complaint { _ = try images.removing("intensity") }.hasPrefix("columns can be added to a table"))
    #expect(complaint { _ = try table().removing("c") }.hasPrefix("the data have no column `c`"))
    #expect(complaint { _ = try table().removing("a b") }.hasPrefix("without `b` no column would be left"))
    let read = try table().adding("a*b")
    let changed = DerivedRecipe(source: Moons(), derivation: try #require(read.derivation))
    #expect(complaint { _ = try changed.load(world()) } == "the data now have the columns x1, x2 | the formulas were written for a, b")
  }
}
