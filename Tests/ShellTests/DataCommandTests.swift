import Shell
import Testing

@MainActor @Suite struct DataCommandTests {
  @Test("Added columns reach the network, and predict takes the columns that the data came with")
  func addedColumns() throws {
    let shell = TestShell()
    try shell.run("data xor 100 noise=0; data add x1*x2; data split 0.2; layer dense 1; compile adam 0.01 mse; fit 1")
    #expect(shell.session.model.network.inputShape == [3])
    try shell.run("set dense.kernel [[0], [0], [1]]; set dense.bias 0")
    #expect(try shell.json("predict 3 -2")["outputs"] as? [[Double]] == [[-6]])
    #expect(try shell.json("predict [[3, -2], [0.5, 4]]")["outputs"] as? [[Double]] == [[-6], [2]])
    #expect(shell.text("predict 1 2 3").contains("2 numbers (2), not 3"))
    #expect(try shell.json("data describe")["columns"] as? [String] == ["x1", "x2", "x1*x2"])
    // The parts stay, the weights of the first layer take the new shape.
    let data = try shell.json("data remove x1 x2")
    #expect(data["columns"] as? [String] == ["x1*x2"] && data["training"] as? Int == 80)
    try shell.run("fit 1")
    #expect(shell.session.model.network.inputShape == [1])
  }

  @Test("Added columns are put into standard units after they are computed")
  func standardUnits() throws {
    let shell = TestShell()
    try shell.run("data linear 50 features=2; data standardize; data add x1^2; layer dense 1; compile sgd 0.1 mse; fit 1")
    try shell.run("set dense.kernel [[0], [0], [1]]; set dense.bias 0")
    let low = try #require((try shell.json("predict 0 0")["outputs"] as? [[Double]])?[0][0])
    let high = try #require((try shell.json("predict 2 0")["outputs"] as? [[Double]])?[0][0])
    #expect(low < 0 && high > 0)
  }

  @Test("A formula that cannot be computed changes nothing")
  func formulas() throws {
    let shell = TestShell()
    try shell.run("data moons 50")
    #expect(shell.text("data add x1*x3").contains("the data have no column `x3`"))
    #expect(shell.text("data add 1/(x1-x1)").contains("is not a finite number in row 0"))
    #expect(try shell.json("data describe")["columns"] as? [String] == ["x1", "x2"])
    #expect(TestShell().text("data add x1*x2").contains("no data yet"))
  }

  @Test(
    "Data from files are read through the shell",
    arguments: [
      ("data idx Lessons/data/small/digits-images.idx3.gz Lessons/data/small/digits-labels.idx1", 60),
      ("data npz Lessons/data/small/digits.npz", 60), ("data images Lessons/data/small/digits channels=1", 9),
    ])
  func files(line: String, rows: Int) throws {
    let data = try TestShell().json(line)
    #expect(data["rows"] as? Int == rows && data["shape"] as? [Int] == [8, 8, 1])
  }

  @Test("A lesson reads pictures of its own folder only")
  func confined() {
    let shell = TestShell()
    let lesson = projectRoot.appendingPathComponent("Lessons/en")
    shell.surroundings.files = shell.surroundings.files.confined(to: lesson, scratch: lesson.appendingPathComponent("scratch"))
    #expect(shell.text("data images /tmp").contains("lesson"))
    #expect(shell.text("data npz /tmp/x.npz").contains("lesson"))
  }
}
