/// Formulas and words of an explanation with the characters that a canvas takes.
enum MathText {
  /// A formula on one line.
  static func line(_ latex: String, on canvas: Canvas) -> String { Formula(latex).line(canvas.repertoire) }

  /// Words that may hold a sign of mathematics.
  static func plain(_ text: String, on canvas: Canvas) -> String { canvas.repertoire == .unicode ? text : MathASCII.text(text) }
}
