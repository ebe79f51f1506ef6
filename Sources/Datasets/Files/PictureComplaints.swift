import Language

/// The wording of complaints about pictures and folders of them.
extension Complaint {
  static func imageEmpty(_ file: String) -> Complaint { Complaint("\(file) is empty", hint: "replace or remove it") }

  static func notImage(_ file: String) -> Complaint {
    Complaint("\(file) is neither a PNG nor a JPEG file", hint: "its content says so; replace or remove it")
  }

  static func otherPicture(_ file: String) -> Complaint {
    Complaint("\(file) is neither PNG nor JPEG", hint: "convert it or take it away")
  }

  static func imageDamaged(_ file: String, _ reason: String) -> Complaint {
    Complaint("\(file) is damaged\(reason.isEmpty ? "" : ": \(reason)")", hint: "replace or remove it")
  }

  static func imageTooLarge(_ file: String, height: Int, width: Int) -> Complaint {
    Complaint(
      "\(file) has \(grouped(height))x\(grouped(width)) pixels", hint: "at most \(grouped(ImageFile.mostPixels)) are read; make it smaller")
  }

  static func noMemory(_ what: String) -> Complaint { Complaint("there is no memory for \(what)", hint: "close other programs") }

  static func sizesDiffer(_ file: String, _ size: [Int], first: String, _ firstSize: [Int]) -> Complaint {
    Complaint(
      "\(file) has \(sizeText(size)) pixels, and \(first) has \(sizeText(firstSize))",
      hint: "give all the same size: size=\(firstSize[0] == firstSize[1] ? sizeText([firstSize[0]]) : sizeText(firstSize))")
  }

  static func tooManyPixels(_ folder: String, shape: [Int], most: Int) -> Complaint {
    Complaint(
      "\(folder) holds \(grouped(shape[0])) pictures of \(sizeText(Array(shape.dropFirst()))), over \(grouped(most)) numbers",
      hint: "give a smaller size, such as size=64")
  }

  static func noPictures(_ folder: String, lieFlat: Bool) -> Complaint {
    Complaint(
      lieFlat ? "the pictures of \(folder) lie in no folder of their class" : "\(folder) has no folder with PNG or JPEG files",
      hint: "a folder a class: \(folder)/cat/1.png, \(folder)/dog/1.png")
  }

  static func tooManyFolders(_ folder: String, _ count: Int) -> Complaint {
    Complaint("\(folder) has \(grouped(count)) folders", hint: "at most \(grouped(TargetEncoding.mostClasses)) classes can be told apart")
  }

  static func twoChannels() -> Complaint { Complaint("channels is 1 for gray or 3 for colour, not 2", hint: "channels=1 or channels=3") }
}
