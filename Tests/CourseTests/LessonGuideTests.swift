import Course
import Foundation
import Shell
import Testing

@MainActor @Suite struct LessonGuideTests {
  static let lesson = """
    ---
    title: Counting
    id: counting
    lang: en
    minutes: 7
    order: 2
    ---
    # Counting

    Welcome.

    ## 1. A layer

    How many parameters will it have?

    ```gradus
    > input 2
    > layer dense 8 relu
    ```

    Twenty-four.

    Now end with one unit.

    ```task
    goal: summary | total == 33
    goal: summary | layers.last.activation == sigmoid
    hint: summary | total == 32 | The bias is missing.
    hint: Add a layer.
    hint: One unit.
    > layer dense 1 sigmoid
    ```

    ## What to keep

    - A bias each.

    Question : A - Counting - How many?
    Answer : 33
    """
  static let french = lesson.replacing("lang: en", with: "lang: fr").replacing("Welcome.", with: "Bienvenue.")
    .replacing("The bias is missing.", with: "Il manque le biais.")

  private func course() throws -> LessonFolder {
    try LessonFolder(["en/counting.md": LessonGuideTests.lesson, "fr/counting.md": LessonGuideTests.french])
  }

  @Test("A lesson goes by steps: prose, an experiment with its remark, a task with what it asks, an end")
  func steps() throws {
    let learner = Learner(try course())
    #expect(learner.type("lesson start counting").contains("Welcome."))
    #expect(learner.session.prompt == "gradus counting 1/5 > ")
    let question = learner.type("next")
    #expect(
      question.contains("How many parameters") && question.contains("Enter runs input 2; layer dense 8 relu") && !question.contains("24"))
    let experiment = learner.type("next")
    #expect(experiment.contains("> layer dense 8 relu\ndense (Dense)   (None, 8)   24 parameters"))
    #expect(experiment.contains("Twenty-four.") && learner.total == 24)
    #expect(learner.type("next").contains("Now end with one unit.") && learner.session.lesson?.awaitsEnter == false)
    #expect(learner.type("next").contains("the task is not solved yet (summary: total == 33, and it is 24)"))
    #expect(learner.type("layer dense 1 sigmoid").contains("Solved."))
    #expect(learner.type("next").contains("A bias each."))
    let end = learner.type("next")
    #expect(end.contains("Tasks solved: 1 of 1") && end.contains("1 card enters your reviews, 1 of them new") && end.contains("layer "))
    #expect(learner.session.lesson == nil && learner.type("lesson").contains("done"))
  }

  @Test(
    "Every way to the goals is right",
    arguments: [
      ["layer dense 1 sigmoid"], ["layer dense 1", "layer remove dense_1", "layer dense 1 sigmoid"],
      ["undo", "undo", "input 2; layer dense 8; layer dense 1 sigmoid"],
      [
        "preset xor", "reset", "input 2", "layer dense 4", "layer dense 8",
        "layer remove dense", "layer dense 1 sigmoid",
      ],
      ["input 2; layer remove dense", "layer dense 1 sigmoid; layer insert 1 dense 8"],
    ])
  func alternatives(commands: [String]) throws {
    let learner = Learner(try course())
    learner.type("lesson start counting step=4")
    for command in commands.dropLast() { #expect(!learner.type(command).contains("Solved."), "\(command): \(learner.shown)") }
    #expect(learner.type(commands[commands.count - 1]).contains("Solved."), "\(learner.shown)")
    #expect(learner.type("next").contains("A bias each."))
  }

  @Test("A wrong way gets the hint that fits, once; `hint` gives the others in turn, then the last again")
  func hints() throws {
    let learner = Learner(try course())
    learner.type("lesson start counting step=4")
    let line = learner.type("layer dense 1 sigmoid bias=no; layer dense 3")
    #expect(!line.contains("The bias is missing."), "between the commands of a line nobody is at a loss: \(line)")
    #expect(learner.type("undo").contains("The bias is missing."))
    #expect(!learner.type("summary").contains("The bias is missing."))
    #expect(learner.type("hint").contains("Add a layer."))
    let last = learner.type("hint")
    #expect(last.contains("One unit.") && last.contains("`skip` shows an answer"))
    learner.type("undo")
    #expect(learner.type("layer dense 1").contains("1 of 2 goals reached"))
    learner.type("undo; layer dense 1 sigmoid")
    #expect(learner.type("hint").contains("the task is done; `next` goes on"))
  }

  @Test("`skip` runs the answer on the session that the task began with, whatever was made of it")
  func skip() throws {
    let learner = Learner(try course())
    learner.type("lesson start counting step=4; layer dense 50; layer dense 3")
    let shown = learner.type("skip")
    #expect(shown.contains("One answer:") && shown.contains("> layer dense 1 sigmoid") && learner.total == 33)
    #expect(shown.contains("answer shown   Enter goes on") && !shown.contains("solved"))
    #expect(learner.type("lesson status").contains("0 of 1 solved, 1 skipped"))
    #expect(learner.type("next").contains("A bias each."))
  }

  @Test("What is tried beside the lesson does not disturb its next step, and `back` returns with the model as it was")
  func beside() throws {
    let learner = Learner(try course())
    learner.type("lesson start counting 2")
    learner.type("preset lenet")
    learner.type("next")
    #expect(learner.total == 24)
    learner.type("layer dense 100")
    learner.type("next; layer dense 1 sigmoid; layer dense 7")
    #expect(learner.total == 47)
    learner.type("next")
    #expect(learner.total == 33)
    #expect(learner.type("back").contains("solved") && learner.total == 33)
    learner.type("back")
    #expect(learner.total == 24 && learner.session.lesson?.step == 2)
    learner.type("next")
    #expect(learner.total == 33)
    #expect(learner.type("next").contains("A bias each."))
  }

  @Test("Another program goes on where the first one was killed, with the learner's own half of a task")
  func resume() throws {
    let course = try course()
    let first = Learner(course)
    first.type("lesson start counting step=4; layer dense 5 tanh name=mine")
    let second = Learner(course, progress: first.progress)
    let shown = second.type("lesson start counting")
    #expect(shown.contains("Now end with one unit.") && !shown.contains("> input 2"))
    #expect(second.session.model.network.layers.map(\.name) == ["dense", "mine"])
    second.type("undo")
    second.type("layer dense 1 sigmoid; next")
    let third = Learner(course, progress: first.progress)
    third.type("lesson start counting")
    #expect(third.session.lesson?.step == 4 && third.session.model.network.layers.map(\.name) == ["dense", "dense_1"])
  }

  @Test("What was in hand before a lesson comes back, and settings and decks stay")
  func leave() throws {
    let learner = Learner(try course())
    learner.type("input 3; layer dense 4; set batch 7; set lang fr")
    #expect(learner.type("lesson start counting").contains("Bienvenue."))
    #expect(learner.total == 0 && learner.session.settings.batch == 32 && learner.session.settings.lang == "fr")
    #expect(learner.type("lesson leave").contains("`lesson start counting` goes on there"))
    #expect(learner.total == 16 && learner.session.settings.batch == 7 && learner.session.lesson == nil)
    #expect(learner.type("next").contains("no lesson is on"))
  }

  @Test("A change of language shows the next step in it")
  func languages() throws {
    let learner = Learner(try course())
    learner.type("lesson start counting step=4; set lang fr")
    #expect(learner.type("layer dense 1 sigmoid bias=no; lesson start counting").contains("À vous"))
    #expect(learner.type("hint").contains("Il manque le biais."))
  }

  @Test("Progress can be forgotten, of one lesson or of all")
  func reset() throws {
    let learner = Learner(try course())
    learner.type("lesson start counting step=3; lesson reset counting")
    #expect(learner.session.lesson == nil && learner.progress.lessons().isEmpty)
    learner.type("lesson start counting; lesson leave")
    #expect(learner.type("lesson reset all").contains("forgotten") && learner.type("lesson reset all").contains("nothing was begun"))
  }

  @Test(
    "Lessons are found by name, by the start of it, by number and by file; else there is a complaint",
    arguments: [
      ("lesson start counting", true), ("lesson start coun", true), ("lesson start 2", true), ("lesson start FILE", true),
      ("lesson start cuonting", false), ("lesson start counting step=6", false), ("lesson start nowhere.md", false), ("next", false),
      ("back", false), ("skip", false), ("hint", false), ("lesson status", false), ("lesson leave", false), ("lesson recap x.md", false),
    ])
  func names(line: String, isFound: Bool) throws {
    let learner = Learner(try course())
    learner.type(line.replacing("FILE", with: learner.course.path("en/counting.md")))
    #expect((learner.session.lesson != nil) == isFound, "\(learner.shown)")
  }

  @Test("A recap is a deck with the learner's own way, and overwrites nothing but a recap")
  func recap() throws {
    let learner = Learner(try course())
    learner.type("lesson start counting step=4; layer dense 1; undo; layer dense 1 sigmoid name=own")
    let path = learner.course.path("r.md")
    learner.type("lesson recap \(path)")
    let text = try learner.course.text("r.md")
    #expect(text.contains("> layer dense 1 sigmoid name=own") && text.contains("- A bias each.") && text.contains("- `layer`:"))
    #expect(try learner.course.check("r.md").isFine)
    #expect(learner.type("lesson recap \(path)").contains("is written"))
    try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
    #expect(learner.type("lesson recap \(path)").contains("is no recap"))
    #expect(try learner.course.text("r.md") == "mine")
  }

  @Test("Prose between an experiment and a task is parted where the learner's turn begins")
  func parts() throws {
    let lesson = """
      ---
      title: L
      id: l
      lang: en
      ---
      ## 1. One

      Words about it.

      **Your turn.** Add a layer.

      ```task
      goal: summary | layers.count == 1
      > layer dense 2
      ```

      ```gradus
      > summary style=short
      ```

      That was it.

      And more.

      **Your turn.** Another.

      Really.

      ```task
      goal: summary | layers.count == 2
      > layer dense 1
      ```
      """
    let learner = Learner(try LessonFolder(["en/l.md": lesson]))
    let first = learner.type("lesson start l")
    #expect(first.contains("Words about it.") && !first.contains("Your turn"))
    #expect(learner.type("next").contains("Add a layer."))
    learner.type("layer dense 2")
    let experiment = learner.type("next")
    #expect(experiment.contains("That was it.") && experiment.contains("And more.") && !experiment.contains("Another"))
    let task = learner.type("next")
    #expect(task.contains("Another.") && task.contains("Really.") && !task.contains("That was it."))
  }

  @Test("A learner's command finds the files of the lesson's folder")
  func lessonFiles() throws {
    let learner = Learner(
      try LessonFolder(["en/l.md": "---\ntitle: L\nid: l\nlang: en\n---\nRead `points.csv`.\n", "en/points.csv": "x,t\n1,2\n"]))
    learner.type("lesson start l")
    #expect(learner.type("data csv points.csv target=t").contains("1 sample"))
    learner.type("lesson leave")
    #expect(learner.type("data csv points.csv target=t").contains("points.csv"))
    #expect(learner.session.data == nil)
  }

  @Test("A folder without folders for languages is a course too, in the order that its lessons say")
  func folder() throws {
    let lesson = { (id: String, order: Int) in "---\ntitle: \(id)\nid: \(id)\nlang: en\norder: \(order)\n---\nProse.\n" }
    let learner = Learner(try LessonFolder(["z.md": lesson("first", 1), "a.md": lesson("second", 2)]))
    let list = learner.type("lesson")
    let first = try #require(list.range(of: "first")), second = try #require(list.range(of: "second"))
    #expect(first.lowerBound < second.lowerBound)
    #expect(learner.type("lesson start first; next").contains("lesson start second"))
  }

  @Test("As JSON a step tells name, step, steps and done")
  func json() throws {
    let learner = Learner(try course())
    var last: Report?
    Interpreter.run("lesson start counting step=4", on: &learner.session, learner) { last = $0 }
    let object = try #require(try JSONSerialization.jsonObject(with: Data((last?.json.text ?? "").utf8)) as? [String: Any])
    #expect(object["name"] as? String == "counting" && object["step"] as? Int == 4 && object["steps"] as? Int == 5)
    #expect(object["done"] as? Bool == false && object["kind"] as? String == "task" && object["solved"] as? Bool == false)
    #expect((object["goals"] as? [[String: Any]])?.map { $0["holds"] as? Bool } == [false, false])
  }
}
