import Foundation
import Shell
import Testing

@MainActor @Suite("What decks say of layers")
struct LayerClaimTests {
  private func check(_ text: String) throws -> (findings: [(line: Int, kind: String, right: String)], confirmed: [String]) {
    let shell = TestShell()
    let folder = try TemporaryFolder(["d.md": text])
    shell.surroundings.files.folder = folder.url
    let json = try shell.json("deck check d.md")
    let findings = (json["findings"] as? [[String: Any]] ?? []).map {
      ($0["line"] as? Int ?? 0, $0["kind"] as? String ?? "", $0["right"] as? String ?? "")
    }
    return (findings, (json["confirmed"] as? [[String: Any]] ?? []).map { $0["says"] as? String ?? "" })
  }

  // Quoted tables.

  private static let keras3 = """
    Model: "sequential"
    ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
    ┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
    ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
    │ conv2d (Conv2D)                 │ (None, 30, 30, 12)     │           336 │
    ├─────────────────────────────────┼────────────────────────┼───────────────┤
    │ batch_normalization             │ (None, 30, 30, 12)     │            48 │
    │ (BatchNormalization)            │                        │               │
    ├─────────────────────────────────┼────────────────────────┼───────────────┤
    │ max_pooling2d (MaxPooling2D)    │ (None, 15, 15, 12)     │             0 │
    ├─────────────────────────────────┼────────────────────────┼───────────────┤
    │ flatten (Flatten)               │ (None, 2700)           │             0 │
    ├─────────────────────────────────┼────────────────────────┼───────────────┤
    │ dense (Dense)                   │ (None, 5)              │        13,505 │
    └─────────────────────────────────┴────────────────────────┴───────────────┘
     Total params: 13,889 (54.25 KB)
     Trainable params: 13,865 (54.16 KB)
     Non-trainable params: 24 (96.00 B)
    """

  private static let markdown = """
    | Couche (type) | Forme de sortie | Param # |
    |---|---|---|
    | lstm (LSTM) | (None, 16) | 1,600 |
    | dense (Dense) | (None, 3) | 51 |
    """

  private func deck(_ table: String) -> String { "Question : explain\n\n\(table)\n\nAnswer : see\n" }

  @Test("Every row and total of a right table is confirmed, in any frame")
  func rightTables() throws {
    let fenced = try check(deck("```text\n\(Self.keras3)\n```"))
    #expect(fenced.findings.isEmpty, "\(fenced.findings)")
    #expect(fenced.confirmed.first?.contains("13,889 parameters in 5 layers") == true)
    #expect(fenced.confirmed.contains { $0.contains("13,865 trainable and 24 not") })
    let bare = try check(deck(Self.markdown))
    #expect(bare.findings.isEmpty, "\(bare.findings)")
  }

  @Test(
    "One wrong number is told as such, not by what follows from it",
    arguments: [
      ("336 │", "338 │", 8, "336"), ("(None, 30, 30, 12)     │           336", "(None, 30, 31, 12)     │           336", 8, "30x30x12"),
      ("48 │", "44 │", 10, "48"), ("15, 15, 12", "14, 15, 12", 13, "15x15x12"), ("(None, 2700)", "(None, 2600)", 15, "2700"),
      ("13,505 │", "13,500 │", 17, "13,505"), ("13,889 (", "13,899 (", 19, "13,889"), ("13,865 (", "13,856 (", 20, "13,865"),
      ("params: 24 (", "params: 48 (", 21, "24"), ("(54.25 KB)", "(55.25 KB)", 19, "54.25"),
    ])
  func wrongTables(was: String, becomes: String, line: Int, right: String) throws {
    let text = Self.keras3.replacing(was, with: becomes, maxReplacements: 1)
    #expect(text != Self.keras3)
    let findings = try check(deck("```text\n\(text)\n```")).findings
    #expect(findings.count == 1, "\(findings)")
    #expect(findings.first?.line == line && findings.first?.right.hasPrefix(right) == true, "\(findings)")
  }

  @Test(
    "Tables in Markdown, with layers that the engine does not run",
    arguments: [("1,600", "1,601", 6, "1,600"), ("51 |", "48 |", 7, "")])
  func markdownTables(was: String, becomes: String, line: Int, right: String) throws {
    let table = "| Layer (type) | Output Shape | Param # |\n|---|---|---|\n| embedding (Embedding) | (None, 7, 8) | 800 |\n"
    let rest = Self.markdown.split(separator: "\n").dropFirst(2).joined(separator: "\n")
    let text = (table + rest).replacing(was, with: becomes)
    let findings = try check(deck(text)).findings
    #expect(try check(deck(table + rest)).findings.isEmpty)
    // Three units without bias on sixteen values count 48.
    #expect(findings.count == (right.isEmpty ? 0 : 1), "\(findings)")
    if !right.isEmpty { #expect(findings.first?.line == line && findings.first?.right.hasPrefix(right) == true, "\(findings)") }
  }

  @Test("A question that asks for the mistake shows one, and open cells are left to the learner")
  func exercises() throws {
    let wrong = Self.keras3.replacing("13,505", with: "13,500")
    #expect(try check("Question : Find the mistake.\n```\n\(wrong)\n```\nAnswer : see\n").findings.isEmpty)
    let open = Self.keras3.replacing("13,505", with: "     ?").replacing("13,889", with: "?")
    #expect(try check(deck("```\n\(open)\n```")).findings.isEmpty)
  }

  @Test("Residual networks, whose layers read earlier ones, raise no alarm")
  func graphs() throws {
    let shell = TestShell()
    for style in ["keras", "classic", "short"] {
      let table = shell.text("preset resnet18; summary style=\(style)").components(separatedBy: "\n").filter {
        !$0.contains("parameters in all")
      }
      #expect(try check(deck("```\n\(table.joined(separator: "\n"))\n```")).findings.isEmpty)
    }
  }

  @Test("The total that a sentence states is the table's")
  func statedTotals() throws {
    let good = try check("Question : q\n```\n\(Self.keras3)\n```\nAnswer : Soit un total de 13 889 paramètres.\n")
    #expect(good.findings.isEmpty && good.confirmed.contains("13,889 parameters in all"))
    let bad = try check("Question : q\n```\n\(Self.keras3)\n```\nAnswer : That makes 13,898 parameters in total.\n")
    #expect(bad.findings.map(\.right) == ["13,889"])
  }

  // Layers in words and in code.

  @Test(
    "A wrong size or count of a layer is told with the right one",
    arguments: [
      (#"Sizes?"#, #"Conv2D f=64 k=3x3 s=2 p=same on 25x25x64 => 64 matrices of 12x12"#, "13x13"),
      (#"Output?"#, #"A 5x5 convolution with stride 1 and no padding on a 28x28 image gives 23x23."#, "24x24"),
      (#"Sortie ?"#, #"Une convolution 3x3 de stride 2 avec padding same sur une image 100x100 donne 49x49."#, "50x50"),
      (#"Output?"#, #"Conv2D(32, (3, 3)) on a 28x28x1 input → 25x25x32"#, "26x26"),
      (#"Output?"#, #"Conv2D(32, (3, 3)) on a 28x28x1 input → 26x26x32, 288 x 2 = 576, so 330 parameters"#, "320"),
      (#"Pool?"#, #"MaxPooling2D(2) on 26x26x32 -> 14x14x32"#, "13x13"),
      (
        #"A Conv2D layer with 32 filters of 5x5, stride 1, no padding, receives 28x28x1 images. What is the output shape?"#, #"25x25x32"#,
        "24x24"
      ),
      (
        #"A Conv2D layer with 32 filters of 5x5, stride 1, no padding, receives 28x28x1 images. How many parameters does it have?"#,
        #"32 × (5 × 5 × 1 + 1) = 932"#, "832"
      ),
      (
        #"A Conv2D layer with 32 filters of 5x5 receives 28x28x1 images. How many parameters does it have?"#,
        #"It has 800 + 30 parameters, that is 830 parameters."#, "832"
      ),
      (
        #"Quelle est la taille de sortie d'une convolution de noyau 3x3, stride 2, padding same, sur une entrée 32x32x3 ?"#, #"15x15"#,
        "16x16"
      ),
      (#"A dense layer has 10 units and 784 inputs. How many parameters?"#, #"7,840"#, "7,850"),
      (#"Une couche dense de 10 neurones reçoit 784 entrées. Combien de paramètres ?"#, #"7 840 paramètres"#, "7 850"),
      (#"Chain"#, #"28x28x1 -> Conv2D(32, 3x3) -> 26x26x32 -> MaxPooling2D(2x2) -> 13x13x32 -> Conv2D(64, 3x3) -> 10x10x64"#, "11x11"),
      (#"x"#, #"A 3x3 kernel... Conv2D(16, kernel_size=3, padding='valid') on a 32x32x3 input outputs 32x32x16"#, "30x30"),
      (#"LeNet"#, #"Input 32x32x1. Conv 6 filters 5x5 gives 28x28x6. Average pooling 2x2 gives 13x13x6."#, "14x14"),
      (#"AlexNet"#, #"Conv 96 filters 11x11, stride 4, padding 0 on 227x227x3 gives 56x56x96."#, "55x55"),
    ])
  func wrongLayers(question: String, answer: String, right: String) throws {
    let findings = try check("Question : \(question)\nAnswer : \(answer)\n").findings
    func digits(_ text: String) -> String { text.replacing(",", with: "").replacing(" ", with: "") }
    #expect(findings.contains { $0.line == 2 && digits($0.right).hasPrefix(digits(right)) }, "\(findings)")
    #expect(findings.count == 1, "\(findings)")
  }

  @Test(
    "Layers that are told rightly, or told of in passing, raise no alarm",
    arguments: [
      #"Conv 96 filters 11x11, stride 4 on 224x224x3 gives 55x55x96."#,
      #"A 3x3 convolution with padding 1 on 32x32x3 keeps 32x32."#,
      #"Conv2D(32, (3,3), activation='relu', input_shape=(28,28,1)) gives 26x26x32 and 320 parameters"#,
      #"VGG stacks two 3x3 convolutions instead of a 5x5 one."#,
      #"A 1x1 convolution changes the channels, its stride the size."#,
      #"The input is 224x224x3 and the last feature maps are 7x7x512."#,
      #"Two 3x3 convolutions see a 5x5 window."#,
      #"A convolution of 3x3 on an image of 32x32 with stride 2: 15x15 or 16x16, depending on the padding."#,
      #"Conv2D with 64 filters of 3x3 after 32 channels: 64 × (3×3×32 + 1) = 18,496 parameters"#,
      #"MaxPooling 2x2 halves the size: 28x28 becomes 14x14."#,
      #"Pooling de 2x2 : on passe de 24x24 à 12x12."#,
      #"Avec un kernel 5x5, padding same et stride 1, une image 28x28 reste en 28x28."#,
      #"A dense layer with 128 units on 784 inputs has 100,480 parameters."#,
      #"Une couche Dense de 8 neurones avec 2 entrées a 24 paramètres."#,
      #"Images of 28x28 pixels have 784 values, and a dense layer of 10 units then has 7,850 parameters."#,
      #"Use a 3x3 or a 5x5 kernel, e.g. Conv2D(32, 3)."#,
      #"ResNet starts with a 7x7 convolution of stride 2 and 64 filters on 224x224x3, which gives 112x112x64."#,
    ])
  func silent(answer: String) throws { #expect(try check("Question : q\nAnswer : \(answer)\n").findings.map(\.right) == []) }

  @Test("Numbers beyond all networks do no harm")
  func robust() throws {
    let texts = [
      "```\n| Layer (type) | Output Shape | Param # |\n| dense (Dense) | (None, 999999999999999999) | 999999999999999999 |\n| dense_1 (Dense) | (None, 9) | 99 |\n```",
      "```\n| Layer (type) | Output Shape | Param # |\n| conv2d (Conv2D) | (None, 16000, 16000, 1) | 10 |\n| dense (Dense) | (None, 200000000) | 9 |\n```",
      "Conv2D 999999999 filters 64x64, stride 1, padding 999 on 9999x9999x2 gives 1x1x1 and 99999999999999999999 parameters",
      "A dense layer of 999999999 units with 999999999 inputs has 3 parameters.", "Conv2D(0, (0, 0), strides=0) on 28x28x1 -> 0x0x0",
      "MaxPooling2D(0) on 1x1x1 gives 9x9x1",
      "```\n" + (0..<600).map { "dense_\($0) (Dense)   (None, 8)   72\n" }.joined() + "Total params: 5 (5 B)\n```",
    ]
    for text in texts { _ = try check("Question : q\nAnswer : \(text)\n") }
  }

  @Test("A chain in shorthand is followed from layer to layer")
  func chains() throws {
    let text = """
      Question : Recount, for RGB images of 64x64.
      Answer :

      ```bash
      Conv 2D f=16 k=5x5 s=2 p=same  => 16 matrices de 32x32  Params = 16 (5*5*3 + 1) = 1_216
      Conv 2D f=32 k=3x3 s=2 p=same  => 32 matrices de 18x18  Params = 32 (3*3*16 + 1) = 4_640
      Conv 2D f=64 k=3x3 s=2 p=valid => 64 matrices de 7x7    Params = 64 (3*3*32 + 1) = 18_496
      ```
      """
    let findings = try check(text).findings
    #expect(findings.map { "\($0.line) \($0.kind)" } == ["6 output_shape"])
    #expect(findings.first?.right.hasPrefix("16x16") == true)
  }

  @Test("Keras code with the shapes in its comments")
  func code() throws {
    let text = """
      Question : Which shapes?
      Answer :

      ```python
      model = Sequential([
          Input(shape=(32, 32, 3)),
          Conv2D(24, 3, activation="relu"),      # (None, 30, 30, 24), 672 params
          MaxPooling2D(2),                       # (None, 15, 15, 24)
          Conv2D(48, (5, 5), padding="same"),    # (None, 11, 11, 48)
      ])
      ```
      """
    let findings = try check(text).findings
    #expect(findings.map { "\($0.line) \($0.kind)" } == ["9 output_shape"], "\(findings)")
    #expect(findings.first?.right.hasPrefix("15x15x48") == true)
  }

  @Test("The text says what is wrong, what is right, and what was computed again")
  func text() throws {
    let shell = TestShell()
    let folder = try TemporaryFolder(["d.md": "Question : x\nAnswer : 3 * 4 = 13\n\n8 * 3 = 24\n"])
    shell.surroundings.files.folder = folder.url
    let text = shell.text("deck check d.md")
    #expect(text.contains("1 card: 1 finding, 1 claim is right"))
    #expect(text.contains("  line 2  `3 x 4 = 13` is not right\n          right: 12\n"))
    #expect(text.hasSuffix("computed again and right\n  line 4  8 x 3 = 24\n"))
  }
}
