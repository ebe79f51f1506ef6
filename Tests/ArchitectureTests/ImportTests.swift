import Foundation
import Testing

/// Who imports whom: the table of the rooms, which the sources and the manifest must keep to.
private let allowed: [String: Set<String>] = [
  "Threads": [], "Language": [], "CEditline": [], "CGnuplot": [], "COneDNN": [], "CKernels": [], "CMarkdown": [], "CImages": [],
  "CChafa": [], "CZip": [],
  "CZlib": [], "CZstd": [],
  "Kernels": ["CKernels", "COneDNN"],
  "Engine": ["Kernels", "Language"],
  "Datasets": ["Kernels", "Language", "CImages", "CZip", "CZlib", "CZstd"],
  "Deck": ["Threads", "CMarkdown"],
  "Study": ["Deck"],
  "Drills": ["Study", "Engine", "Datasets"],
  "Shell": ["Threads", "Language", "Engine", "Datasets", "Deck", "Study", "Drills"],
  "Course": ["Shell", "Deck"],
  "Store": ["Study", "Shell", "GRDB"],
  "Screen": ["Threads", "Shell", "CMarkdown", "CGnuplot", "CChafa", "CImages"],
  "Terminal": ["Language", "CEditline"],
  "gradus": [
    "Threads", "Language", "Kernels", "Engine", "Datasets", "Deck", "Study", "Shell", "Course", "Store", "Screen", "Terminal",
    "ArgumentParser",
  ],
]

/// Modules of the toolchain that any room may use.
private let toolchain: Set<String> = ["Foundation", "Dispatch", "Glibc", "Synchronization"]

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

private func sources(of room: String) -> [URL] {
  let folder = root.appendingPathComponent("Sources/\(room)")
  let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
  return files.filter { $0.pathExtension == "swift" }
}

@Suite struct ImportTests {
  @Test("Every folder of Sources is a room of the design")
  func rooms() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Sources").path).filter {
      !$0.hasPrefix(".")
    }
    #expect(Set(folders) == Set(allowed.keys))
  }

  @Test("A room imports what the design lets it import", arguments: allowed.keys.sorted())
  func imports(room: String) throws {
    for file in sources(of: room) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), words[..<index].allSatisfy({ $0.hasPrefix("@") || $0 == "public" }) else {
          continue
        }
        guard let module = words.dropFirst(index + 1).last.map(String.init), line.first?.isWhitespace == false else { continue }
        let isAllowed = toolchain.contains(module) || allowed[room]?.contains(module) == true
        #expect(isAllowed, "\(file.lastPathComponent) of \(room) imports \(module)")
      }
    }
  }

  @Test("The manifest gives a room no other room than the design does", arguments: allowed.keys.sorted())
  func manifest(room: String) throws {
    let text = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
    // Each declaration begins with its kind; a test's may name the room too.
    let declarations = text.components(separatedBy: "\n    .").filter { declaration in
      !declaration.hasPrefix("test") && declaration.drop { $0 != "(" }.dropFirst().drop { $0.isWhitespace }.hasPrefix("name: \"\(room)\"")
    }
    guard let declaration = declarations.first, let start = declaration.range(of: "dependencies: [") else { return }
    // A product's brackets are parentheses, so the first bracket ends the list.
    let list = declaration[start.upperBound...].prefix { $0 != "]" }
    let names = list.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map {
      String($0.element)
    }
    let packages: Set<String> = ["GRDB.swift", "swift-argument-parser"]
    for name in names where !packages.contains(name) { #expect(allowed[room]?.contains(name) == true, "\(room) depends on \(name)") }
  }

  @Test("No public type bears its module's name", arguments: allowed.keys.sorted())
  func names(room: String) throws {
    for file in sources(of: room) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for kind in ["struct", "class", "enum", "protocol", "actor", "typealias"] {
        for ending in [" ", ":", "<"] { #expect(!text.contains("public \(kind) \(room)\(ending)"), "\(file.lastPathComponent)") }
      }
    }
  }
}
