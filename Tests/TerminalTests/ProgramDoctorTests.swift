import Foundation
import Testing

/// What `doctor` finds, and what it says would mend it.
@Suite struct ProgramDoctorTests {
  private func findings(_ outcome: ProgramHome.Outcome) throws -> [String: (state: String, says: String, remedy: String?)] {
    let object = try #require(outcome.objects.last ?? nil)
    let all = try #require(object["findings"] as? [[String: Any]])
    return Dictionary(
      all.map {
        ($0["subject"] as? String ?? "", ($0["state"] as? String ?? "", $0["says"] as? String ?? "", $0["remedy"] as? String))
      }, uniquingKeysWith: { $1 })
  }

  @Test func everythingIsLookedAt() throws {
    let home = try ProgramHome()
    let found = try findings(try home.run("--json", "-c", "doctor"))
    for subject in ["gradus", "processor", "terminal", "locale", "gnuplot", "store", "settings", "history", "lessons", "editor"] {
      let finding = try #require(found[subject], "\(subject)")
      #expect(!finding.says.isEmpty && (finding.state == "good") == (finding.remedy == nil), "\(subject): \(finding)")
    }
    #expect(found["store"]?.says.contains("0 reviews of 0 cards") == true)
  }

  @Test func aWrongLineOfTheSettingsIsFound() throws {
    let home = try ProgramHome()
    try FileManager.default.createDirectory(at: home.folder.appendingPathComponent("config/gradus"), withIntermediateDirectories: true)
    try home.write("colr never\n", to: "config/gradus/config")
    let found = try findings(try home.run("--json", "-c", "doctor"))
    #expect(found["settings"]?.state == "limited" && found["settings"]?.says.contains("config:1: there is no setting `colr`") == true)
    #expect(found["settings"]?.remedy != nil)
  }

  @Test func whatIsMissingHasARemedy() throws {
    let home = try ProgramHome()
    try home.write("no store at all, but long enough to be looked at", to: "broken.sqlite")
    let found = try findings(
      try home.run(
        "--json", "--store", "broken.sqlite", "-c", "doctor",
        environment: ["PATH": "/nonexistent", "EDITOR": "nanox", "VISUAL": "", "LC_ALL": "C.ISO-8859-1", "GRADUS_LESSONS": "/nonexistent"]))
    for (subject, state, remedy) in [
      ("gnuplot", "missing", "gnuplot-nox"), ("store", "missing", "store restore FILE"), ("lessons", "missing", "--lessons DIR"),
      ("editor", "missing", "EDITOR"), ("locale", "limited", "C.UTF-8"), ("terminal", "limited", "terminal"),
    ] {
      #expect(
        found[subject]?.state == state && found[subject]?.remedy?.contains(remedy) == true,
        "\(subject): \(String(describing: found[subject]))")
    }
  }
}
