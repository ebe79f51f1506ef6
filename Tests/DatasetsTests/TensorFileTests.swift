import Foundation
import Kernels
import Language
import Testing

@testable import Datasets

@Suite struct TensorFileTests {
  /// A safetensors file of a header, with twelve zeros behind it.
  private func file(_ header: String) -> Data {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8) + Data(count: 48)
  }

  @Test(
    "A description of a tensor that says what cannot be is refused with the tensor's name",
    arguments: [
      ("7", "its description cannot be read"), ("\"F32\"", "its description cannot be read"), ("null", "its description cannot be read"),
      ("true", "its description cannot be read"), ("[1, 2]", "its description cannot be read"),
      (#"{"dtype": "F32", "shape": [-9223372036854775808], "data_offsets": [0, 0]}"#, "its shape cannot be"),
      (#"{"dtype": "F32", "shape": [-2, -3], "data_offsets": [0, 24]}"#, "its shape cannot be"),
      (#"{"dtype": "F32", "shape": [0, -1], "data_offsets": [0, 0]}"#, "its shape cannot be"),
      (#"{"dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [0, 0]}"#, "its shape cannot be"),
      (#"{"dtype": "F32", "shape": [2], "data_offsets": [8]}"#, "its shape cannot be"),
      (#"{"dtype": "F32", "shape": [2], "data_offsets": [-8, 0]}"#, "its numbers do not lie in the file"),
      (
        #"{"dtype": "F32", "shape": [2], "data_offsets": [9223372036854775807, -9223372036854775808]}"#,
        "its numbers do not lie in the file"
      ),
    ])
  func impossible(description: String, reason: String) {
    let header = #"{"a": \#(description)}"#
    #expect(
      complaint { _ = try TensorFile.read(file(header), "w.safetensors") }.hasPrefix("`a` of w.safetensors cannot be read: \(reason)"))
  }
}
