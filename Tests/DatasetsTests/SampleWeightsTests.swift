import Foundation
import Kernels
import Language
import Testing

@testable import Datasets

@Suite struct SampleWeightsTests {
  private func csv(_ text: String, weights: String = "w", drop: [String] = [], header: Bool? = nil, target: String = "y") throws -> Dataset
  {
    try CSVFile(path: "t.csv", target: target, header: header, drop: drop, weights: weights).load(world(["t.csv": text]))
  }

  @Test func aColumnOfWeightsIsNoFeature() throws {
    let data = try csv("a,w,y\n1,2,yes\n3,0,no\n5,0.5,no\n")
    #expect(data.featureNames == ["a"] && data.features.values == [1, 3, 5])
    #expect(data.weights?.name == "w" && data.weights?.values == [2, 0, 0.5])
    #expect(data.described().weights?.mean == 2.5 / 3)
    // By number too, and columns that are added keep the weights.
    let other = try csv("1,2,7\n3,4,8\n", weights: "2", header: false, target: "3")
    #expect(other.featureNames == ["x1"] && other.weights?.values == [2, 4])
    #expect(try other.adding("x1^2").weights?.values == [2, 4])
    #expect(try csv("a,w,y\n1,2,yes\n3,0,no\n").recipe.description == "data csv t.csv target=y weights=w")
  }

  static let refused: [(text: String, weights: String, drop: [String], complaint: String)] = [
    ("a,w,y\n1,2,0\n3,-1,1\n", "w", [], "`-1` in line 3 of t.csv, column `w`, is no weight"),
    ("a,w,y\n1,2,0\n3,,1\n", "w", [], "the weight `w` is missing in line 3 of t.csv"),
    ("a,w,y\n1,NaN,0\n3,1,1\n", "w", [], "the weight `w` is missing in line 2 of t.csv"),
    ("a,w,y\n1,inf,0\n3,1,1\n", "w", [], "`inf` in line 2 of t.csv, column `w`, is no weight"),
    ("a,w,y\n1,1e39,0\n3,1,1\n", "w", [], "`1e39` in line 2 of t.csv, column `w`, is no weight"),
    ("a,w,y\n1,much,0\n3,1,1\n", "w", [], "`much` in line 2 of t.csv, column `w`, is no weight"),
    ("a,w,y\n1,0,0\n3,0,1\n", "w", [], "every weight in `w` of t.csv is 0"),
    ("a,w,y\n1,2,0\n3,1,1\n", "y", [], "`y` is the target and cannot be the weights"),
    ("a,w,y\n1,2,0\n3,1,1\n", "w", ["w"], "`w` holds the weights and cannot be dropped"),
    ("a,w,y\n1,2,0\n3,1,1\n", "v", [], "t.csv has no column `v`"),
    ("w,y\n2,0\n1,1\n", "w", [], "nothing but the target"),
  ]

  @Test(arguments: refused.indices) func aColumnThatHoldsNoWeightsIsRefusedWithItsLine(_ index: Int) {
    let (text, weights, drop, wanted) = Self.refused[index]
    let said = complaint { _ = try csv(text, weights: weights, drop: drop) }
    #expect(said.contains(wanted), "\(said)")
  }

  @Test func anArrayOfWeights() throws {
    let file = try NPZTests.golden("stored.npz")
    func load(_ weights: String) throws -> Dataset {
      try NPZFile(path: "stored.npz", samples: "f4", weights: weights).load(world(["stored.npz": file]))
    }
    let data = try load("y")
    #expect(data.weights?.values == [2, 0, 1] && data.recipe.description == "data npz stored.npz x=f4 weights=y")
    #expect(complaint { _ = try load("negative") }.contains("`negative` of stored.npz holds -1.5 at [0], which is no weight"))
    #expect(complaint { _ = try load("f4") }.contains("`f4` of stored.npz has the shape (3, 2)"))
    #expect(complaint { _ = try load("fortran") }.contains("one number a sample"))
    #expect(complaint { _ = try load("nobody") }.contains("nobody"))
  }
}
