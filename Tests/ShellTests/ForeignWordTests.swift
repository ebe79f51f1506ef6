import Language
import Screen
import Testing

@testable import Shell

@MainActor @Suite("What hands that know other programs type") struct ForeignWordTests {
  nonisolated static let typed: [(line: String, right: String)] = [
    ("q!", "`quit`"), ("bye", "`quit`"), ("exit()", "`quit`"), ("quit()", "`quit`"), (":q", "`quit`"), (".quit", "`quit`"),
    (".exit", "`quit`"),
    ("\\q", "`quit`"), ("man fit", "`help fit`"), ("--help", "`help`"), ("-h", "`help fit`"), (".help", "`help`"),
    ("%history", "`history`"),
    ("!ls", "`ls`"), ("pwd", "`cd .`"), ("clear", "Ctrl-L"), ("cat x", "`deck load FILE`"), ("vim", "`edit`"), (".tables", "`runs`"),
    (".schema runs", "`data describe`"), ("select * from runs", "`runs`"), ("SELECT 1", "`runs`"), ("\\d", "`data describe`"),
    ("%time fit 1", "`fit`"), ("source a", "`replay FILE`"), (". a", "`replay FILE`"), ("%run a", "`replay FILE`"),
    ("%paste", "paste at the prompt"),
    ("import keras", "`keras`"), ("from keras import layers", "`keras`"), ("print(1)", "`let`"),
    ("model.summary()", "here it is `summary`"),
    ("model.fit(x, y, epochs=10)", "here it is `fit EPOCHS`"), ("model.add(Dense(8))", "`layer dense 8 relu`"),
    ("model = keras.Sequential()", "`keras`"), ("layers.Dense(32, activation='relu'),", "`layer dense UNITS`"),
    ("Conv2D(8, 3)", "`layer conv2d FILTERS KERNEL`"),
    ("keras.layers.MaxPooling2D(2)", "`layer maxpool`"), ("BatchNormalization()", "`layer batchnorm`"),
    ("model.compile(optimizer='adam')", "`compile"),
    ("train 10", "`fit 10`"), ("dense 8 relu", "`layer dense 8 relu`"), ("dense", "`layer dense UNITS`"),
    ("conv2d 8 3x3", "`layer conv2d 8 3x3`"),
    ("vgg16", "`preset vgg16`"), ("moons 100", "`data moons 100`"), ("mnist", "`data npz FILE`"),
    ("adam", "`compile adam 0.01 bce accuracy`"),
    ("accuracy", "`plot accuracy`"), ("loss", "`plot loss`"), ("lr 0.01", "`set lr 0.01`"), ("batch", "`set batch VALUE`"),
    ("seed 3", "`set seed 3`"),
    ("model", "`summary`"), ("params", "`summary`"), ("test", "`evaluate`"), ("why", "`explain step`"), ("tutorial", "`tour`"),
    ("course", "`lesson`"),
    ("learn", "`lesson start neuron`"), ("look", "`help look`"), ("a = 3", "`let a=3`"), ("a=3", "`let a=3`"), ("lr=0.1", "`set lr 0.1`"),
    ("x = Dense(8)", "`layer dense UNITS`"), ("$ gradus", "leave the prompt out"), (">>> fit 10", "leave the prompt out"),
    ("In [1]: fit 10", "leave the prompt out"),
    ("git status", "Ctrl-Z"), ("fit 1 | head", "`gradus -c"), ("summary > a.txt", "`gradus -c"), ("fit 1 && fit 2", "`;` parts commands"),
    ("topics | head", "`gradus -c"), ("topics |head", "`gradus -c"), ("cards relu >out.txt", "`gradus -c"),
    ("help fit | grep lr", "`gradus -c"), ("explain softmax > a.txt", "`gradus -c"), ("whos", "`let`"),
    ("fit 10 lr=0.1", "`set lr 0.1`"), ("layr dense 8", "did you mean `layer`?"), ("!!", "`history` lists the lines"),
    ("for i in range(3):", "`repeat 3 COMMAND`"),
  ]

  @Test("The complaint names the word that does it here, and nothing changes", arguments: typed)
  func named(line: String, right: String) throws {
    let shell = TestShell()
    let text = shell.text(line)
    #expect(text.contains(right), "\(text)")
    #expect(shell.session.variables.all.isEmpty && shell.session.model.network.layers.isEmpty && shell.session.data == nil)
  }

  @Test("What a complaint names in backticks is typed as it stands, as far as it is a command", arguments: typed.map(\.line))
  func real(line: String) throws {
    var hint = ""
    Interpreter.run(line, on: &TestShell.empty, TestSurroundings()) { hint = $0.complaint?.hint ?? "" }
    for (place, part) in hint.split(separator: "`", omittingEmptySubsequences: false).enumerated() where !place.isMultiple(of: 2) {
      guard let word = part.split(separator: " ").first.map(String.init), !["gradus", ";", "fg", "$", ">"].contains(word),
        !word.hasPrefix("$")
      else { continue }
      let name = word.hasSuffix("?") ? String(word.dropLast()) : word
      #expect(Commands.index[name] != nil, "`\(part)` in: \(hint)")
    }
  }

  @Test(
    "Help is asked for before a word and after it, and by the name of a kind alone",
    arguments: [
      ("?fit", "fit EPOCHS"), ("??fit", "fit EPOCHS"), ("fit??", "fit EPOCHS"), ("? fit", "fit EPOCHS"),
      ("help dense", "layer dense UNITS"),
      ("dense?", "layer dense UNITS"), ("help adam", "compile adam"), ("?vgg16", "preset vgg16"), ("help moons", "data moons"),
      ("help linear", "`help layer linear`, `help data linear`"), ("help man", "`help fit` tells"),
      ("help nonsense", "no command `nonsense`"),
    ])
  func asked(line: String, page: String) { #expect(TestShell().text(line).contains(page), "\(TestShell().text(line))") }

  @Test("No usage in a complaint is longer than two lines, however many options there are", arguments: Commands.all.map(\.declaration.name))
  func short(name: String) throws {
    let declaration = try #require(Commands.byName[name]?.declaration)
    for line in [name, "\(name) a b c d e f g", "\(name) zz=1"] {
      let words = try Lexer.commands(in: line)[0].words
      do {
        _ = try declaration.parse(words)
      } catch let complaint as Complaint {
        guard let start = complaint.hint.firstRange(of: "usage: ") else { continue }
        #expect(complaint.hint[start.lowerBound...].count <= 160, "\(complaint.hint)")
      }
    }
  }

  @Test(
    "What is not there names what is",
    arguments: [
      ("layer lstm 8", "recurrent layers are not there"), ("layer nosuchkind", "`layer?` lists them"),
      ("data glyphs 20; layer flatten; layer dense 10; compile adam mse; fit 1", "`scce` is the loss for a unit a class"),
      ("repeat 3 nosuch", "there is no command `nosuch`"), ("repeat 3 bye", "`quit`"), ("help nosuch", "there is no command `nosuch`"),
    ])
  func missing(line: String, right: String) {
    let shell = TestShell()
    #expect(shell.text(line).contains(right), "\(shell.text(line))")
  }

  @Test("The caret stands under the inner word", arguments: ["repeat 3 nosuch", "help nosuch"])
  func caret(line: String) {
    let shell = TestShell()
    var complaint: Complaint?
    Interpreter.run(line, on: &shell.session, shell.surroundings) { complaint = $0.complaint }
    #expect(complaint?.place == line.count - 6..<line.count)
  }

  @Test("What a word is found in is told once, parted from its name")
  func found() {
    let lines = TestShell().text("apropos rate").split(separator: "\n")
    #expect(lines.count { $0.contains("dropout ") && !$0.contains("spatial") } == 1, "\(lines)")
    #expect(!lines.contains { $0.contains("dropoutIn") })
  }

  @Test("A name may be the argument's own") func ownName() { #expect(TestShell().text("let assignments=3") == "assignments = 3\n") }
}

extension TestShell {
  /// A session that nobody looks at again.
  fileprivate static var empty: Session {
    get { Session() }
    set {}
  }
}
