import Language

/// A warning: the classes of a held-out part differ from those of the training part, so that its loss says little.
public struct ClassShift: Sendable, Equatable {
  /// One class and its share of the rows of each part, 0...1.
  public struct Share: Sendable, Equatable {
    /// The class.
    public let name: String
    /// Its share of the training rows.
    public let training: Double
    /// Its share of the rows held out.
    public let heldOut: Double
  }

  /// The classes whose shares differ, the greatest difference first.
  public let shares: [Share]

  /// The classes that the network is asked for and has never seen.
  public var neverTrained: [String] { shares.filter { $0.training == 0 }.map(\.name) }

  /// The warning in words.
  public var complaint: Complaint { .classShift(self) }
}

extension Dataset {
  /// What differs between the classes of the two parts of a split; nil when nothing does, or when the target is a measurement.
  ///
  /// A class differs when it is missing in the training part, or its shares differ by more than 0.1 and by more than three standard
  /// errors of a random sample of that size, or none of at least five expected rows is held out.
  public func classShift(_ split: RowSplit) -> ClassShift? {
    guard let groups = target.groups(), !split.training.isEmpty, !split.heldOut.isEmpty else { return nil }
    var training = [Int](repeating: 0, count: groups.names.count)
    var heldOut = training
    for row in split.training { training[groups.indices[row]] += 1 }
    for row in split.heldOut { heldOut[groups.indices[row]] += 1 }
    let size = Double(split.heldOut.count)
    let shares = groups.names.indices.map { place in
      ClassShift.Share(
        name: groups.names[place], training: Double(training[place]) / Double(split.training.count), heldOut: Double(heldOut[place]) / size)
    }
    let differing = shares.filter { share in
      if share.training == 0 || share.heldOut == 0 { return share.heldOut > 0 || share.training * size >= 5 }
      let standardError = (share.training * (1 - share.training) / size).squareRoot()
      return abs(share.heldOut - share.training) > max(0.1, 3 * standardError)
    }
    guard !differing.isEmpty else { return nil }
    let sorted = differing.sorted { abs($0.training - $0.heldOut) > abs($1.training - $1.heldOut) }
    return ClassShift(shares: sorted)
  }
}

extension Complaint {
  static func classShift(_ shift: ClassShift) -> Complaint {
    let parts = shift.shares.prefix(3).map { share in
      "\(share.name) is \(percent(share.training)) of the training part and \(percent(share.heldOut)) of the last part"
    }
    let more = shift.shares.count > 3 ? "; and \(shift.shares.count - 3) more" : ""
    return Complaint(
      "the classes of the last part differ from the rest: " + parts.joined(separator: "; ") + more,
      hint: "the rows keep their order: `data split 0.2` holds out a part of every class")
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}
