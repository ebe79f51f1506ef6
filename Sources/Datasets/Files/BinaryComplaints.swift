import Language

/// The wording of complaints about files of numbers: IDX and NPZ.
extension Complaint {
  static func idxEmpty(_ file: String) -> Complaint { Complaint("\(file) is empty", hint: "fetch it again") }

  static func notIDX(_ file: String, start: [UInt8]) -> Complaint {
    let digits = Array("0123456789abcdef")
    let bytes = start.map { String([digits[Int($0 >> 4)], digits[Int($0 & 15)]]) }.joined(separator: " ")
    return Complaint(
      "\(file) is no IDX file: it begins with \(bytes)", hint: "an IDX file begins with 00 00, the type of its numbers and its axes")
  }

  static func idxEnds(_ file: String, shape: [Int], bytes: Int, expected: Int) -> Complaint {
    let promised =
      shape.isEmpty ? "its header needs \(grouped(expected)) bytes" : "\(sizeText(shape)) numbers need \(grouped(expected)) bytes"
    return Complaint("\(file) ends early: \(promised), and it has \(grouped(bytes))", hint: "fetch it again")
  }

  static func idxGoesOn(_ file: String, shape: [Int]) -> Complaint {
    Complaint("\(file) goes on after its \(sizeText(shape)) numbers", hint: "it is damaged: fetch it again")
  }

  static func gzipDamaged(_ file: String) -> Complaint {
    Complaint("\(file) is gzipped, and damaged or cut off", hint: "fetch it again; `gzip -t` tests it")
  }

  static func tooManyNumbers(_ file: String, shape: [Int], most: Int) -> Complaint {
    Complaint("\(file) holds \(sizeText(shape)) numbers", hint: "at most \(grouped(most)) are read")
  }

  static func noNumbers(_ file: String, shape: [Int]) -> Complaint {
    Complaint("\(file) holds no sample: its shape is \(sizeText(shape))", hint: "at least one is needed")
  }

  static func idxSwapped(images: String, labels: String) -> Complaint {
    Complaint("\(images) holds labels, and \(labels) the images", hint: "the images come first: `data idx IMAGES LABELS`")
  }

  static func notLabels(_ file: String, shape: [Int]) -> Complaint {
    Complaint("\(file) holds \(sizeText(shape)) numbers, not one label a sample", hint: "`data idx IMAGES LABELS`")
  }

  static func countsDiffer(_ first: String, _ samples: Int, _ second: String, _ targets: Int) -> Complaint {
    Complaint(
      "\(first) holds \(counted(samples, "sample")), and \(second) \(counted(targets, "target"))", hint: "they must belong together")
  }

  static func notSamples(_ file: String, shape: [Int]) -> Complaint {
    Complaint(
      "\(file) has the shape \(sizeText(shape))",
      hint: "samples are rows of numbers (n, features) or images (n, height, width, channels)")
  }

  static func notFinite(_ file: String, at place: [Int], _ value: Float) -> Complaint {
    let indices = place.map { String($0) }.joined(separator: ", ")
    return Complaint(
      "\(file) holds \(value.isNaN ? "NaN" : "a number beyond 3.4e38") at [\(indices)]",
      hint: "a network cannot learn from it: fill or remove it")
  }
}

/// The wording of complaints about NPZ files alone.
extension Complaint {
  static func notNPZ(_ file: String) -> Complaint {
    Complaint("\(file) is no NPZ file, or is cut off", hint: "write one with numpy.savez(file, x=..., y=...)")
  }

  static func npzDamaged(_ file: String, _ member: String, _ reason: String) -> Complaint {
    Complaint("\(member) of \(file) is damaged: \(reason)", hint: "write the file again")
  }

  static func noArray(_ file: String, _ name: String, names: [String]) -> Complaint {
    let option = name == "y" ? "y" : "x"
    return Complaint(
      "\(file) has no array `\(name)`",
      hint: names.isEmpty ? "it is empty" : "it has \(listed(names)); name one: \(option)=\(commandWord(names[0]))")
  }

  static func notNPY(_ name: String) -> Complaint { Complaint("\(name) is no NumPy array, or is damaged", hint: "write the file again") }

  static func unknownNumbers(_ name: String, _ type: String) -> Complaint {
    Complaint(
      "\(name) holds values \(type), which cannot be read", hint: "save whole numbers, booleans, float32 or float64: x.astype(\"float32\")")
  }

  static func npyEnds(_ name: String, shape: [Int], numbers: Int) -> Complaint {
    Complaint("\(name) ends early: of \(sizeText(shape)) numbers \(grouped(numbers)) are there", hint: "write the file again")
  }

  static func npyGoesOn(_ name: String, shape: [Int]) -> Complaint {
    Complaint("\(name) goes on after its \(sizeText(shape)) numbers", hint: "write the file again")
  }

  static func notTargets(_ name: String, shape: [Int]) -> Complaint {
    Complaint("\(name) has the shape \(sizeText(shape))", hint: "targets are (n), (n, 1), or one-hot rows (n, classes)")
  }
}

/// A shape as one reads it: 60,000x28x28.
func sizeText(_ shape: [Int]) -> String { shape.isEmpty ? "no axes" : shape.map(grouped).joined(separator: "x") }
