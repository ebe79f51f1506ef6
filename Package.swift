// swift-tools-version: 6.3
import PackageDescription

// The rooms and who imports whom. `ArchitectureTests` reads this manifest and the sources and fails when an import is added
// that the design does not know.
let package = Package(
  name: "gradus",
  products: [.executable(name: "gradus", targets: ["gradus"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // C libraries behind small shims.
    .target(name: "CEditline", linkerSettings: [.linkedLibrary("edit")]),
    .target(
      name: "CGnuplot", cxxSettings: [.unsafeFlags(["-std=c++17"])],
      linkerSettings: [.linkedLibrary("boost_iostreams"), .linkedLibrary("boost_filesystem"), .linkedLibrary("boost_system")]),
    .target(name: "COneDNN", linkerSettings: [.linkedLibrary("dnnl")]),
    // The kernels are optimised in debug builds too: a test that trains a network is not a test of -O0.
    .target(
      name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-fno-trapping-math"])], linkerSettings: [.linkedLibrary("m")]),
    .systemLibrary(name: "CMarkdown", pkgConfig: "libcmark-gfm", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CChafa", pkgConfig: "chafa", providers: [.apt(["libchafa-dev", "libglib2.0-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
    // Optimised in debug builds too: a test that learns from images draws or reads thousands of them.
    .target(
      name: "CImages", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno"])],
      linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg"), .linkedLibrary("m")]),

    // The rooms.
    .target(name: "Threads"),
    .target(name: "Language"),
    .target(name: "Kernels", dependencies: ["CKernels", "COneDNN"]),
    .target(name: "Engine", dependencies: ["Kernels", "Language"]),
    .target(name: "Datasets", dependencies: ["Kernels", "Language", "CImages", "CZip", "CZlib", "CZstd"]),
    .target(name: "Deck", dependencies: ["Threads", "CMarkdown"]),
    .target(name: "Study", dependencies: ["Deck"]),
    .target(name: "Drills", dependencies: ["Study", "Engine", "Datasets"]),
    .target(name: "Shell", dependencies: ["Threads", "Language", "Engine", "Datasets", "Deck", "Study", "Drills"]),
    .target(name: "Course", dependencies: ["Shell", "Deck"]),
    .target(name: "Store", dependencies: ["Study", "Shell", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(name: "Screen", dependencies: ["Threads", "Shell", "CMarkdown", "CGnuplot", "CChafa", "CImages"]),
    .target(name: "Terminal", dependencies: ["Language", "CEditline"]),
    .executableTarget(
      name: "gradus",
      dependencies: [
        "Threads", "Language", "Kernels", "Engine", "Datasets", "Deck", "Study", "Shell", "Course", "Store", "Screen", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // A folder of tests for each room; TerminalTests drives the built program in a real pty.
    .target(name: "CPty", path: "Tests/CPty", linkerSettings: [.linkedLibrary("util")]),
    .executableTarget(name: "EditorProbe", dependencies: ["Terminal"], path: "Tests/EditorProbe"),
    .executableTarget(name: "SchedulerProbe", dependencies: ["Study"], path: "Tests/SchedulerProbe"),
    .executableTarget(
      name: "Fuzzer", dependencies: ["Language", "Kernels", "Datasets", "Deck", "Study", "Shell", "Course", "Store", "Screen", "CZlib"],
      path: "Tests/Fuzzer"),
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"]),
    .testTarget(name: "LanguageTests", dependencies: ["Language"]),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels"]),
    .testTarget(name: "EngineTests", dependencies: ["Engine", "Kernels", "Language", "CAllocations"], resources: [.copy("Golden")]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Kernels", "Language"], resources: [.copy("Golden")]),
    .testTarget(name: "DeckTests", dependencies: ["Deck"]),
    .testTarget(name: "StudyTests", dependencies: ["Study", "Deck"], resources: [.copy("Golden")]),
    .testTarget(name: "DrillsTests", dependencies: ["Drills", "Engine"], exclude: ["Golden"]),
    .testTarget(name: "ShellTests", dependencies: ["Shell", "Course", "Screen"], resources: [.copy("Golden")]),
    .testTarget(name: "CourseTests", dependencies: ["Course", "Shell", "Screen", "Deck"], resources: [.copy("Questions.tsv")]),
    .testTarget(name: "StoreTests", dependencies: ["Store", "Study", "Shell", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(name: "ScreenTests", dependencies: ["Screen", "Shell"], resources: [.copy("Golden")]),
    .testTarget(
      name: "TerminalTests",
      dependencies: [
        "gradus", "EditorProbe", "Terminal", "Store", "Shell", "CEditline", "CPty", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      resources: [.copy("Golden")]),
    .testTarget(name: "ArchitectureTests"),
  ],
  swiftLanguageModes: [.v6]
)
