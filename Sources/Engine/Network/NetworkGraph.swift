import Language

// Who reads whom. Most networks are a sequence, each layer reading the one before it; joins and sources make a graph of them.
extension Network {
  /// What stands for the network's input among the names that a layer reads.
  public static let inputName = "input"

  /// The places of what each layer reads: layers from 0 on, -1 for the network's input.
  ///
  /// - Precondition: The sources have been checked, as every edit does.
  var readPlaces: [[Int]] {
    var places = [Network.inputName: -1]
    return layers.enumerated().map { index, named in
      defer { places[named.name] = index }
      return named.inputs.map { name in name.flatMap { places[$0] } ?? index - 1 }
    }
  }

  /// Whether a layer reads another one than the one before it.
  public var isSequence: Bool { layers.allSatisfy { $0.inputs == [nil] } }

  /// The names of the layers whose outputs each layer reads; nil for the network's input.
  public var connections: [[String?]] { readPlaces.map { $0.map { $0 < 0 ? nil : layers[$0].name } } }

  /// - Throws: A `Complaint` when a layer reads one that does not stand before it.
  func checkSources() throws {
    var known: Set<String> = [Network.inputName]
    for (index, named) in layers.enumerated() {
      for case let name? in named.inputs where !known.contains(name) {
        if layers.contains(where: { $0.name == name }) { throw Complaint.readsLater(name).about(layer: named, number: index + 1) }
        throw Complaint.readsNobody(name, among: layers.prefix(index).map(\.name)).about(layer: named, number: index + 1)
      }
      known.insert(named.name)
    }
  }

  /// - Throws: A `Complaint` when a layer's output is not read, and is not the network's.
  func checkReaders() throws {
    let read = Set(readPlaces.flatMap { $0 })
    for (index, named) in layers.dropLast().enumerated() where !read.contains(index) { throw Complaint.unread(named.name) }
  }
}
