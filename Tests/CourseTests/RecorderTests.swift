import Course
import Foundation
import Shell
import Testing

@MainActor @Suite struct RecorderTests {
  @Test("What was recorded passes its check, with digits left out after a training")
  func passes() throws {
    let learner = Learner(try LessonFolder([:]))
    let path = learner.course.path("mine.md")
    learner.type("set seed 7")
    #expect(learner.type("record \(path)").contains("`record stop` ends it"))
    #expect(learner.session.prompt == "gradus rec > ")
    for line in [
      "input 2", "layer dense 3 relu; layer dense 1", "fit 3", "predict 1 2", "data linear 64 features=2", "compile sgd 0.05 mse", "fit 5",
      "evaluate", "nonsense",
    ] {
      learner.type(line)
    }
    #expect(learner.type("record stop").replacing("\n", with: " ").contains("11 commands, and its check passes"), "\(learner.shown)")
    let text = try learner.course.text("mine.md")
    #expect(text.contains("id: mine") && text.contains("> set seed 7") && text.contains("> fit 5\n...\n"))
    #expect(text.contains("loss ...") && text.contains("> nonsense\nthere is no command"))
    #expect(try learner.course.check("mine.md").isFine)
    #expect(learner.session.recording == nil && learner.session.prompt.hasPrefix("gradus linear"))
  }

  @Test("A recording is on the disk after every command")
  func atOnce() throws {
    let learner = Learner(try LessonFolder([:]))
    learner.type("record \(learner.course.path("mine.md"))")
    learner.type("input 2")
    #expect(try learner.course.text("mine.md").hasSuffix("> input 2\ninput (None, 2)\n```\n"))
  }

  @Test("What a lesson may not do is left out")
  func leftOut() throws {
    let learner = Learner(try LessonFolder(["inside.csv": "x,t\n1,2\n", "other/outside.csv": "x,t\n1,2\n", "s.gradus": "version\n"]))
    learner.type("record \(learner.course.path("mine.md"))")
    learner.type("data csv \(learner.course.path("other/outside.csv")) target=t")
    learner.type("replay \(learner.course.path("s.gradus"))")
    learner.type("quiz n=1")
    learner.type("record stop")
    let text = try learner.course.text("mine.md")
    // A file in a folder below is inside; the replayed command was typed, in a way.
    #expect(!text.contains("replay") && !text.contains("quiz") && text.contains("> version"))
    let elsewhere = Learner(try LessonFolder([:]))
    elsewhere.type("record \(elsewhere.course.path("mine.md"))")
    elsewhere.type("data csv \(learner.course.path("inside.csv")) target=t")
    #expect(elsewhere.complaints.contains { $0.what.contains("not recorded") })
    elsewhere.type("record stop")
    #expect(try !elsewhere.course.text("mine.md").contains("inside.csv"))
  }

  @Test("A script holds the commands that succeeded, alone")
  func script() throws {
    let learner = Learner(try LessonFolder([:]))
    learner.type("record \(learner.course.path("mine.gradus")); input 2; nonsense")
    learner.type("layer dense 1")
    learner.type("record stop")
    #expect(try learner.course.text("mine.gradus") == "input 2\nlayer dense 1\n")
  }

  @Test(
    "What cannot be recorded is a complaint",
    arguments: [
      ("input 2; layer dense 1; record new.md", "nothing in hand"), ("record there.md", "is there already"),
      ("record stop", "nothing is being recorded"),
      ("record new.md; record more.md", "is being recorded"), ("record no/folder/new.md", "cannot be written"),
    ])
  func refused(line: String, says: String) throws {
    let learner = Learner(try LessonFolder(["there.md": "x"]))
    learner.files.folder = learner.course.url
    #expect(learner.type(line).contains(says), "\(learner.shown)")
    #expect(try learner.course.text("there.md") == "x")
  }

  @Test("Lines that look like commands, fences or wildcards are read back as output")
  func awkward() throws {
    let learner = Learner(try LessonFolder([:]))
    learner.type("record \(learner.course.path("mine.md"))")
    learner.type("apropos >")
    learner.type("help replay")
    #expect(learner.type("record stop").contains("its check passes"), "\(learner.shown)")
  }

  @Test("A replay types scripts too when it goes slowly, and plays a lesson's tasks by their solutions")
  func replay() throws {
    let learner = Learner(try LessonFolder(["s.gradus": "input 2\nlayer dense 3\n", "en/l.md": LessonGuideTests.lesson]))
    #expect(!learner.type("replay \(learner.course.path("s.gradus"))").contains("> input 2"))
    #expect(learner.type("reset; replay \(learner.course.path("s.gradus")) speed=1000").contains("> input 2"))
    #expect(learner.type("reset; replay \(learner.course.path("en/l.md"))").contains("> layer dense 1 sigmoid") && learner.total == 33)
    learner.answers = [.line(""), .cancelled]
    #expect(!learner.type("reset; replay \(learner.course.path("en/l.md")) pause=yes").contains("> layer dense 1 sigmoid"))
    #expect(learner.total == 24)
  }
}
