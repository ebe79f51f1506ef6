/// The lesson that `gradus new lesson` writes: short, complete, and passing its own check.
public enum LessonTemplate {
  /// The id that a file's name gives: letters and digits of ASCII, with `-` for the rest.
  static func id(of name: String) -> String {
    name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
  }

  /// The text of a lesson whose id is made of a file's name.
  public static func text(named name: String) -> String {
    let id = id(of: name)
    return """
      ---
      title: A lesson of mine
      id: \(id)
      lang: en
      minutes: 5
      needs: []
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

      A task says what is to be reached. Its goals look at what `gradus --json -c 'summary'` prints; the lines that start with `>` are one way
      to them, and any other is as good.

      Add a layer of one unit, so that the network gives one number.

      ```task
      goal: summary | layers.count == 2
      goal: summary | layers.last.output_shape[1] == 1
      hint: summary | layers.count == 1 | `layer dense` appends a layer.
      hint: A unit is a neuron: the last layer needs one.
      > layer dense 1
      ```

      ## What to keep

      - Each unit has a weight for each input, and a bias.

      Question : My subject - My topic - How many parameters has a dense layer of 3 units on 2 inputs?
      Answer   : $3 \\cdot 2$ weights and 3 biases: **9**.

      """
  }
}
