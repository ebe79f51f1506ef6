import Foundation
import Kernels
import Testing

@testable import Datasets
@testable import Shell

@MainActor @Suite("weights load and save") struct WeightsCommandTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("gradus-weights-\(UUID().uuidString)")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }
  }
  private let model = "input 4x4x1; layer conv2d 2 3x3; layer flatten; layer batchnorm; layer dense 3 relu; layer prelu; layer dense 1"

  private func shell(_ folder: Folder, _ line: String) throws -> TestShell {
    let shell = TestShell()
    shell.surroundings.files.folder = folder.url
    try shell.run(line)
    return shell
  }

  @Test("Both forms bring every number back to the bit, also into a model that was drawn otherwise", arguments: ["w.npz", "w.safetensors"])
  func roundTrip(file: String) throws {
    let folder = try Folder()
    let first = try shell(folder, model + "; weights save \(file)")
    let second = try shell(folder, "set seed 9; " + model + "; show dense.kernel")
    #expect(second.text("show dense.kernel") != first.text("show dense.kernel"))
    let facts = try second.json("weights load \(file)")
    #expect(
      facts["parameters"] as? Int == first.session.model.network.summary.total && (facts["passed_over"] as? [String])?.isEmpty == true)
    #expect(second.session.model.state?.parameters == first.session.model.state?.parameters)
    #expect(try second.json("undo")["undone"] as? [String] == ["weights load \(file)"])
    #expect(second.session.model.state?.parameters != first.session.model.state?.parameters)
  }

  @Test(
    "Paths as Keras has them are understood",
    arguments: ["sequential/dense/kernel", "dense/kernel:0", "model.dense.kernel", "dense.kernel"])
  func names(name: String) throws {
    let folder = try Folder()
    let tensors = [
      (name: name, tensor: Tensor(shape: [2, 1], values: [3, 4])), (name: "dense.bias", tensor: Tensor(shape: [1], values: [5])),
    ]
    try TensorFile.safetensors(of: tensors).write(to: folder.url.appendingPathComponent("k.safetensors"))
    let shell = try shell(folder, "input 2; layer dense 1; weights load k.safetensors")
    #expect(shell.text("predict 1 1").contains("12"))
  }

  @Test("Half precision becomes what it stands for")
  func halves() throws {
    for (bits, value) in [
      (UInt16(0x0000), Float(0)), (0x3c00, 1), (0xc000, -2), (0x3555, 0.33325195), (0x7bff, 65504), (0x0001, 5.9604645e-08),
      (0x0400, 6.1035156e-05),
      (0x7c00, .infinity), (0xfc00, -.infinity),
    ] { #expect(TensorFile.half(bits) == value, "\(bits)") }
    #expect(TensorFile.half(0x7e00).isNaN)
    func file(_ type: String, _ numbers: [UInt8]) -> Data {
      let header = #"{"a":{"dtype":"\#(type)","shape":[2],"data_offsets":[0,\#(numbers.count)]}}"#
      return Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0]) + Data(header.utf8) + Data(numbers)
    }
    #expect(try TensorFile.read(file("F16", [0x00, 0x3c, 0x00, 0xc0]), "f")[0].tensor.values == [1, -2])
    #expect(try TensorFile.read(file("BF16", [0x80, 0x3f, 0x00, 0xc0]), "f")[0].tensor.values == [1, -2])
    #expect(try TensorFile.read(file("F64", [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0]), "f")[0].tensor.values == [1, -2])
    for (type, numbers) in [("I64", [UInt8](repeating: 0, count: 16)), ("F32", [0, 0, 0]), ("F32", [UInt8](repeating: 0, count: 12))] {
      #expect(throws: Complaint.self) { try TensorFile.read(file(type, numbers), "f") }
    }
  }

  @Test("A damaged file is refused at every length and changes nothing", arguments: ["w.npz", "w.safetensors"])
  func damaged(file: String) throws {
    let folder = try Folder()
    let shell = try shell(folder, "input 2; layer dense 3; weights save \(file)")
    let whole = try Data(contentsOf: folder.url.appendingPathComponent(file))
    let before = shell.session.model.state
    for length in stride(from: 0, to: whole.count, by: max(1, whole.count / 40)) {
      try whole.prefix(length).write(to: folder.url.appendingPathComponent(file))
      #expect(throws: Complaint.self) { try shell.run("weights load \(file)") }
      #expect(shell.session.model.state == before)
    }
  }

  @Test("What does not fit is told, with what would")
  func mistakes() throws {
    let folder = try Folder()
    let shell = try shell(folder, "input 2; layer dense 3; layer dense 1; weights save w.npz")
    #expect(shell.text("weights save w.h5").contains("no ending that tells how to write it; `weights save w.h5.npz`"))
    #expect(shell.text("reset; weights load w.npz").contains("no layer yet"))
    #expect(
      shell.text("input 5; layer dense 3; layer dense 1; weights load w.npz").contains(
        "has the shape (2, 3), the model's `dense.kernel` has (5, 3)"))
    #expect(shell.text("reset; input 2; layer dense 3; weights load w.npz").contains("no place for `dense_1.kernel`, `dense_1.bias`"))
    #expect(try shell.json("weights load w.npz partial=yes")["passed_over"] as? [String] == ["dense_1.kernel", "dense_1.bias"])
    #expect(
      shell.text("layer dense 1; layer dense 2; weights load w.npz").contains("lacks `dense_2.kernel`, `dense_2.bias`; `partial=yes`"))
    #expect(shell.text("reset; input 2; layer dense 3 name=mine; weights load w.npz").contains("holds none of the model's tensors"))
    let nan = [(name: "mine.kernel", tensor: Tensor(shape: [2, 3], values: [0, 0, .nan, 0, 0, 0]))]
    try TensorFile.safetensors(of: nan).write(to: folder.url.appendingPathComponent("nan.safetensors"))
    #expect(shell.text("weights load nan.safetensors partial=yes").contains("its number 2 from 0; weights must be finite"))
  }
}
