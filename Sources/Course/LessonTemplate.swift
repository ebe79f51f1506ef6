/// The lesson that `gradus new lesson` writes: short, complete, and passing its own check.
public enum LessonTemplate {
  /// The text of a lesson whose id is made of a file's name.
  public static func text(named name: String) -> String {
    let id = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
    return """
      ---
      title: A lesson of mine
      id: \(id)
      lang: en
      ---

      # A lesson of mine

      Write prose here, with formulas such as $z = w x + b$, tables and pictures. What follows runs: a line that starts with `>` is a
      command, the lines under it are what it must print. `...` stands for anything.

      ```gradus
      > input 2
      > layer dense 3
      > summary style=short
      dense (Dense)   (None, 3)   9
      ```

      Question : My subject - My topic - How many parameters has a dense layer of 3 units on 2 inputs?
      Answer   : $3 \\cdot 2$ weights and 3 biases: **9**.

      """
  }
}
