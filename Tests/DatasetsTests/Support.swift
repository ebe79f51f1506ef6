import Foundation
import Language

@testable import Datasets

/// The folder of the embedded data sets in this repository.
let embeddedFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("Lessons/data")

/// A world whose only files are the given ones.
func world(_ files: [String: String] = [:], seed: UInt64 = 0) -> DataEnvironment {
  world(files.mapValues { Data($0.utf8) }, seed: seed)
}

func world(_ files: [String: Data], seed: UInt64 = 0) -> DataEnvironment {
  let folder = URL(fileURLWithPath: "/files", isDirectory: true)
  return DataEnvironment(embeddedFolder: folder, currentFolder: folder, seed: seed) { url in
    guard let content = files[url.lastPathComponent] else { throw Complaint.noFile(url.path) }
    return content
  }
}

/// What a CSV file of this text is read as.
func read(_ text: String, target: String, header: Bool? = nil, drop: [String] = []) throws -> Dataset {
  try CSVFile(path: "t.csv", target: target, header: header, drop: drop).load(world(["t.csv": text]))
}

/// The complaint that a call ends with, as one text.
func complaint(_ body: () throws -> Void) -> String {
  do { try body() } catch let complaint as Complaint { return complaint.what + " | " + complaint.hint } catch { return "\(error)" }
  return "no complaint"
}
