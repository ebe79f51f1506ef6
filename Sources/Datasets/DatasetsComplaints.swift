import Language

/// The wording of complaints about what a drawn data set is asked for.
extension Complaint {
  static func pointCount(_ count: Int) -> Complaint {
    let range = DrawnOptions.counts
    return Complaint(
      "\(grouped(count)) points cannot be drawn", hint: "from \(range.lowerBound) to \(grouped(range.upperBound)), such as `data moons 500`"
    )
  }

  static func noise(_ noise: Float) -> Complaint {
    Complaint(
      "noise is a standard deviation, not \(numberText(noise))",
      hint: "from 0 to \(grouped(Int(DrawnOptions.mostNoise))), such as noise=0.1")
  }

  static func classCount(_ classes: Int, in range: ClosedRange<Int>) -> Complaint {
    Complaint("\(grouped(classes)) classes cannot be drawn", hint: "from \(range.lowerBound) to \(grouped(range.upperBound))")
  }

  static func featureCount(_ features: Int, in range: ClosedRange<Int>) -> Complaint {
    Complaint("\(grouped(features)) features cannot be drawn", hint: "from \(range.lowerBound) to \(grouped(range.upperBound))")
  }

  static func tooManyValues(count: Int, features: Int) -> Complaint {
    Complaint(
      "\(grouped(count)) points of \(grouped(features)) features are too many",
      hint: "at most \(grouped(DrawnOptions.mostValues)) values in all")
  }
}

/// The wording of complaints about what a drawn set of images is asked for.
extension Complaint {
  static func pictureCount(_ count: Int) -> Complaint {
    let range = DrawnOptions.counts
    return Complaint(
      "\(grouped(count)) images cannot be drawn",
      hint: "from \(range.lowerBound) to \(grouped(range.upperBound)), such as `data glyphs 1000`"
    )
  }

  static func pictureSize(_ size: Int) -> Complaint {
    let range = PictureOptions.sizes
    return Complaint(
      "images of \(grouped(size)) pixels cannot be drawn", hint: "from \(range.lowerBound) to \(range.upperBound), such as size=28")
  }

  static func pictureNoise(_ noise: Float) -> Complaint {
    Complaint("noise is the standard deviation of a pixel, not \(numberText(noise))", hint: "from 0 to 1, such as noise=0.1")
  }

  static func pictureRotation(_ rotation: Float) -> Complaint {
    Complaint("rotation is a number of degrees, not \(numberText(rotation))", hint: "from 0 to 180, such as rotation=10")
  }

  static func tooManyPictures(count: Int, size: Int) -> Complaint {
    Complaint(
      "\(grouped(count)) images of \(size)x\(size) are too many",
      hint: "at most \(grouped(DrawnOptions.mostValues)) pixels in all: \(grouped(DrawnOptions.mostValues / (size * size))) images")
  }
}

/// The wording of complaints about the parts of a data set and about how its targets are given to a loss.
extension Complaint {
  static func fraction(_ fraction: Double) -> Complaint {
    Complaint("a part of \(plain(fraction)) cannot be held out", hint: "a number between 0 and 1, such as 0.2")
  }

  static func tooFewRows(_ rows: Int, fraction: Double) -> Complaint {
    Complaint("\(plain(fraction)) of \(rows) rows leaves one part without rows", hint: "more rows or another fraction")
  }

  static func notTwoClasses(_ names: [String], column: String) -> Complaint {
    let found = names.count == 1 ? "one class" : "\(grouped(names.count)) classes"
    return Complaint(
      "binary_crossentropy needs two classes, and \(column) has \(found): \(listed(names))",
      hint: names.count == 1
        ? "use data with a second class, or mse"
        : "use categorical_crossentropy or sparse_categorical_crossentropy with \(grouped(names.count)) softmax units")
  }

  static func notProbabilities(column: String, _ value: Float) -> Complaint {
    Complaint(
      "binary_crossentropy needs two classes, and \(column) holds numbers such as \(numberText(value))", hint: "use mse or mae for numbers")
  }

  static func tooManyClasses(column: String) -> Complaint {
    Complaint(
      "\(column) has over \(grouped(TargetEncoding.mostClasses)) different values, too many for classes", hint: "use mse or mae for numbers"
    )
  }

  static func notWhole(column: String, _ value: Float) -> Complaint {
    Complaint("\(column) holds numbers such as \(numberText(value)), not classes", hint: "use mse or mae for numbers")
  }

  static func sampleSize(_ found: Int, shape: [Int], names: [String]) -> Complaint {
    let size = shape.map { String($0) }.joined(separator: "x")
    return Complaint(
      "\(found) \(found == 1 ? "number is" : "numbers are") given, and a sample has \(size)",
      hint: shape.count == 1 ? "in this order: \(listed(names))" : "row by row, the channels of a place together")
  }
}

/// The first names of a list, and how many more there are.
func listed(_ names: [String], atMost limit: Int = 10) -> String {
  let shown = names.prefix(limit).joined(separator: ", ")
  return names.count > limit ? "\(shown) and \(grouped(names.count - limit)) more" : shown
}
